"""A question on its way to its answer, and answers: each draws itself as a card and a text, and many write a document
for scripts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import tzinfo
from typing import Any, Protocol, runtime_checkable

from dialogs.turn.audience import Audience
from dialogs.turn.button import Button
from dialogs.turn.orders import SMALL_TALK, Order, ProjectOrder
from dialogs.turn.reply import Reply
from portfolio.bodies import Meeting
from portfolio.memory import Item
from portfolio.ports.questions import PortfolioReader
from portfolio.questions.question import Question

Element = dict[str, Any]


class Answer(Protocol):
    def reply(self, audience: Audience) -> Reply:
        """Draws the card, and writes the text that says all that the card says."""
        ...


@runtime_checkable
class Finding(Answer, Protocol):
    """An answer with a document of its own: it looks something up, says why it can't, or asks for something."""

    def document(self, audience: Audience, /) -> Document: ...


@runtime_checkable
class OfQuestion(Answer, Protocol):
    """An answer to a question, or one that says what else is done about it."""

    @property
    def question(self) -> Question: ...


@runtime_checkable
class Around(Answer, Protocol):
    """An answer that is put around another, whose document it has."""

    @property
    def answer(self) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, what it is asked of and for whom. `offset` is the first hit to show; `back` is the list that the
    question was asked from."""

    question: Question
    reader: PortfolioReader
    audience: Audience
    offset: int = 0
    back: Question | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """The part of an answer that can be pointed at afterwards: the things on its page in their order, of so many in
    all, behind those before the page."""

    items: tuple[Item, ...] = ()
    total: int | None = None
    offset: int = 0


@runtime_checkable
class Pointable(Protocol):
    """An answer whose things can be pointed at afterwards: "nr 2", "dem"."""

    def shown(self) -> Shown: ...


@runtime_checkable
class Choosable(Protocol):
    """An answer that asks which of several is meant, each of which is a button."""

    def choices(self, audience: Audience) -> Sequence[Element]: ...


Answering = Callable[[Asking], Awaitable[Finding]]


@dataclass(frozen=True, slots=True)
class Document:
    """An answer as `ask --json` prints it. `hits` is the question whose projects it speaks of, `projects` their numbers
    where there is no such question. `total` counts what `kind` speaks of, where that is not projects; `meetings` is a
    question whose meetings are listed whole; `more` are keys that only some kinds have."""

    kind: str = "unclear"
    understood: Mapping[str, Any] = field(default_factory=dict)
    hits: Question | None = None
    projects: tuple[str, ...] = ()
    total: int | None = None
    value: Any = None
    clarify: Sequence[Mapping[str, Any]] = ()
    meetings: Question | None = None
    more: Mapping[str, Any] = field(default_factory=dict)

    def written(
        self, numbers: Sequence[str], meetings: Sequence[Meeting], text: str, zone: tzinfo | None
    ) -> dict[str, Any]:
        """Joins the document with what was read for it: the numbers of all hits, sorted as asked, the meetings, told
        in `zone`, and the text that people read."""
        listed = {"meetings": [_meeting(meeting, zone) for meeting in meetings]} if self.meetings else {}
        return {
            "kind": self.kind,
            "understood": dict(self.understood),
            "total": len(numbers) if self.total is None else self.total,
            "projects": list(numbers),
            "value": self.value,
            "clarify": [dict(choice) for choice in self.clarify],
            "text": text,
            **self.more,
            **listed,
        }


def _meeting(meeting: Meeting, zone: tzinfo | None) -> dict[str, str | None]:
    return {
        "body": meeting.body,
        "start": meeting.start.astimezone(zone).isoformat(),
        "end": meeting.end.astimezone(zone).isoformat() if meeting.end else None,
        "place": meeting.place,
        "topic": meeting.topic,
    }


def of_order(order: Order | Button, kind: str = "command") -> Document:
    """Writes what somebody orders, in words or by a button; hello and thanks are of a kind of their own."""
    projects = order.projects if isinstance(order, ProjectOrder) else ()
    named = {"projects": list(projects)} if projects else {}
    kind = "greeting" if isinstance(order, SMALL_TALK) else kind
    return Document(kind, {"command": order.command, **named}, projects=projects, total=0)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer as it was given: `reply` is how it was drawn. `order` led to it, if one did."""

    answer: Answer
    reply: Reply
    audience: Audience
    order: Order | Button | None = None

    @property
    def document(self) -> Document:
        """Returns what the answer tells, and what was ordered where it doesn't."""
        document = _document_of(self.answer, self.audience)
        if self.order is None or document.kind not in _OF_ORDERS:
            return document
        ordered = of_order(self.order, "confirm" if document.kind == "confirm" else "command")
        return replace(ordered, understood={**document.understood, **ordered.understood})


# What an order was refused for is told in a document that says nothing else.
_OF_ORDERS = frozenset({"command", "confirm", "unclear"})


def question_of(answer: Answer) -> Question | None:
    """Return the question that was answered; None where it was no question."""
    if isinstance(answer, Around):
        return question_of(answer.answer)
    return answer.question if isinstance(answer, OfQuestion) else None


def _document_of(answer: Answer, audience: Audience) -> Document:
    if isinstance(answer, Finding):
        return answer.document(audience)
    if isinstance(answer, Around):
        return _document_of(answer.answer, audience)
    return Document("command", total=0)
