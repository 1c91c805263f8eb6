"""The language that people want to be spoken to in, and how they say so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dialogs.turn.orders import Effect, Order
from dialogs.understanding.orders.grammar import Grammar
from dialogs.understanding.orders.rules import Rule
from dialogs.values.calendar_words import Language


@dataclass(frozen=True, slots=True)
class Speak(Order):
    command: ClassVar[str] = "speak"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    language: Language = "da"


def _rule(language: Language, group: str) -> Rule:
    return Rule(
        lambda told: told.cues.has(group),
        Grammar(cues=frozenset({group, "answering"})),
        lambda _named: Speak(language),
    )


@dataclass(frozen=True, slots=True)
class Introduce(Order):
    """Say who Tovholder is."""

    command: ClassVar[str] = "who_are_you"
    effect: ClassVar[Effect] = Effect.SHOWS


RULES = (
    Rule(
        lambda told: told.cues.has("who_are_you"),
        Grammar(
            cues=frozenset({"who_are_you"}),
            beside=frozenset({("command", "greeting"), ("command", "thanks")}),
            is_exact=True,
        ),
        lambda _named: Introduce(),
    ),
    _rule("da", "in_danish"),
    _rule("en", "in_english"),
)
