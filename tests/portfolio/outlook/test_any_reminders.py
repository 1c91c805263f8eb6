"""Whatever people do, and whenever the planner sleeps: each reminder once, to those whom it concerns, at work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

from portfolio.bodies import MeetingChange
from portfolio.deputies import Deputy
from portfolio.identity import PersonId
from portfolio.meetings.reminders import meeting_key
from portfolio.outlook.due import considered
from portfolio.outlook.plan import Plan, previewed
from portfolio.reminders.keys import Origin, StatusStep
from portfolio.reminders.kinds import (
    KINDS,
    Absence,
    Considered,
    Key,
    Kind,
    Obligation,
    Outcome,
    Recipient,
    Reminder,
    ReminderState,
    Snooze,
    StatusRequest,
    Tracked,
)
from portfolio.reminders.own import own_subjects
from portfolio.status.reminders import deadline_on_or_after, rhythm_of
from tests.world.people import AAGE, ASTRID, INGE, METTE, SOREN, VAGN
from tests.world.reminders import BOARD, PEOPLE, STEERING, WORK, ZONE, Office, at, by_day, meeting

PERSONS = st.sampled_from(sorted(PEOPLE))
NUMBERS = st.sampled_from(["P001", "P002", "P003", "P004"])
SUBJECTS = st.one_of(st.just(""), NUMBERS, st.just("milestone:1"))
RHYTHMS = st.sampled_from([None, 7, 14, 28])
# Around holidays, quiet weeks, clock changes, week 53 and leap day.
ODD_DAYS = [(2026, 2, 2), (2026, 3, 16), (2026, 6, 25), (2026, 10, 5), (2026, 12, 14), (2028, 2, 10)]
STARTS = st.sampled_from([date(*day) for day in ODD_DAYS]) | st.dates(date(2025, 3, 1), date(2029, 1, 1))


def _within(days: int) -> st.SearchStrategy[int]:
    return st.integers(-days, days)


@st.composite
def _projects(draw: st.DrawFn, today: date) -> tuple[Tracked, ...]:
    leads, owners = (
        st.sampled_from([None, SOREN.id, AAGE.id, METTE.id]),
        st.sampled_from([None, ASTRID.id, SOREN.id]),
    )
    known = st.integers(0, 120).map(lambda days: today - timedelta(days=days))
    reported = st.none() | st.integers(0, 120).map(lambda days: today - timedelta(days=days))
    moments = st.integers(0, 200).map(lambda hours: at(today) - timedelta(hours=hours))
    return tuple(
        Tracked(
            f"P00{n}", f"Projekt {n}", draw(leads), draw(owners), draw(RHYTHMS), draw(known), draw(reported),
            draw(st.none() | st.builds(StatusRequest, st.just(f"P00{n}"), PERSONS, moments)),
        )
        for n in range(1, 5)
    )  # fmt: skip


@st.composite
def _states(draw: st.DrawFn, today: date) -> ReminderState:
    days = [today + timedelta(days=draw(st.integers(1, 30))) for _ in range(3)]
    bodies = draw(st.sampled_from([(STEERING,), (STEERING, BOARD)]))
    owed = Obligation(
        draw(st.sampled_from(Origin)), "milestone:1", "Aftale",
        draw(st.sampled_from([None, SOREN.id, ASTRID.id])), at(days[2], 16), "P001",
    )  # fmt: skip
    return ReminderState(
        projects=draw(_projects(today)),
        people=PEOPLE,
        office=(INGE.id,),
        bodies=bodies,
        meetings=tuple(
            meeting(day, body=draw(st.sampled_from(bodies)), number=number)
            for number, day in enumerate(dict.fromkeys(days[:2]), 1)
        ),
        obligations=(owed,),
        channels=draw(st.sampled_from([frozenset(), frozenset({STEERING.name})])),
    )


def _group(found: list[Absence] | list[Snooze]) -> dict[str, tuple[Absence | Snooze, ...]]:
    return {one.person: tuple(other for other in found if other.person == one.person) for one in found}


@st.composite
def _busy_states(draw: st.DrawFn, today: date) -> ReminderState:
    """Draws states with people away, standing in, and asking for other days."""
    spans = st.tuples(_within(20), st.integers(0, 14)).map(
        lambda span: (today + timedelta(days=span[0]), today + timedelta(days=sum(span)))
    )
    absences = [Absence(draw(PERSONS), *draw(spans)) for _ in range(draw(st.integers(0, 3)))]
    snoozes = [
        Snooze(draw(PERSONS), draw(SUBJECTS), today + timedelta(days=draw(_within(20))))
        for _ in range(draw(st.integers(0, 3)))
    ]
    deputies = [Deputy(SOREN.id, draw(PERSONS), *draw(spans)) for _ in range(draw(st.integers(0, 2)))]
    changes = [
        MeetingChange(meeting(day, number=10 + n), at(day, 9), None, at(today - timedelta(days=n + 1), 12))
        for n in range(draw(st.integers(0, 2)))
        for day in [today + timedelta(days=20 + n)]
    ]
    return replace(
        draw(_states(today)),
        absences=_group(absences),
        snoozes=_group(snoozes),
        deputies={SOREN.id: tuple(one for one in deputies if one.deputy != SOREN.id)},
        changes=tuple(changes),
        switched_off=draw(st.frozensets(st.tuples(PERSONS, st.sampled_from(Kind)), max_size=2)),
    )


# What happens in a month

Event = Callable[[ReminderState, datetime], ReminderState]


def _with(state: ReminderState, number: str, **changed: Any) -> ReminderState:
    projects = (replace(one, **changed) if one.number == number else one for one in state.projects)
    return replace(state, projects=tuple(projects))


def _reports(number: str) -> Event:
    return lambda state, now: _with(state, number, newest=now.date())


def _is_requested(number: str, by: PersonId) -> Event:
    return lambda state, now: _with(state, number, request=StatusRequest(number, by, now))


def _goes_away(person: str, days: int) -> Event:
    def happens(state: ReminderState, now: datetime) -> ReminderState:
        others = (one for one in state.absences.get(person, ()) if one.first != now.date())
        absence = Absence(person, now.date(), now.date() + timedelta(days=days))
        return replace(state, absences={**state.absences, person: (*others, absence)})

    return happens


def _comes_back(person: str) -> Event:
    def happens(state: ReminderState, now: datetime) -> ReminderState:
        yesterday = now.date() - timedelta(days=1)
        begun = (one for one in state.absences.get(person, ()) if one.first <= yesterday)
        ended = tuple(replace(one, last=min(one.last, yesterday)) for one in begun)
        return replace(state, absences={**state.absences, person: ended})

    return happens


def _asks_for_another_day(person: str, subject: str, days: int) -> Event:
    def happens(state: ReminderState, now: datetime) -> ReminderState:
        others = (one for one in state.snoozes.get(person, ()) if one.subject != subject)
        snooze = Snooze(person, subject, now.date() + timedelta(days=days))
        return replace(state, snoozes={**state.snoozes, person: (*others, snooze)})

    return happens


def _is_stood_in_for(deputy: str, days: int) -> Event:
    def happens(state: ReminderState, now: datetime) -> ReminderState:
        one = Deputy(SOREN.id, deputy, now.date(), now.date() + timedelta(days=days))
        return replace(state, deputies={SOREN.id: (*state.deputies.get(SOREN.id, ()), one)})

    return happens


def _moves(at_: int, days: int | None) -> Event:
    def happens(state: ReminderState, now: datetime) -> ReminderState:
        coming = [one for one in state.meetings if one.start > now]
        if not coming:
            return state
        old = coming[at_ % len(coming)]
        start = None if days is None else at(now.date() + timedelta(days=days), 9)
        if any((one.body, one.start) == (old.body, start) for one in state.meetings):
            return state
        rest = tuple(one for one in state.meetings if one is not old)
        moved = old if start is None else replace(old, start=start, end=None)
        return replace(
            state,
            meetings=rest if start is None else (*rest, moved),
            changes=(*state.changes, MeetingChange(moved, old.start, start, now)),
        )

    return happens


def _leaves(person: str) -> Event:
    return lambda state, _now: replace(state, people=state.people - {person})


def _switches_off(person: str, kind: Kind) -> Event:
    return lambda state, _now: replace(state, switched_off=state.switched_off | {(person, kind)})


def _is_met() -> Event:
    return lambda state, _now: replace(state, obligations=tuple(replace(one, is_met=True) for one in state.obligations))


def _stops(*, all_of_them: bool) -> Event:
    return lambda state, _now: replace(state, all_stopped=all_of_them)


EVENTS = st.one_of(
    NUMBERS.map(_reports),
    st.builds(_is_requested, NUMBERS, PERSONS),
    st.builds(_goes_away, PERSONS, st.integers(0, 10)),
    PERSONS.map(_comes_back),
    st.builds(_asks_for_another_day, PERSONS, SUBJECTS, st.integers(1, 10)),
    st.builds(_is_stood_in_for, st.sampled_from([METTE.id, AAGE.id, VAGN.id]), st.integers(0, 10)),
    st.builds(_moves, st.integers(0, 3), st.none() | st.integers(1, 20)),
    st.sampled_from([METTE.id, AAGE.id]).map(_leaves),
    st.builds(_switches_off, PERSONS, st.sampled_from(Kind)),
    st.builds(_is_met),
    st.booleans().map(lambda all_of_them: _stops(all_of_them=all_of_them)),
)
MONTH = 31 * 24


@dataclass
class Simulation:
    """Looks every hour; `asleep` are the hours in which nobody does."""

    office: Office
    state: ReminderState
    problems: Counter[Key]

    def look(self, now: datetime) -> None:
        before, told = self.office.since, set(self.office.told)
        served = set(self.office.served.get(now.astimezone(ZONE).date(), ()))
        plan = self.office.look(self.state, now)
        if not WORK.is_open(now):
            assert not plan.has_something_to_tell
            return
        self._adds_up(plan, list(considered(self.state, now, before, WORK)), told, served, before)
        for message in plan.messages:
            for one in message.reminders:
                self._concerns(one, message.recipient, now)
        self.problems.update(one.reminder.key for one in plan.problems)

    def _adds_up(
        self, plan: Plan, found: list[Considered], told: set[Key], served: set[Recipient], since: datetime
    ) -> None:
        keys = [one.reminder.key for one in found]
        assert len(keys) == len(set(keys)), "two reminders have one key"
        planned = Counter(one.key for message in plan.messages for one in message.reminders)
        assert set(planned.values()) <= {1}
        assert not planned.keys() & told, "told twice"
        new = [one for one in found if one.reminder.key not in told]
        waiting = {one.reminder.key for one in new if one.not_sent_because is None} - planned.keys()
        assert all(key.recipient in served and not KINDS[key.kind].at_once for key in waiting)
        assert sum(plan.skipped.values()) == sum(
            one.not_sent_because is not None and one.reminder.due_at > since for one in new
        )
        for one in plan.messages:
            assert (one.recipient not in served) or one.slot != plan.now.astimezone(ZONE).date().isoformat()
        daily = Counter(one.recipient for one in plan.messages)
        assert set(daily.values()) <= {1}

    def _concerns(self, one: Reminder, recipient: Recipient, now: datetime) -> None:
        today = now.astimezone(ZONE).date()
        assert one.recipient == recipient
        assert one.due_at <= now < one.expires_at
        assert not self.state.all_stopped
        if recipient.is_channel:
            return
        assert recipient.id in self.state.people
        assert KINDS[one.kind].at_once or one.subject in own_subjects(self.state, recipient.id, today)
        assert not self.state.is_away(recipient.id, today)
        assert (recipient.id, one.kind) not in self.state.switched_off or not KINDS[one.kind].may_switch_off
        asked = [snooze for snooze in self.state.snoozes.get(recipient.id, ()) if snooze.subject in ("", one.subject)]
        assert KINDS[one.kind].at_once or all(snooze.until <= today for snooze in asked)
        if KINDS[one.kind].rests:
            assert not WORK.is_quiet(one.due_at.date())
            self._is_unanswered(one)
        elif one.kind is Kind.MEETING_SOON:
            assert one.subject in {meeting_key(each) for each in self.state.meetings}
        elif one.kind is Kind.DEADLINE:
            assert not any(each.is_met for each in self.state.obligations)

    def _is_unanswered(self, one: Reminder) -> None:
        project = next(each for each in self.state.projects if each.number == one.project)
        if one.kind is Kind.STATUS_ASKED:
            assert project.request is not None
            assert project.newest is None or project.newest < project.request.at.date()
            return
        asked = StatusStep.read(one.occasion).deadline
        rhythm = rhythm_of(project, self.state)
        assert asked == deadline_on_or_after(asked, rhythm)
        assert project.newest is None or asked > deadline_on_or_after(project.newest, rhythm)


@settings(max_examples=12)
@given(st.data())
def test_whatever_happens_in_a_month_each_reminder_is_told_once_to_those_whom_it_concerns(data: st.DataObject):
    first = data.draw(STARTS)
    state = data.draw(_states(first))
    events = data.draw(st.lists(st.tuples(st.integers(0, MONTH), EVENTS), max_size=25))
    naps = data.draw(st.lists(st.tuples(st.integers(0, MONTH), st.integers(1, 60)), max_size=4))
    minute = data.draw(st.integers(0, 59))
    office = Office(at(first, 0))
    run = Simulation(office, state, Counter())
    for hour in range(MONTH):
        now = at(first, 0, minute) + timedelta(hours=hour)
        for when, event in events:
            if when == hour:
                run.state = event(run.state, now)
        if not any(start <= hour < start + hours for start, hours in naps):
            run.look(now)
    assert set(run.problems.values()) <= {1}, "reported twice"


@settings(max_examples=40)
@given(st.data())
def test_what_was_planned_is_still_due_when_it_is_checked_before_sending(data: st.DataObject):
    """As long as it holds, and nobody goes away or takes over meanwhile."""
    first = data.draw(STARTS)
    state = data.draw(_busy_states(first))
    office = Office(at(first, 7))
    for day in range(35):
        now = at(first + timedelta(days=day), 8, 5)
        for message in office.look(state, now).messages:
            later = now + timedelta(minutes=data.draw(st.integers(0, 9 * 24 * 60)))
            found = considered(state, later, message.due_at - timedelta(days=1), WORK)
            excuses = {one.reminder.key: one.not_sent_because for one in found}
            for one in message.reminders:
                if later < one.expires_at and not _may_change(one, state, later.astimezone(ZONE).date()):
                    assert one.key in excuses
                    assert excuses[one.key] is None


def _may_change(one: Reminder, state: ReminderState, day: date) -> bool:
    if state.is_away(one.recipient.id, day):
        return True
    lead = one.in_place_of or one.recipient.id
    there = [who for who in state.deputies_of(lead, one.project or "", day) if not state.is_away(who, day)]
    has_deputies = one.kind is not Kind.MEETING_SOON and one.kind is not Kind.MEETING_CHANGED
    return has_deputies and (there[0] if there else lead) != one.recipient.id


@settings(max_examples=15)
@given(st.data())
def test_preview_is_what_is_sent_if_nobody_does_anything(data: st.DataObject):
    first = data.draw(STARTS)
    state = data.draw(_busy_states(first))
    minute = data.draw(st.integers(0, 59))
    days = data.draw(st.integers(1, 30))
    since = at(first, 0)
    until = at(first + timedelta(days=days), 23)
    shown = by_day(previewed(state, at(first, 7), until, since, WORK))
    office = Office(since)
    for hour in range(days * 24 + 17):
        office.look(state, at(first, 7, minute) + timedelta(hours=hour))
    assert by_day(office.plans) == shown


def test_every_kind_of_reminder_falls_due_some_time():
    """A kind that nothing asks for is never told, and one that these states don't hold isn't tried above."""
    seen: set[Kind] = set()

    def is_enough(state: ReminderState) -> bool:
        for day in range(0, 35, 2):
            now = at(first + timedelta(days=day), 12)
            seen.update(one.reminder.kind for one in considered(state, now, now - timedelta(days=2), WORK))
        return seen == set(Kind)

    first = date(2026, 10, 5)
    find(_busy_states(first), is_enough, settings=settings(max_examples=200, database=None, phases=[Phase.generate]))


@settings(max_examples=40)
@given(st.data())
def test_what_expired_while_nobody_looked_is_reported_exactly_once(data: st.DataObject):
    """Whenever the planner slept: what fell due in that time is told, spared or reported, and never twice."""
    first = data.draw(STARTS)
    state = data.draw(_busy_states(first))
    awake = at(first, 7)
    ends = awake + timedelta(hours=data.draw(st.integers(1, 24 * 12)))
    office = Office(awake)
    plan = office.look(state, WORK.next_open(ends))
    reported = Counter(one.reminder.key for one in plan.problems if one.not_sent_because is Outcome.EXPIRED)
    assert set(reported.values()) <= {1}
    assert not reported.keys() & office.told
    again = office.look(state, WORK.next_open(ends) + timedelta(minutes=1))
    assert not again.has_something_to_tell
    assert again.skipped == {}
