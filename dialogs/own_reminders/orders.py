"""What people may order about their own reminders and absences, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import ClassVar

from dialogs.turn.orders import Effect, Order, ProjectOrder
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.orders.cues import NAME_OF_KIND, OFTEN, Cues
from dialogs.understanding.orders.days import Days, days_of
from dialogs.understanding.orders.grammar import BESIDE, BODIES, PROJECTS, Grammar, Meanings, Named
from dialogs.understanding.orders.rules import Rule, Told
from portfolio.reminders.kinds import Kind

_DAY = timedelta(days=1)
# What people call some kinds beside their names.
_KINDS = {
    "status": (Kind.STATUS_DUE, Kind.STATUS_OVERDUE),
    "meetings": (Kind.MEETING_SOON,),
    "deadlines": (Kind.DEADLINE,),
}
_NAMES = {f"{NAME_OF_KIND}{kind}": kind for kind in Kind}


@dataclass(frozen=True, slots=True)
class SnoozeReminders(ProjectOrder):
    """Remind again on `day`, of the projects and of the next meetings of the bodies; or of the `subjects` of reminders,
    as those have them."""

    command: ClassVar[str] = "snooze"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    bodies: tuple[str, ...] = ()
    day: date | None = None
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BeAbsent(Order):
    """Be away, from the first day to the last."""

    command: ClassVar[str] = "absent"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ComeBack(Order):
    """Be back on `day`, None for today."""

    command: ClassVar[str] = "back"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    day: date | None = None


@dataclass(frozen=True, slots=True)
class DropAbsence(Order):
    """Not be away after all: in those days, or whenever one is to be."""

    command: ClassVar[str] = "drop_absence"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class SwitchOff(Order):
    """No kinds are all of them."""

    command: ClassVar[str] = "reminders_off"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class SwitchOn(Order):
    """No kinds are all of them."""

    command: ClassVar[str] = "reminders_on"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class ShowMyReminders(Order):
    command: ClassVar[str] = "my_reminders"
    effect: ClassVar[Effect] = Effect.SHOWS


@dataclass(frozen=True, slots=True)
class SetRhythm(ProjectOrder):
    """Ask for a project's status every so many days, 0 as usual. Where somebody else leads it, that is asked first."""

    command: ClassVar[str] = "set_rhythm"
    effect: ClassVar[Effect] = Effect.AT_ONCE
    every: int | None = None


def _tells_off(told: Told) -> bool:
    cues = told.cues
    if _is_off(cues):
        return cues.has("reminders", "remind", *_NAMES)
    if cues.has("refuses"):
        return False
    return cues.has("reminders") and cues.has("stop") and cues.has("mine", *_KINDS)


def _tells_refusing(told: Told) -> bool:
    """ "jeg vil ikke have påmindelser"; not "du skal ikke slå dem fra", nor that something else isn't to be done with
    them: "lad være med at slå dem til"."""
    cues = told.cues
    is_of_another_act = any(cues.has_beside(group, "refuses") for group in ("on", "in", "resume", "stop", "which"))
    refuses = cues.has("refuses") and not _is_off(cues) and not is_of_another_act
    return refuses and cues.has("reminders", "remind", *_NAMES)


def _tells_on(told: Told) -> bool:
    cues = told.cues
    if not cues.has("reminders", *_NAMES) or _is_off(cues) or cues.has("stop", "refuses"):
        return False
    if cues.has("resume"):
        return cues.has("mine", *_KINDS)
    return (cues.has("strike") and cues.has("in")) or (cues.has("on") and not cues.has("which"))


def _is_off(cues: Cues) -> bool:
    return cues.has("off") or (cues.has("strike") and cues.has("out"))


def _kinds(named: Named) -> tuple[Kind, ...]:
    called = [kind for name, kind in _NAMES.items() if named.cues.has(name)]
    called += [kind for word, kinds in _KINDS.items() if named.cues.has_beside(word, *_NAMES) for kind in kinds]
    return tuple(dict.fromkeys(called))


def _tells_mine(told: Told) -> bool:
    cues = told.cues
    return cues.has("reminders") or (cues.has("which") and cues.has("you") and cues.has("remind", "sends"))


def _tells_rhythm(told: Told) -> bool:
    cues = told.cues
    is_often = cues.has(OFTEN, "every") or (cues.has("rhythm") and not cues.has("which"))
    return is_often and cues.has("asks_status", "remind", "rhythm", "usual")


def _rhythm(named: Named) -> SetRhythm | None:
    """Return None where a word beside the project isn't known: it may be a "not"."""
    order = SetRhythm(*named.about, every=named.cues.every)
    if order.projects and order.unknown:
        return None
    return order if order.is_specific or order.every is not None else None


def _tells_absence(told: Told) -> bool:
    cues = told.cues
    is_told = _tells_of_oneself(told) and not _tells_return(told)
    return is_told and cues.has("away") and (cues.has("mine", "holds") or _says_day(told.sentence))


def _tells_dropping(told: Told) -> bool:
    """ "aflys min ferie", "jeg holder alligevel ikke ferie i uge 52"."""
    cues = told.cues
    return cues.has("away") and cues.has("cancel", "drops", "not_after_all") and not cues.has("reminders", "back")


def _tells_return(told: Told) -> bool:
    """ "jeg er på ferie og tilbage den 3. august" is told of being away, "tilbage fra ferie" of being back."""
    cues = told.cues
    is_back = cues.has("back_from") or (cues.has("back") and cues.has("mine", "away") and not cues.has("reply"))
    is_until = cues.has("away") and _says_day(told.sentence) and not cues.has("back_from")
    return _tells_of_oneself(told) and is_back and not is_until


def _tells_of_oneself(told: Told) -> bool:
    """ "jeg er syg", "er syg i dag" and "ferie i uge 29" do; "der er ferie i uge 29" doesn't, and "så er jeg tilbage,
    hvad skal jeg melde status på" asks for something else."""
    verbs, words = phrasebook().small["tells_by_verb"], told.sentence.words
    if told.sentence.has("command", "report_status"):
        return False
    return told.cues.has("mine") or words[0].key in verbs or not told.sentence.says_small("tells_by_verb")


def _absence(named: Named) -> BeAbsent:
    return BeAbsent(*(_until_return(named) if named.cues.has("back") else _away(named)))


def _away(named: Named) -> Days:
    """Return the days of an absence: from today where nothing says from when, or that was earlier."""
    first, last = named.days
    if named.length and (last is None or first == last):
        first = first or named.today
        return first, first + timedelta(days=named.length) - _DAY
    return named.today if last and (first is None or first < named.today <= last) else first, last


def _until_return(named: Named) -> Days:
    """The last day said is the first one back."""
    if not named.times:
        return None, None
    *before, back = named.times
    (first, _), (day, until) = days_of(before, named.today), days_of([back], named.today)
    returns = day or until
    return first or named.today, returns - _DAY if returns else None


def _tells_snooze(told: Told) -> bool:
    cues, has_day = told.cues, _says_day(told.sentence)
    return (
        cues.has("not_now")
        or (cues.has("remind") and (has_day or cues.has("again", "mine")))
        or (cues.has("reply", "postpone") and (has_day or cues.has("again")))
    )


def _snooze(named: Named) -> SnoozeReminders | None:
    """Return None for "udsæt skærmbesøg", which is said of the project itself."""
    order = SnoozeReminders(*named.about, named.all_bodies, named.day)
    is_of_reminders = named.cues.has("remind", "reminders", "reply", "status")
    return order if is_of_reminders or not (order.is_specific or order.bodies) else None


def _says_day(sentence: Sentence) -> bool:
    """ "sommerferie" is a time of the year, too, but says nothing of when it is held."""
    return any(
        (tag.has("when") and not sentence.word(at).key.endswith(tuple(phrasebook().small["holidays"])))
        or tag.has("length")
        or sentence.word(at).date
        for at, tag in enumerate(sentence.tags)
    )


def _asks_of_oneself(named: Named) -> ShowMyReminders | None:
    """ "har jeg ferie i uge 29", but not "er der ferie i uge 29", nor "hvor meget ferie har jeg"."""
    is_known = named.cues.has("mine") and not named.sentence.says_small("how_much")
    return ShowMyReminders() if is_known else None


def _mine(_named: Named) -> ShowMyReminders:
    return ShowMyReminders()


_SWITCHING = frozenset(
    {"reminders", "remind", "all", "mine", "on", "strike", "puts", "in", "off", "out", "stop", "resume", "again"}
)
_SEEING = frozenset({"reminders", "remind", "which", "mine", "you", "sends", "messages", "preview", "settings", "all"})
_SEEING |= {"switched", "on", "off", "in", "out"}
_REMINDING = frozenset({"remind", "again", "reply", "postpone", "not_now", "mine", "reminders", "status"})
_ABSENCE = frozenset({"away", "holds", "mine"})
_RHYTHM = frozenset({"asks_status", "remind", "rhythm", "usual", "every", "status", "mine", OFTEN})
_MAY_REPORT: Meanings = frozenset({("command", "report_status")})
_SWITCH = Grammar(
    cues=_SWITCHING | _KINDS.keys() | _NAMES.keys(),
    beside=BESIDE | _MAY_REPORT | {"scope"},  # said of anything else, it is no order: all would be switched off
)
_REFUSE = replace(_SWITCH, cues=_SWITCH.cues | {"refuses"})
RULES = (
    Rule(_tells_off, _SWITCH, lambda named: SwitchOff(_kinds(named)), asked=_mine),
    # "lad være med at minde mig igen om en uge" says nothing of other days.
    Rule(_tells_refusing, _REFUSE, lambda named: None if named.times else SwitchOff(_kinds(named)), asked=_mine),
    Rule(_tells_on, _SWITCH, lambda named: SwitchOn(_kinds(named)), asked=_mine),
    Rule(
        _tells_mine,
        Grammar(cues=_SEEING | _KINDS.keys(), beside=BESIDE | {"ask", "scope", "target"}),
        _mine,
    ),
    Rule(
        _tells_rhythm,
        Grammar(PROJECTS | {"count"}, _RHYTHM, beside=BESIDE | _MAY_REPORT | {"target"}, may_be_unknown=True),
        _rhythm,
    ),
    Rule(
        _tells_dropping,
        Grammar(cues=_ABSENCE | {"cancel", "drops", "not_after_all"}),
        lambda named: DropAbsence(*named.days),
        asked=_asks_of_oneself,
    ),
    Rule(
        _tells_absence,
        Grammar(frozenset({"length"}), _ABSENCE | {"back"}, beside=BESIDE | {"ask"}),
        _absence,
        asked=_asks_of_oneself,
    ),
    Rule(
        _tells_return,
        Grammar(cues=_ABSENCE | {"back", "back_from"}, beside=BESIDE | {"ask", ("command", "end_deputy")}),
        lambda named: ComeBack(named.day),
        asked=_asks_of_oneself,
    ),
    Rule(
        _tells_snooze,
        Grammar(PROJECTS | BODIES | {"day", "clock"}, _REMINDING, beside=BESIDE | _MAY_REPORT | {"target"}),
        _snooze,
    ),
)
