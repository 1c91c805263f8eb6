"""A question on the portfolio, understood: what is asked for, and which filters apply."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portfolio.identity import PersonId
from portfolio.projects.project import Phase, ProjectKind
from portfolio.projects.status import Rag


class Target(StrEnum):
    PROJECTS = "projects"
    PROJECT = "project"
    TREND = "trend"
    COUNT = "count"
    FIGURE = "figure"
    PEOPLE = "people"
    MEETINGS = "meetings"
    PROPOSALS = "proposals"
    SYSTEMS = "systems"


@dataclass(frozen=True, slots=True)
class Filters:
    """Names are canonical: focus areas, departments and bodies by name, people by their ids, projects by number.

    Within one field any value fits; all fields given must fit. A department stands for all below it too.
    """

    projects: tuple[str, ...] = ()
    focus_areas: tuple[str, ...] = ()
    org_units: tuple[str, ...] = ()
    kinds: tuple[ProjectKind, ...] = ()
    phases: tuple[Phase, ...] = ()
    overall: tuple[Rag, ...] = ()
    time: tuple[Rag, ...] = ()
    economy: tuple[Rag, ...] = ()
    quality: tuple[Rag, ...] = ()
    benefits: tuple[Rag, ...] = ()
    risk: tuple[Rag, ...] = ()
    lead: tuple[PersonId, ...] = ()
    owner: tuple[PersonId, ...] = ()
    goals: tuple[int, ...] = ()
    priority: tuple[int, ...] = ()

    def given(self) -> dict[str, tuple[str | int, ...]]:
        """The fields that hold something, by name."""
        return {name: values for name in _FILTERS if (values := getattr(self, name))}


# Asked several times a turn, and slow to find out.
_FILTERS = tuple(item.name for item in fields(Filters))


class PeriodField(StrEnum):
    """The date of a project, or of a meeting, that the period speaks of. ACTIVE: runs on some day of the period.
    NO_STATUS: the newest report, if any, is from outside it."""

    END = "end"
    START = "start"
    ACTIVE = "active"
    MILESTONE = "milestone"
    STATUS = "status"
    NO_STATUS = "no_status"
    MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included; None is open. An imprecise date fits when its last day does
    (its first day for START), ACTIVE when any of its days does."""

    field: PeriodField
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A report between the days, both included, has another colour than the one before it: one of `to`, where given.
    `since_meeting` names a body whose last meeting is the first day; it is looked up when the question is answered, and
    stays as the reason for that day."""

    first: date | None = None
    last: date | None = None
    to: tuple[Rag, ...] = ()
    since_meeting: str | None = None


class Amount(StrEnum):
    """A number on a project that can be compared, summed or sorted by. Money in kroner, progress in per cent."""

    BUDGET = "budget"
    SPEND = "spend"
    REMAINING = "remaining"
    PROGRESS = "progress"


@dataclass(frozen=True, slots=True)
class AmountRange:
    """Bounds included."""

    amount: Amount
    at_least: Decimal | None = None
    at_most: Decimal | None = None


class SortField(StrEnum):
    TITLE = "title"
    NUMBER = "number"
    COLOUR = "colour"
    STATUS_AGE = "status_age"
    BUDGET = "budget"
    SPEND = "spend"
    OVERRUN = "overrun"
    PROGRESS = "progress"
    PRIORITY = "priority"
    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Sort:
    """Ascending unless `descending`; what has no value comes last either way. COLOUR ascending is red first;
    STATUS_AGE descending is the oldest status first (a project that never had one counts as the very oldest)."""

    field: SortField
    descending: bool = False


class FigureKind(StrEnum):
    SUM = "sum"
    AVERAGE = "average"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Figure:
    """SUM and AVERAGE are of `amount`. SHARE is the per cent of the projects fitting `among` that fit the question too;
    with an `amount`, the per cent of their amounts."""

    kind: FigureKind
    amount: Amount | None = None
    among: Filters | None = None


class Attribute(StrEnum):
    """Facts that a project may lack."""

    LEAD = "lead"
    OWNER = "owner"
    ORG_UNIT = "org_units"
    FOCUS_AREA = "focus_areas"
    KIND = "kinds"
    PHASE = "phases"
    GOAL = "goals"
    PRIORITY = "priority"
    BUDGET = "budget"
    END = "end"
    MILESTONE = "milestone"


class PeopleRole(StrEnum):
    """The people that a question asks for: of the projects hit, of the bodies named, or of the departments named."""

    LEAD = "lead"
    OWNER = "owner"
    MEMBER = "member"
    CHAIR = "chair"
    SECRETARY = "secretary"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Question:
    """`without` leaves out what fits any of its values. `missing_status`, `stale`, `late`, `over_budget` and `disputed`
    (the figures say worse than the lead) filter when True or False and not when None. `lacking`: none of these is
    known. All `periods` must fit. With `match_all` a project must have all focus areas and goals of `where`, not any.
    `bodies` is for meetings. `text` is looked for in number, title, aliases, case number and description. `limit` cuts
    the sorted hits before they are counted."""

    target: Target = Target.PROJECTS
    where: Filters = field(default_factory=Filters)
    without: Filters = field(default_factory=Filters)
    missing_status: bool | None = None
    stale: bool | None = None
    late: bool | None = None
    over_budget: bool | None = None
    disputed: bool | None = None
    changed: Changed | None = None
    periods: tuple[Period, ...] = ()
    amounts: tuple[AmountRange, ...] = ()
    lacking: tuple[Attribute, ...] = ()
    text: str | None = None
    sort: Sort | None = None
    limit: int | None = None
    include_closed: bool = False
    match_all: bool = False
    figure: Figure | None = None
    bodies: tuple[str, ...] = ()
    people: PeopleRole = PeopleRole.LEAD
