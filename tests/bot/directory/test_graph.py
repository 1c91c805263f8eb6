"""What Microsoft Graph tells of people, and what of it counts."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest

from bot.directory.calls import GraphError
from portfolio.directory import DirectoryChanges, DirectoryEntry
from tests.bot.directory.conftest import Read
from tests.kit.graph import FakeGraph, id_of, user

NAMES = ("Vagn Holm", "Gry Thorlund", "Søren Holm", "Ib Dam")
# Somebody new, of whom a feed doesn't say what was never set.
EMPTY = DirectoryEntry(email="", department="", manager="", employee_type="")
GRY, SOREN, VAGN = id_of("Gry Thorlund"), id_of("Søren Holm"), id_of("Vagn Holm")


def by_id(changes: DirectoryChanges) -> dict[str | None, DirectoryEntry]:
    assert len({entry.entra_id for entry in changes.entries}) == len(changes.entries)
    return {entry.entra_id: entry for entry in changes.entries}


async def test_everybody_is_read_over_several_pages(graph: FakeGraph, read: Read) -> None:
    changes = await read()

    assert changes.is_full
    assert by_id(changes)[SOREN] == DirectoryEntry(
        entra_id=SOREN,
        upn="søren@birkefjord.example",
        email="søren@birkefjord.example",
        name="Søren Holm",
        department="Børn og Unge",
        manager=GRY,
        is_active=True,
        employee_type="",
    )
    assert {entry.manager for entry in changes.entries} == {GRY, VAGN, ""}
    assert changes.removed == frozenset()


async def test_nothing_has_changed_since(graph: FakeGraph, read: Read) -> None:
    later = await read((await read()).delta_link)
    assert (later.entries, later.removed, later.is_full) == ((), frozenset(), False)
    assert later.delta_link


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"mail": "soeren.kjaer@birkefjord.example"}, {"email": "soeren.kjaer@birkefjord.example"}),
        ({"mail": "Søren.KJÆR@birkefjord.example"}, {"email": "søren.kjær@birkefjord.example"}),
        ({"displayName": "Søren  Kjær "}, {"name": "Søren Kjær"}),
        ({"userPrincipalName": "SKJ@birkefjord.example"}, {"upn": "skj@birkefjord.example"}),
        ({"department": "Teknik"}, {"department": "Teknik"}),
        ({"department": None}, {"department": ""}),
        ({"mail": None}, {"email": ""}),
        ({"accountEnabled": False}, {"is_active": False}),
        ({"employeeType": "Vikar"}, {"employee_type": "Vikar"}),
    ],
)
async def test_change_is_told_of_the_same_person(
    graph: FakeGraph, read: Read, change: dict[str, Any], told: dict[str, Any]
) -> None:
    link = (await read()).delta_link
    graph.touch("Søren Holm", **change)

    changes = await read(link)

    (entry,) = changes.entries
    assert entry.entra_id == SOREN
    assert {name: getattr(entry, name) for name in told} == told
    assert entry.manager == GRY


async def test_person_without_mail_is_kept(graph: FakeGraph, read: Read) -> None:
    graph.add({name: value for name, value in user("Ib Dam").items() if name != "mail"})
    ib = by_id(await read())[id_of("Ib Dam")]
    assert (ib.upn, ib.email) == ("ib@birkefjord.example", "")


async def test_moved_manager_is_told(graph: FakeGraph, read: Read) -> None:
    link = (await read()).delta_link
    graph.lead("Søren Holm", "Vagn Holm")
    assert by_id(await read(link))[SOREN].manager == VAGN


async def test_manager_who_was_taken_away_is_told(graph: FakeGraph, read: Read) -> None:
    link = (await read()).delta_link
    graph.lead("Søren Holm", None)
    assert by_id(await read(link))[SOREN].manager == ""


@pytest.mark.parametrize("order", [1, -1])
async def test_manager_is_the_new_one_in_whichever_order_it_is_told(graph: FakeGraph, read: Read, order: int) -> None:
    link = (await read()).delta_link
    graph.lead("Søren Holm", "Vagn Holm")

    def turn(page: dict[str, Any]) -> None:
        parts = [part for item in page["value"] for part in item.get("manager@delta", ())][::order]
        page["value"] = [{"id": SOREN, "manager@delta": [part]} for part in parts]

    graph.spoil = turn
    assert by_id(await read(link))[SOREN].manager == VAGN


async def test_manager_is_also_taken_as_a_property(graph: FakeGraph, read: Read) -> None:
    link = (await read()).delta_link
    graph.touch("Søren Holm", department="Teknik")
    graph.spoil = lambda page: page["value"][0].update({"manager": {"id": VAGN}})
    assert by_id(await read(link))[SOREN].manager == VAGN


async def test_manager_who_is_nobody_here_is_told_as_the_source_has_it(graph: FakeGraph, read: Read) -> None:
    graph.managers[SOREN] = id_of("Nobody")
    graph.tells_managers = False
    assert by_id(await read())[SOREN].manager == id_of("Nobody")


@pytest.mark.parametrize(("lists", "tells"), [(True, False), (False, True), (True, True)])
async def test_managers_are_found_in_the_feed_or_in_the_list(
    graph: FakeGraph, read: Read, lists: bool, tells: bool
) -> None:
    graph.lists_managers, graph.tells_managers = lists, tells
    people = by_id(await read())
    assert (people[SOREN].manager, people[GRY].manager) == (GRY, VAGN)
    assert people[VAGN].manager == ("" if lists else None)


async def test_guest_is_left_out(graph: FakeGraph, read: Read) -> None:
    graph.add(user("Gitte Guest", userType="Guest"))
    changes = await read()
    assert id_of("Gitte Guest") not in by_id(changes)


async def test_member_who_became_a_guest_is_no_member_any_more(graph: FakeGraph, read: Read) -> None:
    link = (await read()).delta_link
    graph.touch("Søren Holm", userType="Guest")
    changes = await read(link)
    assert (changes.entries, changes.removed) == ((), {SOREN})


async def test_user_without_a_type_is_a_member(graph: FakeGraph, read: Read) -> None:
    graph.add(user("Ib Dam", userType=None))
    assert id_of("Ib Dam") in by_id(await read())


@pytest.mark.parametrize("reason", ["changed", "deleted"])
async def test_person_who_was_deleted_is_removed(graph: FakeGraph, read: Read, reason: str) -> None:
    link = (await read()).delta_link
    graph.touch("Søren Holm", department="Teknik")
    graph.remove("Søren Holm", reason)
    changes = await read(link)
    assert (changes.entries, changes.removed) == ((), {SOREN})


async def test_person_who_was_deleted_and_restored_is_there(graph: FakeGraph, read: Read) -> None:
    link = (await read()).delta_link
    graph.remove("Søren Holm")
    gone = (await read(link)).delta_link
    graph.restore("Søren Holm")
    changes = await read(gone)
    assert (list(by_id(changes)), changes.removed) == ([SOREN], frozenset())


async def test_person_who_is_told_of_on_several_pages_is_one(graph: FakeGraph, read: Read) -> None:
    graph.page_size = 1
    graph.spoil = lambda page: page["value"].append({"id": SOREN.upper(), "department": "Teknik"})
    changes = await read()
    assert by_id(changes)[SOREN].department == "Teknik"
    assert by_id(changes)[SOREN].name == "Søren Holm"


@pytest.mark.parametrize("link", ["deltatoken", "skiptoken"])
async def test_all_is_read_anew_where_graph_has_forgotten(graph: FakeGraph, read: Read, link: str) -> None:
    before = (await read()).delta_link
    graph.remove("Vagn Holm")
    graph.forget()
    assert before
    changes = await read(before.replace("deltatoken", link))
    assert changes.is_full
    assert set(by_id(changes)) == {GRY, SOREN}


@pytest.mark.parametrize(("status", "code"), [(400, "SyncStateNotFound"), (404, "resyncRequired"), (410, "")])
async def test_all_is_read_anew_once_alone(graph: FakeGraph, read: Read, status: int, code: str) -> None:
    graph.refuse(status, code=code)
    assert (await read()).is_full
    graph.refuse(status, status, code=code)
    with pytest.raises(GraphError):
        await read()


@pytest.mark.parametrize("link", ["https://graph.elsewhere.example/v1.0/users/delta?$deltatoken=1~1~0~id", "::", "x"])
async def test_link_of_another_graph_is_not_followed_but_all_is_read(graph: FakeGraph, read: Read, link: str) -> None:
    assert (await read(link)).is_full
    assert graph.asked[0].query.keys() == {"$select"}


def change_something(graph: FakeGraph, chance: Random) -> None:
    """Somebody is changed, led by another, deleted, restored or made a guest."""
    name = chance.choice(NAMES)
    if id_of(name) not in graph.users:
        graph.restore(name)
        return
    match chance.randrange(6):
        case 0:
            graph.remove(name)
        case 1:
            graph.touch(name, department=chance.choice(["Skoler", "Teknik", None]))
        case 2:
            graph.touch(name, mail=chance.choice([f"{chance.random()}@birkefjord.example", None]))
        case 3:
            graph.touch(name, accountEnabled=chance.random() < 0.5, displayName=f"{name} {chance.random()}")
        case 4:
            graph.touch(name, userType=chance.choice(["Guest", "Member"]))
        case _:
            graph.lead(name, chance.choice([None, *NAMES]))


@pytest.mark.parametrize("seed", range(8))
async def test_what_has_changed_makes_of_what_was_told_what_is_told_now(
    graph: FakeGraph, read: Read, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311
    graph.add(user("Ib Dam"))
    before = await read()
    people, link = by_id(before), before.delta_link
    for _ in range(12):
        for _ in range(chance.randrange(4)):
            change_something(graph, chance)
        changes = await read(link)
        link = changes.delta_link
        people = {person: entry for person, entry in people.items() if person not in changes.removed}
        for person, entry in by_id(changes).items():
            told = {field.name: value for field in fields(entry) if (value := getattr(entry, field.name)) is not None}
            people[person] = replace(people.get(person, EMPTY), **told)

    assert people == by_id(await read())


async def test_directory_of_nobody_is_read(graph: FakeGraph, read: Read) -> None:
    for name in ("Vagn Holm", "Gry Thorlund", "Søren Holm"):
        graph.remove(name)
    assert (await read()).entries == ()


@pytest.mark.parametrize(
    "item",
    [
        {},
        {"id": None},
        {"id": 7},
        {"id": SOREN, "displayName": 7},
        {"id": SOREN, "displayName": "x" * 301},
        {"id": SOREN, "accountEnabled": "true"},
        {"id": SOREN, "manager@delta": "x"},
        {"id": SOREN, "manager@delta": [{}]},
        "x",
    ],
)
async def test_person_who_is_told_of_in_an_odd_way_is_no_person(graph: FakeGraph, read: Read, item: Any) -> None:
    graph.spoil = lambda page: page["value"].append(item)
    with pytest.raises(GraphError) as failed:
        await read()
    assert failed.value.code == "unreadable"
