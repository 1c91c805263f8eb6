"""Rules for what a sentence tells Tovholder to do about reminders, absence, channels and meetings."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.turn.orders import Command
from dialogs.understanding.language.asking import asks
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.orders.cues import OFTEN, Cues

# What these answer may be asked for as well as told.
_MAY_ASK = frozenset({Command.SHOW_CHANNELS, Command.MY_REMINDERS, Command.PREVIEW})
_HOLIDAY = ("ferie", "ferien")
_KINDS = ("status", "meetings", "deadlines")
_TELLS_BY_VERB = frozenset({"er", "har", "skal", "holder"})


def reminder_orders(cues: Cues, sentence: Sentence) -> Iterator[Command]:
    """Yield what the sentence may order, the likeliest first; nothing for a question about something else."""
    if not cues.spans:
        return
    is_asked = asks(sentence) and not _leaves_out_oneself(cues, sentence)
    for rule in (
        _channel_order,
        _meeting_order,
        _switch_order,
        _view_order,
        _rhythm_order,
        _absence_order,
        _snooze_order,
    ):
        command = rule(cues, sentence)
        if command and (command in _MAY_ASK or not is_asked):
            yield command


def _leaves_out_oneself(cues: Cues, sentence: Sentence) -> bool:
    """ "er syg i dag", "har ferie i uge 29": told of oneself, though it begins as a question does."""
    words = sentence.words
    if len(words) < 2 or words[0].key not in _TELLS_BY_VERB:
        return False
    return any(words[1].first == first for group in ("away", "back") for first, _ in cues.spans.get(group, ()))


def _channel_order(cues: Cues, _sentence: Sentence) -> Command | None:
    if not cues.has("channel"):
        return None
    if cues.has("no_longer"):
        return Command.UNBIND_CHANNEL
    if cues.has("which", "known"):
        return Command.SHOW_CHANNELS
    return Command.BIND_CHANNEL if cues.has("this", "binds") else Command.SHOW_CHANNELS


def _meeting_order(cues: Cues, sentence: Sentence) -> Command | None:
    is_meant = (
        sentence.has("target", "meetings") or sentence.has("body") or any(tag.names("bodies") for tag in sentence.tags)
    )
    if not is_meant or cues.has("channel") or cues.has_beside("reminders", "move"):  # "vi rykker mødet"
        return None
    if cues.has("cancel"):
        return Command.CANCEL_MEETING
    return Command.MOVE_MEETING if cues.has("move") else None


def _switch_order(cues: Cues, _sentence: Sentence) -> Command | None:
    is_own = cues.has("mine", *_KINDS)
    if _is_off(cues) and cues.has("reminders", "remind"):
        return Command.REMINDERS_OFF
    if not cues.has("reminders"):
        return None
    if cues.has("stop"):
        return Command.REMINDERS_OFF if is_own else Command.STOP_REMINDERS
    if cues.has("resume"):
        return Command.REMINDERS_ON if is_own else Command.RESUME_REMINDERS
    is_on = cues.has("strike") and cues.has("in")
    return Command.REMINDERS_ON if is_on or (cues.has("on") and not cues.has("which")) else None


def _is_off(cues: Cues) -> bool:
    return cues.has("off") or (cues.has("strike") and cues.has("out"))


def _view_order(cues: Cues, _sentence: Sentence) -> Command | None:
    """Show a person's own reminders, or what will be sent to all."""
    asks_you = cues.has("which") and cues.has("you") and cues.has("remind", "sends")
    is_sent = cues.has("which") and cues.has("sends") and cues.has("messages", "reminders")
    if not cues.has("mine", "settings") and (
        asks_you or is_sent or cues.has("preview") or (cues.has("coming") and cues.has("reminders"))
    ):
        return Command.PREVIEW
    return Command.MY_REMINDERS if asks_you or cues.has("reminders") else None


def _rhythm_order(cues: Cues, _sentence: Sentence) -> Command | None:
    is_told = cues.has("asks_status", "remind", "rhythm", "usual")
    is_often = cues.has(OFTEN, "every") or (cues.has("rhythm") and not cues.has("which"))
    return Command.SET_RHYTHM if is_told and is_often else None


def _absence_order(cues: Cues, sentence: Sentence) -> Command | None:
    """ "jeg er på ferie og tilbage den 3. august" is told of being away, "tilbage fra ferie" of being back."""
    if sentence.says("var", "was", "were") or sentence.text.rstrip().endswith("?"):  # "kan jeg få fri på fredag?"
        return None
    is_back = cues.has("back_from") or (cues.has("back") and cues.has("mine", "away") and not cues.has("reply"))
    if is_back and (cues.has("back_from") or not _says_day(sentence) or not cues.has("away")):
        return Command.BACK
    return Command.ABSENT if cues.has("away") and (cues.has("mine", "holds") or _says_day(sentence)) else None


def _snooze_order(cues: Cues, sentence: Sentence) -> Command | None:
    has_day = _says_day(sentence)
    is_told = (
        cues.has("not_now")
        or (cues.has("remind") and (has_day or cues.has("again", "mine")))
        or (cues.has("reply", "postpone") and (has_day or cues.has("again")))
    )
    return Command.SNOOZE if is_told else None


def _says_day(sentence: Sentence) -> bool:
    """ "sommerferie" is a time of the year, too, but says nothing of when it is held."""
    return any(
        (tag.has("when") and not sentence.word(at).key.endswith(_HOLIDAY))
        or tag.has("length")
        or sentence.word(at).date
        for at, tag in enumerate(sentence.tags)
    )
