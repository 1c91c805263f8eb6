import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from portfolio.conversations import Answer, AnsweredBeforeError, ConversationKind, ConversationReference
from portfolio.whole import Portfolio
from storage.conversations import SqlConversationStore
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.world.people import ASTRID, SOREN

NOW = datetime(2024, 6, 15, 8, 0, tzinfo=UTC)
OWN_CHAT = ConversationReference(
    tenant="tenant",
    conversation="a:soeren",
    kind=ConversationKind.PERSONAL,
    service_url="https://smba.example/emea/",
    bot="28:bot",
    seen_at=NOW,
    entra_id="soeren-entra",
    person=SOREN.id,
    locale="da-DK",
)


@pytest.fixture
async def store(database: Database) -> SqlConversationStore:
    soren = replace(SOREN, entra_id="soeren-entra")
    await SqlPortfolioWriter(database).apply(Portfolio(people=(soren, ASTRID)))
    return SqlConversationStore(database, now=lambda: NOW)


async def have_effect(store: SqlConversationStore, key: str, where: str = "a:maja") -> Answer | None:
    """Stores something once; returns what was answered before, where it was."""
    try:
        async with store.once(key) as effect:
            await store.welcome_once("tenant", where)
            await effect.answer(Answer(200, {"text": where}))
    except AnsweredBeforeError as error:
        return error.answer
    return None


async def test_of_many_deliveries_of_one_activity_one_has_an_effect(store: SqlConversationStore) -> None:
    answers = await asyncio.gather(*(have_effect(store, "1", f"a:{number}") for number in range(20)))
    assert answers.count(None) == 1
    (first,) = {answer.body["text"] for answer in answers if answer}
    assert [await store.welcome_once("tenant", f"a:{number}") for number in range(20)].count(False) == 1
    assert not await store.welcome_once("tenant", first)
    assert await have_effect(store, "2") is None


async def test_activity_without_an_effect_is_answered_anew(store: SqlConversationStore) -> None:
    for _ in range(2):
        async with store.once("question") as effect:
            assert await store.references_of(SOREN.id) == []
        assert not effect.has_stored


async def test_redelivered_activity_that_would_have_no_effect_now_gets_the_first_answer(
    store: SqlConversationStore,
) -> None:
    await have_effect(store, "press")
    with pytest.raises(AnsweredBeforeError) as raised:
        async with store.once("press"):
            await store.references_of(SOREN.id)
    assert raised.value.answer == Answer(200, {"text": "a:maja"})


async def test_effect_that_fails_is_none(store: SqlConversationStore) -> None:
    async def fail() -> None:
        async with store.once("press"):
            await store.welcome_once("tenant", "a:maja")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await store.welcome_once("tenant", "a:maja")
    assert await have_effect(store, "press") is None


async def test_noted_answer_takes_the_place_of_an_earlier_one(store: SqlConversationStore) -> None:
    assert await store.answer_of("message") is None
    await store.note_answer("message", Answer(422))
    await store.note_answer("message", Answer(200))
    assert await store.answer_of("message") == Answer(200)


async def test_a_persons_chat_is_found_again(store: SqlConversationStore) -> None:
    await store.save_reference(OWN_CHAT)
    assert await store.references_of(SOREN.id) == [OWN_CHAT]
    assert await store.reference("a:soeren") == OWN_CHAT
    assert await store.references_of(ASTRID.id) == []
    assert await store.reference("a:astrid") is None


async def test_account_that_was_somebodys_once_is_no_way_to_reach_them(
    store: SqlConversationStore, database: Database
) -> None:
    await store.save_reference(replace(OWN_CHAT, entra_id="another-entra"))
    assert await store.references_of(SOREN.id) == []
    await store.save_reference(replace(OWN_CHAT, person=ASTRID.id))
    assert await store.references_of(ASTRID.id) == []


async def test_people_are_written_to_in_their_own_chat_alone(store: SqlConversationStore) -> None:
    board = replace(OWN_CHAT, conversation="19:board", kind=ConversationKind.GROUP)
    await store.save_reference(board)
    assert await store.references_of(SOREN.id) == []
    assert await store.reference("19:board") == board


async def test_conversation_is_known_by_where_it_was_heard_last(store: SqlConversationStore) -> None:
    elsewhere = replace(OWN_CHAT, tenant="other tenant", seen_at=NOW + timedelta(days=1))
    await store.save_reference(OWN_CHAT)
    await store.save_reference(elsewhere)
    assert await store.reference("a:soeren") == elsewhere


async def test_changed_service_address_takes_the_place_of_the_old(store: SqlConversationStore) -> None:
    await store.save_reference(OWN_CHAT)
    moved = replace(OWN_CHAT, service_url="https://smba.example/uk/", locale=None, seen_at=NOW + timedelta(minutes=1))
    await store.save_reference(moved)
    assert await store.references_of(SOREN.id) == [moved]


async def test_unchanged_reference_is_written_again_only_after_a_day(store: SqlConversationStore) -> None:
    await store.save_reference(OWN_CHAT)
    await store.save_reference(replace(OWN_CHAT, seen_at=NOW + timedelta(hours=3)))
    assert await store.references_of(SOREN.id) == [OWN_CHAT]
    next_week = replace(OWN_CHAT, seen_at=NOW + timedelta(days=7))
    await store.save_reference(next_week)
    assert await store.references_of(SOREN.id) == [next_week]


async def test_chat_heard_from_last_comes_first(store: SqlConversationStore) -> None:
    older = replace(OWN_CHAT, conversation="a:older", seen_at=NOW - timedelta(days=3))
    await store.save_reference(older)
    await store.save_reference(OWN_CHAT)
    assert await store.references_of(SOREN.id) == [OWN_CHAT, older]


async def test_removed_app_is_not_written_to_any_more(store: SqlConversationStore) -> None:
    await store.save_reference(OWN_CHAT)
    await store.remove_reference("tenant", "a:soeren")
    assert await store.references_of(SOREN.id) == []


async def test_each_conversation_is_welcomed_once(store: SqlConversationStore) -> None:
    welcomed = await asyncio.gather(*(store.welcome_once("tenant", "a:soeren") for _ in range(10)))
    assert welcomed.count(True) == 1
    assert await store.welcome_once("tenant", "a:astrid")
