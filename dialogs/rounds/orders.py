"""What may be ordered about a round, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import BodyOrder, Effect
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.orders.grammar import BESIDE_COMMAND, BODIES, ONESELF, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told


@dataclass(frozen=True, slots=True)
class OpenRound(BodyOrder):
    """Open the round of a body's meeting between the days, where they are said."""

    command: ClassVar[str] = "open_round"
    effect: ClassVar[Effect] = Effect.ASKS
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ShowRound(BodyOrder):
    command: ClassVar[str] = "show_round"
    effect: ClassVar[Effect] = Effect.SHOWS


@dataclass(frozen=True, slots=True)
class SumUpRound(BodyOrder):
    command: ClassVar[str] = "sum_up_round"
    effect: ClassVar[Effect] = Effect.SHOWS


def _tells_opening(told: Told) -> bool:
    """ "start runde", and "status til Project Board uge 14"."""
    sentence = told.sentence
    if not sentence.has("round"):
        return sentence.has("command", "open_round") or (not sentence.has("command") and _is_status_for_body(sentence))
    return not _sums_up(sentence) and not sentence.says_small("ends_round") and sentence.says_small("starts_round")


def _tells_showing(told: Told) -> bool:
    """ "hvem mangler i runden". "runde" alone is also said of numbers."""
    sentence = told.sentence
    if not sentence.has("round"):
        return _asks_who_is_missing(sentence)
    if _sums_up(sentence) or sentence.says_small("ends_round", "starts_round"):
        return False
    named = {sentence.word(at).key for at, tag in enumerate(sentence.tags) if tag.has("round")}
    return bool(named - phrasebook().small["loose_rounds"])


def _tells_summing(told: Told) -> bool:
    """ "en opsummering af projekterne" is none of a round."""
    return _sums_up(told.sentence) and not told.sentence.has("target", "projects")


def _sums_up(sentence: Sentence) -> bool:
    return sentence.has("round", "sum_up")


def _asks_who_is_missing(sentence: Sentence) -> bool:
    """ "hvem mangler", and nothing else."""
    small = phrasebook().small
    is_asked = sentence.says_small("who") and sentence.says_small("missing")
    return is_asked and sentence.keys <= small["who"] | small["missing"]


def _is_status_for_body(sentence: Sentence) -> bool:
    toward = phrasebook().small["toward"]
    for position in range(len(sentence) - 2):
        if sentence.last_word(position).key == "status" and sentence.word(position + 1).key in toward:
            tag = sentence.tag(sentence.next_telling(position + 2))
            return tag.has("body") or tag.names("bodies")
    return False


def _open(named: Named) -> OpenRound:
    first, last = named.days
    return OpenRound(named.all_bodies, tuple(named.unknown), first, last)


_BESIDE = BESIDE_COMMAND | {"round", "body", "flag", "lack", "ask", "except", "limit", "sort", "sortby", "target"}
_BESIDE |= {("target", "projects"), ("period", "start")}
_SAYS = Grammar(BODIES, words=(*ONESELF, "starts_round"), beside=_BESIDE)
RULES = (
    Rule(_tells_summing, _SAYS, lambda named: SumUpRound(named.all_bodies)),
    Rule(_tells_showing, _SAYS, lambda named: ShowRound(named.all_bodies)),
    Rule(
        _tells_opening,
        Grammar(BODIES, words=(*ONESELF, "starts_round"), beside=_BESIDE, may_be_unknown=True),
        _open,
    ),
)
