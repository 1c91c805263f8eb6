"""Times in a message: written dates, "næste uge", "inden jul", "de seneste 14 dage", as days from and to."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.numbers import count_at
from dialogs.understanding.language.real_words import is_real_word
from dialogs.understanding.language.sentence import Sentence
from dialogs.values.calendar_words import MONTH_NUMBERS
from dialogs.values.dates import UnreadableDate, parse_date
from dialogs.values.letters import Word, fold
from dialogs.values.number_words import with_ordinals_in_digits
from dialogs.values.relative_dates import STEPS
from portfolio.dates import PlanDate, Unit, end_of, in_unit, iso_week, on_day

_LONGEST_DATE = 8
_LONG_MONTH = 6
# What makes digits a date rather than an amount: a month, week, quarter or half-year by name, or a full date.
_DATE_LIKE = re.compile(
    r"\b(?:jan|feb|mar|apr|maj|may|jun|jul|aug|sep|okt|oct|nov|dec)|\b(?:uge|week|w|q|k)\s?\d|kvartal|quarter"
    r"|halvaar|half of|\d[./-]\d{1,2}[./-]\d|\d/\d|^(?:19|20)\d\d$"
)
# The same of a whole sentence, where a date may begin anywhere: most sentences have none, and are known by one look.
_HOLDS_DATE = re.compile(re.sub(r"\\b|[$^]", "", _DATE_LIKE.pattern) + r"|\bd(?:en|\.) \d")
SAYS_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d{1,2}[./-]\d\d$")  # "uge 28-30" has none
_DAYS_SOON = 30
_BEFORE_DAY = frozenset({"til", "fra", "med", "inden", "foer", "efter", "senest", "ca", "paa", "nej"})
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAYS_OFF = {"today": 0, "tomorrow": 1, "yesterday": -1}
_SIDES = {"this": 0, "next": 1, "last": -1}
_YEARS_OFF = {f"{side}_year": years for side, years in _SIDES.items()}
_LENGTHS = {**STEPS, "half_year": relativedelta(months=6)}
_EVERY_YEAR: Mapping[str, Callable[[int], PlanDate]] = {
    "spring": lambda year: PlanDate(date(year, 3, 1), date(year, 5, 31), Unit.MONTH),
    "summer": lambda year: PlanDate(date(year, 6, 1), date(year, 8, 31), Unit.MONTH),
    "autumn": lambda year: PlanDate(date(year, 9, 1), date(year, 11, 30), Unit.MONTH),
    "winter": lambda year: PlanDate(date(year, 12, 1), date(year + 1, 2, 28)),
    "winter_holiday": lambda year: iso_week(year, 7),
    "easter": lambda year: PlanDate(easter(year) - timedelta(days=3), easter(year) + timedelta(days=1)),
    "summer_holiday": lambda year: PlanDate(date(year, 7, 1), date(year, 8, 9)),  # the schools': from late June
    "autumn_holiday": lambda year: iso_week(year, 42),
    "christmas": lambda year: PlanDate(date(year, 12, 24), date(year, 12, 26)),
    "christmas_eve": lambda year: on_day(date(year, 12, 24)),
    "new_year": lambda year: on_day(date(year + 1, 1, 1)),
}


@dataclass(frozen=True, slots=True)
class Time:
    """Days from `first` to `last`, both included, None open; the tags before `end` said it. Without `has_year` it may
    be moved to the year that makes sense. `span` is how much longer than a day that is which was called by a name, as
    "jul", also where only its end counts."""

    first: date | None
    last: date | None
    end: int
    has_year: bool = True
    unit: Unit = Unit.DAY
    span: timedelta = timedelta(0)
    is_weekday: bool = False


def with_months(words: Sequence[Word], text: str) -> str | None:
    """The text with its misspelt months mended; None where none is: "i decmber". What is no date but in a whole can't
    be mended word by word."""
    misspelt = _misspelt_months()
    if not any(word.key in misspelt for word in words):
        return None
    result, at = "", 0
    for word in words:
        result += text[at : word.first] + misspelt.get(word.key, text[word.first : word.last])
        at = word.last
    return result + text[at:]


@lru_cache(maxsize=1)
def _misspelt_months() -> dict[str, str]:
    """The long names of months by what they are with a letter left out, or two in each other's place."""
    names = [name for name in MONTH_NUMBERS if len(name) >= _LONG_MONTH]
    misspelt: dict[str, str] = {}
    for name in names:
        cut = (name[:at] + name[at + 1 :] for at in range(1, len(name)))
        turned = (name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in range(1, len(name) - 1))
        misspelt.update({key: name for key in (*cut, *turned) if not is_real_word(key)})
    return {key: name for key, name in misspelt.items() if key not in MONTH_NUMBERS}


def with_dates(words: Sequence[Word], text: str, today: date, lexicon: Lexicon) -> list[Word]:
    """The words with each written date as one word."""
    if not _HOLDS_DATE.search(fold(text)):
        return list(words)
    result: list[Word] = []
    position = 0
    while position < len(words):
        is_person = _names_person(words, position, lexicon)
        dated = None if is_person else _date_at(words, position, text, today) or _day_at(words, position, text, today)
        word, position = dated or (words[position], position + 1)
        result.append(word)
    return result


def _day_at(words: Sequence[Word], position: int, text: str, today: date) -> tuple[Word, int] | None:
    """ "til den 22.": the next day of the month with that number, where a time may stand."""
    before, first = words[position - 1 : position], words[position]
    number = words[position + 1] if position + 1 < len(words) else None
    if not before or before[0].key not in _BEFORE_DAY or first.key not in ("den", "d") or number is None:
        return None
    if not number.text.isdigit() or not 1 <= int(number.text) <= 31 or text[number.last : number.last + 1] != ".":
        return None
    months = (today + relativedelta(months=ahead, day=int(number.text)) for ahead in range(13))
    day = next((day for day in months if day >= today and day.day == int(number.text)), None)
    if day is None:
        return None
    written = text[first.first : number.last]
    word = first._replace(text=written, key=fold(written), stem="", last=number.last, date=on_day(day))
    return word, position + 2


def _names_person(words: Sequence[Word], position: int, lexicon: Lexicon) -> bool:
    """Say whether "August Holm" stands here, so that August is no month."""
    match = lexicon.people.longest([word.key for word in words], position)
    return match is not None and match[0] > position + 1


def _date_at(words: Sequence[Word], position: int, text: str, today: date) -> tuple[Word, int] | None:
    for end in range(min(len(words), position + _LONGEST_DATE), position, -1):
        first, last = words[position], words[end - 1]
        written = text[first.first : last.last]
        folded = fold(written)
        # "jul" alone is Christmas, not the English July.
        is_name = any(word.is_name for word in words[position:end])
        if is_name or "," in (first.text, last.text) or folded == "jul" or not _DATE_LIKE.search(folded):
            continue
        try:
            day = parse_date(with_ordinals_in_digits(written.lower()), today)
        except UnreadableDate:
            continue
        return first._replace(text=written, key=folded, stem="", last=last.last, date=day), end
    return None


def time_at(sentence: Sentence, start: int) -> Time | None:
    """The time that begins at the tag `start`, with the "inden", "efter" or "mellem" before it."""
    until = sentence.tags[start].value("until")
    # "senest 30 dage" and "inden 14 dage" are counted from today, as "inden for" is.
    counted = {"by": "within", "before": "within"}.get(until or "", until)
    is_counted = counted in {"within", "past"} and (until == counted or count_at(sentence, start + 1) is not None)
    if counted and is_counted and (length := _length_at(sentence, start, counted)):
        return length
    # "ikke meldt status i 28 dage": a length of time without more, said of reports.
    is_spell = sentence.has("flag", "missing_status", "reported") and count_at(sentence, start) is not None
    if is_spell and (spell := _length_at(sentence, start - 1, "past")):
        return spell
    if until and (time := _plain(sentence, start + 1)):
        return _bounded(until, time, _partner(sentence, time.end))
    time = _plain(sentence, start)
    if time is None:
        return None
    if partner := _partner(sentence, time.end):
        return replace(time, last=partner.last, end=partner.end)
    earlier = _until_before(sentence, start)
    return _bounded(earlier, time, None) if earlier else time


def length_at(sentence: Sentence, start: int) -> Time | None:
    """ "3 uger", counted from today."""
    return _length_at(sentence, start - 1, "within") if count_at(sentence, start) else None


def open_ended(sentence: Sentence, time: Time) -> Time:
    """ "fra 1. juli" is read as one date, with its "fra"; of what goes on it is the beginning."""
    word = sentence.word(time.end - 1)
    begins = word.date is not None and not word.date.is_range and word.key.startswith(("fra ", "from "))
    return replace(time, last=None) if begins else time


def _until_before(sentence: Sentence, start: int) -> str | None:
    """The "senest" of "som senest skal slutte den 31. marts": with only the verb between it and the time."""
    for at in range(start - 1, -1, -1):
        tag = sentence.tags[at]
        if tag.has("until", "before", "by", "after"):
            return tag.value("until")
        if not (tag.has("period") or tag.has("phase") or sentence.is_plain(at)):
            return None
    return None


def _plain(sentence: Sentence, start: int) -> Time | None:
    at = sentence.next_telling(start)
    if at == len(sentence):
        return None
    word = sentence.word(at)
    if word.date:
        time = Time(word.date.first, word.date.last, at + 1, bool(SAYS_YEAR.search(word.key)), word.date.unit)
        return time if time.has_year else _in_said_year(sentence, time)
    when = sentence.tags[at].value("when")
    days = _named(when, sentence.today) if when else None
    if days is None:
        return None
    span, is_weekday = days.last - days.first, when in _WEEKDAYS
    return Time(days.first, days.last, at + 1, unit=days.unit, span=span, is_weekday=is_weekday)


def _in_said_year(sentence: Sentence, time: Time) -> Time:
    """ "2. kvartal næste år", "uge 3 til næste år"."""
    at = sentence.next_telling(time.end)
    years = _YEARS_OFF.get(sentence.tag(at).value("when") or "")
    if years is None or time.first is None or time.last is None:
        return time
    shift = sentence.today.year + years - time.last.year
    first, last = (in_other_year(day, shift, time.unit) for day in (time.first, time.last))
    return replace(time, first=first, last=last, end=at + 1, has_year=True)


def in_other_year(day: date, years: int, unit: Unit) -> date:
    """The same day of another year: of the same week where weeks are counted, the last one for week 53."""
    if unit is Unit.WEEK and years:
        year, week, weekday = day.isocalendar()
        last_week = date(year + years, 12, 28).isocalendar().week
        return date.fromisocalendar(year + years, min(week, last_week), weekday)
    moved = day + relativedelta(years=years)
    return end_of(moved, unit) if day == end_of(day, unit) else moved


def _partner(sentence: Sentence, start: int) -> Time | None:
    """The second time of "fra marts til maj" and "mellem 1. maj og 1. juni"."""
    joins = start < len(sentence) and sentence.word(start).key in {"og", "and", "til"}
    return _plain(sentence, start + 1) if joins or sentence.tag(start).has("until", "by") else None


def _bounded(until: str, time: Time, partner: Time | None) -> Time:
    if partner and until in {"between", "since"}:
        return replace(time, last=partner.last, end=partner.end)
    day = timedelta(days=1)
    match until:
        case "before":
            return replace(time, first=None, last=time.first - day if time.first else None)
        case "by":
            return replace(time, first=None)
        case "after":
            return replace(time, first=time.last + day if time.last else None, last=None)
        case "since":
            return replace(time, last=None)
        case _:
            return time


def age_at(sentence: Sentence, start: int) -> Time | None:
    """ "ældre end 60 dage", "mere end 2 måneder gammel": reports before that day; "nyere end …": since it."""
    compare = sentence.tags[start].value("compare")
    if compare not in {"older", "newer", "more"}:
        return None
    age = _length_at(sentence, start, "past")
    if age is None or age.first is None:
        return None
    if compare == "newer":
        return age
    return Time(None, age.first - timedelta(days=1), age.end)


def _length_at(sentence: Sentence, start: int, until: str) -> Time | None:
    """ "de næste 14 dage", "den seneste måned"."""
    number, position = count_at(sentence, start + 1) or (1, start + 1)
    unit, today = sentence.tag(position).value("length"), sentence.today
    if unit is None:
        return None
    length = _LENGTHS[unit] * number
    first, last = (today, today + length) if until == "within" else (today - length, today)
    return Time(first, last, position + 1)


def _named(when: str, today: date) -> PlanDate | None:
    """Return the days of a time with a name; None for "nu", since the portfolio is always asked as it is now."""
    if when in _WEEKDAYS:
        return on_day(today + timedelta(days=(_WEEKDAYS.index(when) - today.weekday() - 1) % 7 + 1))
    side, _, unit = when.partition("_")
    if side == "last" and unit in _WEEKDAYS:
        return on_day(today - timedelta(days=(today.weekday() - _WEEKDAYS.index(unit) - 1) % 7 + 1))
    if when in _DAYS_OFF:
        return on_day(today + timedelta(days=_DAYS_OFF[when]))
    if when == "soon":
        return PlanDate(today, today + timedelta(days=_DAYS_SOON))
    if side in _SIDES and unit in set(Unit):
        return in_unit(today + STEPS[unit] * _SIDES[side], Unit(unit))
    if when not in _EVERY_YEAR:
        return None
    days = _EVERY_YEAR[when](today.year)
    return _EVERY_YEAR[when](today.year + 1) if days.passed(today) else days
