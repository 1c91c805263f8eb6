"""Cards from when a meeting was known by its body and its start, pressed now."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from dialogs.forms.chat_cards import FormSummed
from dialogs.forms.questions import AskedFirst
from dialogs.meetings.change_cards import CancellingAsked, MeetingRestored
from dialogs.remark import Remark
from dialogs.turn.payload import MalformedButton
from dialogs.turn.visit import Stores
from tests.kit.meetings import boards, starts
from tests.kit.pressing import press
from tests.kit.talk import Talk
from tests.world.municipality import BOARD, MEETING
from tests.world.people import INGE

Talking = Callable[..., Talk]
MONDAY = datetime(2026, 6, 22, 11, tzinfo=UTC)  # one o'clock in Denmark

OLD = {"body": BOARD.name, "start": MEETING.isoformat()}


async def test_old_button_moves_the_meeting_that_it_shows(visiting, cast_stores: Stores):
    form = await press(visiting(INGE), "meeting_move", {**OLD, "to": MONDAY.isoformat()})
    assert isinstance(form, FormSummed)
    assert "22. juni" in form.reply(visiting(INGE).audience).text


async def test_old_list_of_what_is_sent_stops_the_meetings_own_reminder(visiting, cast_stores: Stores):
    occasion = f"{MEETING.timestamp():.0f}-late"
    old = ["meeting_soon", f"{BOARD.name}|{MEETING.timestamp():.0f}", INGE.id, False, occasion]
    await press(visiting(INGE), "stop", {"keys": [old]})
    (key,) = (await cast_stores.reminding.store.state(visiting(INGE).now)).stopped
    assert key.subject == f"meeting:{(await boards(cast_stores)).id}"


async def test_old_yes_is_asked_for_once_more(visiting, cast_stores: Stores, talking: Talking):
    asked = await press(visiting(INGE), "meeting_cancel", OLD)
    assert isinstance(asked, AskedFirst)
    assert MEETING in await starts(cast_stores, talking(INGE))


async def test_old_button_is_about_the_same_meeting_where_that_was_moved(visiting, cast_stores: Stores):
    store = cast_stores.reminding.meetings
    await store.move(await boards(cast_stores), MONDAY, None, INGE.id, visiting(INGE).now)
    asked = await press(visiting(INGE), "meeting_cancel", OLD)
    assert isinstance(asked, AskedFirst)
    assert isinstance(asked.answer, CancellingAsked)
    assert asked.answer.meeting == await boards(cast_stores)
    assert asked.answer.meeting.start == MONDAY


async def test_old_button_is_about_none_where_another_meeting_took_its_time(visiting, cast_stores: Stores):
    store, now = cast_stores.reminding.meetings, visiting(INGE).now
    first, other = await boards(cast_stores), await store.known_at(BOARD.name, datetime(2026, 8, 20, 7, tzinfo=UTC))
    assert other is not None
    await store.move(first, MONDAY, None, INGE.id, now)
    await store.move(other, MEETING, None, INGE.id, now)
    for verb in ("meeting_move", "meeting_cancel", "meeting_restore"):
        answer = await press(visiting(INGE), verb, OLD)
        assert isinstance(answer, Remark)
        assert answer.key == "meeting_none"


async def test_old_button_brings_a_cancelled_meeting_back_with_what_the_card_knew(visiting, cast_stores: Stores):
    """It was cancelled when that was not kept."""
    store, now = cast_stores.reminding.meetings, visiting(INGE).now
    await store.cancel(await boards(cast_stores), INGE.id, now)
    card = {"end": (MEETING + timedelta(hours=2)).isoformat(), "place": "Sal 2", "topic": "Budget"}
    answer = await press(visiting(INGE), "meeting_restore", OLD | card)
    assert isinstance(answer, MeetingRestored)
    found = await boards(cast_stores)
    assert (found.end, found.place, found.topic) == (MEETING + timedelta(hours=2), "Sal 2", "Budget")
    assert not found.is_cancelled
    again = await press(visiting(INGE), "meeting_restore", OLD | card)
    assert isinstance(again, Remark)


async def test_old_button_brings_back_no_meeting_at_another_time_than_the_card_says(visiting, cast_stores: Stores):
    store, now = cast_stores.reminding.meetings, visiting(INGE).now
    await store.move(await boards(cast_stores), MONDAY, None, INGE.id, now)
    await store.cancel(await boards(cast_stores), INGE.id, now)
    answer = await press(visiting(INGE), "meeting_restore", OLD)
    assert isinstance(answer, Remark)
    assert answer.key == "meeting_not_restored"
    assert (await boards(cast_stores)).is_cancelled


@pytest.mark.parametrize(
    "more",
    [{"end": MEETING.isoformat()}, {"end": "2027-01-01T09:00+00:00"}, {"end": 7}, {"place": 7}, {"topic": "x" * 500}],
)
async def test_forged_old_button_brings_nothing_back(more: dict[str, object], visiting, cast_stores: Stores):
    await cast_stores.reminding.meetings.cancel(await boards(cast_stores), INGE.id, visiting(INGE).now)
    with pytest.raises(MalformedButton):
        await press(visiting(INGE), "meeting_restore", OLD | more)
    assert (await boards(cast_stores)).is_cancelled
