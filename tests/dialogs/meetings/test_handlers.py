"""Moving and cancelling a body's meeting, in the chat and on cards."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from dialogs.refusal import ForbiddenButton
from dialogs.remark import Remark
from dialogs.turn.audience import Scope
from dialogs.turn.payload import MalformedButton
from dialogs.turn.visit import Stores
from portfolio.audit import Action
from portfolio.bodies import Meeting, MeetingState
from portfolio.outlook.due import considered
from portfolio.questions.question import Question, Target, which
from portfolio.reminders.kinds import Kind, Outcome
from portfolio.whole import Portfolio
from storage.audit import audit
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import elements_of, heading, press_of, words_on
from tests.kit.fakes import FakeCourier
from tests.kit.meetings import boards, starts
from tests.kit.pressing import press
from tests.kit.steps import opened
from tests.kit.talk import Talk
from tests.world.municipality import BOARD, COUNCIL, MEETING
from tests.world.people import IB, INGE, SOREN, VAGN

Talking = Callable[..., Talk]
MONDAY = datetime(2026, 6, 22, 11, tzinfo=UTC)  # one o'clock in Denmark
COUNCILS = datetime(2026, 6, 24, 8, 30, tzinfo=UTC)
FLYT, AFLYS = ("da-DK", "flyt mødet{}"), ("da-DK", "aflys mødet{}")
MOVE, CANCEL = ("en-GB", "move the meeting{}"), ("en-GB", "cancel the meeting{}")
COUNCILS_OWN = {"da-DK": " i Direktionen", "en-GB": " of Direktionen"}
CHANGING = ("meeting_move", "meeting_cancel", "meeting_restore")
LANGUAGES = pytest.mark.parametrize("language", ["da-DK", "en-GB"])


async def news(stores: Stores, talk: Talk) -> dict[str, list[str | None]]:
    """Who is told of a change at the next look, with the meeting's new start."""
    now = talk.now + timedelta(minutes=1)
    state = await stores.reminding.store.state(now)
    told: dict[str, list[str | None]] = {}
    for one in considered(state, now, talk.now, stores.reminding.work):
        if one.reminder.kind is Kind.MEETING_CHANGED and one.not_sent_because is not Outcome.LEFT:
            where = one.reminder.about.meeting
            told.setdefault(one.reminder.recipient.id, []).append(where.start.isoformat() if where else None)
    return told


async def test_secretary_moves_a_meeting_after_a_yes(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    asked = await talk.say("flyt mødet i Project Board til mandag den 22. juni kl. 13")
    assert "Nu: torsdag den 18. juni kl. 9 (uge 25)." in asked.text
    assert "22. juni" in asked.text
    assert "13.00" in asked.text
    assert MEETING in await starts(cast_stores, talk)
    moved = await talk.say("ja")
    assert heading(moved) == "Mødet i Project Board er flyttet til mandag den 22. juni (uge 26)"
    assert "Før: torsdag den 18. juni kl. 9 (uge 25)." in moved.text
    assert "Besked til 5 personer: nu." in moved.text
    assert (await starts(cast_stores, talk))[:1] == [MONDAY]
    told = await news(cast_stores, talk)
    assert set(told) == {*BOARD.members, VAGN.id, INGE.id}
    assert {tuple(one) for one in told.values()} == {(MONDAY.astimezone(talk.now.tzinfo).isoformat(),)}


async def test_moved_meeting_is_moved_back_with_one_button_and_a_yes(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("flyt mødet i Project Board til mandag den 22. juni kl. 13")
    await talk.press("Flyt mødet")
    await talk.press("Flyt det tilbage")
    back = await talk.press("Flyt mødet")
    assert heading(back) == "Mødet i Project Board er flyttet til torsdag den 18. juni (uge 25)"
    assert (await starts(cast_stores, talk))[0] == MEETING


async def test_only_a_time_of_day_moves_it_within_the_day(talking: Talking, cast_stores: Stores):
    talk = talking(VAGN)
    await talk.say("flyt mødet i Direktionen til kl. 14.15")
    await talk.say("ja")
    assert await starts(cast_stores, talk, COUNCIL.name) == [datetime(2026, 6, 24, 12, 15, tzinfo=UTC)]


@pytest.mark.parametrize("which", ["den 18. juni", "i uge 25", "i juni", "på torsdag", "fra den 18. juni"])
async def test_meeting_is_found_by_its_day_or_in_its_week(which: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    asked = await talk.say(f"flyt mødet i Project Board {which} til den 22. juni kl. 13")
    assert "Nu: torsdag den 18. juni kl. 9 (uge 25)." in asked.text
    await talk.say("ja")
    assert MONDAY in await starts(cast_stores, talk)


async def test_month_without_a_meeting_moves_none(talking: Talking):
    none = await talking(INGE).say("flyt mødet i Project Board den 1. september til den 10. september")
    assert heading(none) == "Jeg fandt ikke det møde i Project Board"


async def test_where_to_is_filled_in_on_a_card_with_a_calendar_and_a_clock(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    card = await talk.say("flyt mødet i Project Board")
    assert [one["value"] for one in elements_of(card.card or {}, "Input.Date")] == ["2026-06-18"]
    assert [one["value"] for one in elements_of(card.card or {}, "Input.Time")] == ["09:00"]
    same = await talk.press("Flyt mødet")
    assert "Da ligger mødet allerede" in words_on(same.card)
    past = await talk.press("Flyt mødet", day="2026-06-08", time="10:00")
    assert "Det tidspunkt er passeret" in words_on(past.card)
    taken = await talk.press("Flyt mødet", day="2026-08-20", time="09:00")
    assert "Da er der allerede et møde" in words_on(taken.card)
    assert MEETING in await starts(cast_stores, talk)
    moved = await talk.press("Flyt mødet", day="2026-06-22", time="13:00")
    assert heading(moved).startswith("Mødet i Project Board er flyttet")
    assert MONDAY in await starts(cast_stores, talk)


async def test_meeting_is_moved_step_by_step(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("flyt mødet i Project Board")
    await talk.say("trin for trin")
    await talk.say("22. juni")
    summary = await talk.say("klokken 13")
    assert "13.00" in summary.text
    await talk.say("ja")
    assert MONDAY in await starts(cast_stores, talk)


async def test_meeting_keeps_its_length_place_and_topic(talking: Talking, cast_stores: Stores, cast_database: Database):
    talk = talking(INGE)
    page = await cast_stores.reader.meetings(
        Question(Target.MEETINGS, where=which(bodies=(COUNCIL.name,))), talk.now, size=5
    )
    longer = replace(page.meetings[0], end=COUNCILS + timedelta(minutes=90), place="Sal 2", topic="Budget")
    await SqlPortfolioWriter(cast_database).apply(Portfolio(meetings=(longer,)))
    await talk.say("flyt mødet i Direktionen til 25. juni")
    await talk.say("ja")
    (moved,) = (
        await cast_stores.reader.meetings(Question(Target.MEETINGS, where=which(bodies=(COUNCIL.name,))), talk.now)
    ).meetings
    assert moved.end is not None
    assert (moved.end - moved.start, moved.place, moved.topic) == (timedelta(minutes=90), "Sal 2", "Budget")


@LANGUAGES
async def test_cancelling_asks_first_and_can_be_taken_back(language: str, talking: Talking, cast_stores: Stores):
    words = {"da-DK": ("aflys mødet i Project Board", "Ja, aflys mødet", "Fortryd: hold mødet")}
    english = ("cancel the meeting of Project Board", "Yes, cancel the meeting", "Undo: hold the meeting")
    said, yes, undo = words.get(language, english)
    talk = talking(INGE, language=language)
    await talk.say(said)
    assert MEETING in await starts(cast_stores, talk)
    await talk.press(yes)
    assert MEETING not in await starts(cast_stores, talk)
    assert {None} == {one for told in (await news(cast_stores, talk)).values() for one in told}
    await talk.press(undo)
    assert MEETING in await starts(cast_stores, talk)
    assert await news(cast_stores, talk) == {}  # nobody had heard of it yet


async def test_cancelled_twice_is_cancelled_once(talking: Talking):
    talk = talking(INGE)
    asked = await talk.say("aflys mødet i Project Board")
    await talk.press("Ja, aflys mødet")
    again = await talk.press("Ja, aflys mødet", asked)
    assert heading(again) == "Jeg fandt ikke det møde i Project Board"


async def test_restored_twice_is_restored_once(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    cancelled = await talk.press("Ja, aflys mødet")
    await talk.press("Fortryd: hold mødet")
    again = await talk.press("Fortryd: hold mødet", cancelled)
    assert heading(again) == "Aflysningen kan ikke fortrydes mere"
    assert (await starts(cast_stores, talk)).count(MEETING) == 1


async def test_old_form_says_what_came_of_it(talking: Talking):
    talk = talking(INGE)
    form = await talk.say("flyt mødet i Project Board til 22. juni kl. 13")
    moved = await talk.press("Flyt mødet")
    assert heading(await talk.press("Flyt mødet", form)) == heading(moved)
    await talk.press("Flyt det tilbage", moved)
    await talk.press("Flyt mødet")
    assert heading(await talk.press("Flyt mødet", form)) == "Mødet i Project Board er ændret igen siden"


async def test_pressing_twice_at_once_moves_and_says_so_once(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    form = await talk.say("flyt mødet i Project Board til 22. juni kl. 13")
    answers = await asyncio.gather(*(talk.press("Flyt mødet", form) for _ in range(4)))
    assert {heading(one) for one in answers} == {"Mødet i Project Board er flyttet til mandag den 22. juni (uge 26)"}
    assert {len(one) for one in (await news(cast_stores, talk)).values()} == {1}


async def test_form_of_a_meeting_that_was_cancelled_meanwhile_moves_nothing(talking: Talking, cast_stores: Stores):
    secretary, chair = talking(INGE), talking(VAGN)
    form = await secretary.say("flyt mødet i Project Board til 22. juni kl. 13")
    await chair.say("aflys mødet i Project Board")
    await chair.press("Ja, aflys mødet")
    late = await secretary.press("Flyt mødet", form)
    assert "findes ikke længere" in late.text
    assert MONDAY not in await starts(cast_stores, secretary)


async def test_member_may_not_and_learns_who_may(talking: Talking, cast_stores: Stores):
    talk = talking(SOREN)
    for said in ("flyt mødet i Project Board til 22. juni", "aflys mødet i Project Board"):
        refusal = await talk.say(said)
        assert heading(refusal) == "Du kan ikke flytte eller aflyse møder i Project Board"
        assert "Vagn Holm" in refusal.text
        assert refusal.is_personal
    assert MEETING in await starts(cast_stores, talk)


async def test_refusal_is_written_down(talking: Talking, cast_stores: Stores, cast_database: Database):
    await talking(IB).say("aflys mødet i Project Board")
    async with cast_database.connect() as connection:
        found = [row.action for row in await connection.execute(select(audit.c.action))]
    assert found == [Action.MEETING_DENIED]


async def test_chair_of_several_bodies_is_asked_whose_meeting_it_is(talking: Talking):
    talk = talking(VAGN)
    whose = await talk.say("aflys mødet")
    assert heading(whose) == "Hvilket møde?"
    asked = await talk.press("aflys mødet i Direktionen")
    assert heading(asked) == "Skal mødet i Direktionen onsdag den 24. juni (uge 26) aflyses?"


@pytest.mark.parametrize(
    ("order", "said", "kept"),
    [
        (FLYT, "", ""),
        (FLYT, " til 26. juni kl. 13", " til den 26. juni 2026 kl. 13.00"),
        (FLYT, " til kl. 14.15", " til kl. 14.15"),
        (FLYT, " den 24. juni til den 26. juni", " den 24. juni 2026 til den 26. juni 2026"),
        (FLYT, " på fredag", " den 12. juni 2026"),
        (AFLYS, " den 24. juni", " den 24. juni 2026"),
        (AFLYS, " i uge 26", " i uge 26 2026"),
        (AFLYS, " i juli", " i juli 2026"),
        (MOVE, " to 26 June at 1 pm", " to 26 June 2026 at 13:00"),
        (MOVE, " to 2.15 pm", " to 14:15"),
        (MOVE, " on 24 June", " on 24 June 2026"),
        (CANCEL, " on 24 June", " on 24 June 2026"),
        (CANCEL, " in week 26", " in week 26 2026"),
    ],
)
async def test_day_and_time_are_kept_where_only_the_body_is_missing(
    order: tuple[str, str], said: str, kept: str, talking: Talking
):
    language, words = order
    talk = talking(VAGN, language=language)
    whose = await talk.say(words.format("") + said)
    assert heading(whose) in {"Hvilket møde?", "Which meeting?"}
    pressed = await talk.press(words.format(COUNCILS_OWN[language]) + kept)
    at_once = await talk.say(words.format(COUNCILS_OWN[language]) + said)
    assert pressed.text == at_once.text != whose.text


async def test_day_without_a_meeting_cancels_none(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    none = await talk.say("aflys mødet i Project Board den 19. juni")
    assert heading(none) == "Jeg fandt ikke det møde i Project Board"
    listed = await talk.press("kommende møder i Project Board")
    assert "18. juni" in listed.text


async def test_round_follows_its_meeting(talking: Talking, visiting, cast_stores: Stores, courier: FakeCourier):
    await opened(visiting(INGE, scope=Scope.GROUP))
    talk = talking(INGE)
    await talk.say("flyt mødet i Project Board til 22. juni kl. 13")
    await talk.press("Flyt mødet")
    assert "uge 26" in courier.updated[-1][2].text
    await talk.say("aflys mødet i Project Board")
    await talk.press("Ja, aflys mødet")
    closed = await cast_stores.rounds.of_meeting(await boards(cast_stores))
    assert closed is not None
    assert closed.closed_at is not None
    assert "Runden blev lukket" in words_on(courier.updated[-1][2].card)
    await talk.press("Fortryd: hold mødet")
    assert "Runden blev lukket" not in words_on(courier.updated[-1][2].card)


@pytest.mark.parametrize(
    "data",
    [
        {}, {"body": BOARD.name}, {"body": BOARD.name, "start": "i morgen"}, {"body": BOARD.name, "start": 7},
        {"body": BOARD.name, "start": "2026-06-18T09:00"}, {"body": "x" * 500, "start": MEETING.isoformat()},
        {"body": ["Project Board"], "start": MEETING.isoformat()},
        {"meeting": "2"}, {"meeting": True}, {"meeting": -1}, {"meeting": 2.0}, {"meeting": 10**30}, {"meeting": None},
        {"meeting": 99}, {"meeting": 99, "body": BOARD.name, "start": MEETING.isoformat(), "revision": 0},
    ],
)  # fmt: skip
async def test_forged_button_changes_nothing(data: dict[str, object], visiting, cast_stores: Stores, talking: Talking):
    for verb in CHANGING:
        with pytest.raises((MalformedButton, ForbiddenButton)):
            await press(visiting(INGE), verb, data)
    assert MEETING in await starts(cast_stores, talking(INGE))


async def test_old_question_cancels_nothing_that_was_moved_meanwhile(talking: Talking, cast_stores: Stores):
    secretary, chair = talking(INGE), talking(VAGN)
    asked = await chair.say("aflys mødet i Project Board")
    await secretary.say("flyt mødet i Project Board til mandag den 22. juni kl. 13")
    await secretary.press("Flyt mødet")
    anew = await chair.press("Ja, aflys mødet", asked)
    assert heading(anew) == "Skal mødet i Project Board mandag den 22. juni (uge 26) aflyses?"
    assert MONDAY in await starts(cast_stores, secretary)
    await chair.press("Ja, aflys mødet", anew)
    assert MONDAY not in await starts(cast_stores, secretary)


async def test_of_two_who_move_a_meeting_at_once_the_second_moves_nothing(talking: Talking, cast_stores: Stores):
    secretary, chair = talking(INGE), talking(VAGN)
    first = await secretary.say("flyt mødet i Project Board til 22. juni kl. 13")
    second = await chair.say("flyt mødet i Project Board til 23. juni kl. 10")
    answers = await asyncio.gather(secretary.press("Flyt mødet", first), chair.press("Flyt mødet", second))
    assert sorted("findes ikke længere" in one.text for one in answers) == [False, True]
    assert (await boards(cast_stores)).revision == 1


async def test_cancelled_meeting_is_brought_back_as_it_was(
    talking: Talking, cast_stores: Stores, cast_database: Database
):
    whole = Meeting(BOARD.name, MEETING, MEETING + timedelta(hours=2), "Sal 2", "Budget")
    await SqlPortfolioWriter(cast_database).apply(Portfolio(meetings=(whole,)))
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    cancelled = await talk.press("Ja, aflys mødet")
    before = await boards(cast_stores)
    restored = await talk.press("Fortryd: hold mødet")
    assert "Sal 2" in restored.text
    assert await boards(cast_stores) == replace(before, state=MeetingState.HELD, revision=2)
    again = await talk.press("Fortryd: hold mødet", cancelled)
    assert heading(again) == "Aflysningen kan ikke fortrydes mere"


async def test_button_of_somebody_else_is_no_right(visiting, talking: Talking, cast_stores: Stores):
    asked = await talking(INGE).say("aflys mødet i Project Board")
    assert asked.card is not None
    _, data = press_of(asked.card, "Ja, aflys mødet")
    for verb in CHANGING:
        answer = await press(visiting(SOREN), verb, data)
        assert isinstance(answer, Remark)
        assert answer.is_refusal
    assert MEETING in await starts(cast_stores, talking(INGE))


@LANGUAGES
async def test_told_when_people_are_at_work_again(language: str, talking: Talking):
    talk = talking(INGE, language=language)
    talk.now = talk.now.replace(hour=21)
    await talk.say("aflys mødet i Direktionen" if language == "da-DK" else "cancel the meeting of Direktionen")
    told = {"da-DK": "Besked til 1 person: i morgen kl. 8.", "en-GB": "1 person is told: tomorrow at 8."}
    assert told[language] in talk.replies[-1].text
