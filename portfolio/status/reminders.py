"""Reminders of a project's status: a rhythm that doesn't drift, and a ladder as data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from portfolio.bodies import BodyKind
from portfolio.identity import NOBODY, PersonId
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS
from portfolio.reminders.keys import StatusStep, request_step
from portfolio.reminders.kinds import (
    Considered,
    Key,
    Kind,
    LadderRole,
    Outcome,
    Recipient,
    Reminder,
    ReminderState,
    StatusDue,
    StatusRequest,
    Tracked,
)
from portfolio.reminders.ladder import Moment, Step, deputies_in, due_steps, nobody_stands_in, reminder_without_step
from portfolio.working_time import WorkingTime

# How many days after the deadline each is reminded, a negative number before it.
LADDER: Mapping[LadderRole, tuple[int, ...]] = {
    LadderRole.LEAD: (-3, 0, 3),
    LadderRole.OWNER: (7,),
    LadderRole.OFFICE: (14,),
}
_ASKS_FOR_STATUS = frozenset({Kind.STATUS_DUE, Kind.STATUS_OVERDUE})
# Rhythms that can be chosen, in days; whole weeks, so that deadlines stay on their weekday.
RHYTHMS = (7, 14, 28)
BOARD_RHYTHM = 14
GRACE = timedelta(days=7)
# All deadlines are whole rhythms from this Friday.
ANCHOR = date(2021, 1, 8)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
# How far from a day deadlines are looked for. One is held weeks later than it falls where those between are quiet.
_BEHIND, _AHEAD = timedelta(weeks=13), timedelta(weeks=2)


def rhythm_of(project: Tracked, state: ReminderState) -> int:
    """Gives whole weeks, in days: its own, else 14 where its lead is on a project board, else 28."""
    return _rhythm(project, _on_boards(state))


def _on_boards(state: ReminderState) -> frozenset[str]:
    boards = (body for body in state.bodies if body.kind is BodyKind.PROJECT_BOARD)
    return frozenset(member for board in boards for member in board.members)


def _rhythm(project: Tracked, on_boards: Collection[str]) -> int:
    if project.asked_every:
        return max(1, round(project.asked_every / 7)) * 7
    return BOARD_RHYTHM if project.lead in on_boards else DEFAULT_RHYTHM_DAYS


def deadline_on_or_after(day: date, rhythm: int) -> date:
    """Counts by the calendar alone, whatever day that is."""
    return ANCHOR + timedelta(days=-(-(day - ANCHOR).days // rhythm) * rhythm)


@lru_cache(maxsize=5000)
def kept(deadline: date, work: WorkingTime) -> date:
    """The working day on which a deadline is really held: after a quiet week, not in it, and before holidays."""
    while work.is_quiet(deadline):
        deadline += _WEEK
    day = work.on_or_before(deadline)
    return work.on_or_after(deadline, outside_quiet=True) if work.is_quiet(day) else day


@lru_cache(maxsize=5000)
def _first_asked(since: date, rhythm: int, work: WorkingTime) -> date:
    """The first deadline of a new project: no earlier than after its days of grace."""
    deadline = deadline_on_or_after(since + GRACE, rhythm)
    while kept(deadline, work) < since + GRACE:
        deadline += timedelta(days=rhythm)
    return deadline


def first_unanswered(project: Tracked, rhythm: int, work: WorkingTime) -> date:
    """The first deadline that the newest report doesn't answer, of those since the project is known."""
    first = _first_asked(project.since or ANCHOR, rhythm, work)
    if project.newest is None:
        return first
    return max(first, deadline_on_or_after(project.newest, rhythm) + timedelta(days=rhythm))


def is_answered(key: Key, state: ReminderState, work: WorkingTime) -> bool:
    """Says whether a report was given that answers what a reminder of a project's status asked for; other reminders are
    never answered by one."""
    if key.kind is Kind.STATUS_ASKED:
        return any(is_request_answered(project, work) for project in state.projects if project.number == key.subject)
    if key.kind not in _ASKS_FOR_STATUS:
        return False
    asked = StatusStep.read(key.occasion).deadline
    return any(
        project.newest is not None and first_unanswered(project, rhythm_of(project, state), work) > asked
        for project in state.projects
        if project.number == key.subject
    )


def status_reminders(moment: Moment) -> Iterator[Considered]:
    on_boards = _on_boards(moment.state)
    for project in moment.state.projects:
        rhythm = _rhythm(project, on_boards)
        unanswered = first_unanswered(project, rhythm, moment.work)
        yield from _asked(project, rhythm, unanswered, moment)
        yield from _skipped(project, rhythm, unanswered, moment)


def _asked(project: Tracked, rhythm: int, unanswered: date, moment: Moment) -> Iterator[Considered]:
    lead_steps = _lead_steps(unanswered, rhythm, moment.today, moment.work)
    graced = _first_day(project)
    if lead_steps[0].day < graced:
        lead_steps = tuple(step for step in lead_steps if step.day >= graced)
    if project.request and not is_request_answered(project, moment.work):
        lead_steps = _with_request(lead_steps, project.request, moment.work)
    if not lead_steps or not moment.has_come(lead_steps[0].day):
        return
    yield from _reminded(project, LadderRole.LEAD, lead_steps, unanswered, moment)
    for role in (LadderRole.OWNER, LadderRole.OFFICE):
        yield from _reminded(project, role, _steps(unanswered, role, moment.work), unanswered, moment)


def requested_day(at: datetime, work: WorkingTime) -> date:
    """The day with whose message somebody is asked for a status that was requested then: the next to begin, so that
    there is time to think better of it."""
    day = at.astimezone(work.zone).date()
    first = day if at < work.opening(day) else day + _DAY
    return work.on_or_after(first, outside_quiet=True)


def is_request_answered(project: Tracked, work: WorkingTime) -> bool:
    """Says whether there is a report of the day on which the last request was made, or of a later one."""
    request, newest = project.request, project.newest
    return request is not None and newest is not None and newest >= request.at.astimezone(work.zone).date()


def _with_request(steps: Sequence[Step], request: StatusRequest, work: WorkingTime) -> tuple[Step, ...]:
    """Adds the request to the lead's ladder, behind what its day has of its own: one step at a time asks for it."""
    step = Step(requested_day(request.at, work), Kind.STATUS_ASKED, 0, request_step(request.at))
    return tuple(sorted((*steps, step), key=lambda one: one.day))


def _skipped(project: Tracked, rhythm: int, unanswered: date, moment: Moment) -> Iterator[Considered]:
    """Yields what the lead would newly be asked, had they not reported already, or were the project not new."""
    earlier = unanswered - timedelta(days=rhythm)
    has_reported = project.newest is not None and deadline_on_or_after(project.newest, rhythm) >= earlier
    before = Outcome.ANSWERED if has_reported else Outcome.GRACE
    for deadline, end, reason in ((earlier, date.max, before), (unanswered, _first_day(project), Outcome.GRACE)):
        steps = _steps(deadline, LadderRole.LEAD, moment.work)
        new = [step for step in steps if step.day < end and moment.is_new(step.day)]
        fair = [step for step in new if project.since is None or step.day >= project.since]
        yield from _reminded(project, LadderRole.LEAD, fair, deadline, moment, reason)


def _first_day(project: Tracked) -> date:
    """The first day on which its lead may be asked."""
    return date.min if project.since is None else project.since + GRACE


def _reminded(
    project: Tracked,
    role: LadderRole,
    steps: Sequence[Step],
    deadline: date,
    moment: Moment,
    not_sent_because: Outcome | None = None,
) -> Iterator[Considered]:
    if not steps or not moment.has_come(steps[0].day):
        return
    for person in _people(project, role, moment.state):
        is_lead = role is LadderRole.LEAD
        stand_ins = deputies_in(moment.state, person, project.number) if is_lead else nobody_stands_in
        reason = not_sent_because or (None if person else Outcome.NOBODY)
        reminder = _reminder(project, role, person, deadline, moment)
        yield from due_steps(moment, steps, reminder, not_sent_because=reason, stand_ins=stand_ins)


@lru_cache(maxsize=5000)
def _lead_steps(unanswered: date, rhythm: int, today: date, work: WorkingTime) -> tuple[Step, ...]:
    """The steps of the ladder, and one more at each deadline that passes without an answer; of these those around
    `today`, which reach back to whatever may come again."""
    held = kept(unanswered, work)
    every = timedelta(days=rhythm)
    further = []
    deadline = max(unanswered, deadline_on_or_after(today - every - _BEHIND, rhythm)) + every
    while deadline <= today + _AHEAD:
        if (day := kept(deadline, work)) > held:
            occasion = StatusStep(unanswered, deadline).write()
            further.append(Step(day, Kind.STATUS_OVERDUE, (day - held).days, occasion))
        deadline += every
    return tuple(sorted((*_steps(unanswered, LadderRole.LEAD, work), *further), key=lambda step: step.day))


@lru_cache(maxsize=5000)
def _steps(deadline: date, role: LadderRole, work: WorkingTime) -> tuple[Step, ...]:
    held = kept(deadline, work)
    return tuple(_step(days, held, deadline, work) for days in LADDER[role])


def _step(days: int, held: date, deadline: date, work: WorkingTime) -> Step:
    """Lies on the working day before where it comes before the deadline, else on the one after; never in a quiet
    week."""
    occasion = StatusStep(deadline, days).write()
    if days > 0:
        day = work.on_or_after(_later(held, days, work), outside_quiet=True)
        return Step(day, Kind.STATUS_OVERDUE, days, occasion)
    before = work.on_or_before(held + timedelta(days=days))
    day = min(held, work.on_or_after(before, outside_quiet=True))
    return Step(day, Kind.STATUS_DUE, days, occasion)


def _later(day: date, days: int, work: WorkingTime) -> date:
    """The days of quiet weeks don't count: nobody is gone past while they are on holiday."""
    for _ in range(days):
        day += _DAY
        while work.is_quiet(day):
            day += _DAY
    return day


def _people(project: Tracked, role: LadderRole, state: ReminderState) -> Sequence[PersonId]:
    """Lists whom to remind; "" stands for somebody missing. Nobody is told of what they were asked for themselves."""
    match role:
        case LadderRole.LEAD:
            return (project.lead or NOBODY,)
        case LadderRole.OWNER:
            return () if project.owner and project.owner == project.lead else (project.owner or NOBODY,)
        case LadderRole.OFFICE:
            return [one for one in state.office if one != project.lead]


def _reminder(project: Tracked, role: LadderRole, person: str, deadline: date, moment: Moment) -> Reminder:
    closing = moment.work.closing(kept(deadline, moment.work))
    about = StatusDue(project.number, role, project.lead, project.newest, project.request)
    return reminder_without_step(Kind.STATUS_DUE, project.number, Recipient(person), closing, about, project.title)
