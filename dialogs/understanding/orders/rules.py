"""Rules by which orders are read: each feature has its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from dialogs.turn.orders import Order
from dialogs.understanding.language.parsing import sentence_of
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.orders.cues import Cues, cues_in
from dialogs.understanding.orders.days import without_clock
from dialogs.understanding.orders.grammar import Grammar, Named, names_in
from portfolio.organisation import Person


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence that may tell an order, with the cues that stand in it."""

    sentence: Sentence
    cues: Cues
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """`is_told` says whether a sentence may be the order; then it must be of the grammar from end to end. `make` makes
    the order of what is named, and None where that makes it something else. A question is none, but where it
    `may_be_asked`."""

    is_told: Callable[[Told], bool]
    grammar: Grammar
    make: Callable[[Named], Order | None]
    may_be_asked: bool = False


def order_told(sentence: Sentence, asker: Person | None, rules: Iterable[Rule]) -> Order | None:
    """Return the order by the first rule that fits; None for a sentence that tells nothing of the kind, or anything
    beside it."""
    told = Told(sentence, cues_in(sentence), sentence.asks())
    for rule in rules:
        if (rule.may_be_asked or not told.is_asked) and rule.is_told(told):
            named = _named(rule.grammar, told, asker)
            if named and (order := rule.make(named)):
                return order
    return None


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
    return names_in(Named(sentence, told.cues, asker, clock, free), grammar)
