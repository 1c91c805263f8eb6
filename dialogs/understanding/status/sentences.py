"""A status that is told at once: "status på skærmbesøg: gul, leverandøren er forsinket, 60 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dialogs.turn.orders import Command, StatusOrder
from dialogs.understanding.language.asking import asks
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.parsing import says_something, sentence_of
from dialogs.understanding.language.phrasebook import phrasebook, phrases_of
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.orders.named import Named, named_in
from dialogs.understanding.orders.recognising import goes_along
from dialogs.understanding.status.line import leads_off, read_line

# Where what is told may begin: behind a colon that stands in no time of day, a new line, a dash between spaces.
_HEAD_ENDS = re.compile(r":(?!\d)|(?<!\d):|\n|\s[-–—]\s")
_SENTENCE_ENDS = re.compile(r"[.!?\n]+\s+")
_AROUND = " \t\n,;:-–—"
_MOST_ENDS = 6
_LONGEST_HEAD = 200
_LONGEST_UNCHANGED = 60
_UNMISTAKABLE = 2
_QUIET = frozenset({"opening", "aside", "steps"})


def line_of(text: str, lexicon: Lexicon, today: date) -> StatusOrder | None:
    """Read a status that has its own line. Behind a colon it is kept as it was written, whatever it says; behind a new
    line or a dash it must begin with a colour or the like, and so it must where nothing but a project stands before."""
    for end, start in _head_ends(text, lexicon):
        said = text[start:].strip()
        head = _head(text[:end], lexicon, today)
        named = named_in(head, Command.REPORT_STATUS, lexicon, None) if head and not asks(head) else None
        if head is None:
            continue
        if named is None:
            if line := told_by_the_way(head, head.text + text[end:], lexicon):
                return line
            continue
        begins = leads_off(said, today) or _is_unchanged(said, lexicon, today)
        is_named = bool(named.projects or named.maybe) or any(tag.is_unknown for tag in head.tags)
        if is_report(head) and not is_named and (line := _named_behind(said, lexicon, today)):
            return line
        is_clear = is_named or head.has("command", "report_status")  # "status: røde projekter" is a heading
        if is_report(head) and (begins or (is_clear and text[end] == ":")):
            return _told(named, said, lexicon, today)
        if begins and (named.projects or named.maybe) and _is_bare(head) and not said.endswith("?"):
            return _told(named, said, lexicon, today)
    return None


def told_in(sentence: Sentence, command: Command, text: str, lexicon: Lexicon) -> StatusOrder | None:
    """A status, or that it is unchanged, without a colon: "meld rødt på skærmbesøg, leverandøren er væk". `text` is all
    that was written."""
    at = _project_at(sentence)
    whole = named_in(sentence, command, lexicon, None)
    if whole and command is Command.UNCHANGED and len(whole.unknown) > 1:
        return None
    if whole and not (at is not None and whole.unknown):
        said = ", ".join(_colours(sentence)) if command is Command.REPORT_STATUS else ""
        return _status_order(command, whole, said, in_steps=sentence.has("steps"))
    if at is None:
        return _told_of_any(sentence, text) if command is Command.REPORT_STATUS else None
    named = named_in(_between(sentence, at, at + 1), Command.REPORT_STATUS, lexicon, None)
    told = [text[sentence.last_word(at).last :].strip(_AROUND)] if _says_more(sentence, at + 1) else []
    said = ", ".join([*_told_before(sentence, at), *told])
    return _status_order(Command.REPORT_STATUS, named or Named(), said, in_steps=sentence.has("steps"))


def _told_of_any(sentence: Sentence, text: str) -> StatusOrder:
    """ "meld status, gul, 60 %": of which project is asked."""
    order = next((at for at, tag in enumerate(sentence.tags) if tag.has("command", "report_status")), 0)
    told = text[sentence.last_word(order).last :].strip(_AROUND)
    return StatusOrder(Command.REPORT_STATUS, line=told if leads_off(told, sentence.today) else None)


def told_by_the_way(
    sentence: Sentence, text: str, lexicon: Lexicon, *, is_no_question: bool = False
) -> StatusOrder | None:
    """ "status på skærmbesøg gul, 60 %", "skærmbesøg er gul, 60 %": no word says that it is told, but none asks so.
    What is known to be no question need say no more than "skærmbesøg 60 %"."""
    at = _project_at(sentence) if sentence.has("colour") or sentence.has("unit", "percent") else None
    if at is None or asks(sentence):
        return None
    head, said = _between(sentence, 0, at + 1), text[sentence.last_word(at).last :].lstrip(".").strip(_AROUND)
    if _asks_inside(sentence, at + 1) or not leads_off(said, sentence.today):
        return None
    if head.tags[0].has("colour") and not any(tag.meanings for tag in head.tags[1:]):  # "gul på skærmbesøg, 60 %"
        head, said = _between(sentence, at, at + 1), f"{sentence.written(0)}, {said}"
    told = read_line(said, sentence.today).keys() - {"comment"}
    is_unmistakable = is_no_question or ("overall" in told and len(told) >= _UNMISTAKABLE)
    is_clear = is_report(head) or (_is_bare(head) and is_unmistakable)
    named = named_in(head, Command.REPORT_STATUS, lexicon, None) if is_clear else None
    return _told(named, said, lexicon, sentence.today) if named else None


def is_report(head: Sentence) -> bool:
    """ "jeg vil melde status på …", "status på …"; not "giv mig status på …"."""
    if head.has("command", "report_status"):
        return True
    small = phrasebook().small
    return not head.keys.isdisjoint(small["line_heads"]) and head.keys.isdisjoint(small["requests"])


def _is_bare(head: Sentence) -> bool:
    """Say whether the head names nothing but a project."""
    return not any(tag.meanings and not tag.entities for tag in head.tags)


def _told(named: Named, said: str, lexicon: Lexicon, today: date) -> StatusOrder:
    command = Command.UNCHANGED if _is_unchanged(said, lexicon, today) else Command.REPORT_STATUS
    return _status_order(command, named, "" if command is Command.UNCHANGED else said)


def _status_order(command: Command, named: Named, said: str, *, in_steps: bool = False) -> StatusOrder:
    """Return the order; where several projects are named, one of them is meant."""
    several = [*named.maybe, *named.projects] if len(named.projects) + len(named.maybe) > 1 else []
    return StatusOrder(
        command,
        projects=() if several else tuple(named.projects),
        maybe=tuple(dict.fromkeys(several)),
        unknown=() if named.projects or several else tuple(named.unknown),
        line=said or None,
        in_steps=in_steps and not said,
    )


def _named_behind(said: str, lexicon: Lexicon, today: date) -> StatusOrder | None:
    """ "status: skærmbesøg gul, 60 %"."""
    sentence = sentence_of(said[:_LONGEST_HEAD], lexicon, today)
    at = sentence.next_telling(0) if sentence else None
    if sentence is None or at is None or not sentence.tags[at].is_whole or _project_at(sentence) != at:
        return None
    named = named_in(_between(sentence, 0, at + 1), Command.REPORT_STATUS, lexicon, None)
    return _told(named, said[sentence.last_word(at).last :].strip(_AROUND), lexicon, today) if named else None


def _head_ends(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The places where a head may end and what is told begin; none inside a title, "Monopolbrud: KY og KSD"."""
    for count, mark in enumerate(_HEAD_ENDS.finditer(text, 0, _LONGEST_HEAD)):
        if count == _MOST_ENDS:
            return
        if not lexicon.is_inside_name(text, mark.start(), mark.end()):
            yield mark.start(), mark.end()


def _head(text: str, lexicon: Lexicon, today: date) -> Sentence | None:
    """The last sentence before the colon, where those before it say nothing of the portfolio."""
    sentences = [part for part in _SENTENCE_ENDS.split(text) if part.strip()]
    if not sentences or any(says_something(part, lexicon, today) for part in sentences[:-1]):
        return None
    return sentence_of(sentences[-1], lexicon, today)


def _is_unchanged(said: str, lexicon: Lexicon, today: date) -> bool:
    if len(said) > _LONGEST_UNCHANGED or "?" in said:  # "status på skærmbesøg: uændret?" is asked
        return False
    sentence = sentence_of(said, lexicon, today)
    return sentence is not None and sentence.has("command", "unchanged") and not _says_more(sentence, 0)


def _project_at(sentence: Sentence) -> int | None:
    """The last tag of the first run of names of projects."""
    named = (at for at, tag in enumerate(sentence.tags) if any(entity.field == "projects" for entity in tag.entities))
    return next(named, None)


def _between(sentence: Sentence, start: int, end: int) -> Sentence:
    """The tags from `start` to before `end` as a sentence of its own."""
    tags = sentence.tags[start:end]
    words = sentence.words[: tags[-1].end]
    return Sentence.of(sentence.text[: words[-1].last], words, tags, sentence.today)


def _told_before(sentence: Sentence, end: int) -> list[str]:
    """ "sæt økonomi til gul på …", "uændret på …": what is told before the project."""
    telling = [
        at
        for at in range(end)
        if sentence.tags[at].has("command", "unchanged")
        or (_tells(sentence, at) and not goes_along(sentence, at, Command.REPORT_STATUS))
    ]
    if telling:
        return [sentence.written_to(telling[0], telling[-1] + 1)]
    return _colours(_between(sentence, 0, end)) if end else []


def _colours(sentence: Sentence) -> list[str]:
    """ "meld rødt på …": the colour that is part of the command's own words."""
    words = [
        word
        for tag in sentence.tags
        if tag.has("command", "report_status")
        for word in sentence.words[tag.start : tag.end]
    ]
    return [word.text for word in words if phrases_of("colour").longest([word.stem], 0)]


def _says_more(sentence: Sentence, first: int) -> bool:
    """Say whether anything from that tag on tells something, rather than "tak", "i dag" and small words."""
    return any(_tells(sentence, at) for at in range(first, len(sentence)))


def _tells(sentence: Sentence, position: int) -> bool:
    tag = sentence.tags[position]
    is_quiet = (
        any(meaning.section in _QUIET for meaning in tag.meanings)
        or any(tag.has("command", value) for value in ("thanks", "greeting", "unchanged"))
        or tag.has("scope", "mine")
        or any(tag.has("when", value) for value in ("now", "today"))
        or tag.has("unsupported", "since_last")
        or _is_on_behalf(sentence, position)
        or sentence.word(position).key in phrasebook().small["oneself"]
    )
    return not is_quiet and not sentence.is_plain(position)


def _is_on_behalf(sentence: Sentence, position: int) -> bool:
    """ "på vegne af Anders": whose place it is done in, or the words before that."""
    tag = sentence.tags[position]
    if tag.has("aside"):
        return True
    before = next((at for at in range(position - 1, -1, -1) if not sentence.is_plain(at)), None)
    is_person = any(entity.field == "lead" for entity in tag.entities)
    return is_person and before is not None and sentence.tags[before].has("aside", "on_behalf")


def _asks_inside(sentence: Sentence, first: int) -> bool:
    """ "status på skærmbesøg, hvornår slutter det"."""
    asking = phrasebook().small["asks_inside"]
    return any(word.key in asking for word in sentence.words[sentence.tags[first - 1].end :])
