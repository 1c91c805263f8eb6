"""The catalogue: every attribute that questions may speak of, with its type and what can be asked of it.

Filters, groups, figures, orders, single facts, the columns in the database, chips, headings, what scripts read and the
list of what can be asked are all read from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from portfolio.projects.project import BenefitKind, Phase, ProjectKind, RiskKind
from portfolio.projects.status import Rag


class Kind(StrEnum):
    """The type of an attribute's values. NAME: a canonical name or number; PERSON: a person's id; CODE and COLOUR: of
    an enumeration; NUMBER: a whole one; FLAG: true or not; DAYS: a day, or days; MONEY: kroner; PERCENT: 0-100; TEXT:
    words to be read."""

    NAME = "name"
    PERSON = "person"
    CODE = "code"
    COLOUR = "colour"
    NUMBER = "number"
    FLAG = "flag"
    DAYS = "days"
    MONEY = "money"
    PERCENT = "percent"
    TEXT = "text"


class Subject(StrEnum):
    """The things that have attributes."""

    PROJECT = "project"
    MEETING = "meeting"
    MILESTONE = "milestone"
    BENEFIT = "benefit"
    OBSTACLE = "obstacle"
    GROUP = "group"


@dataclass(frozen=True, eq=False, slots=True)
class Attribute:
    """`name` is that in questions, texts and what scripts read. `codes` are the values of a CODE or COLOUR, `numbers`
    those of a NUMBER. `subject` has it. `fact` is its name as a single fact of one project, `sort` as an order, where
    it can be asked so; what `groups` can divide, what `may_lack` can be asked for as missing. `is_amount`: it can be
    compared, added up and averaged."""

    name: str
    kind: Kind
    codes: type[StrEnum] | None = None
    numbers: range | None = None
    subject: Subject = Subject.PROJECT
    fact: str | None = None
    sort: str | None = None
    groups: bool = False
    may_lack: bool = False

    def __repr__(self) -> str:
        return self.name

    @property
    def is_amount(self) -> bool:
        return self.kind in (Kind.MONEY, Kind.PERCENT)

    @property
    def possible(self) -> tuple[str | int, ...]:
        """Return every value, where there are only so many."""
        if self.codes is not None:
            return tuple(self.codes)
        return tuple(self.numbers) if self.numbers is not None else ()


# Projects: which they are.
PROJECTS = Attribute("projects", Kind.NAME)
FOCUS_AREAS = Attribute("focus_areas", Kind.NAME, fact="focus_areas", groups=True, may_lack=True)
ORG_UNITS = Attribute("org_units", Kind.NAME, fact="org_unit", groups=True, may_lack=True)
KINDS = Attribute("kinds", Kind.CODE, ProjectKind, fact="kind", groups=True, may_lack=True)
PHASES = Attribute("phases", Kind.CODE, Phase, fact="phase", groups=True, may_lack=True)
LEAD = Attribute("lead", Kind.PERSON, fact="lead", groups=True, may_lack=True)
OWNER = Attribute("owner", Kind.PERSON, fact="owner", groups=True, may_lack=True)
GOALS = Attribute("goals", Kind.NUMBER, numbers=range(1, 18), fact="goals", groups=True, may_lack=True)
PRIORITY = Attribute(
    "priority", Kind.NUMBER, numbers=range(1, 6), fact="priority", sort="priority", groups=True, may_lack=True
)
TITLE = Attribute("title", Kind.TEXT, sort="title")
NUMBER = Attribute("number", Kind.TEXT, sort="number")
CASE_NUMBER = Attribute("case_number", Kind.TEXT, fact="case_number")
DESCRIPTION = Attribute("description", Kind.TEXT, fact="description")

# Projects: how they are doing.
OVERALL = Attribute("overall", Kind.COLOUR, Rag, fact="overall", sort="colour", groups=True)
TIME = Attribute("time", Kind.COLOUR, Rag)
ECONOMY = Attribute("economy", Kind.COLOUR, Rag)
QUALITY = Attribute("quality", Kind.COLOUR, Rag)
BENEFITS = Attribute("benefits", Kind.COLOUR, Rag)
RISK = Attribute("risk", Kind.COLOUR, Rag)
MISSING_STATUS = Attribute("missing_status", Kind.FLAG)
STALE = Attribute("stale", Kind.FLAG)
LATE = Attribute("late", Kind.FLAG)
OVER_BUDGET = Attribute("over_budget", Kind.FLAG)
DISPUTED = Attribute("disputed", Kind.FLAG)
SEVERE_RISK = Attribute("severe_risk", Kind.FLAG)
OPEN_BARRIER = Attribute("open_barrier", Kind.FLAG)
COMMENT = Attribute("comment", Kind.TEXT, fact="comment")
NEXT_STEP = Attribute("next_step", Kind.TEXT, fact="next_step")

# Projects: when. ACTIVE fits where any day of the period is one of the project's.
START = Attribute("start", Kind.DAYS, fact="start", sort="start")
END = Attribute("end", Kind.DAYS, fact="end", sort="end", may_lack=True)
EXPECTED_END = Attribute("expected_end", Kind.DAYS, fact="expected_end")
ACTIVE = Attribute("active", Kind.DAYS)
STATUS = Attribute("status", Kind.DAYS, fact="status_date", sort="status_age")
MILESTONE = Attribute("milestone", Kind.DAYS, fact="milestone", may_lack=True)

# Projects: how much. OVERRUN is what was spent beyond the budget,
# CONSUMPTION what was spent in per cent of it.
BUDGET = Attribute("budget", Kind.MONEY, fact="budget", sort="budget", may_lack=True)
SPEND = Attribute("spend", Kind.MONEY, fact="spend", sort="spend")
REMAINING = Attribute("remaining", Kind.MONEY, fact="remaining")
OVERRUN = Attribute("overrun", Kind.MONEY, sort="overrun")
PROGRESS = Attribute("progress", Kind.PERCENT, fact="progress", sort="progress")
CONSUMPTION = Attribute("consumption", Kind.PERCENT, fact="consumption", sort="consumption")

# Meetings.
BODIES = Attribute("bodies", Kind.NAME, subject=Subject.MEETING)
MEETING = Attribute("meeting", Kind.DAYS, subject=Subject.MEETING)

# What belongs to projects. A benefit is realised when its goal is reached, an obstacle open until it is closed, and
# severe when probability times impact is SEVERE_FROM or more.
SEVERE_FROM = 12
DUE = Attribute("due", Kind.DAYS, subject=Subject.MILESTONE, sort="due")
REACHED_ON = Attribute("reached_on", Kind.DAYS, subject=Subject.MILESTONE)
REACHED = Attribute("reached", Kind.FLAG, subject=Subject.MILESTONE)
MISSED = Attribute("missed", Kind.FLAG, subject=Subject.MILESTONE)
BENEFIT_KINDS = Attribute("benefit_kinds", Kind.CODE, BenefitKind, subject=Subject.BENEFIT)
FOLLOW_UP = Attribute("follow_up", Kind.DAYS, subject=Subject.BENEFIT, sort="follow_up")
REALISED = Attribute("realised", Kind.FLAG, subject=Subject.BENEFIT)
OBSTACLE_KINDS = Attribute("obstacle_kinds", Kind.CODE, RiskKind, subject=Subject.OBSTACLE)
OPEN = Attribute("open", Kind.FLAG, subject=Subject.OBSTACLE)
SEVERE = Attribute("severe", Kind.FLAG, subject=Subject.OBSTACLE)
SCORE = Attribute("score", Kind.NUMBER, numbers=range(1, 26), subject=Subject.OBSTACLE, sort="score")
IMPACT = Attribute("impact", Kind.NUMBER, numbers=range(1, 6), subject=Subject.OBSTACLE, sort="impact")
BENEFIT_RESPONSIBLE = Attribute("benefit_responsible", Kind.PERSON, subject=Subject.BENEFIT)
OBSTACLE_RESPONSIBLE = Attribute("obstacle_responsible", Kind.PERSON, subject=Subject.OBSTACLE)

# Groups are ranked by what was measured of them.
VALUE = Attribute("value", Kind.TEXT, subject=Subject.GROUP, sort="value")

ATTRIBUTES: dict[str, Attribute] = {one.name: one for one in list(globals().values()) if isinstance(one, Attribute)}
LIGHTS = tuple(one for one in ATTRIBUTES.values() if one.kind is Kind.COLOUR)
FLAGS = tuple(one for one in ATTRIBUTES.values() if one.kind is Kind.FLAG and one.subject is Subject.PROJECT)
FACTS = {one.fact: one for one in ATTRIBUTES.values() if one.fact}
SORTS = {one.sort: one for one in ATTRIBUTES.values() if one.sort}


def of_subject(*subjects: Subject) -> tuple[Attribute, ...]:
    return tuple(one for one in ATTRIBUTES.values() if one.subject in subjects)
