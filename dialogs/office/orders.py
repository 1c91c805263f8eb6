"""What may be ordered about everybody's reminders, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.turn.orders import Order
from dialogs.understanding.orders.grammar import BESIDE, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told


@dataclass(frozen=True, slots=True)
class StopReminders(Order):
    command: ClassVar[str] = "stop_reminders"


@dataclass(frozen=True, slots=True)
class ResumeReminders(Order):
    command: ClassVar[str] = "resume_reminders"


@dataclass(frozen=True, slots=True)
class ShowPreview(Order):
    """Show what will be sent until a day."""

    command: ClassVar[str] = "preview"
    until: date | None = None


# Who says so means one's own.
_ONLY_SOME = ("mine", "status", "meetings", "deadlines")


def _tells_of_all(told: Told) -> bool:
    return told.cues.has("reminders") and not told.cues.has("off", *_ONLY_SOME)


def _tells_preview(told: Told) -> bool:
    cues = told.cues
    if cues.has("mine", "settings"):
        return False
    asks_you = cues.has("which") and cues.has("you") and cues.has("remind", "sends")
    is_sent = cues.has("which") and cues.has("sends") and cues.has("messages", "reminders")
    return asks_you or is_sent or cues.has("preview") or (cues.has("coming") and cues.has("reminders"))


def _preview(named: Named) -> ShowPreview:
    first, last = named.days
    return ShowPreview(last or first)


_SWITCHING = frozenset({"reminders", "remind", "all", "strike", "puts", "in", "out", "on", "again"})
_SEEING = frozenset({"reminders", "remind", "which", "you", "sends", "messages", "preview", "all"})
RULES = (
    Rule(
        lambda told: told.cues.has("stop") and _tells_of_all(told),
        Grammar(cues=_SWITCHING | {"stop"}),
        lambda _named: StopReminders(),
    ),
    Rule(
        lambda told: told.cues.has("resume") and not told.cues.has("stop") and _tells_of_all(told),
        Grammar(cues=_SWITCHING | {"resume"}),
        lambda _named: ResumeReminders(),
    ),
    Rule(_tells_preview, Grammar(cues=_SEEING, beside=BESIDE | {"ask"}), _preview, may_be_asked=True),
)
