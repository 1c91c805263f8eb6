"""Numbers and money as people write them: "1.250.000,50", "1,3 mio. kr.", "12,5 %"."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from dialogs.values.calendar_words import Language

LONGEST_TEXT = 40


class NumberFault(StrEnum):
    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_FORM = "unknown_form"


class UnreadableNumber(ValueError):  # noqa: N818 - a thing said of the text, as the other refusals are
    def __init__(self, reason: NumberFault) -> None:
        super().__init__(reason)
        self.reason = reason


_MILLION, _BILLION = 10**6, 10**9
_SCALES = {
    "mio": _MILLION,
    "million": _MILLION,
    "mia": _BILLION,
    "milliard": _BILLION,
    "billion": _BILLION,
    "tusind": 1000,
    "thousand": 1000,
    "t": 1000,
}
_WRITTEN = re.compile(
    r"(?:kr\.? ?|dkk ?)?(?P<sign>[-+]?) ?(?P<digits>[0-9]+(?:[ .,'][0-9]+)*)(?:,-)? ?"
    r"(?:(?P<scale>mio|million|mia|milliard|billion|tusind|thousand|t(?=\.? ?kr))(?:er|s)?\.? ?)?"
    r"(?:kr\.?|kroner|dkk|%|pct\.?|procent|percent)?"
)
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[ .,'])[0-9]{3}(?:(?P=mark)[0-9]{3})*")


def parse_number(text: str, language: Language = "da") -> Decimal:
    """Read the whole text as one number; a unit (kr., %) is left out, mio., mia. and t.kr. are multiplied.

    The language's thousands mark before exactly three digits is one: "1.250" is 1250 in Danish, and "12.5" is 12.5.
    Raises UnreadableNumber.
    """
    words = " ".join(text.lower().split()).replace("−", "-")
    if not words:
        raise UnreadableNumber(NumberFault.EMPTY)
    if len(words) > LONGEST_TEXT:
        raise UnreadableNumber(NumberFault.TOO_LONG)
    match = _WRITTEN.fullmatch(words)
    digits = None if match is None else _plain(match["digits"], "." if language == "da" else ",")
    if match is None or digits is None:
        raise UnreadableNumber(NumberFault.UNKNOWN_FORM)
    size = Decimal(digits) * _SCALES.get(match["scale"], 1)
    return -size if match["sign"] == "-" else size


def _plain(digits: str, thousands_mark: str) -> str | None:
    """Drop all marks but a full stop before the decimals; return None when the marks make no sense."""
    marks = [mark for mark in digits if not mark.isdigit()]
    if not marks:
        return digits
    decimal_mark = marks[-1]
    whole, _, decimals = digits.rpartition(decimal_mark)
    if (
        decimal_mark in ".,"
        and _is_whole(whole, decimal_mark)
        and not (decimal_mark == thousands_mark and _GROUPED.fullmatch(digits))
    ):
        return f"{_joined(whole)}.{decimals}"
    return _joined(digits) if _GROUPED.fullmatch(digits) else None


def _is_whole(digits: str, decimal_mark: str) -> bool:
    return digits.isdigit() or (decimal_mark not in digits and _GROUPED.fullmatch(digits) is not None)


def _joined(digits: str) -> str:
    return re.sub(r"[^0-9]", "", digits)


def write_number(value: Decimal, language: Language) -> str:
    """Write a number as people type it, without thousands marks: "1250000,5"."""
    return _in_language(_without_end_zeros(f"{value:f}"), language)


def format_number(value: Decimal, language: Language) -> str:
    """Write a number with thousands marks and no more decimals than it has: "1.250.000,5"."""
    return _in_language(_without_end_zeros(f"{value:,f}"), language)


def _without_end_zeros(written: str) -> str:
    return written.rstrip("0").rstrip(".") if "." in written else written


def _in_language(written: str, language: Language) -> str:
    """Change English marks into those of the language."""
    return written.translate(str.maketrans(",.", ".,")) if language == "da" else written


def format_money(value: Decimal, language: Language, *, short: bool) -> str:
    """Write kroner in full with øre where there are any, or `short` for lists: "1,3 mio. kr."."""
    if short:
        return _short_money(value, language)
    written = f"{_rounded(value, 2):,f}".removesuffix(".00")
    return _in_kroner(_in_language(written, language), language)


def _short_money(value: Decimal, language: Language) -> str:
    scales = ((_BILLION, "mia.", "billion"), (_MILLION, "mio.", "million"))
    for scale, danish, english in scales:
        if abs(value) >= scale:
            written = format_number(_rounded(value / scale, 1), language)
            return _in_kroner(f"{written} {danish if language == 'da' else english}", language)
    return _in_kroner(format_number(_rounded(value, 0), language), language)


def _in_kroner(written: str, language: Language) -> str:
    return f"{written} kr." if language == "da" else f"DKK {written}"


def _rounded(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
