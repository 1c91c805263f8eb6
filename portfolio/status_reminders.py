"""Who is reminded of a project's status, and when: a rhythm that doesn't drift, and a ladder as data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache, partial

from portfolio.bodies import BodyKind
from portfolio.reminders import Considered, Kind, Outcome, Recipient, Reminder, ReminderState, Tracked
from portfolio.rungs import Climb, Rung, climbed, nobody_stands_in
from portfolio.status import DEFAULT_RHYTHM_DAYS
from portfolio.working_time import WorkingTime


class Role(StrEnum):
    LEAD = "lead"
    OWNER = "owner"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Step:
    """`days` after the deadline, a negative number before it."""

    days: int
    role: Role


LADDER = (
    Step(-3, Role.LEAD),
    Step(0, Role.LEAD),
    Step(3, Role.LEAD),
    Step(7, Role.OWNER),
    Step(14, Role.OFFICE),
)
# Rhythms that can be chosen, in days; whole weeks, so that deadlines stay on their weekday.
RHYTHMS = (7, 14, 28)
BOARD_RHYTHM = 14
GRACE = timedelta(days=7)
# All deadlines are whole rhythms from this Friday.
ANCHOR = date(2021, 1, 8)
_WEEK = timedelta(days=7)


def rhythm_of(project: Tracked, state: ReminderState) -> int:
    """In days: its own, else 14 where its lead is on a project board, else 28."""
    if project.asked_every:
        return project.asked_every
    boards = (body for body in state.bodies if body.kind is BodyKind.PROJECT_BOARD)
    return BOARD_RHYTHM if any(project.lead in body.members for body in boards) else DEFAULT_RHYTHM_DAYS


def deadline_on_or_after(day: date, rhythm: int) -> date:
    """By the calendar alone, whatever day that is."""
    return ANCHOR + timedelta(days=-(-(day - ANCHOR).days // rhythm) * rhythm)


@lru_cache(maxsize=1000)
def kept(deadline: date, work: WorkingTime) -> date:
    """The working day on which a deadline is really held: after a quiet week, not in it, and before holidays."""
    while work.is_quiet(deadline):
        deadline += _WEEK
    return work.on_or_before(deadline)


def first_unanswered(project: Tracked, rhythm: int) -> date:
    """The first deadline that the newest report doesn't answer; a new project's first after its days of grace."""
    if project.newest is not None:
        return deadline_on_or_after(project.newest, rhythm) + timedelta(days=rhythm)
    return deadline_on_or_after((project.since or ANCHOR) + GRACE, rhythm)


def status_reminders(climb: Climb) -> Iterator[Considered]:
    for project in climb.state.projects:
        rhythm = timedelta(days=rhythm_of(project, climb.state))
        unanswered = first_unanswered(project, rhythm.days)
        for role in Role:
            rungs = _rungs(unanswered, role, climb.work)
            if role is Role.LEAD:
                rungs = (*rungs, *_further(unanswered, rhythm, climb))
            yield from _reminded(project, role, rungs, unanswered, climb)
        earlier = unanswered - rhythm
        if project.newest is not None or (project.since is not None and earlier >= project.since):
            spared = Outcome.GRACE if project.newest is None else Outcome.ANSWERED
            yield from _reminded(project, Role.LEAD, _rungs(earlier, Role.LEAD, climb.work), earlier, climb, spared)


def _further(unanswered: date, rhythm: timedelta, climb: Climb) -> Iterator[Rung]:
    """The lead again at each deadline that passes without an answer; only the latest can still hold."""
    latest = deadline_on_or_after(climb.today - rhythm, rhythm.days)
    held = kept(unanswered, climb.work)
    for deadline in (latest - rhythm, latest, latest + rhythm):
        if deadline > unanswered and (day := kept(deadline, climb.work)) > held:
            yield Rung(day, Kind.STATUS_OVERDUE, (day - held).days, f"{unanswered.isoformat()}@{deadline.isoformat()}")


def _reminded(
    project: Tracked,
    role: Role,
    rungs: Sequence[Rung],
    deadline: date,
    climb: Climb,
    excuse: Outcome | None = None,
) -> Iterator[Considered]:
    # What was due before the project was known is nobody's fault.
    fair = rungs if project.since is None else [rung for rung in rungs if rung.day >= project.since]
    if not any(rung.day <= climb.today for rung in fair):
        return
    stand_ins = partial(_deputies, project, climb.state) if role is Role.LEAD else nobody_stands_in
    for person in _people(project, role, climb.state):
        why = excuse or (None if person else Outcome.NOBODY)
        yield from climbed(climb, fair, _reminder(project, person, deadline, climb), excuse=why, stand_ins=stand_ins)


def _deputies(project: Tracked, state: ReminderState, day: date) -> list[str]:
    of_lead = state.deputies.get(project.lead or "", ())
    covering = (one.deputy for one in of_lead if one.covers(project.lead, project.number, day))
    return [deputy for deputy in covering if deputy in state.people]


@lru_cache(maxsize=1000)
def _rungs(deadline: date, role: Role, work: WorkingTime) -> tuple[Rung, ...]:
    held = kept(deadline, work)
    return tuple(_rung(step, held, deadline, work) for step in LADDER if step.role is role)


def _rung(step: Step, held: date, deadline: date, work: WorkingTime) -> Rung:
    """Before the deadline on the working day before, after it on the one after; never in a quiet week."""
    day = held + timedelta(days=step.days)
    if step.days <= 0:
        day = min(held, work.on_or_after(work.on_or_before(day), outside_quiet=True))
    else:
        day = work.on_or_after(day, outside_quiet=True)
    kind = Kind.STATUS_DUE if step.days <= 0 else Kind.STATUS_OVERDUE
    return Rung(day, kind, step.days, f"{deadline.isoformat()}{step.days:+d}")


def _people(project: Tracked, role: Role, state: ReminderState) -> Sequence[str]:
    """ "" stands for somebody missing."""
    match role:
        case Role.LEAD:
            return (project.lead or "",)
        case Role.OWNER:
            return () if project.owner and project.owner == project.lead else (project.owner or "",)
        case Role.OFFICE:
            return state.office


def _reminder(project: Tracked, person: str, deadline: date, climb: Climb) -> Reminder:
    closing = climb.work.closing(kept(deadline, climb.work))
    return Reminder(
        kind=Kind.STATUS_DUE,
        subject=project.number,
        recipient=Recipient(person),
        occasion="",
        due_at=closing,
        expires_at=closing,
        deadline=closing,
        title=project.title,
        project=project.number,
        lead=project.lead,
        newest=project.newest,
    )
