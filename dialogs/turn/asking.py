"""A question on its way to its answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from dialogs.turn.answer import Finding
from dialogs.turn.audience import Audience
from portfolio.ports.questions import PortfolioReader
from portfolio.questions.question import Question


@dataclass(frozen=True, slots=True)
class Asking:
    """A question, what it is asked of and for whom. `offset` is the first hit to show; `back` is the list that the
    question was asked from."""

    question: Question
    reader: PortfolioReader
    audience: Audience
    offset: int = 0
    back: Question | None = None


Answering = Callable[[Asking], Awaitable[Finding]]
