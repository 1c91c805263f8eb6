"""What people ask of the portfolio's own words: what they mean."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from dialogs.turn.orders import Effect, Order
from dialogs.understanding.orders.cues import Cues, groups_called
from dialogs.understanding.orders.grammar import Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told

_NAME = "word_"
_WORDS = groups_called(_NAME)
# "hvornår er et projekt forsinket" asks of being late.
_OF_ANYTHING = "project"
_RHYTHM = "word_rhythm"
MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Explain(Order):
    """Say what the words mean, by their names in the texts; `unknown` are words that are none of the portfolio's."""

    command: ClassVar[str] = "explain"
    effect: ClassVar[Effect] = Effect.SHOWS
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def _is_told(told: Told) -> bool:
    """ "what does amber mean" asks what it means, "the mean budget" for a figure, "forklar skærmbesøg" of it."""
    cues = told.cues
    says = cues.has("will") and cues.has("say") and cues.has(*_WORDS)
    asks = says or cues.has("explains") or (cues.has("mean") and told.sentence.says_small("asks_meaning"))
    is_rhythm = cues.has("how_often") and cues.has(_RHYTHM)  # "hvor tit skal jeg melde status"
    return asks or is_rhythm or (cues.has("when_is", "tells_of") and cues.has(*_WORDS))


def _explain(named: Named) -> Explain | None:
    """ "hvad er et sprint": what only looks like a word of ours, or a time, is none."""
    times = (named.sentence.written(time.end - 1) for time in named.times)
    words, unknown = _words(named.cues), (*named.unknown, *times)
    if not words and not unknown:
        return None
    return Explain(() if unknown else words[:MOST_WORDS], unknown)


def _words(cues: Cues) -> tuple[str, ...]:
    """The words asked about, as they stand: of "mangler status" not "status" too."""
    found = sorted((span, group) for group in _WORDS for span in cues.spans.get(group, ()))
    words = [
        group.removeprefix(_NAME)
        for (first, last), group in found
        if not any(begins <= first and last <= ends and (begins, ends) != (first, last) for (begins, ends), _ in found)
    ]
    return tuple(dict.fromkeys(word for word in words if word != _OF_ANYTHING or set(words) == {_OF_ANYTHING}))


RULES = (
    Rule(
        _is_told,
        Grammar(
            cues=frozenset({"explains", "when_is", "tells_of", "how_often", "mean", "will", "say"}) | _WORDS,
            words=("explaining",),
            beside=frozenset({("command", "thanks"), ("command", "greeting")}),
            may_be_unknown=True,
            is_exact=True,
        ),
        _explain,
    ),
)
