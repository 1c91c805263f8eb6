"""Rules by which orders are read: each feature has its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from dialogs.turn.orders import Effect, Order
from dialogs.turn.readings import Asked, SpeechAct, Wondered
from dialogs.understanding.language.act import act_of
from dialogs.understanding.language.parsing import sentence_of
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.orders.cues import Cues, cues_in
from dialogs.understanding.orders.days import without_clock
from dialogs.understanding.orders.grammar import Grammar, Named, names_in
from portfolio.organisation import Person

Ordered = TypeVar("Ordered", bound=Order)


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that may tell an order, with the cues that stand in it."""

    sentence: Sentence
    cues: Cues


@dataclass(frozen=True, slots=True)
class Rule:
    """`is_told` says whether a sentence may be the order; then it must be of the grammar from end to end. `make` makes
    the order of what is named, and None where that makes it something else. `asked` is what answers a question of how
    it is; without it, or with None, such a question is none of this rule's."""

    is_told: Callable[[Told], bool]
    grammar: Grammar
    make: Callable[[Named], Order | None]
    asked: Callable[[Named], Order | Asked | None] | None = None


def order_told(
    sentence: Sentence, asker: Person | None, rules: Iterable[Rule], *, is_denied: bool = False
) -> Order | Asked | Wondered | None:
    """Return what the sentence orders, asks or wonders about an order, by the first rule that fits; None for one that
    tells nothing of the kind, or anything beside it. `is_denied`: it said so with a "not" that was left out."""
    told = Told(sentence, cues_in(sentence))
    for rule in rules:
        if rule.is_told(told) and (named := _named(rule.grammar, told, asker)):
            named.act = SpeechAct.DENIED if is_denied else act_of(named.sentence, named.is_own_word)
            order = rule.make(named)
            if order and order.effect is not Effect.SHOWS and named.says_no:
                named.act = SpeechAct.DENIED
            if reading := meant(order, named.act) if order else None:
                return reading
            if order and rule.asked and named.act is SpeechAct.ASKED and (shown := rule.asked(named)):
                return shown
    return None


def meant(order: Ordered, act: SpeechAct) -> Ordered | Wondered | None:
    """Return the order where it was told; what only shows something may be asked as well, and what is asked first may
    be in doubt. None for a question of how it is."""
    if order.effect is Effect.SHOWS:
        return None if act is SpeechAct.DENIED else order
    if act is SpeechAct.TOLD or (act is SpeechAct.DOUBTED and order.effect is Effect.ASKS):
        return order
    return None if act is SpeechAct.ASKED else Wondered(order, act)


def _named(grammar: Grammar, told: Told, asker: Person | None) -> Named | None:
    sentence, clock, free = told.sentence, None, {}
    for name, read in grammar.free.items():
        words, text = read(sentence)
        if words is not None:
            free[name] = words
            sentence = sentence_of(text, sentence.lexicon, sentence.today) or sentence
    if "clock" in grammar.names:
        clock, text = without_clock(sentence.text)
        sentence = (clock and sentence_of(text, sentence.lexicon, sentence.today)) or sentence
    return names_in(Named(sentence, told.cues, grammar.own_cues, asker, clock, free), grammar)
