"""What a directory changes among the people whom we know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from portfolio.directory import DirectoryEntry
from portfolio.directory_changes import PeopleChanges, changes_of, needs_whole
from portfolio.identity import PersonId
from portfolio.organisation import OrgUnit, Person, Role, Standing
from tests.world.people import GRY, METTE, SOREN, VAGN, mentioned

UNITS = (OrgUnit("Børn og Unge", aliases=("B&U",)), OrgUnit("Teknik"))
NEW = "ny@birkefjord.example"
# Søren as a directory knows him.
KNOWN = replace(SOREN, entra_id="id-s", upn="sæø@birkefjord.example")


def entry(person: Person, **otherwise: Any) -> DirectoryEntry:
    """What a directory says of somebody, when all of it is as we know it."""
    told: dict[str, Any] = {"entra_id": person.entra_id, "upn": person.upn, "email": person.email or ""}
    return DirectoryEntry(**(told | {"name": person.name, "is_active": True} | otherwise))


def changes(
    entries: Sequence[DirectoryEntry], people: Sequence[Person], *, is_full: bool = False, **more: Any
) -> PeopleChanges:
    numbers = count()
    return changes_of(entries, people, UNITS, is_full=is_full, new_id=lambda: PersonId(f"new-{next(numbers)}"), **more)


def after(changes: PeopleChanges, person: Person) -> Person:
    return next(change.after for change in changes.all if change.after.id == person.id)


def test_somebody_new_joins_as_the_directory_tells_them() -> None:
    told = entry(SOREN, department="b&u", manager=GRY.email, entra_id="id-s", upn="s@birkefjord.example")
    (joined,) = changes([told], [GRY]).joined
    assert joined.before is None
    assert joined.after == Person(
        PersonId("new-0"), SOREN.name, SOREN.email, "Børn og Unge", GRY.id, (), "id-s", "s@birkefjord.example"
    )


def test_somebody_who_was_only_mentioned_joins_as_who_they_are() -> None:
    (joined,) = changes([entry(SOREN)], [mentioned(SOREN.address)]).joined
    assert (joined.after.id, joined.after.name, joined.after.standing) == (SOREN.id, SOREN.name, Standing.HERE)


def test_nothing_new_is_no_change() -> None:
    found = changes([entry(KNOWN, department="Børn og Unge", manager="")], [KNOWN], is_full=True)
    assert found.all == ()
    assert found.vouched == {KNOWN.id}


def test_what_the_directory_does_not_speak_of_stays() -> None:
    assert changes([DirectoryEntry(entra_id="id-s")], [replace(KNOWN, manager=GRY.id)]).all == ()


@pytest.mark.parametrize(
    ("otherwise", "told"),
    [
        ({"name": "Søren Kjær"}, {"name": "Søren Kjær"}),
        ({"email": NEW}, {"email": NEW}),
        ({"email": NEW, "upn": "ny.upn@birkefjord.example", "name": "N"},
         {"email": NEW, "upn": "ny.upn@birkefjord.example", "name": "N"}),
        ({"email": ""}, {"email": None}),
        ({"roles": (Role.DPO,)}, {"roles": (Role.DPO,)}),
        ({"roles": ()}, {"roles": ()}),
    ],
)  # fmt: skip
def test_same_entra_id_is_the_same_person(otherwise: dict[str, Any], told: dict[str, Any]) -> None:
    found = changes([entry(KNOWN, **otherwise)], [KNOWN], is_full=True)
    assert [change.after for change in found.altered] == [replace(KNOWN, **told)]
    assert (found.moved, found.joined, found.left) == ((), (), ())


def test_department_and_manager_are_a_move() -> None:
    found = changes([entry(KNOWN, department="teknik", manager="id-s"), entry(GRY)], [KNOWN, GRY])
    (moved,) = found.moved
    assert (moved.after.unit, moved.after.manager, found.altered) == ("Teknik", None, ())


@pytest.mark.parametrize("reference", ["id-g", "gry.upn@birkefjord.example", "GRY@birkefjord.example"])
def test_manager_is_found_by_whatever_the_directory_calls_them(reference: str) -> None:
    gry = replace(GRY, entra_id="id-g", upn="gry.upn@birkefjord.example")
    assert after(changes([entry(KNOWN, manager=reference)], [KNOWN, gry]), KNOWN).manager == GRY.id
    found = changes([entry(KNOWN, manager=reference), entry(gry)], [KNOWN])
    assert after(found, KNOWN).manager == "new-0"


def test_unknown_manager_is_told_and_nobody_is_manager() -> None:
    found = changes([entry(KNOWN, manager="hvem@birkefjord.example")], [replace(KNOWN, manager=GRY.id)])
    assert (found.unknown_managers, after(found, KNOWN).manager) == ({0: "hvem@birkefjord.example"}, None)
    assert found.leaves_over


def test_unknown_department_is_told_and_changes_nothing() -> None:
    found = changes([entry(KNOWN, department="Havnen")], [KNOWN])
    assert (found.unknown_units, found.all) == ({"Havnen": 1}, ())


def test_who_is_not_in_a_full_reading_has_left() -> None:
    assert [change.after.id for change in changes([entry(GRY)], [KNOWN, GRY], is_full=True).left] == [KNOWN.id]
    assert changes([entry(GRY)], [KNOWN, GRY]).left == ()
    assert changes([entry(GRY)], [mentioned(NEW), GRY], is_full=True).all == ()


def test_inactive_and_removed_people_have_left() -> None:
    assert len(changes([entry(KNOWN, is_active=False, name="X")], [KNOWN]).left) == 1
    assert len(changes([], [KNOWN], removed=["id-s"]).left) == 1
    assert changes([entry(KNOWN, is_active=False)], [mentioned(SOREN.address)]).all == ()
    assert changes([entry(KNOWN, is_active=False)], []).all == ()
    assert changes([entry(KNOWN, is_active=False)], [replace(KNOWN, standing=Standing.LEFT)], is_full=True).all == ()


def test_who_comes_back_is_known_again_by_the_entra_id() -> None:
    gone = replace(KNOWN, standing=Standing.LEFT)
    (back,) = changes([entry(KNOWN)], [gone]).joined
    assert back.after == KNOWN


def test_what_does_not_say_who_is_active_brings_nobody_back() -> None:
    gone = replace(KNOWN, standing=Standing.LEFT)
    told = entry(KNOWN, is_active=None, name="Søren Kjær")
    assert changes([told], [gone]).all == ()
    assert len(changes([told], [gone], is_full=True).joined) == 1


@pytest.mark.parametrize("standing", [Standing.LEFT, Standing.HERE])
def test_address_of_somebody_who_left_becomes_the_new_ones(standing: Standing) -> None:
    old = replace(KNOWN, standing=standing)
    new = entry(KNOWN, entra_id="id-2", name="Søren Nielsen")
    found = changes([new], [old], is_full=True)
    (joined,) = found.joined
    assert (joined.after.id, joined.after.email, joined.after.upn) == ("new-0", KNOWN.email, KNOWN.upn)
    gone = after(found, old)
    assert (gone.standing, gone.email, gone.upn, gone.entra_id) == (Standing.LEFT, None, None, "id-s")


def test_who_left_without_an_entra_id_is_not_known_again_by_an_address() -> None:
    found = changes([entry(SOREN)], [replace(SOREN, standing=Standing.LEFT)], is_full=True)
    assert [change.after.id for change in found.joined] == ["new-0"]
    assert after(found, SOREN).email is None


def test_address_of_somebody_who_is_here_is_refused_to_another() -> None:
    found = changes([entry(KNOWN), entry(GRY, email=KNOWN.email, entra_id="id-g")], [KNOWN, GRY], is_full=True)
    assert [(one.at, one.field, one.holder) for one in found.conflicts] == [(1, "email", KNOWN)]
    assert (found.joined, found.changed) == ((), ())


def test_two_people_exchange_their_addresses() -> None:
    gry = replace(GRY, entra_id="id-g")
    found = changes([entry(KNOWN, email=GRY.email), entry(gry, email=SOREN.email)], [KNOWN, gry])
    assert found.conflicts == ()
    assert (after(found, KNOWN).email, after(found, gry).email) == (GRY.email, SOREN.email)


def test_what_follows_from_a_refused_change_is_refused_too() -> None:
    gry, mette = replace(GRY, entra_id="id-g"), replace(METTE, entra_id="id-m")
    told = [entry(KNOWN), entry(gry, email=KNOWN.email), entry(mette, email=GRY.email)]
    found = changes(told, [KNOWN, gry, mette], is_full=True)
    assert [one.at for one in found.conflicts] == [1, 2]
    assert found.all == ()


def test_address_that_two_accounts_have_makes_neither_the_person() -> None:
    told = [entry(SOREN, entra_id="id-s"), entry(SOREN, entra_id="id-adm", name="Admin")]
    found = changes(told, [SOREN], is_full=True)
    assert [(one.at, one.holder) for one in found.conflicts] == [(0, SOREN), (1, SOREN)]
    assert found.all == ()


def test_new_address_by_which_somebody_was_mentioned_already_is_theirs() -> None:
    ghost = mentioned(NEW)
    found = changes([entry(KNOWN, email=NEW)], [KNOWN, ghost])
    assert (found.merged, after(found, ghost).email, after(found, KNOWN).email) == ({ghost.id: KNOWN.id}, None, NEW)


@pytest.mark.parametrize(
    ("known", "told", "is_same"),
    [
        (SOREN, {"entra_id": "id-s"}, True),  # a workbook's person, whom the directory tells more of
        (KNOWN, {"entra_id": None, "upn": None}, True),  # a file of e-mails
        (KNOWN, {"entra_id": None, "upn": KNOWN.upn, "email": NEW}, True),
        (SOREN, {"upn": SOREN.email, "email": NEW}, True),
        (replace(SOREN, email=None, upn=SOREN.email), {"upn": None}, True),
        (KNOWN, {"entra_id": "id-2"}, False),
        (KNOWN, {"entra_id": None, "upn": "anden@birkefjord.example"}, False),
    ],
)
def test_addresses_tell_who_somebody_is_where_nothing_contradicts_them(
    known: Person, told: dict[str, Any], is_same: bool
) -> None:
    told = {"email": SOREN.email} | told
    found = changes([entry(known, **told)], [known], is_full=True)
    assert (found.joined == ()) == is_same
    assert (found.left == ()) == is_same


def test_more_than_a_fifth_leaving_is_not_believed_at_once() -> None:
    people = [replace(VAGN, id=PersonId(str(at)), email=f"p{at}@birkefjord.example") for at in range(10)]
    assert not changes([entry(one) for one in people[2:]], people, is_full=True).are_too_many_leaving(tells_each=False)
    assert changes([entry(one) for one in people[3:]], people, is_full=True).are_too_many_leaving(tells_each=False)
    gone = [entry(one, is_active=False) for one in people]
    assert not changes(gone[:4], people).are_too_many_leaving(tells_each=True)
    assert changes(gone[:5], people).are_too_many_leaving(tells_each=True)


def test_changes_alone_do_not_tell_enough_of_who_is_here_anew_or_again() -> None:
    gone = replace(KNOWN, standing=Standing.LEFT)
    whole = entry(GRY, upn="g@x", department="", manager="")
    assert needs_whole([replace(whole, name=None)], [KNOWN])
    assert needs_whole([replace(whole, is_active=None)], [KNOWN])
    assert needs_whole([DirectoryEntry(entra_id="id-s", is_active=True)], [gone])
    assert needs_whole([DirectoryEntry(entra_id="id-x", is_active=True)], [KNOWN])
    assert not needs_whole([DirectoryEntry(entra_id="id-s", name="X"), whole], [KNOWN])
    assert not needs_whole([DirectoryEntry(entra_id="id-x", is_active=False)], [KNOWN])
