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
_CODES = r"kr|dkk|gbp|eur|usd|sek|nok|chf"
_THOUSANDS = r"tusind(?:e|er)?|thousands?"
_MILLIONS = r"mio|mill|mln|million(?:er|s)?"
_BILLIONS = r"mia|milliard(?:er)?|bn|billions?"
_THOUSAND = rf"t(?=\.? ?kr)|[tk](?=(?:{_CODES})\b|[€£$])|{_THOUSANDS}"
_MILLION = rf"{_MILLIONS}|mn?(?=(?:{_CODES})\b|[€£$])"
_SCALED = rf"(?P<thousand>{_THOUSAND}|k)|(?P<million>{_MILLION}|m[mn]?)|(?P<billion>{_BILLIONS})"
_SCALED_BEFORE = rf"(?P<thousand_before>{_THOUSAND})|(?P<million_before>{_MILLION})|(?P<billion_before>{_BILLIONS})"
_LETTERS = {"k", "m", "mn", "mm"}
_SIZES = {"thousand": Decimal(1000), "million": Decimal(10**6), "billion": Decimal(10**9)}
_WRITTEN = re.compile(
    rf"(?P<sign>[-+])? ?(?:(?:{_SCALED_BEFORE})\.? ?)?(?:(?P<before>{_MONEY}) ?)?(?P<sign_after>[-+])? ?"
    rf"(?P<digits>[0-9]+(?:[.,' ][0-9]+)*)(?:[,.]--?|(?P<sign_last> ?-))? ?(?:(?:{_SCALED})\.? ?)?"
    rf"(?:(?P<after>{_MONEY})|(?P<percent>%|pct\.?|procent|percent))?"
)
_IN_BRACKETS = re.compile(rf"((?:{_MONEY})? ?)\((.+)\)( ?(?:{_MONEY})?)")
# What a header says of the size of its numbers. A letter alone counts only beside a currency: "(£m)", "mDKK".
_HEADER_SIZE = re.compile(
    rf"(?P<thousand>\b(?:{_THOUSANDS})\b|\bt\.? ?kr\b|\b[tk] ?(?:{_CODES})\b|\b[tk](?=[€£$])"
    r"|(?<![\d.,])1[., ]?000(?![., ]?\d)|(?<=['’£$€(\[])000['’]?s?\b|(?<=dkk |eur |gbp |usd )000s?\b"
    r"|(?<=[£$€(\[]) ?k\b(?! ?[a-z])|(?<=dkk|gbp|eur|usd) ?k\b)"
    rf"|(?P<million>\b(?:{_MILLIONS})\b|\bm\.? ?kr\b|\bmn? ?(?:{_CODES})\b|\bm(?=[€£$])"
    r"|(?<![\d.,])1[., ]?000[., ]?000(?![., ]?\d)|10\^6"
    r"|(?<=[£$€(\[]) ?m[mn]?\b(?! ?[a-z])|(?<=dkk|gbp|eur|usd) ?m[mn]?\b)"
    rf"|(?P<billion>\b(?:{_BILLIONS})\b)"
)
_HEADER_MONEY = re.compile(rf"(?<![^\W_])(?:[tkm](?={_CODES}))?({_MONEY})(?![^\W_])|([£$€])")
_BESIDE_UNITS = re.compile(r"(?<![^\W_])(?:i|in|hele|pct|procent|percent)(?![^\W_])|[%,;:.]")
_BESIDE_AMOUNTS = re.compile(
    r"\b(?:alle|all|samtlige|beløb(?:ene)?|tal(?:lene)?|amounts?|figures?|numbers?|values?|budget|økonomi|enhed|unit|note?"
    r"|er|are|angivet|opgjort|vist|stated|shown|given|of|og|and|løbende|faste|priser?|prices?|pl|20\d\d)\b"
)
_PERCENT = r"%|(?:pct|procent|percent)\b"
_OTHER_UNIT = re.compile(
    rf"[(\[] ?(?:i |in |antal )?(?:{_PERCENT}|(?:timer?|hours?|årsværk|fte|(?:mande)?dage?|days?|hundredtusinde?r?)\b"
    rf"|10[., ]?000\b|100[., ]?000\b)|(?:{_PERCENT})\.?$"
)
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
    is_in_letters: bool = False  # "100 m" may be metres

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
    in_letters = unit.lower() in _LETTERS
    return Written(f"{exact:f}", exact, False, factor, said.currency, "%" in unit, is_in_letters=in_letters)


def _taken_apart(text: str) -> Written | None:
    plain = unicodedata.normalize("NFKC", re.sub(r"[’ʼ´`]", "'", text))
    words = re.sub("[−–]", "-", " ".join(plain.lower().split()))
    bracketed = _IN_BRACKETS.fullmatch(words)
    match = _WRITTEN.fullmatch("".join(bracketed.groups()) if bracketed else words)
    if match is None:
        return None
    currencies = {_CURRENCIES[name.rstrip(".")] for name in (match["before"], match["after"]) if name}
    if len(currencies) > 1:
        return None
    factors = [size for name, size in _SIZES.items() for end in ("", "_before") if match[f"{name}{end}"]]
    if len(factors) > 1:
        return None
    is_negative = bool(bracketed or match["sign_last"]) or "-" in (match["sign"], match["sign_after"])
    currency = next(iter(currencies), None)
    in_danish = bool(_DANISH_MILLIONS.search(words))
    in_letters = not currencies and bool({match["thousand"], match["million"]} & _LETTERS)
    factor = factors[0] if factors else None
    return Written(match["digits"], None, is_negative, factor, currency, bool(match["percent"]), in_danish, in_letters)


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

    def contradicts(self, other: HeaderUnit) -> bool:
        return self.factor != other.factor or len({self.currency, other.currency} - {None}) > 1

    def within(self, of_all: HeaderUnit) -> HeaderUnit:
        """Returns the unit, or that of all amounts where the header tells none."""
        return self if self.factor or self.currency else of_all


def header_unit(header: str) -> HeaderUnit:
    words = _words(header)
    sizes, currencies = _sizes(words), _currencies(words)
    return HeaderUnit(
        _SIZES[sizes.pop()] if len(sizes) == 1 else None,
        currencies.pop() if len(currencies) == 1 else None,
        bool(_DANISH_MILLIONS.search(words)),
    )


def _sizes(words: str) -> set[str]:
    return {name for match in _HEADER_SIZE.finditer(words) for name, said in match.groupdict().items() if said}


def _currencies(words: str) -> set[str]:
    return {_CURRENCIES[(match[1] or match[2]).rstrip(".")] for match in _HEADER_MONEY.finditer(words)}


def unit_of_all(text: str) -> HeaderUnit | None:
    """Returns the unit that a line beside the table gives its amounts, as "Alle beløb i t.kr." or "Status (mio. kr.)";
    None where the line is about something else."""
    words = _words(text)
    whole = [] if _taken_apart(words) else [words]  # "1.000.000 kr." is an amount
    for part in (*whole, *re.findall(r"[(\[][^)\]]*[)\]]\W*$", words)):
        unit = header_unit(part)
        if (unit.factor or unit.currency) and not re.search(r"[^\W_]", _BESIDE_AMOUNTS.sub(" ", without_unit(part))):
            return unit
    return None


def is_in_another_unit(header: str) -> bool:
    """Says whether a header tells of no money, as "Forbrug (timer)", or of several kinds, as "Budget (EUR/DKK)"."""
    words = _words(header)
    return bool(_OTHER_UNIT.search(words)) or max(len(_sizes(words)), len(_currencies(words))) > 1


def without_unit(header: str) -> str:
    """Returns the header without its unit: "Budget" of "Budget i mio. kr."."""
    words = _words(header)
    for unit in (_HEADER_SIZE, _HEADER_MONEY, _BESIDE_UNITS):
        words = unit.sub(" ", words)
    return words


def _words(header: str) -> str:
    return " ".join(header.lower().replace("_", " ").split())
