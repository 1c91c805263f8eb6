"""What people ask of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from dialogs.turn.orders import Effect, Order
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.times import Time
from dialogs.understanding.orders.grammar import Grammar, Named
from dialogs.understanding.orders.rules import Rule


class Asked(StrEnum):
    """DAY: which day it is. DAYS and WORKING_DAYS: how many there are until then, or in that time. HOLIDAY: when the
    schools have theirs, which isn't known."""

    DAY = "day"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class TellDay(Order):
    """Tell of the time from the first day to the last, which was called `name`, "" where it is plain days."""

    command: ClassVar[str] = "tell_day"
    effect: ClassVar[Effect] = Effect.SHOWS
    asked: Asked
    first: date
    last: date
    name: str = ""


def _day(named: Named) -> TellDay | None:
    """ "hvornår er det jul"; when the schools have their holidays isn't known."""
    cues = named.cues
    if not named.times:
        today = named.today
        return TellDay(Asked.DAY, today, today) if cues.has("which_day") else None
    if len(named.times) > 1:
        return None
    (time,) = named.times
    last = time.last or time.first
    first = time.first or (last - time.span if last else None)
    if first is None or last is None:
        return None
    if _is_holiday(named):
        return TellDay(Asked.HOLIDAY, first, last, named.sentence.written(time.end - 1))
    asked = Asked.WORKING_DAYS if cues.has("working_days") else Asked.DAYS if cues.has("how_many_days") else Asked.DAY
    if asked is Asked.DAY and not cues.has("which_day") and not _is_feast(time):
        return None
    return TellDay(asked, first, last, _called(named, time))


def _is_feast(time: Time) -> bool:
    """ "hvornår er det jul", not "hvornår er det fredag"."""
    return time.has_year and not time.is_weekday


def _is_holiday(named: Named) -> bool:
    endings = tuple(phrasebook().small["holidays"])
    return any(word.key.endswith(endings) for word in named.sentence.words)


def _called(named: Named, time: Time) -> str:
    word = named.sentence.words[named.sentence.tags[time.end - 1].start]
    return "" if word.date or not time.span else named.sentence.written(time.end - 1)


RULES = (
    Rule(
        lambda told: told.cues.has("which_day", "when_is_it", "how_many_days", "working_days"),
        Grammar(
            cues=frozenset({"which_day", "when_is_it", "how_many_days", "working_days"}),
            words=("of_days",),
            beside=frozenset({"until", ("command", "thanks"), ("command", "greeting")}),
            is_exact=True,
        ),
        _day,
    ),
)
