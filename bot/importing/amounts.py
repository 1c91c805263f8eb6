"""Numbers as files hold them: "1.250,50", "1,250.50", "£1.5m", "1'250", "12,5 %"."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from bot.importing.tables import Cell, PercentCell, UnitCell

DecimalMark = Literal[",", "."]
MARKS: tuple[DecimalMark, DecimalMark] = (",", ".")
KRONER = "DKK"

_CURRENCIES = {
    **dict.fromkeys(("kr", "kroner", "dkk"), KRONER),
    **dict.fromkeys(("$", "us$", "usd"), "USD"),
    **dict.fromkeys(("£", "gbp"), "GBP"),
    **dict.fromkeys(("€", "eur", "euro"), "EUR"),
    **{name.lower(): name for name in ("SEK", "NOK", "CHF")},
}
_MONEY = r"kr\.?|kroner|dkk|us\$|usd|\$|£|gbp|€|euro?|sek|nok|chf"
_THOUSAND = r"t(?=\.? ?kr)|t(?=dkk)|k(?=kr|dkk)|tusinde?|thousand"
_MILLION = r"mio|mill|million(?:er|s)?|m(?=kr|dkk)"
_BILLION = r"mia|milliard(?:er)?|bn|billion"
_SCALED = rf"(?P<thousand>{_THOUSAND}|k)|(?P<million>{_MILLION}|mn?)|(?P<billion>{_BILLION})"
_SIZES = {"thousand": Decimal(1000), "million": Decimal(10**6), "billion": Decimal(10**9)}
_WRITTEN = re.compile(
    rf"(?P<bracket>\()?(?P<sign>[-+])? ?(?:(?P<before>{_MONEY}) ?)?(?P<sign_after>[-+])? ?"
    rf"(?P<digits>[0-9]+(?:[.,' ][0-9]+)*)(?:[,.]-)? ?(?:(?:{_SCALED})\.? ?)?"
    rf"(?:(?P<after>{_MONEY})|(?P<percent>%|pct\.?|procent|percent))?(?(bracket)\))"
)
# What a header says of the size of its numbers. A letter alone counts only beside a currency: "(£m)", "mDKK".
_HEADER_SIZE = re.compile(
    r"(?P<thousand>\bt\.? ?(?:kr|dkk)\b|\btusinde?\b|\bthousands?\b|(?<![\d.,])1[., ]?000(?![., ]?\d)"
    r"|(?<=['’£$€])000s?\b|(?<=[£$€(\[]) ?k\b(?! ?[a-z])|\bk(?:kr|dkk|gbp|eur|usd)\b|(?<=dkk|gbp|eur|usd) ?k\b)"
    r"|(?P<million>(?<![\d.,])1[., ]?000[., ]?000(?![., ]?\d)|\bmio\b|\bmill\b|\bmillion(?:er|s)?\b"
    r"|(?<=[£$€(\[]) ?mn?\b(?! ?[a-z])|\bm\.? ?kr\b|\bm(?:kr|dkk|gbp|eur|usd)\b|(?<=dkk|gbp|eur|usd) ?mn?\b)"
    r"|(?P<billion>\bmia\b|\bmilliard(?:er)?\b|\bbillions?\b|\bbn\b)"
)
_HEADER_MONEY = re.compile(rf"(?<![^\W_])(?:[tkm](?=kr|dkk|gbp|eur|usd))?({_MONEY})(?![^\W_])|([£$€])")
_BESIDE_UNITS = re.compile(r"(?<![^\W_])(?:i|in|hele|pct|procent|percent)(?![^\W_])|[%,;:.]")
_DANISH_MILLIONS = re.compile(r"mio|mill\b|millioner|mia|milliard|mkr|mdkk|dkk ?m|m\.? ?kr")


@dataclass(frozen=True, slots=True)
class Written:
    """A number taken apart; `digits` may still mean two things, unless the number is `exact`, as Excel keeps it.
    `factor` is that of "mio." or the like, if any."""

    digits: str
    exact: Decimal | None = None
    is_negative: bool = False
    factor: Decimal | None = None
    currency: str | None = None
    is_percent: bool = False
    in_danish_millions: bool = False

    def value(self, mark: DecimalMark) -> Decimal | None:
        """Returns the number where `mark` stands before the decimals; None when it makes no sense then."""
        number = _number(self.digits, mark) if self.exact is None else self.exact
        return None if number is None else -number if self.is_negative else number

    def values(self) -> dict[DecimalMark, Decimal]:
        found = {mark: self.value(mark) for mark in MARKS}
        return {mark: value for mark, value in found.items() if value is not None}


def written(cell: Cell) -> Written | None:
    """Takes a cell's number apart; None where there is none."""
    match cell:
        case bool():
            return None
        case PercentCell(number):
            exact = Decimal(repr(number))
            return Written(f"{exact:f}", exact, is_percent=True)
        case UnitCell(number, unit, smaller):
            return _in_unit(Decimal(repr(number)), unit, smaller)
        case int() | float() if math.isfinite(cell):
            exact = Decimal(repr(cell))
            return Written(f"{exact:f}", exact)
        case str():
            return _taken_apart(cell)
    return None


def _in_unit(number: Decimal, unit: str, smaller: int) -> Written:
    """Takes a number as Excel shows it. One that is only shown smaller is what it is, whatever its header says."""
    said = header_unit(f"({unit})")
    exact = number / smaller if said.factor else number
    factor = said.factor or (Decimal(1) if smaller > 1 else None)
    return Written(f"{exact:f}", exact, factor=factor, currency=said.currency, is_percent="%" in unit)


def _taken_apart(text: str) -> Written | None:
    plain = unicodedata.normalize("NFKC", re.sub(r"[’ʼ´`]", "'", text))
    words = " ".join(plain.lower().split()).replace("−", "-")
    match = _WRITTEN.fullmatch(words)
    if match is None:
        return None
    currencies = {_CURRENCIES[name.rstrip(".")] for name in (match["before"], match["after"]) if name}
    if len(currencies) > 1:
        return None
    factor = next((size for name, size in _SIZES.items() if match[name]), None)
    is_negative = "-" in (match["sign"], match["sign_after"]) or bool(match["bracket"])
    currency = next(iter(currencies), None)
    in_danish = bool(_DANISH_MILLIONS.search(words))
    return Written(match["digits"], None, is_negative, factor, currency, bool(match["percent"]), in_danish)


def _number(digits: str, mark: DecimalMark) -> Decimal | None:
    """Groups are of three and separated by one mark; so "1.46" can't have a full stop between thousands."""
    if digits.isdigit():
        return Decimal(digits)
    whole, _, part = digits.partition(mark)
    if part and not part.isdigit():
        return None
    if not whole.isdigit():
        grouped = re.fullmatch(r"[1-9]\d{0,2}(?P<between>[.,' ])\d{3}(?:(?P=between)\d{3})*", whole)
        if grouped is None or (len(part) == 3 and grouped["between"] in " '"):  # "1 250.000" is anybody's guess
            return None
    return Decimal(f"{re.sub(r'[^0-9]', '', whole)}.{part or 0}")


@dataclass(frozen=True, slots=True)
class HeaderUnit:
    """The unit that a header gives its numbers: "Budget (mio. kr.)"."""

    factor: Decimal | None = None
    currency: str | None = None
    in_danish_millions: bool = False


def header_unit(header: str) -> HeaderUnit:
    words = " ".join(header.lower().split())
    sizes = {name for match in _HEADER_SIZE.finditer(words) for name, said in match.groupdict().items() if said}
    named = {(match[1] or match[2]).rstrip(".") for match in _HEADER_MONEY.finditer(words)}
    currencies = {_CURRENCIES[name] for name in named}
    return HeaderUnit(
        _SIZES[sizes.pop()] if len(sizes) == 1 else None,
        currencies.pop() if len(currencies) == 1 else None,
        bool(_DANISH_MILLIONS.search(words)),
    )


def without_unit(header: str) -> str:
    """Returns the header without its unit: "Budget" of "Budget i mio. kr."."""
    words = " ".join(header.lower().split())
    for unit in (_HEADER_SIZE, _HEADER_MONEY, _BESIDE_UNITS):
        words = unit.sub(" ", words)
    return words
