"""What the dialogs need from the outside, as protocols."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from portfolio.answers import LeadSummary, MeetingPage, ProjectDetail, ProjectPage, Vocabulary
from portfolio.conversations import Answer, ConversationReference
from portfolio.organisation import Person
from portfolio.questions import Question


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

    async def references_of(self, tenant: str, entra_id: str) -> list[ConversationReference]:
        """The person's personal chats, the one heard from last first."""
        ...

    async def remove_reference(self, tenant: str, conversation: str) -> None: ...

    async def welcome_once(self, tenant: str, conversation: str) -> bool:
        """True exactly once for each conversation."""
        ...
