"""What the dialogs need from the outside, as protocols."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from portfolio.audit import Entry
from portfolio.conversations import Answer, ConversationReference
from portfolio.deputies import Deputy
from portfolio.drafts import FormDraft
from portfolio.history import ProjectHistory
from portfolio.organisation import Person
from portfolio.questions.answers import LeadSummary, MeetingPage, ProjectDetail, ProjectPage, Vocabulary
from portfolio.questions.question import Question
from portfolio.rounds import Round, RoundView
from portfolio.status.reporting import Publication, Reportable, Submission


class PortfolioReader(Protocol):
    """Reads answers. `today` decides what is late, missing and stale. Closed projects are left out
    unless the question includes them, asks for closed phases, or names projects."""

    async def version(self) -> int:
        """Grows with every change of the portfolio; cheap."""
        ...

    async def vocabulary(self) -> Vocabulary: ...

    async def projects(self, question: Question, today: date, *, offset: int = 0, size: int = 10) -> ProjectPage:
        """One page, sorted as asked: without a `sort`, red first, then amber, none, green, then by title."""
        ...

    async def project_numbers(self, question: Question, today: date) -> list[str]:
        """Every hit, in the order of `projects`."""
        ...

    async def count(self, question: Question, today: date) -> int: ...

    async def figure(self, question: Question, today: date) -> Decimal | None:
        """The sum, average or share asked for; None when no hit has a figure to add."""
        ...

    async def leads(self, question: Question, today: date) -> list[LeadSummary]:
        """The leads of all hits, sorted by name; the gathering of projects without a lead comes last."""
        ...

    async def project(self, number: str) -> ProjectDetail | None: ...

    async def history(
        self, numbers: Sequence[str], first: date | None = None, last: date | None = None
    ) -> list[ProjectHistory]:
        """The reports of each project from `first` to `last`, both included, in the order of `numbers`; without those
        that do not exist. At most the newest 60 reports of each."""
        ...

    async def publications(self, number: str) -> list[Publication]:
        """Every version of a project's reports, the newest first; at most 60."""
        ...

    async def meetings(self, question: Question, now: datetime, *, offset: int = 0, size: int = 10) -> MeetingPage:
        """By start; from `now` on unless the question has a period."""
        ...


class PeopleReader(Protocol):
    async def person(self, email: str) -> Person | None: ...

    async def person_by_entra_id(self, entra_id: str) -> Person | None: ...


class PeopleStore(PeopleReader, Protocol):
    async def link_person(self, email: str, entra_id: str) -> bool:
        """From now on this Entra id is the person with that e-mail; False when nobody has it."""
        ...


class ConversationStore(Protocol):
    """What the service remembers of conversations."""

    async def first_sight(self, activity_key: str) -> bool:
        """True exactly once for each key, however many ask at once."""
        ...

    async def remember_answer(self, activity_key: str, status: int, body: dict[str, Any] | None) -> None:
        """What was answered to an activity seen before."""
        ...

    async def answer_of(self, activity_key: str) -> Answer | None:
        """None when the activity was never seen, or isn't answered yet."""
        ...

    async def forget_before(self, when: datetime) -> None:
        """Forgets activities seen before this."""
        ...

    async def save_reference(self, reference: ConversationReference) -> None: ...

    async def references_of(self, email: str) -> list[ConversationReference]:
        """The person's personal chats, the one heard from last first."""
        ...

    async def reference(self, conversation: str) -> ConversationReference | None:
        """By the conversation's id alone, the one heard from last."""
        ...

    async def latest_reference(self) -> ConversationReference | None:
        """Whichever was heard from last."""
        ...

    async def remove_reference(self, tenant: str, conversation: str) -> None: ...

    async def remove_team(self, tenant: str, team: str) -> None:
        """All conversations in the team's channels."""
        ...

    async def welcome_once(self, tenant: str, conversation: str) -> bool:
        """True exactly once for each conversation."""
        ...


class ReportingStore(Protocol):
    """Reports on projects, and who gives them. Every change is in the audit log, in the same transaction."""

    async def reportable(self, number: str) -> Reportable | None: ...

    async def led_by(self, email: str, today: date) -> list[Reportable]:
        """The open projects that the person leads, or reports on as a deputy that day: those without a report first,
        then the ones whose status has been missing longest, then the rest by when theirs will be."""
        ...

    async def publish(self, submission: Submission, draft: str | None = None) -> Publication:
        """Takes the report in, freezes it, and marks the form `draft` as done with it, all or nothing.

        Of many at once with the same revision one is taken. Raises Overtaken and ProjectClosed; nothing is stored then.
        """
        ...

    async def hand_over(self, number: str, lead: str, revision: int, by: str, at: datetime) -> None:
        """Gives the project another lead. Raises Overtaken and ProjectClosed."""
        ...

    async def deputies_of(self, email: str, today: date) -> list[Deputy]:
        """Those of the person as lead that have not ended before `today`, the first to begin first."""
        ...

    async def set_deputy(self, deputy: Deputy, by: str, at: datetime) -> None:
        """One with the same people, first day and project is changed."""
        ...

    async def end_deputy(self, deputy: Deputy, by: str, at: datetime) -> bool:
        """False when there was none."""
        ...

    async def note(self, entry: Entry) -> None:
        """Into the audit log."""
        ...

    async def log_of(self, number: str, size: int = 20) -> list[Entry]:
        """The audit log of a project, newest first."""
        ...


class DraftStore(Protocol):
    """Forms that people are filling in. One open form for each person, conversation, kind and subject."""

    async def draft(self, draft_id: str) -> FormDraft | None: ...

    async def asking(self, person: str, conversation: str) -> FormDraft | None:
        """The open form whose next answer is awaited in the chat; the last touched, should there be several."""
        ...

    async def unfinished(self, person: str, conversation: str | None) -> list[FormDraft]:
        """All open forms there, or anywhere, the last touched first."""
        ...

    async def begin(self, draft: FormDraft) -> FormDraft:
        """Stores it; where there is one already for the same, that one is given back instead, untouched. A form that
        begins to ask makes the person's others in the conversation stop asking; one on a card makes those stop that
        wait for the yes."""
        ...

    async def save(self, draft: FormDraft, at: datetime) -> FormDraft | None:
        """With a version one higher; None, and nothing stored, when it is done or was saved since `draft` was read.
        Saved in another conversation, it takes the place of the open one for the same there."""
        ...

    async def finish(self, draft_id: str, outcome: str) -> bool:
        """False when it was done already."""
        ...

    async def writing(self, conversation: str, since: datetime) -> frozenset[str]:
        """The people with an open form on a card there, touched since then."""
        ...

    async def expire(self, before: datetime) -> list[FormDraft]:
        """Removes what was last touched before that, done or not; gives those back that were open."""
        ...


class RoundStore(Protocol):
    """Rounds of status before meetings. Opening and closing are in the audit log, in the same transaction."""

    async def open(self, one: Round) -> Round | None:
        """None when there is a round for that meeting already."""
        ...

    async def posted(self, round_id: str, conversation: str, activity: str) -> None:
        """Where the card that shows the round stands."""
        ...

    async def round(self, round_id: str) -> Round | None: ...

    async def of_meeting(self, body: str, meeting: datetime) -> Round | None: ...

    async def view(self, one: Round) -> RoundView:
        """The open projects in it, by lead, then title: those led by the body's members; all where none leads any."""
        ...

    async def open_rounds(self, project: str) -> list[Round]:
        """The rounds under way that the project is in."""
        ...

    async def leave_behind(self, round_id: str) -> None:
        """Its card will have to follow later."""
        ...

    async def left_behind(self) -> list[Round]: ...

    async def caught_up(self, round_id: str) -> None: ...

    async def due(self, now: datetime) -> list[Round]:
        """Under way, with their deadline passed."""
        ...

    async def close(self, round_id: str, by: str, at: datetime) -> bool:
        """True for exactly one of those who try."""
        ...
