"""Read what a line reports, "gul, leverandøren er forsinket, 60 %, slut rykker til uge 40", as a form's answers."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from dialogs.forms.fields import date_value
from dialogs.understanding.language.phrasebook import Matcher, Meaning, is_small, phrases_of
from dialogs.understanding.language.times import SAYS_YEAR
from dialogs.values.calendar_words import MONTH_NUMBERS, ORDINALS
from dialogs.values.dates import UnreadableDate, parse_date
from dialogs.values.letters import Word, fold, words_of
from dialogs.values.number_words import number_of_words
from dialogs.values.numbers import UnreadableNumber, parse_number
from portfolio.dates import PlanDate

_MOST_WORDS = 14
_MOST_PIECES = 80
_LONGEST_DATE = 6
_LONGEST_NUMBER = 24
_SHORTEST_THING = 5
_ARTICLES = ("en", "et", "ene", "erne")
_BREAK = re.compile(r"[;\n]+|(?<!\d),|,(?!\d)|[.!](?=\s|$)|\s[-–—]\s")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:ca|pct|kl|nr|kr|mio|mia|evt|inkl|ekskl|bl\.a|f\.eks|fx|dvs|ift|mht|pga|jf)$")
_GOES_ON = re.compile(r"\s+[\da-zæøå]")
# "3. juni", "2. Kvartal": the number is counted, and no sentence ends there.
_COUNTED = re.compile(r"\s+(?:kvartal|quarter|halvår|" + "|".join(MONTH_NUMBERS) + r")\b", re.IGNORECASE)
_IS = re.compile(r"\s*(?::|\b(?:er|is)\b:?)\s*", re.IGNORECASE)
_SHORT_DATE = re.compile(r"[qkhuw]\d{1,2}")
_AROUND = " \t\n,;:"
_COLOURS_AND_LIGHTS = ("colour", "light", "report_colour")
_OVERALL_COLOURS = frozenset({"red", "amber", "green"})
_DATE_WORDS = frozenset(
    fold(word) for word in (*MONTH_NUMBERS, *ORDINALS, "uge", "week", "kvartal", "quarter", "halvår")
)

Values = dict[str, str]


def read_line(said: str, today: date) -> Mapping[str, str]:
    """The fields of the status form that the line speaks of. What is none of them goes into the comment as it was
    written, and so does what contradicts itself: a colour is never guessed at, but left empty, to be asked for. That
    the rest is unchanged says nothing, since the form has it so."""
    clauses = list(_clauses(said, today))
    contradictory = _contradictory(clauses)
    answers: Values = {}
    spans_by_field: dict[str, list[tuple[int, int]]] = defaultdict(list)
    into, ended = "comment", True
    for clause in clauses:
        start = clause.first
        if clause.values and contradictory.isdisjoint(clause.values):
            answers.update(clause.values)
            into, start = "comment", clause.rest
        elif clause.label:
            into, start = clause.label, clause.rest
        elif ended:
            into = "comment"
        if said[start : clause.last].strip():
            spans_by_field[into].append((start, clause.last))
        ended = clause.ends_sentence
    asked = {"overall": ""} if "overall" in contradictory else {}
    texts = {name: text for name, spans in spans_by_field.items() if (text := _joined(said, spans))}
    return {**answers, **asked, **texts}


def leads_off(said: str, today: date) -> bool:
    """Say whether the line begins with a colour or the like."""
    return bool(next(_clauses(said, today)).values)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A piece of the line from `first` to before `last`. `rest` is where what `values` or `label` do not say begins;
    `label` names the field that it speaks of."""

    first: int
    last: int
    rest: int
    ends_sentence: bool
    values: Values = field(default_factory=dict)
    label: str | None = None


def _clauses(said: str, today: date) -> Iterator[_Clause]:
    for first, last, ends_sentence in _pieces(said):
        first, last = _without_unchanged(said, first, last)
        text = said[first:last]
        if label := _label(text):
            name, length = label
            yield _Clause(first, last, first + length, ends_sentence, label=name)
            continue
        values, length = _recognised(text, today)
        if values and (label := _label(text[length:], is_set_off=True)):  # "grøn kommentar vi er færdige"
            behind = first + length
            yield _Clause(first, behind, behind, ends_sentence=False, values=values)
            yield _Clause(behind, last, behind + label[1], ends_sentence, label=label[0])
        else:
            yield _Clause(first, last, first + length, ends_sentence, values)


def _without_unchanged(said: str, first: int, last: int) -> tuple[int, int]:
    """Leave out "uændret men …" and "… ellers uændret"."""
    words = words_of(said[first:last])
    stems, phrases = [word.stem for word in words], phrases_of("report_unchanged")
    begins = 0
    while begins < len(words) and (found := phrases.longest(stems, begins)):
        begins = found[0]
    ends = len(words)
    for start in range(begins, ends):
        if (found := phrases.longest(stems[:ends], start)) and found[0] == ends:
            ends = start
            break
    if begins == ends:
        return (last, last) if words else (first, last)
    return (first + words[begins].first if begins else first), (
        first + words[ends - 1].last if ends < len(words) else last
    )


def _pieces(said: str) -> Iterator[tuple[int, int, bool]]:
    """Cut the line: from, to, and whether a sentence ends there; the marks at the end are left out."""
    start = 0
    for count, mark in enumerate(_BREAK.finditer(said)):
        if count == _MOST_PIECES:
            break
        before, after = said[start : mark.start()], said[mark.end() :]
        counts = mark.group() == "." and before[-1:].isdigit() and _COUNTED.match(after[:40])
        if counts or (mark.group() == "." and _ABBREVIATION.search(before[-8:]) and _GOES_ON.match(after[:8])):
            continue
        yield start, mark.start(), mark.group()[0] in ";\n.!"
        start = mark.end()
    yield start, len(said), True


def _label(text: str, *, is_set_off: bool = False) -> tuple[str, int] | None:
    """ "næste skridt: …", "kommentar: …": the field and how many letters name it. A word alone names it where a
    sentence begins behind it, or where it `is_set_off` by what stands before."""
    words = words_of(text)
    meaning, end = _meaning(phrases_of("report_label"), words, 0) if words else (None, 0)
    if meaning is None:
        return None
    named = words[end - 1].last
    if match := _IS.match(text, named):
        return meaning.value, match.end()
    is_alone = is_set_off and meaning.value == "comment"
    begins = meaning.value == "comment" and end < len(words) and is_small(words[end], "begins_sentence")
    return (meaning.value, named) if end > 1 or is_alone or begins else None


def _recognised(text: str, today: date) -> tuple[Values, int]:
    """Return what the piece says, and how many of its letters say it: all, or a beginning that stands by itself."""
    words = [word for word in words_of(text) if word.text != ","]
    if _weighs(words):
        return {"overall": ""}, 0
    known = len(list(takewhile(_may_say, words[:_MOST_WORDS])))
    if known == len(words):
        values = _values(words, text, today)
        # "alt er grønt" says more than the overall colour, so the words are kept too.
        is_whole = values and not any(is_small(word, "all_of_it") for word in words)
        return values or {}, len(text) if is_whole else 0
    for end in range(known, 0, -1):
        values = _values(words[:end], text, today)
        goes_on = (
            ":" in text[words[end - 1].last : words[end].first]
            or is_small(words[end], "turns")
            or _label(text[words[end].first :], is_set_off=True)
        )
        if values and (len(values) > 1 or goes_on or _stands_alone(words[:end], words[end:])):
            return values, words[end].first
    return {}, 0


def _weighs(words: Sequence[Word]) -> bool:
    """ "gul eller rød", "ikke grøn mere", "nej gul": a colour is spoken of, but which it is, isn't said."""
    colours, is_turned, is_weighed = set(), False, False
    for word in words[: _MOST_WORDS + 1]:
        found = phrases_of("colour", "report_colour").longest([word.stem], 0)
        if found and not is_small(word, "no_colour"):
            colours.add(found[1][0].value)
            is_weighed |= is_turned
        elif is_small(word, "denies", "weighs"):
            is_turned = True
        elif not is_small(word, "says_colour", "all_of_it", "joins", "corrects"):
            return False
    return len(words) <= _MOST_WORDS and (len(colours) > 1 or is_weighed)


def _stands_alone(said: Sequence[Word], following: Sequence[Word]) -> bool:
    """Say whether the colour ends there, though nothing marks it: "gul leverandøren er forsinket", "er rød igen strøm
    mangler"; not "grøn omstilling er udskudt". Danish says "den gule bil", so a thing with its article behind it is not
    what "gul" describes."""
    is_state = is_small(said[0], "says_is") and not is_small(said[-1], "begins_sentence")
    if is_state and (_lasts(said) or any(is_small(word, "is_so") for word in following[1:3])):
        return True
    if not phrases_of("colour").longest([said[-1].stem], 0) or said[-1].key.endswith("e"):
        return False
    if not said[-1].text.isalpha():  # 🔴
        return True
    is_thing = len(following[0].key) >= _SHORTEST_THING and following[0].key.endswith(_ARTICLES)
    return is_thing or is_small(following[0], "begins_sentence")


def _lasts(said: Sequence[Word]) -> bool:
    """ "er stadig rød": how it is, rather than what it is."""
    return any(is_small(word, "lasting") for word in said[1:])


def _may_say(word: Word) -> bool:
    return (
        word.is_number
        or word.key in _DATE_WORDS
        or _SHORT_DATE.fullmatch(word.key) is not None
        or is_small(word, "joins", "says_colour", "all_of_it", "says_progress", "says_end", "around_end")
        or word.stem in phrases_of(*_COLOURS_AND_LIGHTS, "report_progress").words
        or _is_number_word(word)
    )


def _is_number_word(word: Word) -> bool:
    """ "tres", "femogtyve"."""
    return len(word.key) <= _LONGEST_NUMBER and number_of_words(word.text) is not None


def _values(words: Sequence[Word], text: str, today: date) -> Values | None:
    """Read all the words as values after each other: "gul 60 %", "gul og 60 %". None when some say something else."""
    if len(words) > 1 and is_small(words[0], "joins"):  # "men gul"
        words = words[1:]
    paired, end = _paired(words)
    rest = _one_by_one(words[end:], text, today) if paired and end < len(words) else {}
    if paired and rest is not None and paired.keys().isdisjoint(rest):
        return paired | rest
    return _one_by_one(words, text, today)


def _paired(words: Sequence[Word]) -> tuple[Values, int]:
    """ "gul tid rød økonomi grøn": the first is the overall colour, since each light has its own behind it."""
    values = _lights(words[:1]) or {}
    position = 1
    while "overall" in values and position + 1 < len(words):
        light, behind = _meaning(phrases_of("light"), words, position)
        pair = _lights(words[position : behind + 1]) if light and light.value not in values else None
        if light is None or pair is None or pair.keys() != {light.value}:
            break
        values, position = values | pair, behind + 1
    return (values, position) if position > 1 else ({}, 0)


def _one_by_one(words: Sequence[Word], text: str, today: date) -> Values | None:
    values: Values = {}
    position = 0
    while position < len(words):
        if values and is_small(words[position], "joins"):
            position += 1
        for end in range(len(words), position, -1):
            more = _value(words[position:end], text, today)
            if more and values.keys().isdisjoint(more):
                values.update(more)
                position = end
                break
        else:
            return None
    return values or None


def _value(words: Sequence[Word], text: str, today: date) -> Values | None:
    return _progress(words) or _lights(words) or _end(words, text, today)


def _lights(words: Sequence[Word]) -> Values | None:
    """ "gul", "den er nu rød", "økonomi gul", "rød på tid og kvalitet"."""
    colours: set[str] = set()
    lights: list[str] = []
    position = 0
    while position < len(words):
        meaning, end = _meaning(phrases_of(*_COLOURS_AND_LIGHTS), words, position)
        if meaning is not None and meaning.section == "light":
            lights.append(meaning.value)
        elif meaning is not None and not is_small(words[position], "no_colour"):
            colours.add(meaning.value)
        elif not is_small(words[position], "says_colour", "all_of_it"):
            return None
        position = end
    if len(colours) != 1:
        return None
    (colour,) = colours
    if not lights or "overall" in lights:
        return {"overall": colour} if colour in _OVERALL_COLOURS and set(lights) <= {"overall"} else None
    return dict.fromkeys(lights, colour)


def _progress(words: Sequence[Word]) -> Values | None:
    """ "60 %", "fremdrift 60", "vi er ca. 60 pct. i mål"."""
    numbers: list[str] = []
    says_so = False
    position = 0
    while position < len(words):
        word = words[position]
        meaning, end = _meaning(phrases_of("report_progress"), words, position)
        if word.is_number or (meaning is None and _is_number_word(word)):
            numbers.append(word.text)
        elif meaning is not None:
            says_so, position = True, end - 1
        elif not is_small(word, "says_progress"):
            return None
        position += 1
    value = _per_cent(numbers[0]) if says_so and len(numbers) == 1 else None
    return {"progress": value} if value is not None else None


def _per_cent(written: str) -> str | None:
    try:
        value = parse_number(written)
    except UnreadableNumber:
        if (spelled := number_of_words(written)) is None:
            return None
        value = spelled
    return f"{value.normalize():f}" if 0 <= value <= 100 else None


def _end(words: Sequence[Word], text: str, today: date) -> Values | None:
    """ "slut rykker til uge 40", "forventet slut 1. marts": a word for the end, a date, and small ones."""
    around = [is_small(word, "says_end", "around_end") for word in words]
    first = around.index(False) if False in around else None
    if first is None or not any(is_small(word, "says_end") for word in words):
        return None
    for end in range(min(len(words), first + _LONGEST_DATE), first, -1):
        if all(around[end:]):
            written = text[words[first].first : words[end - 1].last]
            try:
                return {"expected_end": date_value(_coming(written, today))}
            except UnreadableDate:
                continue
    return None


def _coming(written: str, today: date) -> PlanDate:
    """An end without a year lies ahead. Raises UnreadableDate."""
    end = parse_date(written, today)
    if end.last >= today or SAYS_YEAR.search(fold(written)):
        return end
    return parse_date(written, date(today.year + 1, 1, 7))  # in the first week of that year too


def _meaning(matcher: Matcher[Meaning], words: Sequence[Word], position: int) -> tuple[Meaning | None, int]:
    """The longest phrase there, in just the spelling of the phrase files."""
    end, meanings = matcher.longest([word.stem for word in words], position) or (position + 1, [])
    keys = {word.key for word in words[position:end]}
    exact = next((meaning for meaning in meanings if set(meaning.keys) <= keys), None)
    return exact, end if exact else position + 1


def _contradictory(clauses: Sequence[_Clause]) -> frozenset[str]:
    """The fields that two pieces say different things of."""
    said = {pair for clause in clauses for pair in clause.values.items()}
    return frozenset(name for name, count in Counter(name for name, _ in said).items() if count > 1)


def _joined(said: str, spans: Sequence[tuple[int, int]]) -> str:
    """The pieces in order, neighbours with what stands between them."""
    runs: list[tuple[int, int]] = []
    for first, last in spans:
        if runs and not any(letter.isalnum() for letter in said[runs[-1][1] : first]):
            first = runs.pop()[0]
        runs.append((first, last))
    text = ""
    for first, last in runs:
        mark = said[last : last + 1] if said[last : last + 1] in {".", "!"} else ""
        piece = said[first:last].lstrip(_AROUND)
        piece = f"{piece}{mark}" if mark else piece.rstrip(_AROUND)  # "0:!"
        text += ("" if not text else " " if text[-1] in ".!?" else ", ") + piece
    return text
