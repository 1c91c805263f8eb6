"""Which channel is which body's, as long as the app is there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from portfolio.audit import Action
from portfolio.bodies import Body, Meeting
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.meetings.reminders import recipients_of
from portfolio.ports.meetings import BodyChannel
from portfolio.reminders.kinds import Recipient
from portfolio.whole import Portfolio
from portfolio.working_time import WorkingTime
from storage.audit import audit
from storage.conversations import SqlConversationStore
from storage.database import Database
from storage.meetings.channels import SqlChannelStore
from storage.reminders.store import SqlReminderStore
from storage.whole import SqlPortfolioWriter
from tests.world.people import INGE, VAGN

NOW = datetime(2026, 6, 9, 8, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Copenhagen")
BOARD, STEERING = "Project Board", "Styregruppen"

TEAM = "19:general@thread.tacv2"
CHANNEL = ConversationReference(
    "tenant", "19:board@thread.tacv2", ConversationKind.CHANNEL, "https://smba.example/", "28:bot", NOW, team=TEAM
)
THREAD = replace(CHANNEL, conversation=f"{CHANNEL.conversation};messageid=17")
OTHER = replace(CHANNEL, conversation="19:other@thread.tacv2", team="19:another@thread.tacv2")


@pytest.fixture
def store(database: Database) -> SqlChannelStore:
    return SqlChannelStore(database)


async def actions(database: Database) -> list[tuple[Action, str]]:
    async with database.connect() as connection:
        rows = await connection.execute(select(audit.c.action, audit.c.detail).order_by(audit.c.number))
        return [(row.action, row.detail["body"]) for row in rows]


async def test_channel_in_whose_thread_it_was_said_is_the_bodys(store: SqlChannelStore, database: Database) -> None:
    assert await store.bind(BOARD, THREAD, INGE.id, NOW) is None
    bound = BodyChannel(BOARD, CHANNEL, INGE.id, NOW)
    assert await store.channel(BOARD) == bound
    assert await store.channels() == [bound]
    for conversation in (CHANNEL.conversation, THREAD.conversation, f"{CHANNEL.conversation};messageid=99"):
        assert await store.body_of(conversation) == BOARD
    assert await store.body_of("19:elsewhere@thread.tacv2") is None
    assert await SqlConversationStore(database).reference(CHANNEL.conversation) == CHANNEL
    assert await actions(database) == [(Action.CHANNEL_BOUND, BOARD)]


async def test_body_that_gets_another_channel_leaves_its_old_one(store: SqlChannelStore) -> None:
    await store.bind(BOARD, CHANNEL, INGE.id, NOW)
    later = NOW + timedelta(hours=1)
    assert await store.bind(BOARD, OTHER, VAGN.id, later) == BodyChannel(BOARD, CHANNEL, INGE.id, NOW)
    assert await store.channels() == [BodyChannel(BOARD, OTHER, VAGN.id, later)]
    assert await store.body_of(CHANNEL.conversation) is None


async def test_body_bound_to_its_channel_again_takes_no_others_place(store: SqlChannelStore) -> None:
    await store.bind(BOARD, CHANNEL, INGE.id, NOW)
    assert await store.bind(BOARD, THREAD, VAGN.id, NOW) is None
    assert await store.channel(BOARD) == BodyChannel(BOARD, CHANNEL, VAGN.id, NOW)


async def test_channel_given_to_another_body_is_no_longer_the_first_ones(
    store: SqlChannelStore, database: Database
) -> None:
    await store.bind(BOARD, CHANNEL, INGE.id, NOW)
    assert await store.bind(STEERING, CHANNEL, INGE.id, NOW) is None
    assert await store.channel(BOARD) is None
    assert await store.body_of(CHANNEL.conversation) == STEERING
    assert await actions(database) == [
        (Action.CHANNEL_BOUND, BOARD),
        (Action.CHANNEL_UNBOUND, BOARD),
        (Action.CHANNEL_BOUND, STEERING),
    ]


async def test_channel_has_one_body_however_many_want_it_at_once(store: SqlChannelStore) -> None:
    bodies = [f"Gruppe {number}" for number in range(6)]
    await asyncio.gather(*(store.bind(body, CHANNEL, INGE.id, NOW) for body in bodies))
    (bound,) = await store.channels()
    assert bound.body in bodies


async def test_body_without_a_channel_has_none_to_give_up(store: SqlChannelStore, database: Database) -> None:
    assert not await store.unbind(BOARD, INGE.id, NOW)
    await store.bind(BOARD, CHANNEL, INGE.id, NOW)
    assert await store.unbind(BOARD, INGE.id, NOW)
    assert (await store.channel(BOARD), await store.channels()) == (None, [])
    assert [action for action, _ in await actions(database)] == [Action.CHANNEL_BOUND, Action.CHANNEL_UNBOUND]


async def test_members_are_reminded_where_the_app_was_removed_from_the_channels_team(
    store: SqlChannelStore, database: Database
) -> None:
    body = Body(BOARD, secretary=INGE.id, members=(VAGN.id,))
    people = (INGE, VAGN)
    meeting = Meeting(BOARD, NOW + timedelta(days=7))
    await SqlPortfolioWriter(database).apply(Portfolio(bodies=(body,), people=people, meetings=(meeting,)))
    reminders, conversations = SqlReminderStore(database, WorkingTime(ZONE)), SqlConversationStore(database)
    await store.bind(BOARD, CHANNEL, INGE.id, NOW)
    await store.bind(STEERING, OTHER, INGE.id, NOW)
    await conversations.save_reference(THREAD)
    assert recipients_of(BOARD, await reminders.state(NOW)) == (Recipient(BOARD, is_channel=True),)

    await conversations.remove_team(CHANNEL.tenant, TEAM)
    state = await reminders.state(NOW)
    assert state.channels == {STEERING}
    assert recipients_of(BOARD, state) == (Recipient(INGE.id), Recipient(VAGN.id))
    assert await store.channel(BOARD) is None
    assert [one.body for one in await store.channels()] == [STEERING]
    assert await conversations.reference(THREAD.conversation) is None

    await conversations.save_reference(CHANNEL)
    assert (await reminders.state(NOW)).channels == {BOARD, STEERING}
    await conversations.remove_reference(CHANNEL.tenant, CHANNEL.conversation)
    assert (await reminders.state(NOW)).channels == {STEERING}


async def test_channel_without_the_app_can_be_given_up_or_taken(store: SqlChannelStore, database: Database) -> None:
    await store.bind(BOARD, CHANNEL, INGE.id, NOW)
    await SqlConversationStore(database).remove_team(CHANNEL.tenant, TEAM)
    assert await store.bind(STEERING, CHANNEL, INGE.id, NOW) is None
    assert [one.body for one in await store.channels()] == [STEERING]
    await SqlConversationStore(database).remove_team(CHANNEL.tenant, TEAM)
    assert await store.unbind(STEERING, INGE.id, NOW)
    assert not await store.unbind(STEERING, INGE.id, NOW)
