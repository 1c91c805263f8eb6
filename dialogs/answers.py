"""What a turn is answered with, before it becomes a card, a text or a JSON document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dialogs.deputies.outcomes import PeopleOutcome
from dialogs.desk.outcomes import Aside, DeskOutcome
from dialogs.meetings.outcomes import MeetingOutcome
from dialogs.office.outcomes import OfficeOutcome
from dialogs.own_reminders.outcomes import ReminderOutcome
from dialogs.rounds.outcomes import RoundOutcome
from dialogs.turn.readings import Clarify, Command, Unclear
from portfolio.history import Correction, ProjectHistory
from portfolio.questions.answers import LeadSummary, MeetingPage, ProjectDetail, ProjectPage
from portfolio.questions.question import Question


@dataclass(frozen=True, slots=True)
class Loosened:
    """A filter that could be left out, and how many projects there would be then.

    `name` is None where closed projects would be let in.
    """

    name: str | None
    question: Question
    count: int


@dataclass(frozen=True, slots=True)
class ProjectList:
    """`loosened` helps where nothing was found; `earlier` takes in the focus areas that those asked for replace, and
    counts the projects that would come along."""

    question: Question
    page: ProjectPage
    offset: int = 0
    loosened: tuple[Loosened, ...] = ()
    earlier: Loosened | None = None
    is_empty_portfolio: bool = False


@dataclass(frozen=True, slots=True)
class OneProject:
    """`back` is the list it was opened from."""

    question: Question
    detail: ProjectDetail
    back: Question | None = None


@dataclass(frozen=True, slots=True)
class Trend:
    """A project's colours over time; `back` is the list that its project was opened from, `corrections` the newest
    first."""

    question: Question
    history: ProjectHistory
    corrections: tuple[Correction, ...] = ()
    back: Question | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """The projects whose colour changed; `histories` are of the page's rows, in their order, through the period."""

    question: Question
    page: ProjectPage
    histories: tuple[ProjectHistory, ...]
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Count:
    question: Question
    page: ProjectPage


@dataclass(frozen=True, slots=True)
class FigureFound:
    """`hits` are the projects fitting the question, `among` those a share is taken of."""

    question: Question
    value: Decimal | None
    hits: int
    among: int | None = None


@dataclass(frozen=True, slots=True)
class People:
    """Leads or owners of the projects hit."""

    question: Question
    leads: tuple[LeadSummary, ...]
    offset: int = 0

    @property
    def projects(self) -> int:
        return len({number for lead in self.leads for number in lead.projects})


@dataclass(frozen=True, slots=True)
class Post:
    """Who fills the role asked for in one body or department; e-mails."""

    place: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Roster:
    """People asked for by their role in bodies or departments."""

    question: Question
    posts: tuple[Post, ...]


@dataclass(frozen=True, slots=True)
class Meetings:
    question: Question
    page: MeetingPage
    offset: int = 0


@dataclass(frozen=True, slots=True)
class NotHeld:
    """Asked for proposals or systems, which the portfolio does not hold."""

    question: Question


@dataclass(frozen=True, slots=True)
class Ambiguous:
    clarify: Clarify


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """`asked_again`: it counts as an answer to a reminder, and nothing is asked again before that day."""

    unclear: Unclear
    asked_again: date | None = None


@dataclass(frozen=True, slots=True)
class Help:
    pass


@dataclass(frozen=True, slots=True)
class Done:
    """A command, and the projects it named."""

    command: Command
    projects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WhoAreYou:
    """Asked for what is theirs, by someone who is not known."""


@dataclass(frozen=True, slots=True)
class Refused:
    """`key` is in the texts' section `error`; nothing was done."""

    key: str
    values: tuple[tuple[str, object], ...] = ()


Answer = (
    ProjectList
    | OneProject
    | Trend
    | Changes
    | Count
    | FigureFound
    | People
    | Roster
    | Meetings
    | NotHeld
    | Ambiguous
    | NotUnderstood
    | Help
    | Done
    | WhoAreYou
    | Refused
    | DeskOutcome
    | Aside
    | RoundOutcome
    | PeopleOutcome
    | ReminderOutcome
    | OfficeOutcome
    | MeetingOutcome
)


def listed(answer: Answer) -> Question | None:
    """The question whose hits the answer speaks of; None when it speaks of no projects."""
    match answer:
        case ProjectList() | Changes() | Count() | FigureFound() | People() | OneProject():
            return answer.question
        case Trend(question):
            return Question(where=question.where)
        case _:
            return None
