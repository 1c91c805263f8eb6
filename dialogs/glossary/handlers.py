"""Explains a word, or says that it is none of the portfolio's."""

from __future__ import annotations

from dialogs.glossary.card import Explained
from dialogs.glossary.orders import Explain
from dialogs.questions.clarify_card import NotUnderstood
from dialogs.turn.answer import Finding
from dialogs.turn.audience import Audience
from dialogs.turn.readings import Unclear
from dialogs.turn.visit import Stores


async def explain(_stores: Stores, _audience: Audience, order: Explain) -> Finding:
    return NotUnderstood(Unclear(order.unknown)) if order.unknown else Explained(order.words)
