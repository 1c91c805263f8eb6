"""Reads a mapping from a TOML file, and refuses one that leads nowhere."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from bot.importing.amounts import MARKS
from bot.importing.columns import Book, Choice, Column, Sheet, fold, portfolio_book
from bot.importing.conventions import NUMBERS, Said
from bot.importing.mapping import HeaderMapping, Target

_PARTS = ("sheets", "columns", "values", "constants", "prefix")
_OF_NUMBERS = {"to", "factor", "decimal", "currency"}


class MappingError(Exception):
    """The mapping file can't be used. `code` names a text, `details` fills it in."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


def read_mapping(path: Path, book: Book | None = None) -> HeaderMapping:
    """Reads a mapping to the portfolio workbook, or to another `book`. Raises MappingError, OSError."""
    book = book or portfolio_book()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise MappingError("mapping_encoding") from None
    except tomllib.TOMLDecodeError as error:
        raise MappingError("mapping_not_toml", error=str(error)) from None
    if unknown := sorted(set(data) - set(_PARTS)):
        raise MappingError("mapping_unknown_part", name=unknown[0])
    parts = {name: _table(data.get(name, {}), name) for name in _PARTS}
    columns = {foreign: _target(foreign, ours, book) for foreign, ours in parts["columns"].items()}
    return HeaderMapping(
        {foreign: _fed(foreign, ours, book) for foreign, ours in parts["sheets"].items()},
        columns,
        {name: _words(name, words, columns, book) for name, words in parts["values"].items()},
        dict(_constants(name, values, book) for name, values in parts["constants"].items()),
        {name: _prefix(name, prefix, book) for name, prefix in parts["prefix"].items()},
        book,
    )


def _table(table: Any, name: str) -> dict[str, Any]:
    if not isinstance(table, dict):
        raise MappingError("mapping_not_words", name=name)
    return table


def _text(value: Any, name: str) -> str:
    """TOML's own numbers and days are as good as texts."""
    if isinstance(value, dict | list | bool):
        raise MappingError("mapping_not_words", name=name)
    return str(value)


def _fed(foreign: str, ours: Any, book: Book) -> list[str]:
    if ours == "":
        return []
    names = ours if isinstance(ours, list) else [ours]
    keys = [book.key_of(_text(name, "sheets")) or "" for name in names]
    if "" in keys:
        raise MappingError(
            "mapping_unknown_sheet", foreign=foreign, ours=str(names[keys.index("")]), **_our_sheets(book)
        )
    return list(dict.fromkeys(keys))


def _our_sheets(book: Book) -> dict[str, str]:
    return {"sheets": ", ".join(sheet.names[0] for sheet in book.sheets.values())}


def _target(foreign: str, ours: Any, book: Book) -> Target:
    """Reads "Titel", "Projekter.Slut", "", or a table that also tells how numbers are written."""
    table = ours if isinstance(ours, dict) else {"to": ours}
    if "to" not in table or set(table) - _OF_NUMBERS:
        raise MappingError("mapping_not_words", name=f"columns.{foreign}")
    name = _text(table["to"], "columns")
    if not name.strip():
        return Target("")
    sheet, header = _named(foreign, name, book)
    kinds = {column.kind for column in _columns(sheet, header, book)}
    if len(table) > 1 and not kinds & NUMBERS:
        raise MappingError("mapping_not_a_number", foreign=foreign, ours=name)
    return Target(header, sheet.key if sheet else None, _said(foreign, table))


def _named(foreign: str, name: str, book: Book) -> tuple[Sheet | None, str]:
    """Takes "Projekter.Slut" apart. Raises MappingError where there is no such column."""
    before, _, after = name.partition(".")
    key = book.key_of(before) if after.strip() else None
    sheet, header = (book.sheets[key], after) if key else (None, name)
    is_known = fold(header) in sheet.by_header if sheet else any(book.sheets_with(header))
    if not is_known:
        raise MappingError("mapping_unknown_target", foreign=foreign, ours=name)
    return sheet, header


def _columns(sheet: Sheet | None, header: str, book: Book) -> list[Column]:
    """Returns the columns of that header, in one sheet or in all."""
    return [where.by_header[fold(header)] for where in ([sheet] if sheet else book.sheets_with(header))]


def _said(foreign: str, table: Mapping[str, Any]) -> Said:
    factor, decimal, currency = table.get("factor"), table.get("decimal"), table.get("currency")
    is_number = isinstance(factor, int | float) and not isinstance(factor, bool) and 0 < factor <= 10**9
    if (factor is not None and not is_number) or decimal not in (None, *MARKS):
        raise MappingError("mapping_number_form", foreign=foreign)
    if currency is not None and not (isinstance(currency, str) and len(currency) == 3 and currency.isalpha()):
        raise MappingError("mapping_number_form", foreign=foreign)
    return Said(None if factor is None else Decimal(repr(factor)), decimal, currency.upper() if currency else None)


def _words(name: str, words: Any, columns: Mapping[str, Target], book: Book) -> dict[str, str]:
    """Raises MappingError where `name` is no column, or a word leads to one that the column can't hold."""
    ours = {foreign: _text(word, f"values.{name}") for foreign, word in _table(words, f"values.{name}").items()}
    header = next((target.column for foreign, target in columns.items() if fold(foreign) == fold(name)), name)
    choices = {choice.title: choice for choice in _choices(book) if fold(choice.title) == fold(header)}
    in_sheets = _columns(None, header, book)
    if not choices and not in_sheets:
        raise MappingError("mapping_unknown_values", name=name)
    choices |= {column.choice.title: column.choice for column in in_sheets if column.choice}
    if choices and all(column.choice for column in in_sheets):
        meanings = {word for choice in choices.values() for word in choice.meanings}
        for foreign, word in ours.items():
            if word and fold(word) not in meanings:
                possible = ", ".join(dict.fromkeys(one for choice in choices.values() for one in choice.shown))
                raise MappingError("mapping_unknown_word", foreign=foreign, ours=word, name=name, choices=possible)
    return ours


def _choices(book: Book) -> list[Choice]:
    return [column.choice for sheet in book.sheets.values() for column in sheet.columns if column.choice]


def _constants(name: str, values: Any, book: Book) -> tuple[str, dict[str, str]]:
    key = book.key_of(name)
    if key is None:
        raise MappingError("mapping_unknown_sheet", foreign=f"constants.{name}", ours=name, **_our_sheets(book))
    fields = {}
    for header, value in _table(values, f"constants.{name}").items():
        if fold(header) not in book.sheets[key].by_header:
            raise MappingError("mapping_unknown_target", foreign=f"constants.{name}", ours=header)
        fields[book.sheets[key].by_header[fold(header)].field] = _text(value, f"constants.{name}")
    return key, fields


def _prefix(name: str, prefix: Any, book: Book) -> str:
    sheet, header = _named("prefix", name, book)
    if {column.kind for column in _columns(sheet, header, book)} != {"name"}:
        raise MappingError("mapping_prefix", name=name)
    return _text(prefix, "prefix")
