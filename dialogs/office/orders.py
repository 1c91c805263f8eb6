"""What may be ordered about everybody's reminders, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import Effect, Order
from dialogs.understanding.language.times import in_other_year
from dialogs.understanding.orders.grammar import BESIDE, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told


@dataclass(frozen=True, slots=True)
class StopReminders(Order):
    """Stop all that is sent until a day, on which it is sent again; until further notice without one."""

    command: ClassVar[str] = "stop_reminders"
    effect: ClassVar[Effect] = Effect.ASKS
    until: date | None = None


@dataclass(frozen=True, slots=True)
class PauseSaid(Order):
    """ "pause til mandag", "stop her": something is to stop, but not what."""

    command: ClassVar[str] = "pause"
    effect: ClassVar[Effect] = Effect.ASKS
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ResumeReminders(Order):
    command: ClassVar[str] = "resume_reminders"
    effect: ClassVar[Effect] = Effect.ASKS


@dataclass(frozen=True, slots=True)
class ShowPreview(Order):
    """Show what will be sent until a day."""

    command: ClassVar[str] = "preview"
    effect: ClassVar[Effect] = Effect.SHOWS
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ShowSent(Order):
    """Show what was sent, from the first day to the last."""

    command: ClassVar[str] = "show_sent"
    effect: ClassVar[Effect] = Effect.SHOWS
    first: date | None = None
    last: date | None = None


# Who says so means one's own.
_ONLY_SOME = ("mine", "status", "meetings", "deadlines")


def _tells_of_all(told: Told) -> bool:
    return told.cues.has("reminders", "messages") and not told.cues.has("off", "refuses", *_ONLY_SOME)


def _tells_pause(told: Told) -> bool:
    """ "pause", "stop her", and what is switched off for a time: "slå mine påmindelser fra til mandag"."""
    cues = told.cues
    is_off = cues.has("off", "refuses") or (cues.has("strike") and cues.has("out"))
    return cues.has("quiet", "stop") or (is_off and cues.has("reminders", "messages"))


def _stop(named: Named) -> Order:
    """Stop them, unless "her" is said, or a time that begins later: then it is asked what is meant."""
    until, is_here = _until(named), named.cues.has("here")
    return StopReminders(until) if not is_here and (until or not named.times) else PauseSaid(until)


def _pause(named: Named) -> PauseSaid | None:
    """Return None for what says neither where nor for how long: that is switched off, or nothing."""
    is_here = named.cues.has("this") and not named.cues.has("reminders", "remind")
    is_meant = is_here or named.cues.has("quiet", "messages")
    return PauseSaid(_until(named)) if named.times or is_meant else None


def _until(named: Named) -> date | None:
    """The end of a time that begins now; None for "i næste uge" and "på mandag", which begin later."""
    begins_now = all(time.first is None or time.first <= named.today for time in named.times)
    return named.day if begins_now else None


def _tells_preview(told: Told) -> bool:
    cues = told.cues
    if cues.has("mine", "settings"):
        return False
    asks_you = cues.has("which") and cues.has("you") and cues.has("remind", "sends")
    is_sent = cues.has("which") and cues.has("sends") and cues.has("messages", "reminders")
    return asks_you or is_sent or cues.has("preview") or (cues.has("coming") and cues.has("reminders"))


def _tells_sent(told: Told) -> bool:
    """ "hvad har du sendt"; "hvad bliver der sendt" is still to come."""
    cues = told.cues
    is_asked = cues.has("sent") and cues.has("which", "you", "messages", "reminders")
    of_status = told.sentence.has("flag") or told.sentence.has("colour")  # "hvilke har fået ny status siden mandag"
    return (is_asked or cues.has("was_sent")) and not (of_status or cues.has("to_come", "coming"))


def _sent(named: Named) -> ShowSent | None:
    """Return None for days that are still to come. Days without a year are the last ones: "fra 1. til 10. juni"."""
    first, last = named.days
    if first and first > named.today and not any(time.has_year for time in named.times):
        first, last = (day and in_other_year(day, -1, named.times[0].unit) for day in (first, last))
    return None if first and first > named.today else ShowSent(first or last, last or first)


def _shown(_named: Named) -> ShowPreview:
    return ShowPreview()


def _preview(named: Named) -> ShowPreview | None:
    """Return None for days that are over."""
    first, last = named.days
    until = last or first
    return None if until and until < named.today else ShowPreview(until)


_SWITCHING = frozenset({"reminders", "remind", "all", "strike", "puts", "in", "out", "on", "again"})
_QUIET = frozenset({"quiet", "messages", "sends"})
_SEEING = frozenset({"reminders", "remind", "which", "you", "sends", "messages", "preview", "all"})
_SENT = frozenset({"sent", "was_sent", "sends", "which", "you", "mine", "messages", "reminders", "all"})
RULES = (
    Rule(_tells_sent, Grammar(cues=_SENT, beside=BESIDE | {"ask"}), _sent),
    Rule(
        lambda told: told.cues.has("stop") and _tells_of_all(told),
        Grammar(frozenset({"day"}), _SWITCHING | {"stop", "messages", "here"}),
        _stop,
        asked=_shown,
    ),
    Rule(
        _tells_pause,
        Grammar(
            frozenset({"day"}),
            _SWITCHING | _QUIET | {"stop", "off", "refuses", "this", "here", *_ONLY_SOME},
            beside=BESIDE | {"target"},
        ),
        _pause,
        asked=_shown,
    ),
    Rule(
        lambda told: told.cues.has("resume") and not told.cues.has("stop") and _tells_of_all(told),
        Grammar(cues=_SWITCHING | {"resume", "messages"}),
        lambda _named: ResumeReminders(),
        asked=_shown,
    ),
    Rule(_tells_preview, Grammar(cues=_SEEING, beside=BESIDE | {"ask"}), _preview),
)
