"""How people ask about what is held on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import Effect, Order
from dialogs.understanding.language.times import in_other_year
from dialogs.understanding.orders.cues import Cues
from dialogs.understanding.orders.grammar import BESIDE, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told


@dataclass(frozen=True, slots=True)
class WhoHasSeen(Order):
    """Show who looked at what is held on the one who asks, from the first day to the last."""

    command: ClassVar[str] = "who_has_seen"
    effect: ClassVar[Effect] = Effect.SHOWS
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ShowHeld(Order):
    """Show what is held on the one who asks."""

    command: ClassVar[str] = "show_held"
    effect: ClassVar[Effect] = Effect.SHOWS


@dataclass(frozen=True, slots=True)
class EraseMine(Order):
    """Erase what is held on the one who asks; which nobody does by asking."""

    command: ClassVar[str] = "erase_mine"
    effect: ClassVar[Effect] = Effect.SHOWS


def _who_has_seen(named: Named) -> WhoHasSeen | None:
    """Return None for days that are still to come. Days without a year are the last ones: "i maj"."""
    first, last = named.days
    if first and first > named.today and not any(time.has_year for time in named.times):
        first, last = (day and in_other_year(day, -1, named.times[0].unit) for day in (first, last))
    return None if first and first > named.today else WhoHasSeen(first, last)


def _tells_who_has_seen(told: Told) -> bool:
    """ "hvem har set mine data", "vis opslag på mig"; but not "hvem kan se mine data"."""
    cues = told.cues
    is_look = cues.has("lookups") or (cues.has("somebody") and cues.has("looked"))
    is_switched = cues.has("switched") and cues.has("out", "in")  # "hvem har slået mine påmindelser fra"
    return is_look and cues.has("my_data", "about_me") and not cues.has("able") and not is_switched


def _tells_held(told: Told) -> bool:
    """ "hvad ved du om mig", "vis mine data"; but not "hvem har set mine data", "hvem kan se mine data"."""
    cues = told.cues
    if cues.has("somebody", "looked", "lookups", "able", "erases"):
        return False
    return cues.has("own_data", "access_request") or (cues.has("of_me") and cues.has("knows", "held"))


def _tells_erasing(told: Told) -> bool:
    """ "slet mine data", "slet alt om mig"; but not "slet mine påmindelser", "slet mig som projektleder"."""
    cues = told.cues
    if cues.has("somebody", "looked", "lookups", "able") or told.sentence.has("hint"):
        return False
    return cues.has("forget_me") or (cues.has("erases") and (cues.has("own_data") or _is_about_me(cues)))


def _is_about_me(cues: Cues) -> bool:
    return cues.has("of_me") and cues.has("knows", "held", "everything")


_CUES = frozenset({"somebody", "looked", "lookups", "my_data", "about_me", "held", "mine"})
_HELD = frozenset({"own_data", "of_me", "knows", "held", "everything", "shows", "how_long", "access_request"})
_ERASED = _HELD | {"erases", "forget_me"}
RULES = (
    Rule(
        _tells_who_has_seen,
        Grammar(cues=_CUES, beside=BESIDE | {"ask"}),
        _who_has_seen,
    ),
    Rule(
        _tells_erasing,
        Grammar(cues=_ERASED, beside=BESIDE | {"ask"}),
        lambda _named: EraseMine(),
    ),
    Rule(
        _tells_held,
        Grammar(cues=_HELD, beside=BESIDE | {"ask"}),
        lambda _named: ShowHeld(),
    ),
)
