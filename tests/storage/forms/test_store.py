from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from portfolio.drafts import SUMMARY, FormDraft
from portfolio.ports.errors import DatabaseError
from storage.database import Database, open_database
from storage.forms import MOST_KEPT, SqlDraftStore, drafts
from tests.world.people import ASTRID, SOREN
from tests.world.reported import NOW, later

FORM = FormDraft("one", "status", SOREN.id, "a:soeren", "P1", NOW, {"overall": "amber", "comment": ""}, revision=3)


@pytest.fixture
def store(database: Database) -> SqlDraftStore:
    return SqlDraftStore(database)


@pytest.fixture
async def restarted(database: Database, database_url: str) -> AsyncIterator[SqlDraftStore]:
    """The service after a restart: another process on the same database."""
    other = open_database(database_url)
    yield SqlDraftStore(other)
    await other.close()


async def test_form_is_there_after_a_restart(store: SqlDraftStore, restarted: SqlDraftStore) -> None:
    assert await store.begin(FORM) == FORM
    assert await restarted.draft("one") == FORM
    assert await restarted.unfinished(SOREN.id, "a:soeren") == [FORM]
    assert await restarted.draft("other") is None


async def test_form_that_is_open_already_is_given_back_untouched(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    again = replace(FORM, id="two", answers={}, asking="overall", touched_at=later(1))
    assert await store.begin(again) == FORM
    assert await store.draft("two") is None
    assert await store.asking(SOREN.id, "a:soeren") is None


async def test_of_many_who_begin_the_same_at_once_all_get_the_one(store: SqlDraftStore) -> None:
    begun = await asyncio.gather(*(store.begin(replace(FORM, id=f"form-{number}")) for number in range(10)))
    assert len({one.id for one in begun}) == 1
    assert await store.unfinished(SOREN.id, "a:soeren") == [begun[0]]


@pytest.mark.parametrize(
    "other", [{"kind": "deputy"}, {"person": ASTRID.id}, {"conversation": "19:board"}, {"subject": "P2"}], ids=str
)
async def test_each_person_conversation_kind_and_subject_has_a_form_of_its_own(
    store: SqlDraftStore, other: dict[str, str]
) -> None:
    await store.begin(FORM)
    second = replace(FORM, id="two", **other)
    assert await store.begin(second) == second


async def test_finished_form_makes_room_for_a_new_one(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    assert await store.finish("one", "P1|2026-06-09|1")
    second = replace(FORM, id="two")
    assert await store.begin(second) == second
    assert await store.unfinished(SOREN.id, "a:soeren") == [second]


async def test_id_that_is_taken_is_a_fault(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    with pytest.raises(DatabaseError, match="IntegrityError"):
        await store.begin(replace(FORM, subject="P2"))


async def test_saved_answers_are_kept_with_a_higher_version(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    changed = replace(FORM, answers={"overall": "red", "comment": "Æblegrød »{}«"}, asking="next_step", revision=4)
    saved = await store.save(changed, later(2))
    assert saved == replace(changed, version=2, touched_at=later(2))
    assert await store.draft("one") == saved


async def test_place_in_the_form_is_kept_beside_the_answers(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    astray = replace(FORM, asking="comment", then=SUMMARY, asks_extras=True)
    saved = await store.save(astray, later(1))
    assert saved is not None
    assert (saved.then, saved.asks_extras, saved.answers) == (SUMMARY, True, FORM.answers)
    assert await store.draft("one") == saved
    in_turn = await store.save(replace(saved, then=None, asks_extras=False), later(2))
    assert await store.draft("one") == in_turn


async def test_form_stored_by_an_earlier_version_is_where_it_was(store: SqlDraftStore, database: Database) -> None:
    await store.begin(FORM)
    as_before = {**FORM.answers, "*then": "next_step", "*extras": "yes"}
    async with database.transaction() as connection:
        await connection.execute(update(drafts).values(answers=as_before))
    assert await store.draft("one") == replace(FORM, then="next_step", asks_extras=True)


async def test_of_two_who_save_the_same_version_one_is_taken(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    colours = [replace(FORM, answers={"overall": colour}) for colour in ("red", "green")]
    saved = await asyncio.gather(*(store.save(one, later(1)) for one in colours))
    (winner,) = [one for one in saved if one is not None]
    assert await store.draft("one") == winner
    assert await store.save(FORM, later(2)) is None


async def test_form_that_is_done_stays_as_it_was(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    assert await store.finish("one", "given_up")
    assert not await store.finish("one", "P1|2026-06-09|1")
    assert not await store.finish("other", "given_up")
    assert await store.save(FORM, later(1)) is None
    assert await store.draft("one") == replace(FORM, outcome="given_up")
    assert await store.unfinished(SOREN.id, "a:soeren") == []


async def test_of_two_who_finish_one_does(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    done = await asyncio.gather(*(store.finish("one", str(number)) for number in range(5)))
    assert done.count(True) == 1


async def test_one_form_asks_at_a_time(store: SqlDraftStore) -> None:
    first = replace(FORM, asking="overall")
    await store.begin(first)
    elsewhere = replace(first, id="elsewhere", conversation="19:board")
    await store.begin(elsewhere)
    second = replace(FORM, id="two", subject="P2", asking="overall", touched_at=later(1))
    await store.begin(second)
    assert await store.asking(SOREN.id, "a:soeren") == second
    assert await store.draft("one") == replace(first, asking=None)
    assert await store.asking(SOREN.id, "19:board") == elsewhere
    asking_again = await store.save(first, later(2))  # nothing of it was saved meanwhile
    assert await store.asking(SOREN.id, "a:soeren") == asking_again
    assert await store.unfinished(SOREN.id, "a:soeren") == [asking_again, replace(second, asking=None)]


async def test_form_on_a_card_leaves_the_one_that_asks_alone(store: SqlDraftStore) -> None:
    asking = replace(FORM, asking="overall")
    await store.begin(asking)
    await store.begin(replace(FORM, id="two", subject="P2"))
    assert await store.asking(SOREN.id, "a:soeren") == asking


async def test_form_on_a_card_takes_the_yes_from_one_that_waits_for_nothing_else(store: SqlDraftStore) -> None:
    summed_up = replace(FORM, asking=SUMMARY)
    await store.begin(summed_up)
    await store.begin(replace(FORM, id="two", subject="P2"))
    assert await store.asking(SOREN.id, "a:soeren") is None
    assert await store.draft("one") == replace(summed_up, asking=None)


async def test_finished_form_asks_no_more(store: SqlDraftStore) -> None:
    await store.begin(replace(FORM, asking="overall"))
    await store.finish("one", "given_up")
    assert await store.asking(SOREN.id, "a:soeren") is None


async def test_old_forms_are_removed_and_the_open_ones_told_of(store: SqlDraftStore) -> None:
    await store.begin(FORM)
    await store.begin(replace(FORM, id="done", subject="P2"))
    await store.finish("done", "given_up")
    young = replace(FORM, id="young", subject="P3", touched_at=later(1))
    await store.begin(young)
    assert await store.expire(NOW) == []
    assert await store.expire(later(1)) == [FORM]
    assert await store.draft("one") is None
    assert await store.draft("done") is None
    assert await store.unfinished(SOREN.id, "a:soeren") == [young]


async def test_form_goes_along_to_another_conversation(store: SqlDraftStore) -> None:
    in_channel = await store.begin(replace(FORM, conversation="channel"))
    at_home = await store.begin(replace(FORM, id="two"))
    moved = await store.save(replace(in_channel, conversation="a:soeren", asking="overall"), NOW)
    assert moved is not None
    assert await store.asking(SOREN.id, "a:soeren") == moved
    assert await store.unfinished(SOREN.id, "channel") == []
    assert await store.unfinished(SOREN.id, "a:soeren") == [moved]
    assert await store.save(at_home, NOW) is None


async def test_own_open_forms_are_found_wherever_they_were_begun(store: SqlDraftStore) -> None:
    in_channel = await store.begin(replace(FORM, conversation="channel"))
    at_home = await store.begin(replace(FORM, id="two", touched_at=later(1)))
    await store.begin(replace(FORM, id="other", person=ASTRID.id))
    assert await store.unfinished(SOREN.id, None) == [at_home, in_channel]


async def test_those_who_write_on_a_card_are_known_for_a_while(store: SqlDraftStore) -> None:
    begun = await store.begin(replace(FORM, conversation="channel"))
    assert await store.writing("channel", NOW) == {SOREN.id}
    assert await store.writing("channel", later(1)) == frozenset()
    assert await store.writing("home", NOW) == frozenset()
    await store.save(replace(begun, asking="overall"), NOW)
    assert await store.writing("channel", NOW) == frozenset()


async def test_oldest_forms_are_forgotten_for_newer_ones_those_that_are_done_first(
    store: SqlDraftStore, database: Database
) -> None:
    await store.begin(replace(FORM, id="astrids", person=ASTRID.id))
    for number in range(MOST_KEPT):
        await store.begin(replace(FORM, id=f"{number}", subject=f"P{number}", touched_at=later(number)))
    await store.finish("7", "done")
    for number in range(MOST_KEPT, MOST_KEPT + 3):
        await store.begin(replace(FORM, id=f"{number}", subject=f"P{number}", touched_at=later(number)))
    async with database.connect() as connection:
        kept = set((await connection.execute(select(drafts.c.id))).scalars())
    assert len(kept) == MOST_KEPT + 1
    assert {"astrids", "2", f"{MOST_KEPT + 2}"} <= kept
    assert not {"7", "0", "1"} & kept
