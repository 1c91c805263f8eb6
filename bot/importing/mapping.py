"""Another organisation's headers and words, mapped to ours by a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.importing.columns import Column, fold, sheet_keys, workbook
from bot.importing.tables import Cell

_PARTS = ("sheets", "columns", "values")


class MappingError(Exception):
    """The mapping file can't be used. `code` names a text, `details` fills it in."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True)
class HeaderMapping:
    """Folded foreign names, each with ours. `values` are by the column, or the kind of column, that they are for."""

    sheets: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def sheet(self, name: str) -> str:
        return self.sheets.get(fold(name), name)

    def header(self, name: str) -> str:
        return self.columns.get(fold(name), name)

    def words_for(self, column: Column, header: str) -> Mapping[str, str]:
        """Returns the foreign words, in lower case, that a column with this header may hold."""
        names = [*column.headers, header]
        if column.choice is not None:
            names.insert(0, column.choice.title)
        words: dict[str, str] = {}
        for name in names:
            words |= self.values.get(fold(name), {})
        return words


def translated(cell: Cell, words: Mapping[str, str], *, several: bool) -> Cell:
    """Returns the cell in our words; `several` are separated by semicolons."""
    if not words or not isinstance(cell, str):
        return cell
    if not several:
        return words.get(_word(cell), cell)
    return ";".join(words.get(_word(part), part) for part in cell.split(";"))


def read_mapping(path: Path) -> HeaderMapping:
    """Raises MappingError, OSError."""
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise MappingError("mapping_encoding") from None
    except tomllib.TOMLDecodeError as error:
        raise MappingError("mapping_not_toml", error=str(error)) from None
    if unknown := sorted(set(data) - set(_PARTS)):
        raise MappingError("mapping_unknown_part", name=unknown[0])
    sheets, columns = _words(data.get("sheets", {}), "sheets"), _words(data.get("columns", {}), "columns")
    values = data.get("values", {})
    if not isinstance(values, dict):
        raise MappingError("mapping_not_words", name="values")
    known = {header for sheet in workbook().values() for header in sheet.by_header}
    _check_targets(columns, known)
    _check_targets(sheets, set(sheet_keys()))
    return HeaderMapping(
        {fold(foreign): ours for foreign, ours in sheets.items()},
        {fold(foreign): ours for foreign, ours in columns.items()},
        {
            fold(name): {_word(a): b for a, b in _words(words, f"values.{name}").items()}
            for name, words in values.items()
        },
    )


def _word(text: str) -> str:
    return " ".join(text.casefold().split())


def _words(table: Any, name: str) -> dict[str, str]:
    if not isinstance(table, dict) or not all(isinstance(ours, str) for ours in table.values()):
        raise MappingError("mapping_not_words", name=name)
    return table


def _check_targets(words: Mapping[str, str], known: set[str]) -> None:
    for foreign, ours in words.items():
        if fold(ours) not in known:
            raise MappingError("mapping_unknown_target", foreign=foreign, ours=ours)
