"""Numbers said in words, in Danish and English: "femogtyve", "fem og tyve", "tolv komma fem", "twenty-five"."""

from __future__ import annotations

import re
from decimal import Decimal

from dialogs.values.letters import fold, plain_letters

_DANISH_ONES = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv", "tretten",
    "fjorten", "femten", "seksten", "sytten", "atten", "nitten")  # fmt: skip
_DANISH_TENS = {
    "tyve": 20, "tredive": 30, "tredve": 30, "fyrre": 40, "fyrretyve": 40, "halvtreds": 50, "halvtredsindstyve": 50,
    "tres": 60, "tresindstyve": 60, "halvfjerds": 70, "halvfjerdsindstyve": 70, "firs": 80, "firsindstyve": 80,
    "halvfems": 90, "halvfemsindstyve": 90,
}  # fmt: skip
_ENGLISH_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen")  # fmt: skip
_ENGLISH_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_DANISH_ORDINALS = ("første", "anden", "tredje", "fjerde", "femte", "sjette", "syvende", "ottende", "niende", "tiende",
    "ellevte", "tolvte", "trettende", "fjortende", "femtende", "sekstende", "syttende", "attende", "nittende",
    "tyvende",
    "enogtyvende", "toogtyvende", "treogtyvende", "fireogtyvende", "femogtyvende", "seksogtyvende", "syvogtyvende",
    "otteogtyvende", "niogtyvende", "tredivte", "enogtredivte")  # fmt: skip
_ENGLISH_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth", "twentyfirst", "twentysecond", "twentythird", "twentyfourth", "twentyfifth",
    "twentysixth", "twentyseventh", "twentyeighth", "twentyninth", "thirtieth", "thirtyfirst")  # fmt: skip


def _below_hundred() -> dict[str, int]:
    numbers = {word: number for ones in (_DANISH_ONES, _ENGLISH_ONES) for number, word in enumerate(ones)}
    numbers |= {"et": 1, "én": 1, "ét": 1, "a": 1, **_DANISH_TENS, **_ENGLISH_TENS}
    for number in range(1, 10):
        ones = ("en", "et") if number == 1 else (_DANISH_ONES[number],)
        numbers |= {f"{unit}og{ten}": number + tens for unit in ones for ten, tens in _DANISH_TENS.items()}
        numbers |= {f"{ten}{_ENGLISH_ONES[number]}": number + tens for ten, tens in _ENGLISH_TENS.items()}
    return numbers


_NUMBERS = _below_hundred()
_ORDINALS = {
    **{word: number for words in (_DANISH_ORDINALS, _ENGLISH_ORDINALS) for number, word in enumerate(words, 1)},
    "andet": 2,
}
# As people write them who have no æ, ø and å.
_PLAIN_ORDINALS = {plain_letters(fold(word)): number for word, number in _ORDINALS.items()}
_HALF = re.compile(r"(?:(?P<whole>.+?)(?: og| and)? )?(?:en|et|a) (?:halv|halvt|half)")
_POINT = re.compile(r"(?P<whole>.+?) (?:komma|comma|point) (?P<decimals>.+)")
_HUNDREDS = re.compile(r"(?P<hundreds>.*?)hundrede?(?:og|and)?(?P<rest>.*)")
_SCALE = re.compile(r"(?P<number>.+?) ?(?P<scale>tusinde?|thousand|million(?:er|s)?|mio\.?|milliard(?:er)?|billions?)")
_SCALES = {"tu": 10**3, "th": 10**3, "milliard": 10**9, "mi": 10**6, "bi": 10**9}
_LONGEST = 60


def number_of_words(text: str) -> Decimal | None:
    """Read a number said in words; return None for other words, and for digits alone."""
    words = " ".join(text.lower().replace("-", " ").split())
    if not words or len(words) > _LONGEST or words.replace(" ", "").isdecimal():
        return None
    if match := _SCALE.fullmatch(words):
        size = next(size for start, size in _SCALES.items() if match["scale"].startswith(start))
        number = _number(match["number"])
        return None if number is None else number * size
    return _number(words)


def _number(words: str) -> Decimal | None:
    if words in ("halvanden", "halvandet"):
        return Decimal("1.5")
    if match := _HALF.fullmatch(words):
        whole = _whole(match["whole"]) if match["whole"] else 0
        return None if whole is None else whole + Decimal("0.5")
    if match := _POINT.fullmatch(words):
        return _with_decimals(match["whole"], match["decimals"])
    whole = _whole(words)
    return None if whole is None else Decimal(whole)


def _with_decimals(before: str, after: str) -> Decimal | None:
    """ "tolv komma femogtyve", "twelve point two five" """
    whole, together = _whole(before), _whole(after)
    each = [_whole(word) for word in after.split()]
    if whole is None:
        return None
    if together is not None:
        return Decimal(f"{whole}.{together}")
    digits = [digit for digit in each if digit is not None and digit < 10]
    return Decimal(f"{whole}.{''.join(map(str, digits))}") if len(digits) == len(each) else None


def _whole(words: str) -> int | None:
    """Read a whole number below 1,000, in words or digits: dictated text often mixes them."""
    joined = words.replace(" ", "")
    if joined.isdecimal() and joined.isascii() and len(joined) <= 3:
        return int(joined)
    if joined in _NUMBERS:
        return _NUMBERS[joined]
    match = _HUNDREDS.fullmatch(joined)
    if match is None:
        return None
    hundreds = _NUMBERS.get(match["hundreds"], 0) if match["hundreds"] else 1
    rest = _NUMBERS.get(match["rest"]) if match["rest"] else 0
    return hundreds * 100 + rest if 0 < hundreds < 10 and rest is not None else None


def place_of_word(word: str) -> int | None:
    """ "anden" is 2"""
    return _ORDINALS.get(word)


def with_ordinals_in_digits(text: str) -> str:
    """ "den femte november" as "den 5. november"; "to oktober" may be English, and stays."""
    places = [(word, _PLAIN_ORDINALS.get(plain_letters(fold(word)))) for word in text.split()]
    return " ".join(f"{place}." if place else word for word, place in places)


def in_digits(text: str) -> str:
    """Words for numbers as digits, each by itself: "uge seksogtyve" as "uge 26", "tredje juni" as "3. juni"."""
    return " ".join(_digits(word) for word in text.split())


def _digits(word: str) -> str:
    if word in _ORDINALS:
        return f"{_ORDINALS[word]}."
    return str(_NUMBERS[word]) if word in _NUMBERS else word
