"""How the cells of a column are meant, found out from all of them together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from bot.importing.amounts import KRONER, DecimalMark, HeaderUnit, Written, header_unit, written
from bot.importing.columns import Column
from bot.importing.dates import Numbers, has_half_days, is_serial, numbers_of, read_date
from bot.importing.refusals import UnreadableCellError
from bot.importing.tables import Cell
from portfolio.dates import PlanDate

NUMBERS = frozenset({"money", "number", "percent"})
DATES = frozenset({"date", "day", "moment"})
_HUNDRED = Decimal(100)
_THOUSAND = 1000
_MILLION = 10**6


@dataclass(frozen=True)
class Said:
    """The conventions that a mapping states for a column's numbers; None is left to be found out."""

    factor: Decimal | None = None
    decimal: DecimalMark | None = None
    currency: str | None = None


@dataclass(frozen=True)
class Convention:
    """The way a column's cells are read. `decimal`, `fractions` and `month_first` are None where the column doesn't
    tell: then a cell that can mean two things is refused. `fractions`: 0.6 is 60 per cent."""

    zone: ZoneInfo
    kind: str = "number"
    decimal: DecimalMark | None = None
    factor: Decimal = Decimal(1)
    is_factor_said: bool = True
    currency: str = KRONER
    fractions: bool | None = False
    month_first: bool | None = False
    people: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def takes(self, number: Written) -> bool:
        """Says whether such a number can stand in the column: no per cent among amounts, nor the reverse."""
        if self.kind == "percent":
            return number.currency is None and number.factor is None
        return not number.is_percent if self.kind == "money" else not number.is_in_letters

    def values(self, number: Written) -> list[Decimal]:
        """Returns all that the number may mean; a unit of its own counts before the column's."""
        read = number.values()
        digits = list(read.values()) if self.decimal is None else [read[self.decimal]] if self.decimal in read else []
        values = [value * (number.factor or self.factor) for value in digits]
        if self._has_two_units(number):
            values += [value for value in digits if value >= _THOUSAND]
        if not number.is_percent and self.fractions is not False:
            fractions = [value * _HUNDRED for value in values]
            is_doubtful = self.fractions is None and any(0 < value <= 1 for value in values)
            values = [*values, *fractions] if is_doubtful else values if self.fractions is None else fractions
        possible = [value for value in values if self.kind != "percent" or value <= _HUNDRED]
        return list(dict.fromkeys(possible or values[:1]))

    def _has_two_units(self, number: Written) -> bool:
        """Says whether a cell such as "3.000 kr." stands below a header of thousands."""
        return number.currency is not None and number.factor is None and self.factor != 1 and not self.is_factor_said


@dataclass(frozen=True)
class Filled:
    """A column as it stands in the file."""

    header: str
    column: Column
    cells: Sequence[Cell]
    said: Said = field(default_factory=Said)
    unit_of_all: HeaderUnit = field(default_factory=HeaderUnit)


@dataclass(frozen=True)
class _Numbers:
    of: Filled
    numbers: Sequence[Written]
    unit: HeaderUnit
    currency: str

    @cached_property
    def readings(self) -> list[dict[DecimalMark, Decimal]]:
        """Returns what each number can be, within the limit of the column."""
        read = [number.values() for number in self.numbers]
        if self.of.column.kind != "percent":
            return read
        return [{mark: value for mark, value in one.items() if value <= _HUNDRED} for one in read]

    @property
    def evidence(self) -> set[DecimalMark]:
        """Returns the decimal marks of the numbers that make sense with one alone."""
        return {next(iter(reading)) for reading in self.readings if len(reading) == 1}

    @cached_property
    def doubtful(self) -> list[Written]:
        pairs = zip(self.numbers, self.readings, strict=True)
        return [number for number, reading in pairs if len(set(reading.values())) > 1]

    def speaks_against(self, mark: DecimalMark) -> bool:
        """Says whether 250.000 stands beside 12.5: whoever writes no zeros at the end means thousands there."""
        ends_in_zero = any(number.digits[-4] == mark and number.digits[-1] == "0" for number in self.doubtful)
        others = (number.digits.rpartition(mark) for number in self.numbers if number.exact is None)
        return ends_in_zero and any(before and len(part) != 3 for before, _, part in others)

    def is_danish(self, number: Written) -> bool:
        """Says whether Danish readers take the number in one way only, whatever else it could mean."""
        if "," in number.digits:
            return number.in_danish_millions or (number.factor is None and self.unit.in_danish_millions)
        return self.currency == KRONER and not self.is_in_millions(number)

    def is_in_millions(self, number: Written) -> bool:
        return (number.factor or self.unit.factor or 1) >= _MILLION


# What is told of a column: the name of a text, and what fills it in.
Told = tuple[str, dict[str, Any]]


def conventions_of(
    columns: Sequence[Filled], zone: ZoneInfo, people: Mapping[str, frozenset[str]]
) -> tuple[dict[str, Convention], list[Told]]:
    """Returns how each column is read, by its field, and what the person should know of that."""
    numeric = [_numbers_of(column) for column in columns if column.column.kind in NUMBERS]
    amounts = [numbers.evidence for numbers in numeric if numbers.of.column.kind != "percent"]
    orders = {column.column.field: _orders(column) for column in columns if column.column.kind in DATES}
    found: dict[str, Convention] = {}
    told: list[Told] = []
    for numbers in numeric:
        found[numbers.of.column.field] = way = _number_convention(numbers, set().union(*amounts), zone)
        told += _told_of_numbers(numbers, way)
    for column in columns:
        if column.column.kind in DATES:
            month_first = _month_first(column, orders[column.column.field], list(chain(*orders.values())))
            found[column.column.field] = way = Convention(zone, month_first=month_first)
            told += _told_of_dates(column, way)
        elif column.column.kind not in NUMBERS:
            found[column.column.field] = Convention(zone, people=people)
    return found, told


def _numbers_of(column: Filled) -> _Numbers:
    numbers = [number for cell in column.cells if (number := written(cell)) is not None]
    # The unit of any other number stands in the row, beside it
    unit = header_unit(column.header).within(column.unit_of_all) if column.column.kind == "money" else HeaderUnit()
    seen = {number.currency for number in numbers if number.currency}
    own = KRONER if KRONER in seen or not seen else min(seen)
    return _Numbers(column, numbers, unit, column.said.currency or unit.currency or own)


def _number_convention(numbers: _Numbers, of_sheet: set[DecimalMark], zone: ZoneInfo) -> Convention:
    way = Convention(
        zone,
        numbers.of.column.kind,
        decimal=_decimal_mark(numbers, of_sheet),
        factor=numbers.of.said.factor or numbers.unit.factor or Decimal(1),
        is_factor_said=numbers.of.said.factor is not None,
        currency=numbers.currency,
    )
    if numbers.of.column.kind != "percent" or numbers.of.said.factor:
        return way
    values = [value for number in numbers.numbers if not number.is_percent for value in way.values(number)]
    are_small = all(0 <= value <= 1 for value in values)
    if not any(0 < value < 1 for value in values):  # of nothing but 0 and 1, 1 may be all of it
        return replace(way, fractions=None) if are_small and 1 in values else way
    is_fractions = are_small and not any(number.is_percent for number in numbers.numbers)
    return replace(way, fractions=True if is_fractions else None)


def _decimal_mark(numbers: _Numbers, of_sheet: set[DecimalMark]) -> DecimalMark | None:
    """Find a column's decimal mark; None is doubtful. Where neither the column nor its sheet shows it, three digits
    after a full stop are a Danish group, and after a comma in Danish millions they are decimals."""
    if numbers.of.said.decimal:
        return numbers.of.said.decimal
    if evidence := numbers.evidence:
        mark = next(iter(evidence))
        return mark if len(evidence) == 1 and not numbers.speaks_against(mark) else None
    marks = {mark for number in numbers.doubtful for mark in number.digits if mark in ",."}
    if len(marks) != 1:
        return None
    if len(of_sheet) == 1:
        return _mark_of_sheet(numbers, next(iter(of_sheet)), are_groups=marks != of_sheet)
    return "," if not of_sheet and all(numbers.is_danish(number) for number in numbers.doubtful) else None


def _mark_of_sheet(numbers: _Numbers, mark: DecimalMark, *, are_groups: bool) -> DecimalMark | None:
    """Returns the mark, unless it makes odd amounts: thousands of millions, or kroner with three decimals."""
    if are_groups:
        return None if any(map(numbers.is_in_millions, numbers.doubtful)) else mark
    is_kroner = numbers.of.column.kind == "money" and not numbers.unit.factor
    return None if is_kroner or mark == "." else mark


def _told_of_numbers(numbers: _Numbers, way: Convention) -> Iterator[Told]:
    header = numbers.of.header
    if way.decimal == "." and not numbers.of.said.decimal:
        with_commas = (number for number in numbers.numbers if "," in number.digits)
        if example := next(with_commas, next(iter(numbers.doubtful), None)):
            yield "english_numbers", _example(header, example, way)
    if way.factor != 1 and numbers.numbers:
        plain = next((number for number in numbers.numbers if number.factor is None), numbers.numbers[0])
        yield "multiplied", {**_example(header, plain, way), "factor": way.factor}
    if way.kind == "number" and way.factor == 1 and header_unit(header).factor:
        yield "unit_of_header", {"header": header}
    if way.fractions:
        fractions = (number for number in numbers.numbers if any(0 < one < 1 for one in number.values().values()))
        yield "fractions", _example(header, next(fractions), way)
    finer = (number for number in numbers.numbers if _is_finer_than_kroner(number, way))
    if numbers.of.column.kind == "money" and (fine := next(finer, None)):
        yield "rounded", _example(header, fine, way)
    if way.currency != KRONER and way.kind == "money":
        yield "other_currency", {"header": header, "currency": way.currency}


def _is_finer_than_kroner(number: Written, way: Convention) -> bool:
    """Says whether a written amount is more precise than øre."""
    values = way.values(number)
    exponent = values[0].normalize().as_tuple().exponent if len(values) == 1 and number.exact is None else 0
    return isinstance(exponent, int) and exponent < -2


def _example(header: str, number: Written, way: Convention) -> dict[str, Any]:
    return {"header": header, "example": number.digits, "value": next(iter(way.values(number)), "")}


def _texts(column: Filled) -> Iterator[str]:
    for cell in column.cells:
        if isinstance(cell, str | int | float):
            yield " ".join(str(cell).split())


def _orders(column: Filled) -> list[Numbers]:
    return [numbers for text in _texts(column) if (numbers := numbers_of(text))]


def _month_first(column: Filled, own: Sequence[Numbers], of_sheet: Sequence[Numbers]) -> bool | None:
    """Dates that Excel has kept beside texts with the month first are doubtful too: where Excel was Danish it has taken
    their months for days, and left as texts those that it couldn't. So are dates with another mark. Of dates with
    hyphens, which are Danish, one alone with the month first is a slip."""
    marks = {numbers.mark for numbers in own}
    shown = [numbers for numbers in own if numbers.month_first is not None]
    shown = shown or [numbers for numbers in of_sheet if numbers.mark in marks and numbers.month_first is not None]
    evidence = {numbers.month_first for numbers in shown}
    if True in evidence:
        is_mixed = len(marks) > 1 or any(isinstance(cell, date) for cell in column.cells)
        is_slip = marks == {"-"} and len(shown) == 1
        return None if len(evidence) > 1 or (own and is_mixed) or is_slip else True
    return None if not evidence and any(has_half_days(text) for text in _texts(column)) else False


def _told_of_dates(column: Filled, way: Convention) -> Iterator[Told]:
    kinds: tuple[tuple[str, Callable[[str], bool]], ...] = (("serials", is_serial), ("month_first", _is_turned))
    for code, is_kind in kinds:
        for example in _texts(column) if code == "serials" or way.month_first else ():
            if is_kind(example) and (day := _read(example, way)):
                yield code, {"header": column.header, "example": example, "value": day}
                break


def _is_turned(text: str) -> bool:
    numbers = numbers_of(text)
    return bool(numbers and numbers.first != numbers.second and numbers.first <= 12)


def _read(text: str, way: Convention) -> PlanDate | None:
    try:
        return read_date(text, way.zone, month_first=way.month_first)
    except UnreadableCellError:
        return None


def folded_name(name: str) -> str:
    """Folds the name of a person; "Lund, Asta" is Asta Lund."""
    last, comma, first = name.partition(",")
    return " ".join((f"{first} {last}" if comma else name).casefold().split())
