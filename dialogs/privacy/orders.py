"""How people ask about what is held on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import Order
from dialogs.understanding.language.times import in_other_year
from dialogs.understanding.orders.grammar import BESIDE, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told


@dataclass(frozen=True, slots=True)
class WhoHasSeen(Order):
    """Show who looked at what is held on the one who asks, from the first day to the last."""

    command: ClassVar[str] = "who_has_seen"
    first: date | None = None
    last: date | None = None


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
    return is_look and cues.has("my_data", "about_me") and not cues.has("able")


_CUES = frozenset({"somebody", "looked", "lookups", "my_data", "about_me", "held", "mine"})
RULES = (
    Rule(
        _tells_who_has_seen,
        Grammar(cues=_CUES, beside=BESIDE | {"ask"}),
        _who_has_seen,
        may_be_asked=True,
    ),
)
