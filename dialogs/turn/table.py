"""An answer that lists something as a table, which leaves Tovholder as a file: all hits, in plain values."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from dialogs.turn.answer import Asking
from dialogs.turn.audience import Audience
from portfolio.dates import PlanDate
from portfolio.identity import PersonId
from portfolio.projects.status import Rag

# A datetime is in the reader's zone, without saying so: a cell has no room for it.
Cell = str | int | Decimal | date | datetime | None
Row = tuple[Cell, ...]
# As many rows as a sheet has below its headers.
MOST_ROWS = 1_048_575


class Column(StrEnum):
    """Heads of columns: the workbook's names where that has such a column."""

    NUMBER = "number"
    TITLE = "title"
    PROJECT = "project"
    KIND = "kind"
    FOCUS_AREAS = "focus_areas"
    ORG_UNIT = "org_unit"
    LEAD = "lead"
    OWNER = "owner"
    PHASE = "phase"
    PRIORITY = "priority"
    START = "start"
    END = "end"
    BUDGET = "budget"
    SPEND = "spend"
    OVERALL = "overall"
    TIME = "time"
    ECONOMY = "economy"
    QUALITY = "quality"
    BENEFITS = "benefits"
    RISK = "risk"
    PROGRESS = "progress"
    STATUS_DAY = "status_day"
    COMMENT = "comment"
    NEXT_STEP = "next_step"
    EXPECTED_END = "expected_end"
    AUTHOR = "author"
    CHANGED_ON = "changed_on"
    COLOUR_BEFORE = "colour_before"
    COLOUR_AFTER = "colour_after"
    MILESTONE = "milestone"
    DUE = "due"
    REACHED = "reached"
    BENEFIT = "benefit"
    TYPE = "type"
    GOAL = "goal"
    UNIT = "unit"
    REALISED = "realised"
    RESPONSIBLE = "responsible"
    FOLLOW_UP = "follow_up"
    OBSTACLE = "obstacle"
    PROBABILITY = "probability"
    IMPACT = "impact"
    SCORE = "score"
    HANDLING = "handling"
    CLOSED = "closed"
    PROJECTS = "projects"
    NUMBERS = "numbers"
    EMAIL = "email"
    PLACE = "place"
    MEMBER = "member"
    CHAIR = "chair"
    SECRETARY = "secretary"
    MANAGER = "manager"
    NAME = "name"
    SHORT_NAME = "short_name"
    PERIOD = "period"
    PARENT = "parent"
    MEMBERS = "members"
    BODY = "body"
    MEETING_START = "meeting_start"
    MEETING_END = "meeting_end"
    LOCATION = "location"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are headers, in words."""

    columns: Sequence[str]
    rows: Sequence[Row]


Tabling = Callable[[Asking], Awaitable[Table]]


def table(columns: Iterable[Column | str], rows: Iterable[Row], audience: Audience) -> Table:
    """A column that isn't one of ours is called as it is given."""
    headers = (audience.texts.name("column", one) if isinstance(one, Column) else one for one in columns)
    return Table(tuple(headers), tuple(rows))


def name_cell(person: PersonId | None, audience: Audience) -> str | None:
    return audience.person(person) if person else None


def colour_cell(colour: Rag | None, audience: Audience) -> str | None:
    """Empty where there is no colour, as in the workbook that portfolios are imported from."""
    return None if colour in (None, Rag.NONE) else audience.texts.name("colour", colour)


def first_day(day: PlanDate | None) -> date | None:
    return day.first if day else None


def last_day(day: PlanDate | None) -> date | None:
    """The day by which it is to be held: a cell has no room for "week 26"."""
    return day.last if day else None
