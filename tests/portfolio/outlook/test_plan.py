"""One message a day for each recipient, and what becomes of what can't go along."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from portfolio.bodies import MeetingChange
from portfolio.outlook.plan import planned, previewed
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Kind, Obligation, Outcome, Recipient, Tracked
from tests.world.people import AAGE, ASTRID, INGE, SOREN
from tests.world.reminders import DEADLINE, PROJECT, STATE, STEERING, WORK, Office, at, meeting, state_of

TUESDAY, MONDAY = DEADLINE - timedelta(days=3), DEADLINE - timedelta(days=4)
MINUTE = timedelta(minutes=1)
OTHER = replace(PROJECT, number="P002", title="Byggesager på nettet")
SOON = meeting(DEADLINE + timedelta(days=4))  # a week from Tuesday
EVERYTHING = replace(
    STATE,
    projects=(PROJECT, OTHER),
    meetings=(SOON,),
    obligations=(Obligation(Origin.MILESTONE, "milestone:1", "Aftale", SOREN.id, at(date(2026, 3, 3), 16), "P001"),),
)
CANCELLED = MeetingChange(meeting(DEADLINE, number=2), at(DEADLINE, 9), None, at(TUESDAY, 10))


def minute_before(moment: datetime) -> datetime:
    return moment - MINUTE


def test_everything_for_a_person_is_in_one_message():
    plan = planned(EVERYTHING, at(TUESDAY), minute_before(at(TUESDAY)), WORK)
    sorens = [one for one in plan.messages if one.recipient == Recipient(SOREN.id)]
    assert [[one.kind for one in message.reminders] for message in sorens] == [
        [Kind.STATUS_DUE, Kind.STATUS_DUE, Kind.DEADLINE, Kind.MEETING_SOON]
    ]
    assert [one.title for one in sorens[0].reminders][:2] == ["Byggesager på nettet", "Skærmbesøg i hjemmeplejen"]
    assert len(plan.messages) == len({one.recipient for one in plan.messages})


def test_message_is_due_with_the_first_and_of_no_use_after_the_last_of_its_reminders():
    plan = planned(EVERYTHING, at(TUESDAY), at(MONDAY), WORK)
    message = next(one for one in plan.messages if one.recipient == Recipient(SOREN.id))
    assert message.due_at == at(TUESDAY)
    assert message.expires_at == at(date(2026, 3, 3))  # a week later


def test_message_is_sent_twice_if_unsure_where_any_of_it_must_be_told():
    alone = planned(STATE, at(TUESDAY), at(MONDAY), WORK).messages[0]
    assert not alone.twice_if_unsure
    assert planned(EVERYTHING, at(TUESDAY), at(MONDAY), WORK).messages[0].twice_if_unsure


def test_nothing_is_planned_outside_working_hours():
    for moment in (at(TUESDAY, 7, 59), at(TUESDAY, 16), at(date(2026, 2, 28), 10)):
        assert not planned(STATE, moment, at(MONDAY), WORK).has_something_to_tell


def test_same_look_twice_tells_once():
    office = Office(at(MONDAY))
    assert len(office.look(EVERYTHING, at(TUESDAY)).messages) == 4
    assert not office.look(EVERYTHING, at(TUESDAY)).has_something_to_tell
    assert not office.look(EVERYTHING, at(TUESDAY, 8, 1)).has_something_to_tell


def test_what_comes_up_after_todays_message_waits_until_tomorrow_if_it_still_holds():
    office = Office(at(MONDAY))
    assert len(office.look(STATE, at(TUESDAY)).messages) == 1
    more = replace(STATE, projects=(PROJECT, OTHER))
    assert office.look(more, at(TUESDAY, 9)).messages == ()
    tomorrow = office.look(more, at(TUESDAY + timedelta(days=1))).messages
    assert [(one.recipient.id, [each.subject for each in one.reminders]) for one in tomorrow] == [(SOREN.id, ["P002"])]


def test_what_waited_for_tomorrows_message_is_not_late_but_what_slept_with_the_service_is():
    more = replace(STATE, projects=(PROJECT, OTHER))
    wednesday = TUESDAY + timedelta(days=1)
    office = Office(at(MONDAY))
    office.look(STATE, at(TUESDAY))
    office.look(more, at(TUESDAY, 9))
    assert [one.due_at for one in office.look(more, at(wednesday)).messages] == [at(wednesday)]
    asleep = Office(at(MONDAY))
    assert {one.due_at for one in asleep.look(more, at(wednesday)).messages} == {at(TUESDAY)}


def test_what_does_not_hold_until_tomorrow_is_not_told_then():
    office = Office(at(DEADLINE - timedelta(days=2)))
    office.look(STATE, at(DEADLINE - timedelta(days=1)))  # Thursday's message
    more = replace(STATE, meetings=(meeting(DEADLINE, 8),))
    assert SOREN.id not in {one.recipient.id for one in office.look(more, at(DEADLINE - timedelta(days=1), 9)).messages}
    friday = office.look(more, at(DEADLINE)).messages
    assert [one.kind for message in friday for one in message.reminders] == [Kind.STATUS_DUE]


def test_change_of_a_meeting_is_not_held_back_by_todays_message():
    office = Office(at(MONDAY))
    office.look(STATE, at(TUESDAY))
    changed = replace(STATE, changes=(CANCELLED,))
    plan = office.look(changed, at(TUESDAY, 10))
    assert SOREN.id in {one.recipient.id for one in plan.messages}
    assert all(one.slot != TUESDAY.isoformat() for one in plan.messages)
    assert not office.look(changed, at(TUESDAY, 10, 1)).messages


def test_change_of_a_meeting_goes_along_with_todays_message_where_that_is_still_to_come():
    changed = replace(STATE, changes=(replace(CANCELLED, at=at(MONDAY, 20)),))
    plan = planned(changed, at(TUESDAY), at(MONDAY), WORK)
    kinds = {one.recipient.id: [each.kind for each in one.reminders] for one in plan.messages}
    assert len(plan.messages) == 4
    assert kinds[SOREN.id] == [Kind.MEETING_CHANGED, Kind.STATUS_DUE]


def test_change_of_a_meeting_alone_leaves_room_for_todays_message():
    office = Office(at(MONDAY))
    changed = replace(EVERYTHING, changes=(replace(CANCELLED, at=at(MONDAY, 10)),))
    assert len(office.look(replace(changed, projects=(), meetings=(), obligations=()), at(MONDAY, 10)).messages) == 4
    assert SOREN.id not in {one.id for one in office.served[MONDAY]}


def test_channel_has_one_message_a_day_too():
    state = replace(
        STATE,
        meetings=(SOON, meeting(date(2026, 3, 3), 13, number=2)),
        channels=frozenset({STEERING.name}),
        projects=(),
    )
    messages = planned(state, at(TUESDAY), at(MONDAY), WORK).messages
    assert [(one.recipient.is_channel, len(one.reminders)) for one in messages] == [(True, 2)]


def test_after_four_hours_asleep_what_still_holds_is_told_once_and_the_rest_reported_once():
    """Slept from before eight until noon; a meeting at ten was to be reminded of meanwhile."""
    spring = replace(
        STATE,
        obligations=tuple(
            Obligation(Origin.BENEFIT, f"benefit:{n}", "Timer", AAGE.id, at(TUESDAY, 10 if n < 3 else 15))
            for n in range(5)
        ),
    )
    office = Office(at(TUESDAY, 7, 30))
    plan = office.look(spring, at(TUESDAY, 12))
    assert {one.recipient.id: len(one.reminders) for one in plan.messages} == {SOREN.id: 1, AAGE.id: 2}
    assert plan.skipped == {Outcome.EXPIRED: 3}
    assert {one.reminder.subject for one in plan.problems} == {"benefit:0", "benefit:1", "benefit:2"}
    assert not office.look(spring, at(TUESDAY, 12, 1)).has_something_to_tell


def test_what_newly_falls_due_and_is_spared_is_counted_once_and_problems_are_named():
    mixed = state_of(
        PROJECT,
        replace(OTHER, newest=date(2026, 2, 20)),
        Tracked("P003", "Herreløst arkiv", since=date(2025, 1, 1), newest=date(2026, 1, 30)),
        Tracked("P004", "Gammel leders", "gone@birkefjord.example", since=date(2025, 1, 1), newest=date(2026, 1, 30)),
    )
    office = Office(minute_before(at(TUESDAY)))
    plan = office.look(mixed, at(TUESDAY))
    assert plan.skipped == {Outcome.ANSWERED: 1, Outcome.NOBODY: 1, Outcome.LEFT: 1}
    assert {one.reminder.subject for one in plan.problems} == {"P003", "P004"}
    assert office.look(mixed, at(TUESDAY, 9)).skipped == {}


def test_preview_shows_each_days_messages_as_they_will_be_sent():
    plans = previewed(STATE, at(MONDAY, 10), at(date(2026, 3, 13), 23), at(MONDAY, 9), WORK)
    assert [(plan.now, [one.recipient.id for one in plan.messages]) for plan in plans] == [
        (at(TUESDAY), [SOREN.id]),
        (at(DEADLINE), [SOREN.id]),
        (at(DEADLINE + timedelta(days=3)), [SOREN.id]),
        (at(DEADLINE + timedelta(days=7)), [ASTRID.id]),
        (at(DEADLINE + timedelta(days=14)), [INGE.id]),
    ]


def test_preview_begins_with_what_is_due_now_and_leaves_out_those_who_are_served_today():
    now = at(TUESDAY, 10)
    first = previewed(STATE, now, now, at(MONDAY), WORK)
    assert [one.recipient.id for plan in first for one in plan.messages] == [SOREN.id]
    served = previewed(
        STATE, now, at(DEADLINE - timedelta(days=2), 9), at(MONDAY), WORK, has_todays_message={Recipient(SOREN.id)}
    )
    assert [plan.now for plan in served] == [at(DEADLINE - timedelta(days=2))]


def test_preview_leaves_out_what_was_told_before():
    told = {one.key for message in planned(STATE, at(TUESDAY), at(MONDAY), WORK).messages for one in message.reminders}
    assert previewed(STATE, at(TUESDAY, 10), at(TUESDAY, 23), at(TUESDAY), WORK, already_planned=told) == []
