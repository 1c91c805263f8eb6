"""Recognise an order about status, deputies, hand-overs and rounds: "overdrag skærmbesøg til Mette". Those about
reminders, absence, channels and meetings are recognised by `rules`."""

from __future__ import annotations

from dialogs.turn.orders import Command
from dialogs.understanding.language.asking import asks
from dialogs.understanding.language.phrasebook import phrasebook
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.questions.flags import flags_around

# The more telling go before: "Mette er ikke længere min stedfortræder", "meld uændret status".
_BY_WORD = (
    Command.SHOW_DEPUTIES,
    Command.END_DEPUTY,
    Command.NAME_DEPUTY,
    Command.HAND_OVER,
    Command.OPEN_ROUND,
    Command.CORRECT_STATUS,
    Command.UNCHANGED,
    Command.REPORT_STATUS,
)
# What may stand beside a command without changing it. Anything else there is another matter.
_ALONGSIDE = frozenset(
    {"command", "opening", "hint", "role", "attribute", "sortword", "aside", "one", "until", "when", "length", "steps"}
)
_OF_ROUNDS = _ALONGSIDE | {"round", "body", "flag", "lack", "ask", "except", "limit", "sort", "sortby", "target"}
_SINGULAR = frozenset({"projekt", "projektet", "project", "indsatsen", "indsats"})
_ROUNDS = frozenset({Command.OPEN_ROUND, Command.SHOW_ROUND, Command.SUM_UP_ROUND})
_WHO_IS_MISSING = (frozenset({"hvem", "mangler"}), frozenset({"who", "is", "missing"}))


def order_in(sentence: Sentence) -> Command | None:
    """Return the command that the sentence gives; None for a question."""
    if sentence.has("round"):
        return _round(sentence)
    order = next((command for command in _BY_WORD if sentence.has("command", command.value)), None)
    if order is Command.END_DEPUTY and sentence.has("command", Command.REPORT_STATUS.value):
        order = Command.REPORT_STATUS  # "jeg er tilbage, hvad skal jeg melde status på" ends nothing yet
    match order:
        case Command.SHOW_DEPUTIES:
            return order
        case None if sentence.keys in _WHO_IS_MISSING:
            return Command.SHOW_ROUND
        case None if sentence.has("steps") and sentence.says("status"):
            return Command.REPORT_STATUS
        case None if len(sentence.words) == 1 and sentence.says("status"):
            return Command.REPORT_STATUS
        case None:
            return Command.OPEN_ROUND if _is_status_for_body(sentence) and not asks(sentence) else None
        case Command.NAME_DEPUTY if not sentence.keys.isdisjoint(phrasebook().small["ends_deputy"]) and not asks(
            sentence
        ):
            return Command.END_DEPUTY
        case Command.REPORT_STATUS:
            is_asked = sentence.has("ask", "who") or (sentence.has("ask", "when") and _names_project(sentence))
            return None if is_asked or sentence.has("flag") or flags_around(sentence) else order
        case _:
            return None if asks(sentence) else order


def _names_project(sentence: Sentence) -> bool:
    return any(tag.names("projects") for tag in sentence.tags)


def goes_along(sentence: Sentence, position: int, command: Command) -> bool:
    """Say whether the tag is part of the command, or changes nothing of it."""
    tag, key = sentence.tags[position], sentence.word(position).key
    allowed = _OF_ROUNDS if command in _ROUNDS else _ALONGSIDE
    return (
        any(meaning.section in allowed for meaning in tag.meanings)
        or tag.has("scope", "mine")
        or tag.has("period", "active")
        or (command in _ROUNDS and tag.has("period", "start"))
        or (tag.has("target", "projects") and key in _SINGULAR)
        or (command is Command.UNCHANGED and tag.has("unsupported", "since_last"))
        or (command is Command.SHOW_DEPUTIES and tag.has("ask", "who"))
        or key in phrasebook().small["oneself"]
        or key in phrasebook().small["line_heads"]
    )


def _round(sentence: Sentence) -> Command | None:
    """ "start runde" opens one, "hvem mangler i runden" shows it. "runde" alone is also said of numbers."""
    small = phrasebook().small
    if sentence.has("round", "sum_up"):  # "en opsummering af projekterne" is none of a round
        return None if sentence.has("target", "projects") else Command.SUM_UP_ROUND
    if not sentence.keys.isdisjoint(small["ends_round"]):
        return None
    if not sentence.keys.isdisjoint(small["starts_round"]):
        return None if asks(sentence) else Command.OPEN_ROUND
    named = [sentence.word(at).key for at, tag in enumerate(sentence.tags) if tag.has("round")]
    return Command.SHOW_ROUND if set(named) - small["loose_rounds"] else None


def _is_status_for_body(sentence: Sentence) -> bool:
    """ "status til Project Board uge 14"."""
    for position in range(len(sentence) - 2):
        if sentence.last_word(position).key == "status" and sentence.word(position + 1).key in {"til", "for", "to"}:
            at = position + 2
            at = at if not sentence.is_plain(at) else (sentence.next_telling(at) or at)
            tag = sentence.tags[at]
            return tag.has("body") or tag.names("bodies")
    return False
