"""What a command about reminders, absence, channels or meetings names: all of it, or it is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time

from dialogs.turn.orders import (
    AbsenceOrder,
    CancelOrder,
    ChannelOrder,
    Command,
    MoveOrder,
    Order,
    PreviewOrder,
    ReturnOrder,
    RhythmOrder,
    SnoozeOrder,
    SwitchOrder,
)
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.numbers import count_at
from dialogs.understanding.language.parsing import sentence_of
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.times import length_at, open_ended, time_at
from dialogs.understanding.orders.cues import OFTEN, Cues, cues_in
from dialogs.understanding.orders.days import Days, away, away_until_back, moved, one_day, without_clock
from dialogs.understanding.orders.named import Named, add_name, bodies_of_kind, days_of, further_week
from dialogs.understanding.orders.rules import reminder_orders
from portfolio.reminders.kinds import Kind

_KINDS = {
    "status": (Kind.STATUS_DUE, Kind.STATUS_OVERDUE),
    "meetings": (Kind.MEETING_SOON,),
    "deadlines": (Kind.DEADLINE,),
}
_KIND_WORDS = frozenset(_KINDS)
_SWITCHING = frozenset(
    {"reminders", "remind", "all", "mine", "on", "strike", "puts", "in", "off", "out", "stop", "resume", "again"}
)
_SEEING = frozenset({"reminders", "remind", "which", "mine", "you", "sends", "messages", "preview", "settings", "all"})
# The groups of words that each command is made of.
_GROUPS: dict[Command, frozenset[str]] = {
    Command.SNOOZE: frozenset({"remind", "again", "reply", "postpone", "not_now", "mine", "reminders", "status"}),
    Command.ABSENT: frozenset({"away", "holds", "back", "mine"}),
    Command.BACK: frozenset({"away", "back", "back_from", "mine"}),
    Command.REMINDERS_OFF: _SWITCHING | _KIND_WORDS,
    Command.REMINDERS_ON: _SWITCHING | _KIND_WORDS,
    Command.STOP_REMINDERS: _SWITCHING,
    Command.RESUME_REMINDERS: _SWITCHING,
    Command.MY_REMINDERS: _SEEING | _KIND_WORDS,
    Command.PREVIEW: _SEEING,
    Command.SET_RHYTHM: frozenset({"asks_status", "remind", "rhythm", "usual", "every", "status", "mine", OFTEN}),
    Command.BIND_CHANNEL: frozenset({"channel", "this", "binds"}),
    Command.UNBIND_CHANNEL: frozenset({"channel", "this", "binds", "no_longer"}),
    Command.SHOW_CHANNELS: frozenset({"channel", "this", "which", "known", "you", "mine"}),
    Command.MOVE_MEETING: frozenset({"move", "meetings"}),
    Command.CANCEL_MEETING: frozenset({"cancel", "meetings"}),
}
# What may stand beside any of them, and beside some.
_ALONGSIDE = frozenset({"opening", "aside", "until", "when", "length", "hint", "one", "text", "limit"})
_ALSO: dict[Command, frozenset[str]] = {
    Command.MOVE_MEETING: frozenset({"target"}),
    Command.CANCEL_MEETING: frozenset({"target"}),
    Command.MY_REMINDERS: frozenset({"ask", "scope", "target"}),
    Command.PREVIEW: frozenset({"ask"}),
    Command.SHOW_CHANNELS: frozenset({"ask"}),
    Command.REMINDERS_OFF: frozenset({"scope", "target", "period", "attribute"}),
    Command.REMINDERS_ON: frozenset({"scope", "target", "period", "attribute"}),
    Command.SNOOZE: frozenset({"target"}),
    Command.SET_RHYTHM: frozenset({"target"}),
}
_SMALL_TALK = frozenset({"greeting", "thanks"})
# Of what may be misspelt or not be there the answer speaks; elsewhere an unknown word means something else.
_MAY_BE_UNKNOWN = frozenset({Command.SET_RHYTHM, Command.BIND_CHANNEL, Command.UNBIND_CHANNEL})
_MAY_REPORT = frozenset({Command.SNOOZE, Command.SET_RHYTHM, Command.REMINDERS_OFF, Command.REMINDERS_ON})
_MEETINGS = frozenset({Command.MOVE_MEETING, Command.CANCEL_MEETING})
_HAVE_CLOCK = _MEETINGS | {Command.SNOOZE}
_CHANNELS = frozenset({Command.BIND_CHANNEL, Command.UNBIND_CHANNEL, Command.SHOW_CHANNELS})
_TAKES_BODIES = _MEETINGS | _CHANNELS | {Command.SNOOZE}
_TAKES_LENGTHS = frozenset({Command.SNOOZE, Command.ABSENT})
_ONE_PROJECT = frozenset({"projekt", "projektet", "project"})


@dataclass(slots=True)
class _Read:
    """`length` is how many days, of "i 3 uger"; `is_return`: the last day said is the first one back."""

    is_return: bool
    named: Named = field(default_factory=Named)
    length: int | None = None


def reminder_order(sentence: Sentence, lexicon: Lexicon) -> Order | None:
    """Read an order; None for a sentence that tells nothing of the kind, or anything beside it."""
    cues = cues_in(sentence.text, lexicon)
    for command in reminder_orders(cues, sentence):
        if order := _order(command, cues, sentence, lexicon):
            return order
    return None


def _order(command: Command, cues: Cues, sentence: Sentence, lexicon: Lexicon) -> Order | None:
    clock, text = without_clock(sentence.text) if command in _HAVE_CLOCK else (None, sentence.text)
    if clock:
        sentence = sentence_of(text, lexicon, sentence.today) or sentence
    read = _parts(sentence, command, cues, lexicon)
    if read is None or not _is_whole(command, read.named, cues):
        return None
    first, last = _days(command, read, sentence.today)
    projects, maybe = tuple(dict.fromkeys(read.named.projects)), tuple(read.named.maybe)
    bodies = tuple(dict.fromkeys(read.named.bodies))
    match command:
        case Command.SNOOZE:
            return SnoozeOrder(command, projects, maybe, bodies, first)
        case Command.ABSENT:
            return AbsenceOrder(command, first, last)
        case Command.BACK:
            return ReturnOrder(command, first)
        case Command.REMINDERS_OFF | Command.REMINDERS_ON:
            return SwitchOrder(
                command, tuple(kind for word, kinds in _KINDS.items() if cues.has(word) for kind in kinds)
            )
        case Command.SET_RHYTHM:
            return RhythmOrder(command, projects, maybe, tuple(read.named.unknown), cues.every)
        case Command.PREVIEW:
            return PreviewOrder(command, last or first)
        case _:
            return _body_order(command, bodies, (first, last), clock)


def _body_order(command: Command, bodies: tuple[str, ...], days: Days, clock: str | None) -> Order:
    first, last = days
    match command:
        case Command.BIND_CHANNEL | Command.UNBIND_CHANNEL:
            return ChannelOrder(command, bodies)
        case Command.MOVE_MEETING:
            to_time = time.fromisoformat(clock.replace(".", ":")) if clock else None
            return MoveOrder(command, bodies, first, last, to_time)
        case Command.CANCEL_MEETING:
            return CancelOrder(command, bodies, first, last)
        case _:
            return Order(command)


def _is_whole(command: Command, named: Named, cues: Cues) -> bool:
    """Whether nothing unknown is named, nor a project that the words speak of in another way: "udsæt skærmbesøg"."""
    if named.unknown and command not in _MAY_BE_UNKNOWN:
        return False
    names_project = bool(named.projects or named.maybe)
    match command:
        case Command.SNOOZE:
            return not (names_project or named.bodies) or cues.has("remind", "reminders", "reply", "status")
        case Command.SET_RHYTHM:
            return names_project or cues.every is not None
        case _:
            return True


def _parts(sentence: Sentence, command: Command, cues: Cues, lexicon: Lexicon) -> _Read | None:
    read = _Read(cues.has("back"))
    position = 0
    while position < len(sentence):
        is_own = _is_of_command(sentence, position, command, cues)
        step = 1 if is_own else _take(sentence, position, command, lexicon, read)
        if step is None:
            return None
        position += step
    return read


def _is_of_command(sentence: Sentence, position: int, command: Command, cues: Cues) -> bool:
    """Whether all of its words are the command's own, or small ones."""
    tag = sentence.tags[position]
    words = sentence.words[tag.start : tag.end]
    covered = [cues.covers(word, _GROUPS[command]) for word in words]
    if all(covered):
        return True
    is_name = bool(tag.entities) or tag.has("body")
    if is_name or not any(covered):
        return False
    return all(own or phrasebook().is_filler(word) for own, word in zip(covered, words, strict=True))


def _take(sentence: Sentence, position: int, command: Command, lexicon: Lexicon, read: _Read) -> int | None:
    """How many tags it was; None where it says something else."""
    tag, named = sentence.tags[position], read.named
    if tag.entities or tag.is_unknown:
        add_name(sentence, position, command, lexicon, named)
        return 1
    if tag.has("body"):
        bodies = bodies_of_kind(tag.value("body") or "", lexicon)
        named.bodies.extend(bodies)
        return 1 if command in _TAKES_BODIES and bodies else None
    if period := time_at(sentence, position):
        named.times.append(open_ended(sentence, period))
        return period.end - position
    if named.times and (period := further_week(sentence, position, named.times[-1])):
        named.times.append(period)
        return 1
    if command in _TAKES_LENGTHS and (spell := length_at(sentence, position)):
        if command is Command.ABSENT:
            read.length = (spell.last - sentence.today).days if spell.last else None
        else:
            named.times.append(spell)
        return spell.end - position
    if sentence.word(position).is_number:
        return 1 if command is Command.SET_RHYTHM and count_at(sentence, position) else None
    return 1 if sentence.is_plain(position) or _goes_along(sentence, position, command) else None


def _goes_along(sentence: Sentence, position: int, command: Command) -> bool:
    tag = sentence.tags[position]
    if tag.has("target", "projects"):
        return sentence.word(position).key in _ONE_PROJECT
    allowed = _ALONGSIDE | _ALSO.get(command, frozenset())
    return (
        any(meaning.section in allowed for meaning in tag.meanings)
        or tag.value("command") in _SMALL_TALK
        or tag.has("scope", "mine")
        or sentence.word(position).key == "tovholder"
        or (command in _MAY_REPORT and tag.has("command", "report_status"))
        or (command is Command.BACK and tag.has("command", "end_deputy"))
    )


def _days(command: Command, read: _Read, today: date) -> Days:
    times = read.named.times
    match command:
        case Command.SNOOZE | Command.BACK:
            return one_day(times, today), None
        case Command.ABSENT:
            return away_until_back(times, today) if read.is_return else away(times, read.length, today)
        case Command.MOVE_MEETING:
            return moved(times, today)
        case _:
            return days_of(times, today)
