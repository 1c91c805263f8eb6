"""A status that is told at once: "status på skærmbesøg: gul, leverandøren er forsinket, 60 %"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dialogs.turn.orders import CorrectStatus, ProjectOrder, RepeatStatus, ReportStatus
from dialogs.turn.readings import SpeechAct, Wondered
from dialogs.understanding.language.act import act_of, words_of_act
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.parsing import says_something, sentence_of
from dialogs.understanding.language.phrasebook import is_small, phrases_of
from dialogs.understanding.language.sentence import Sentence
from dialogs.understanding.language.tags import Tag
from dialogs.understanding.orders.grammar import BESIDE_COMMAND, ONESELF, PROJECTS, Grammar, Named, goes_along, names_in
from dialogs.understanding.orders.rules import meant
from dialogs.understanding.status.line import leads_off, read_line
from dialogs.values.letters import words_of

# Where what is told may begin: behind a colon that stands in no time of day, a new line, a dash between spaces.
_HEAD_ENDS = re.compile(r":(?!\d)|(?<!\d):|\n|\s[-–—]\s")
_SENTENCE_ENDS = re.compile(r"[.!?\n]+\s+")
_AROUND = " \t\n,;:-–—"
_MOST_ENDS = 6
_LONGEST_HEAD = 200
_LONGEST_UNCHANGED = 60
_UNMISTAKABLE = 2
_QUIET = frozenset({"aside", "steps"})
_REPORT = Grammar(PROJECTS, words=ONESELF, beside=BESIDE_COMMAND, may_be_unknown=True)
_UNCHANGED = replace(_REPORT, beside=BESIDE_COMMAND | {("unsupported", "since_last")})
# The more telling go before: "meld uændret status".
_BY_WORD = ("correct_status", "unchanged", "report_status")
_SMALL_TALK = ("greeting", "thanks")
_TELLING = (SpeechAct.TOLD, SpeechAct.DOUBTED)
_ASKING = (SpeechAct.ASKED, SpeechAct.WONDERED)


def status_told(sentence: Sentence, text: str, *, is_denied: bool = False) -> ProjectOrder | Wondered | None:
    """Read what the sentence reports, or wonders whether to; None where it asks or is about something else. `text` is
    all that was written; `is_denied`: it said so with a "not" that was left out."""
    orders = {value for section, value in sentence.said if section == "command"} - {None, *_BY_WORD, *_SMALL_TALK}
    is_back = orders == {"end_deputy"} and sentence.has("command", "report_status")
    if _asks_of_round(sentence) or (orders and not is_back) or _is_denied(sentence):
        return None
    command = _command(sentence)
    order = _ordered(sentence, text, command) if command else told_by_the_way(sentence, text)
    act = SpeechAct.DENIED if is_denied else _act(sentence, order)
    if order is None or (act is SpeechAct.ASKED and order == ReportStatus()):
        return order
    reading = meant(order, act)
    return None if isinstance(order, RepeatStatus) and isinstance(reading, Wondered) and _ends_asking(text) else reading


def _asks_of_round(sentence: Sentence) -> bool:
    """ "hvem har ikke svaret"; behind a project's colour, others are told of: "gul, de har ikke svaret"."""
    at = _project_at(sentence)
    colour = next((place for place, tag in enumerate(sentence.tags) if tag.has("colour")), None)
    told = len(sentence) if at is None or colour is None else max(at, colour)
    return any(tag.has("round") for tag in sentence.tags[:told])


def _is_denied(sentence: Sentence) -> bool:
    """ "meld ikke skærmbesøg uændret", "sæt ikke skærmbesøg til rød"; not "der er ikke sket noget", nor a "not" in what
    is told, nor "kan du ikke sætte …"."""
    own = [tag for tag in sentence.tags if tag.has("command", *_BY_WORD)]
    if not own:
        return False
    at = _project_at(sentence)
    end = max(own[-1].start, 0 if at is None else sentence.tags[at].start)
    polite = words_of_act(sentence)
    return any(
        is_small(word, "denies") and word.first not in polite and not any(tag.start <= place < tag.end for tag in own)
        for place, word in enumerate(sentence.words[:end])
    )


def _act(sentence: Sentence, order: ProjectOrder | None) -> SpeechAct:
    """Return the act of the sentence, or that of its head: behind it, what was is told in the comment."""
    at = _project_at(sentence)
    has_head = at is not None and isinstance(order, ReportStatus) and order.line
    return act_of(_between(sentence, 0, at + 1) if at is not None and has_head else sentence)


def _ends_asking(text: str) -> bool:
    return text.rstrip().endswith("?")


def _ordered(sentence: Sentence, text: str, command: str) -> ProjectOrder | None:
    if command == "correct_status":
        named = names_in(Named(sentence), _REPORT)
        return CorrectStatus(*named.about) if named else None
    return _told_in(sentence, text, is_unchanged=command == "unchanged")


def _command(sentence: Sentence) -> str | None:
    """Return what is to be done by the words for it, and "status" or "skridt for skridt" without more."""
    command = next((value for value in _BY_WORD if sentence.has("command", value)), None)
    if any(_says_reporting(sentence, tag) for tag in sentence.tags) and act_of(sentence) is SpeechAct.WONDERED:
        return "report_status"
    if command == "report_status":
        is_asked = sentence.has("ask", "who") or (sentence.has("ask", "when") and _project_at(sentence) is not None)
        return None if is_asked or sentence.has("flag") or sentence.flags_around() else command
    if command:
        return command
    is_bare = sentence.says("status") and (sentence.has("steps") or len(sentence.words) == 1)
    return "report_status" if is_bare else None


def _says_reporting(sentence: Sentence, tag: Tag) -> bool:
    """ "fortæl mig, hvordan man melder status": elsewhere said of projects."""
    return tag.has("flag", "reported") and is_small(sentence.words[tag.start], "line_heads")


def line_of(text: str, lexicon: Lexicon, today: date) -> ProjectOrder | None:
    """Read a status that has its own line. Behind a colon it is kept as it was written, whatever it says; behind a new
    line or a dash it must begin with a colour or the like, and so it must where nothing but a project stands before."""
    for end, start in _head_ends(text, lexicon):
        said = text[start:].strip()
        head = _head(text[:end], lexicon, today)
        named = names_in(Named(head), _REPORT) if head and act_of(head) not in _ASKING else None
        if head is None:
            continue
        if named is None:
            if line := told_by_the_way(head, head.text + text[end:]):
                return line
            continue
        begins = leads_off(said, today) or _is_unchanged(said, lexicon, today)
        is_named = bool(named.projects or named.maybe) or any(tag.is_unknown for tag in head.tags)
        if is_report(head) and not is_named and (line := _named_behind(said, lexicon, today)):
            return line
        is_clear = is_named or head.has("command", "report_status")  # "status: røde projekter" is a heading
        if is_report(head) and (begins or (is_clear and text[end] == ":")):
            return _told(named, said)
        if begins and (named.projects or named.maybe) and _is_bare(head) and not said.endswith("?"):
            return _told(named, said)
    return None


def _told_in(sentence: Sentence, text: str, *, is_unchanged: bool) -> ProjectOrder | None:
    """A status, or that it is unchanged, without a colon: "meld rødt på skærmbesøg, leverandøren er væk"."""
    at = _project_at(sentence)
    if at is None and _is_only_set(sentence) and not _colours(sentence) and not sentence.has("colour"):
        return None  # "skift emne"
    whole = names_in(Named(sentence), _UNCHANGED if is_unchanged else _REPORT)
    if whole and is_unchanged and len(whole.unknown) > 1:
        return None
    if whole and not (at is not None and whole.unknown):
        if is_unchanged:
            return RepeatStatus(*_about(whole))
        return _report(whole, ", ".join(_colours(sentence)), in_steps=sentence.has("steps"))
    if at is None:
        return None if is_unchanged else _told_of_any(sentence, text)
    named = names_in(Named(_between(sentence, at, at + 1)), _REPORT)
    told = [text[sentence.last_word(at).last :].strip(_AROUND)] if _says_more(sentence, at + 1) else []
    before = _told_before(sentence, at)
    names_others = any(tag.names("lead") for tag in sentence.tags[:at])
    if before and names_others and not read_line(", ".join(before), sentence.today).keys() - {"comment"}:
        return None  # "bede dig om at minde Line om at melde status på …"
    goes_on = told and is_small(words_of(told[0])[0], "to")  # "sæt fremdriften på skærmbesøg til 70 %"
    said = (" " if goes_on else ", ").join([*before, *told])
    if _is_only_set(sentence) and not read_line(said, sentence.today).keys() - {"comment"}:
        return None
    return _report(named or Named(sentence), said, in_steps=sentence.has("steps"))


def _is_only_set(sentence: Sentence) -> bool:
    """ "sæt skærmbesøg på pause" sets something, but no status."""
    told = [tag for tag in sentence.tags if tag.has("command", "report_status")]
    words = [word for tag in told for word in sentence.words[tag.start : tag.end]]
    return bool(words) and all(is_small(word, "sets") for word in words)


def _told_of_any(sentence: Sentence, text: str) -> ReportStatus:
    """ "meld status, gul, 60 %": of which project is asked."""
    order = next((at for at, tag in enumerate(sentence.tags) if tag.has("command", "report_status")), 0)
    told = text[sentence.last_word(order).last :].strip(_AROUND)
    return ReportStatus(line=told if leads_off(told, sentence.today) else None)


def told_by_the_way(sentence: Sentence, text: str, *, is_no_question: bool = False) -> ProjectOrder | None:
    """ "status på skærmbesøg gul, 60 %", "skærmbesøg er gul, 60 %": no word says that it is told, but none asks so.
    What is known to be no question need say no more than "skærmbesøg 60 %"."""
    at = _project_at(sentence) if sentence.has("colour") or sentence.has("unit", "percent") else None
    if at is None or _ends_asking(text):
        return None
    head, said = _between(sentence, 0, at + 1), text[sentence.last_word(at).last :].lstrip(".").strip(_AROUND)
    is_set_off = (ordered := _colour_first(said, sentence.today)) != said  # "kører på skinner, grøn"
    said = ordered
    if act_of(head) not in _TELLING or _asks_inside(sentence, at + 1) or not leads_off(said, sentence.today):
        return None
    if head.tags[0].has("colour") and not any(tag.meanings for tag in head.tags[1:]):  # "gul på skærmbesøg, 60 %"
        head, said = _between(sentence, at, at + 1), f"{sentence.written(0)}, {said}"
    told = read_line(said, sentence.today).keys() - {"comment"}
    is_statement = is_small(words_of(said)[0], "says_is") and sentence.tags[at].names_only("projects")
    is_told = bool(told) and (is_statement or is_set_off or ("overall" in told and len(told) >= _UNMISTAKABLE))
    is_unmistakable = is_no_question or is_told
    is_clear = is_report(head) or (_is_bare(head) and is_unmistakable)
    named = names_in(Named(head), _REPORT) if is_clear else None
    line = _told(named, said) if named else None
    return replace(line, by_the_way=not is_report(head)) if isinstance(line, ReportStatus) else line


def _colour_first(said: str, today: date) -> str:
    """What is said last stands first in a line."""
    before, comma, last = said.rpartition(",")
    is_colour = comma and before.strip() and read_line(last.strip(_AROUND), today).keys() == {"overall"}
    return f"{last.strip(_AROUND)}, {before.strip(_AROUND)}" if is_colour else said


def is_report(head: Sentence) -> bool:
    """ "jeg vil melde status på …", "status på …"; not "giv mig status på …"."""
    if head.has("command", "report_status"):
        return True
    return head.says_small("line_heads") and not head.says_small("requests")


def _is_bare(head: Sentence) -> bool:
    """Say whether the head names nothing but a project."""
    return not any(tag.meanings and not tag.entities for tag in head.tags)


def _told(named: Named, said: str) -> ProjectOrder:
    is_unchanged = _is_unchanged(said, named.sentence.lexicon, named.today)
    return RepeatStatus(*_about(named)) if is_unchanged else _report(named, said)


def _report(named: Named, said: str, *, in_steps: bool = False) -> ReportStatus:
    return ReportStatus(*_about(named), line=said or None, in_steps=in_steps and not said)


def _about(named: Named) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the fields of the order; where several projects are named, one of them is meant."""
    if len(named.projects) + len(named.maybe) > 1:
        return (), tuple(dict.fromkeys([*named.maybe, *named.projects])), ()
    return tuple(named.projects), (), () if named.projects else tuple(named.unknown)


def _named_behind(said: str, lexicon: Lexicon, today: date) -> ProjectOrder | None:
    """ "status: skærmbesøg gul, 60 %"."""
    sentence = sentence_of(said[:_LONGEST_HEAD], lexicon, today)
    at = sentence.next_telling(0) if sentence else 0
    if sentence is None or not sentence.tag(at).is_whole or _project_at(sentence) != at:
        return None
    named = names_in(Named(_between(sentence, 0, at + 1)), _REPORT)
    return _told(named, said[sentence.last_word(at).last :].strip(_AROUND)) if named else None


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
    """The first tag that names projects."""
    return next((at for at, tag in enumerate(sentence.tags) if tag.names("projects")), None)


def _between(sentence: Sentence, start: int, end: int) -> Sentence:
    """The tags from `start` to before `end` as a sentence of its own."""
    tags = sentence.tags[start:end]
    words = sentence.words[: tags[-1].end]
    return Sentence.of(sentence.text[: words[-1].last], words, tags, sentence.lexicon, sentence.today)


def _told_before(sentence: Sentence, end: int) -> list[str]:
    """ "sæt økonomi til gul på …", "uændret på …": what is told before the project."""
    telling = [
        at
        for at in range(end)
        if sentence.tags[at].has("command", "unchanged")
        or (_tells(sentence, at) and not goes_along(sentence, at, _REPORT))
    ]
    if telling:
        return [sentence.written(telling[0], telling[-1] + 1)]
    return _colours(_between(sentence, 0, end)) if end else []


def _colours(sentence: Sentence) -> list[str]:
    """ "meld rødt på …": the colour that is part of the command's own words."""
    orders = [tag for tag in sentence.tags if tag.has("command", "report_status")]
    words = [word for tag in orders for word in sentence.words[tag.start : tag.end]]
    return [word.text for word in words if phrases_of("colour").longest([word.stem], 0)]


def _says_more(sentence: Sentence, first: int) -> bool:
    """Say whether anything from that tag on tells something, rather than "tak", "i dag" and small words."""
    return any(_tells(sentence, at) for at in range(first, len(sentence)))


def _tells(sentence: Sentence, position: int) -> bool:
    tag = sentence.tags[position]
    # "på vegne af Anders": whose place it is done in.
    is_on_behalf = tag.names("lead") and sentence.tag(sentence.telling_before(position)).has("aside", "on_behalf")
    is_quiet = (
        any(meaning.section in _QUIET for meaning in tag.meanings)
        or tag.has("command", "thanks", "greeting", "unchanged")
        or tag.has("scope", "mine")
        or tag.has("when", "now", "today")
        or tag.has("unsupported", "since_last")
        or is_on_behalf
        or is_small(sentence.word(position), "oneself")
    )
    return not is_quiet and not sentence.is_plain(position)


def _asks_inside(sentence: Sentence, first: int) -> bool:
    """ "status på skærmbesøg, hvornår slutter det"."""
    return any(is_small(word, "asks_inside") for word in sentence.words[sentence.tags[first - 1].end :])
