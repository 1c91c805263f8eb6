"""Another organisation's sheets, headers and words, mapped to ours."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.importing.cells import shown
from bot.importing.columns import Book, Column, Sheet, fold, portfolio_book
from bot.importing.conventions import Said
from bot.importing.tables import Cell

_SEVERAL = frozenset({"names", "emails", "goals", "choices"})


@dataclass(frozen=True)
class Target:
    """The column that a foreign header leads to, in every sheet that has it or in one; no column: it is left out."""

    column: str
    sheet: str | None = None
    said: Said = field(default_factory=Said)


@dataclass(frozen=True)
class Words:
    """Foreign words with ours, in lower case; `beginnings` are those that ended in "*", the longest first."""

    whole: Mapping[str, str] = field(default_factory=dict)
    beginnings: Sequence[tuple[str, str]] = ()

    def translated(self, cell: Cell, column: Column) -> Cell:
        """Returns the cell in our words."""
        cell = without_ids(cell) if isinstance(cell, str) and column.kind != "text" else cell
        if not shown(cell) or not (self.whole or self.beginnings):
            return cell
        if column.kind not in _SEVERAL or not isinstance(cell, str):
            found = self._ours(shown(cell))
            return cell if found is None else found
        parts = re.split(r"[;\n]", cell)
        ours = [self._ours(part) for part in parts]
        return ";".join(part if found is None else found for found, part in zip(ours, parts, strict=True))

    def _ours(self, text: str) -> str | None:
        folded = word(text)
        beginning = next((ours for start, ours in self.beginnings if folded.startswith(start)), None)
        return self.whole.get(folded, beginning)


def without_ids(text: str) -> str:
    """Returns the values of a list of SharePoint's: "3;#Klima;#7;#Data", ";#Klima;#Data;#" or '["Klima","Data"]'."""
    if text == "[]" or (text.startswith('["') and text.endswith('"]')):
        with suppress(ValueError, TypeError, RecursionError):
            return ";".join(json.loads(text))
    parts = text.split(";#")
    if len(parts) > 2 and not parts[0] and not parts[-1]:
        return ";".join(parts[1:-1])
    is_paired = len(parts) % 2 == 0 and all(number.isdigit() for number in parts[::2])
    return ";".join(parts[1::2]) if is_paired else text


def words_of(foreign: Mapping[str, str]) -> Words:
    beginnings = [(word(key[:-1]), ours) for key, ours in foreign.items() if key.endswith("*")]
    whole = {word(key): ours for key, ours in foreign.items() if not key.endswith("*")}
    return Words(whole, sorted(beginnings, key=lambda pair: -len(pair[0])))


@dataclass(frozen=True)
class HeaderMapping:
    """A mapping file, as read. `sheets` and `columns` are by the foreign names; `values` and `prefixes` by the header,
    or the choice, that they are for; `constants` by sheet and field. `book` is what it maps to."""

    sheets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    columns: Mapping[str, Target] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    prefixes: Mapping[str, str] = field(default_factory=dict)
    book: Book = field(default_factory=portfolio_book)

    def sheets_fed_by(self, name: str) -> list[Sheet]:
        for foreign, keys in self.sheets.items():
            if fold(foreign) == fold(name):
                return [self.book.sheets[key] for key in keys]
        key = self.book.key_of(name)
        return [self.book.sheets[key]] if key else []

    def sheet_of_list(self, path: Path) -> str:
        """Returns what the one sheet of a `.csv` file is called here: by its file's name, or as the mapping's only
        sheet, or ours."""
        names = {fold(foreign): foreign for foreign in self.sheets}
        ours = self.book.main.names[0]
        for name in (path.stem, path.name, ours):
            if fold(name) in names:
                return names[fold(name)]
        return next(iter(self.sheets)) if len(self.sheets) == 1 else ours

    def foreign_header(self, header: str) -> str | None:
        """Returns the header as the mapping writes it. What stands in brackets counts where it tells two apart."""
        exact = next((foreign for foreign in self.columns if word(foreign) == word(header)), None)
        return exact or next((foreign for foreign in self.columns if fold(foreign) == fold(header)), None)

    def words_for(self, column: Column, header: str) -> Words:
        """Returns the foreign words that a column with this header may hold."""
        choice = [column.choice.title] if column.choice else []
        return words_of(_gathered(self.values, [*choice, *column.headers, header]))

    def prefix_for(self, sheet: Sheet, column: Column) -> str:
        own = (f"{name}.{header}" for name in sheet.names for header in column.headers)
        known = {fold(key): prefix for key, prefix in self.prefixes.items()}
        return next((known[fold(name)] for name in (*own, *column.headers) if fold(name) in known), "")


def _gathered(values: Mapping[str, Mapping[str, str]], names: Iterable[str]) -> dict[str, str]:
    by_name = {fold(name): words for name, words in values.items()}
    gathered: dict[str, str] = {}
    for name in names:
        gathered |= by_name.get(fold(name), {})
    return gathered


def word(text: str) -> str:
    return " ".join(text.casefold().split())
