"""What may be ordered about a project itself, and how it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar

from dialogs.project_changes.free_words import milestone_in, moved_in, reason_in
from dialogs.turn.orders import Effect, ProjectOrder
from dialogs.understanding.language.parsing import sentence_of
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.times import in_other_year, time_at
from dialogs.understanding.orders.cues import cues_in
from dialogs.understanding.orders.grammar import BESIDE, PROJECTS, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told
from portfolio.dates import PlanDate, Unit, end_of, start_of


class Doing(StrEnum):
    """A change that is made to a project."""

    CLOSE = "close"
    STOP = "stop"
    REOPEN = "reopen"
    END = "end"
    REACHED = "reached"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class ChangeProject(ProjectOrder):
    """Change something of a project. `last` is the last of the days that were said, in `unit`."""

    doing: ClassVar[Doing]
    reason: str | None = None
    last: date | None = None
    unit: Unit | None = None
    milestone: str | None = None

    @property
    def when(self) -> PlanDate | None:
        if self.last is None:
            return None
        unit = self.unit if self.unit and end_of(self.last, self.unit) == self.last else Unit.DAY
        return PlanDate(start_of(self.last, unit), self.last, unit)


@dataclass(frozen=True, slots=True)
class CloseProject(ChangeProject):
    command: ClassVar[str] = "close_project"
    effect: ClassVar[Effect] = Effect.ASKS
    doing: ClassVar[Doing] = Doing.CLOSE


@dataclass(frozen=True, slots=True)
class StopProject(ChangeProject):
    command: ClassVar[str] = "stop_project"
    effect: ClassVar[Effect] = Effect.ASKS
    doing: ClassVar[Doing] = Doing.STOP


@dataclass(frozen=True, slots=True)
class ReopenProject(ChangeProject):
    command: ClassVar[str] = "reopen_project"
    effect: ClassVar[Effect] = Effect.ASKS
    doing: ClassVar[Doing] = Doing.REOPEN


@dataclass(frozen=True, slots=True)
class MoveEnd(ChangeProject):
    command: ClassVar[str] = "move_end"
    effect: ClassVar[Effect] = Effect.ASKS
    doing: ClassVar[Doing] = Doing.END


@dataclass(frozen=True, slots=True)
class ReachMilestone(ChangeProject):
    """`last` is the day on which it was reached."""

    command: ClassVar[str] = "milestone_reached"
    effect: ClassVar[Effect] = Effect.ASKS
    doing: ClassVar[Doing] = Doing.REACHED


@dataclass(frozen=True, slots=True)
class MoveMilestone(ChangeProject):
    command: ClassVar[str] = "move_milestone"
    effect: ClassVar[Effect] = Effect.ASKS
    doing: ClassVar[Doing] = Doing.DUE


_SOON = timedelta(days=31)
_MOVING = ("moves_end", "move", "postpone", "chases")
_OTHERS = ("reminders", "remind", "messages", "meetings", "channel", "all", "stops_doing")


def _head(told: Told) -> Told:
    """Leave the reason out, in which any word may stand."""
    reason, text = reason_in(told.sentence)
    head = sentence_of(text, told.sentence.lexicon, told.sentence.today) if reason else None
    return Told(head, cues_in(head)) if head else told


def _is_of_project(told: Told) -> bool:
    """Say whether it speaks of a project, and of nothing that others have a word for."""
    sentence = told.sentence
    is_others = sentence.has("body") or sentence.has("round") or sentence.has("colour")
    is_others = is_others or any(tag.names("bodies") for tag in sentence.tags)
    if is_others or told.cues.has(*_OTHERS):
        return False
    return any(tag.names("projects") for tag in sentence.tags) or sentence.has("hint", "projects")


def _begins(told: Told, *groups: str) -> bool:
    """Say whether the order is what the sentence begins with: "kan du afslutte …", not "skal vi afslutte …"."""
    sentence, cues = told.sentence, told.cues
    for at in range(len(sentence)):
        if cues.begins(sentence.word(at), *groups):
            return True
        if not (sentence.is_plain(at) or sentence.tags[at].has("opening") or sentence.tags[at].has("aside")):
            return False
    return False


def _puts(told: Told, state: str) -> bool:
    """ "sæt skærmbesøg til afsluttet", "marker skærmbesøg som stoppet" """
    return _begins(told, "marks") and told.cues.has(state)


def _tells(*groups: str, decided: str = "", state: str = "") -> Callable[[Told], bool]:
    """`decided` stands anywhere: "skærmbesøg skal lukkes"; `state` is what a project is put into."""

    def is_told(told: Told) -> bool:
        if not (_begins(told, *groups) or told.cues.has(decided) or _puts(told, state)):
            return False
        head = _head(told)
        return _is_of_project(head) and not head.cues.has("milestone_word")

    return is_told


def _tells_reopened(told: Told) -> bool:
    """ "start skærmbesøg igen"; "start på skærmbesøg" asks for a day."""
    is_day = told.sentence.has("period", "start") and not told.cues.has("again", "reopens")
    return not is_day and _tells("reopens", "resume")(told)


def _tells_end(told: Told) -> bool:
    """ "flyt slutdatoen for skærmbesøg til 1. marts", "forlæng skærmbesøg til juni", "det er udskudt til juni" """
    cues = told.cues
    is_decided = cues.has("end_decided") or (cues.has("end_word") and cues.has("is_now"))
    if not (is_decided or _begins(told, *_MOVING, "new_end")):
        return False
    head = _head(told)
    return _is_of_project(head) and not head.cues.has("milestone_word", "status")


def _tells_reached(told: Told) -> bool:
    if not told.cues.has("milestone_word"):
        return False
    cues = _head(told).cues
    return cues.has("milestone_word") and cues.has("reached") and not cues.has("not_reached", *_OTHERS)


def _names_day(sentence: Sentence) -> bool:
    return any(time_at(sentence, at) for at in range(len(sentence)))


def _tells_moved_milestone(told: Told) -> bool:
    """ "flyt milepælen udbud til 1. marts"; without the word, only of a project, and with the day it is moved to."""
    if not _begins(told, *_MOVING):
        return False
    head = _head(told)
    if head.cues.has("milestone_word"):
        return not head.cues.has(*_OTHERS)
    if head.cues.has("end_word", "new_end", "status") or not _is_of_project(head):
        return False
    return moved_in(head.sentence) is not None and _names_day(head.sentence)


def _made(kind: type[ChangeProject]) -> Callable[[Named], ChangeProject]:
    def make(named: Named) -> ChangeProject:
        _, last = named.days
        unit = named.times[-1].unit if last else None
        return kind(*named.about, named.free.get("reason"), last, unit, named.free.get("milestone"))

    return make


def _move_end(named: Named) -> ChangeProject | None:
    """Return None for "flyt skærmbesøg", which says neither that its end is meant nor to when."""
    order = _made(MoveEnd)(named)
    is_decided = named.cues.has("end_decided", "is_now")
    return order if order.last or (named.cues.has("end_word", "new_end") and not is_decided) else None


def _reached(named: Named) -> ChangeProject:
    """Take a day without a year for one that has been, unless it comes so soon that it may be a mistake: nothing is
    reached ahead."""
    order = _made(ReachMilestone)(named)
    if order.last and order.last - named.today > _SOON and not any(time.has_year for time in named.times):
        return replace(order, last=in_other_year(order.last, -1, order.unit or Unit.DAY))
    return order


_STATES = frozenset(
    {
        "to_be_closed",
        "to_be_stopped",
        "closes",
        "stops",
        "stop",
        "reopens",
        "resume",
        "marks",
        "as_closed",
        "as_stopped",
    }
)
_MOVES = frozenset({"moves_end", "move", "postpone", "chases", "new_end", "end_word", "end_decided", "is_now", "in"})
_MILESTONE = frozenset({"milestone_word", "reached", "marks", "asks_status"})
_WHY = {"reason": reason_in}
_STATE = Grammar(PROJECTS, _STATES, ("down",), beside=BESIDE | {("period", "end")}, may_be_unknown=True, free=_WHY)
_END = Grammar(PROJECTS, _MOVES, beside=BESIDE | {("period", "end")}, may_be_unknown=True, free=_WHY)
_OF_MILESTONE = Grammar(
    PROJECTS,
    _MILESTONE | _MOVES,
    beside=BESIDE | {("period", "milestone"), ("attribute", "milestone"), ("period", "status"), "command"},
    may_be_unknown=True,
    free={"milestone": milestone_in, **_WHY},
)
RULES = (
    Rule(_tells_reached, _OF_MILESTONE, _reached),
    Rule(_tells_moved_milestone, _OF_MILESTONE, _made(MoveMilestone)),
    Rule(_tells("closes", decided="to_be_closed", state="as_closed"), _STATE, _made(CloseProject)),
    Rule(_tells("stops", "stop", decided="to_be_stopped", state="as_stopped"), _STATE, _made(StopProject)),
    Rule(_tells_reopened, _STATE, _made(ReopenProject)),
    Rule(_tells_end, _END, _move_end),
)
