"""Who is reminded of meetings, and told that they were moved or cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from portfolio.bodies import Body, MeetingChange
from portfolio.meetings.reminders import meeting_key, people_of, recipients_of
from portfolio.reminders.keys import MeetingSubject
from portfolio.reminders.kinds import Kind, Outcome, Recipient, Reminder, ReminderState
from tests.world.people import AAGE, ASTRID, INGE, SOREN, VAGN
from tests.world.reminders import (
    PEOPLE,
    STEERING,
    ZONE,
    Office,
    at,
    away,
    due,
    excused,
    looked_at,
    meeting,
    month,
    snoozed,
    state_of,
)

NAME = STEERING.name
CHANNEL = Recipient(NAME, is_channel=True)
# A Thursday; seven days and one working day before are these.
DAY, EARLY, LATE = date(2026, 3, 19), date(2026, 3, 12), date(2026, 3, 18)
MEETING = meeting(DAY)
STATE = state_of(meetings=(MEETING,))
IN_CHANNEL = replace(STATE, channels=frozenset({NAME}))
NEW_DAY, NEWER_DAY = date(2026, 3, 26), date(2026, 4, 8)
MONDAY = date(2026, 3, 9)


def changed(*changes: MeetingChange, places: tuple[date, ...] = ()) -> ReminderState:
    return state_of(changes=changes, meetings=tuple(map(meeting, places)), channels=frozenset({NAME}))


def move(day: date, to: date | None, moment: datetime) -> MeetingChange:
    """The meeting as it stands after the move."""
    return MeetingChange(meeting(to or day), at(day, 9), at(to, 9) if to else None, moment)


def news(office: Office, state: ReminderState, *moments: datetime) -> list[Reminder]:
    told = [one for moment in moments for message in office.look(state, moment).messages for one in message.reminders]
    return [one for one in told if one.kind is Kind.MEETING_CHANGED]


# Meetings to come


def test_each_of_a_bodys_people_is_reminded_a_week_and_a_working_day_before_and_once_each():
    told = month(STATE, date(2026, 3, 2), DAY)
    assert {(day, days) for day, _, days in told} == {(EARLY, -7), (LATE, -1)}
    assert sorted(who for day, who, _ in told if day == EARLY) == sorted({VAGN.id, INGE.id, SOREN.id, ASTRID.id})


def test_body_with_a_channel_is_reminded_there_alone():
    assert month(IN_CHANNEL, date(2026, 3, 2), DAY) == [(EARLY, NAME, -7), (LATE, NAME, -1)]


def test_chair_who_is_a_member_too_is_one_person():
    assert people_of(STEERING) == (VAGN.id, INGE.id, SOREN.id, ASTRID.id)
    assert people_of(Body("Tomt udvalg")) == ()


def test_body_that_nobody_knows_has_no_recipients():
    assert recipients_of("Ukendt", STATE) == ()


def test_meeting_after_easter_is_reminded_of_on_the_wednesday_before():
    tuesday = state_of(meetings=(meeting(date(2026, 4, 7)),), channels=frozenset({NAME}))
    assert month(tuesday, date(2026, 3, 20), date(2026, 4, 7)) == [
        (date(2026, 3, 31), NAME, -7),
        (date(2026, 4, 1), NAME, -1),
    ]


@pytest.mark.parametrize("day", [date(2026, 2, 12), date(2026, 10, 15), date(2026, 7, 9)], ids=str)
def test_meetings_are_reminded_of_in_quiet_weeks_too(day: date):
    state = state_of(meetings=(meeting(day),), channels=frozenset({NAME}))
    assert month(state, day - timedelta(days=14), day)[-1] == (day - timedelta(days=1), NAME, -1)


def test_meeting_in_the_first_week_of_the_year_is_reminded_of_in_week_53():
    state = state_of(meetings=(meeting(date(2027, 1, 4)),), channels=frozenset({NAME}))
    assert month(state, date(2026, 12, 19), date(2027, 1, 4)) == [
        (date(2026, 12, 28), NAME, -7),
        (date(2026, 12, 30), NAME, -1),
    ]


def test_meeting_on_the_first_of_march_in_a_leap_year_is_reminded_of_on_leap_day():
    state = state_of(meetings=(meeting(date(2028, 3, 1)),), channels=frozenset({NAME}))
    assert month(state, date(2028, 2, 20), date(2028, 3, 1))[-1] == (date(2028, 2, 29), NAME, -1)


def test_meeting_that_was_called_at_short_notice_is_reminded_of_at_once():
    assert [one.days for one in due(IN_CHANNEL, at(date(2026, 3, 16), 11))] == [-7]


def test_meeting_that_has_begun_is_not_reminded_of():
    assert due(IN_CHANNEL, at(DAY, 8, 59)) != []
    assert looked_at(IN_CHANNEL, at(DAY, 9)) == []


def test_reminder_that_nobody_looked_at_before_the_meeting_began_is_expired():
    assert excused(IN_CHANNEL, at(DAY, 10), at(date(2026, 3, 17))) == [Outcome.EXPIRED]


def test_member_may_do_without_and_one_who_left_is_counted():
    state = replace(STATE, switched_off=frozenset({(SOREN.id, Kind.MEETING_SOON)}), people=PEOPLE - {ASTRID.id})
    assert sorted(excused(state, at(EARLY))) == [Outcome.LEFT, Outcome.SWITCHED_OFF]


def test_member_on_holiday_is_reminded_when_back_if_that_is_before_the_meeting():
    state = replace(STATE, absences=away(SOREN.id, EARLY, date(2026, 3, 13)))
    assert [(day, days) for day, who, days in month(state, EARLY, DAY) if who == SOREN.id] == [
        (date(2026, 3, 16), -7),
        (LATE, -1),
    ]
    longer = replace(STATE, absences=away(SOREN.id, EARLY, DAY))
    assert [who for _, who, _ in month(longer, EARLY, date(2026, 3, 27)) if who == SOREN.id] == []


def test_member_who_asks_for_a_day_after_the_meeting_is_not_reminded_of_it():
    state = replace(STATE, snoozes=snoozed(SOREN.id, date(2026, 3, 23)))
    assert [who for _, who, _ in month(state, EARLY, date(2026, 3, 27)) if who == SOREN.id] == []


# Meetings that were moved or cancelled


def test_old_reminders_of_a_moved_meeting_are_not_due_any_more():
    before = {one.key for one in due(IN_CHANNEL, at(EARLY))}
    after = changed(move(DAY, NEWER_DAY, at(EARLY, 8, 1)), places=(NEWER_DAY,))
    assert before
    assert not before & {one.reminder.key for one in looked_at(after, at(EARLY, 8, 2))}


def test_moved_meeting_is_told_once_as_soon_as_people_are_at_work():
    evening = at(date(2026, 3, 6), 20)
    state = changed(move(DAY, NEWER_DAY, evening), places=(NEWER_DAY,))
    office = Office(evening)
    told = news(
        office,
        state,
        at(date(2026, 3, 7), 9),
        *(at(MONDAY + timedelta(days=n), hour) for n in range(4) for hour in (8, 12)),
    )
    assert [(one.due_at, one.about.was, one.deadline) for one in told] == [
        (at(MONDAY), MEETING.start, at(NEWER_DAY, 9))
    ]
    assert told[0].about.meeting == meeting(NEWER_DAY)


def test_each_member_is_told_of_the_move_where_there_is_no_channel():
    state = replace(changed(move(DAY, NEWER_DAY, at(MONDAY, 10))), channels=frozenset())
    told = due(state, at(MONDAY, 10))
    assert [one.recipient.id for one in told] == [VAGN.id, INGE.id, SOREN.id, ASTRID.id]
    assert AAGE.id not in {one.recipient.id for one in told}


def test_cancelled_meeting_is_told_once_and_without_a_place():
    state = changed(move(DAY, None, at(MONDAY, 10)))
    told = news(Office(at(MONDAY, 9)), state, at(MONDAY, 10), at(MONDAY, 11), at(EARLY))
    assert [(one.about.was, one.about.meeting, one.deadline) for one in told] == [(MEETING.start, None, MEETING.start)]


def test_meeting_moved_twice_before_anybody_is_at_work_is_told_once_with_its_last_place():
    moves = (move(DAY, NEW_DAY, at(date(2026, 3, 7), 9)), move(NEW_DAY, NEWER_DAY, at(date(2026, 3, 7), 10)))
    told = news(Office(at(date(2026, 3, 6))), changed(*reversed(moves), places=(NEWER_DAY,)), at(MONDAY), at(MONDAY, 9))
    assert [(one.about.was, one.deadline) for one in told] == [(MEETING.start, at(NEWER_DAY, 9))]


def test_meeting_moved_again_after_it_was_told_is_told_again():
    office, first, second = (
        Office(at(MONDAY)),
        move(DAY, NEW_DAY, at(MONDAY, 9)),
        move(NEW_DAY, NEWER_DAY, at(MONDAY, 11)),
    )
    assert len(news(office, changed(first, places=(NEW_DAY,)), at(MONDAY, 9))) == 1
    again = news(office, changed(first, second, places=(NEWER_DAY,)), at(MONDAY, 11), at(MONDAY, 12))
    assert [one.deadline for one in again] == [at(NEWER_DAY, 9)]
    assert len({message.slot for plan in office.plans for message in plan.messages}) == 2


def test_meeting_moved_back_before_anybody_is_at_work_is_held_as_planned():
    saturday = date(2026, 3, 7)
    state = changed(move(DAY, NEW_DAY, at(saturday, 9)), move(NEW_DAY, DAY, at(saturday, 10)), places=(DAY,))
    assert news(Office(at(date(2026, 3, 6))), state, at(MONDAY)) == []


def test_meeting_moved_back_after_people_were_told_of_the_move_is_told():
    office, first, back = Office(at(MONDAY)), move(DAY, NEW_DAY, at(MONDAY, 9)), move(NEW_DAY, DAY, at(MONDAY, 11))
    assert len(news(office, changed(first, places=(NEW_DAY,)), at(MONDAY, 9))) == 1
    told = news(office, changed(first, back, places=(DAY,)), at(MONDAY, 11), at(MONDAY, 12))
    assert [(one.about.was, one.deadline, one.about.meeting) for one in told] == [
        (at(NEW_DAY, 9), MEETING.start, MEETING)
    ]


def test_meeting_moved_there_and_back_and_there_again_is_told_each_time():
    office, first, back = Office(at(MONDAY)), move(DAY, NEW_DAY, at(MONDAY, 9)), move(NEW_DAY, DAY, at(MONDAY, 11))
    again = replace(first, at=at(MONDAY, 13))
    told = [
        *news(office, changed(first, places=(NEW_DAY,)), at(MONDAY, 9)),
        *news(office, changed(first, back, places=(DAY,)), at(MONDAY, 11)),
        *news(office, changed(first, back, again, places=(NEW_DAY,)), at(MONDAY, 13), at(MONDAY, 14)),
    ]
    assert [one.deadline for one in told] == [at(NEW_DAY, 9), MEETING.start, at(NEW_DAY, 9)]


def test_meeting_moved_there_and_back_and_there_again_on_a_saturday_is_told_once():
    saturday = date(2026, 3, 7)
    there, back = move(DAY, NEW_DAY, at(saturday, 9)), move(NEW_DAY, DAY, at(saturday, 10))
    state = changed(there, back, replace(there, at=at(saturday, 11)), places=(NEW_DAY,))
    told = news(Office(at(date(2026, 3, 6))), state, at(MONDAY), at(MONDAY, 9))
    assert [(one.about.was, one.deadline) for one in told] == [(MEETING.start, at(NEW_DAY, 9))]


def test_meeting_that_took_the_time_of_one_that_was_moved_is_another():
    """Each is told where it went, though one came where the other had left."""
    came = MeetingChange(meeting(DAY, number=2), at(NEWER_DAY, 9), at(DAY, 9), at(MONDAY, 11))
    state = changed(move(DAY, NEW_DAY, at(MONDAY, 10)), came, places=(NEW_DAY,))
    told = {one.subject: (one.about.was, one.deadline) for one in news(Office(at(MONDAY, 9)), state, at(MONDAY, 11))}
    assert told == {
        "meeting:1": (at(DAY, 9), at(NEW_DAY, 9)),
        "meeting:2": (at(NEWER_DAY, 9), at(DAY, 9)),
    }


def test_reminder_is_about_the_meeting_whose_number_it_has():
    assert MeetingSubject.read(meeting_key(MEETING)) == MeetingSubject(MEETING.id)
    others = ("", "P001", "12", "meeting:", "meeting:1x", "meeting:²", f"meeting:{'9' * 30}", "milestone:P001:1")
    assert {MeetingSubject.read(subject) for subject in others} == {None}


def test_meeting_that_was_moved_and_then_cancelled_is_told_as_cancelled_alone():
    saturday = date(2026, 3, 7)
    state = changed(move(DAY, NEW_DAY, at(saturday, 9)), move(NEW_DAY, None, at(saturday, 10)))
    told = news(Office(at(date(2026, 3, 6))), state, at(MONDAY))
    assert [(one.about.was, one.about.meeting) for one in told] == [(MEETING.start, None)]


def test_cancelled_meeting_that_is_held_after_all_is_told_where_it_is():
    back = move(DAY, DAY, at(MONDAY, 12))
    (told,) = news(Office(at(MONDAY, 11)), changed(back, places=(DAY,)), at(MONDAY, 12))
    assert (told.about.was, told.about.meeting) == (at(DAY, 9), meeting(DAY))


def test_meeting_moved_and_cancelled_and_held_after_all_is_told_at_its_last_place():
    changes = (move(DAY, NEW_DAY, at(MONDAY, 9)), move(NEW_DAY, NEW_DAY, at(MONDAY, 12)))
    (told,) = news(Office(at(MONDAY, 11)), changed(*changes, places=(NEW_DAY,)), at(MONDAY, 12))
    assert (told.about.was, told.about.meeting) == (at(NEW_DAY, 9), meeting(NEW_DAY))


def test_move_is_not_forgotten_when_the_earlier_ones_are():
    """Where the first of two moves is not known any more, the second is not told anew."""
    first, second = move(DAY, NEW_DAY, at(MONDAY, 9)), move(NEW_DAY, NEWER_DAY, at(MONDAY, 11))
    both, last = due(changed(first, second), at(MONDAY, 11)), due(changed(second), at(MONDAY, 11))
    assert [one.key for one in both] == [one.key for one in last]


def test_change_of_a_meeting_that_is_over_is_not_told():
    assert looked_at(changed(move(DAY, None, at(DAY, 10))), at(date(2026, 3, 20)), at(MONDAY)) == []
    slept_through = changed(move(DAY, None, at(MONDAY, 10)))
    assert due(slept_through, at(DAY, 9)) == []
    assert excused(slept_through, at(DAY, 9), at(MONDAY)) == [Outcome.EXPIRED]
    assert excused(slept_through, at(DAY, 9)) == []


def test_meeting_cancelled_the_evening_before_it_begins_at_eight_is_reported():
    """Nobody is told outside working hours, so nobody could be."""
    change = MeetingChange(meeting(DAY, 8), at(DAY), None, at(LATE, 20))
    assert excused(changed(change), at(DAY), at(LATE, 15)) == [Outcome.EXPIRED]


def test_member_on_holiday_is_told_of_the_move_when_back():
    state = replace(
        changed(move(DAY, NEWER_DAY, at(MONDAY, 10))), channels=frozenset(), absences=away(SOREN.id, MONDAY, EARLY)
    )
    assert excused(state, at(MONDAY, 10), at(MONDAY, 9)) == [Outcome.ABSENT]
    friday = due(state, at(date(2026, 3, 13)))
    assert SOREN.id in {one.recipient.id for one in friday}


def test_snooze_does_not_hold_back_that_a_meeting_was_moved():
    state = replace(
        changed(move(DAY, NEW_DAY, at(MONDAY, 10))),
        channels=frozenset(),
        snoozes=snoozed(SOREN.id, date(2026, 3, 25)),
    )
    assert SOREN.id in {one.recipient.id for one in due(state, at(MONDAY, 10))}


def test_change_is_held_back_by_the_office_alone():
    state = changed(move(DAY, NEW_DAY, at(MONDAY, 10)))
    assert excused(replace(state, all_stopped=True), at(MONDAY, 10)) == [Outcome.STOPPED]


@pytest.mark.parametrize("change", [date(2026, 3, 29), date(2026, 10, 25)], ids=str)
def test_meeting_after_the_clock_changed_is_reminded_of_once_at_eight(change: date):
    state = state_of(meetings=(meeting(change + timedelta(days=2)),), channels=frozenset({NAME}))
    assert month(state, change, change + timedelta(days=2))[-1] == (change + timedelta(days=1), NAME, -1)
    office, monday = Office(at(change, 7)), change + timedelta(days=1)
    minutes = [at(monday, 6).astimezone(UTC) + timedelta(minutes=n) for n in range(240)]
    told = [minute for minute in minutes if office.look(state, minute).messages]
    assert [minute.astimezone(ZONE) for minute in told] == [at(monday)]


def test_change_is_no_news_after_a_month():
    far = date(2026, 6, 18)
    state = replace(changed(move(far, None, at(MONDAY, 10))), channels=frozenset())
    assert due(state, at(MONDAY + timedelta(days=29)))
    assert not looked_at(state, at(MONDAY + timedelta(days=31)))
