"""The workbook's sheets and columns, read from workbook.toml."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from portfolio.bodies import Body, BodyKind, Meeting
from portfolio.identity import PersonId
from portfolio.organisation import OrgUnit, Person, Role
from portfolio.projects.project import Benefit, BenefitKind, Milestone, Phase, Project, ProjectKind, Risk, RiskKind
from portfolio.projects.status import Rag, StatusReport
from portfolio.projects.strategy import FocusArea

# The records by the fields of Portfolio, each with the fields it is known by.
RECORDS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "projects": (Project, ("number",)),
    "reports": (StatusReport, ("project", "day")),
    "milestones": (Milestone, ("project", "title")),
    "benefits": (Benefit, ("project", "title")),
    "risks": (Risk, ("project", "title")),
    "people": (Person, ("email",)),
    "org_units": (OrgUnit, ("name",)),
    "focus_areas": (FocusArea, ("name",)),
    "bodies": (Body, ("name",)),
    "meetings": (Meeting, ("body", "start")),
}
_CHOICES: dict[str, type[StrEnum]] = {
    "kind": ProjectKind,
    "phase": Phase,
    "rag": Rag,
    "benefit": BenefitKind,
    "risk": RiskKind,
    "role": Role,
    "body": BodyKind,
}
_DOUBLED = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})


@cache
def fold(words: str) -> str:
    """Folds away what headers may differ in: case, accents, spelling of æ, ø and å, punctuation, a bracketed remark."""
    plain = re.sub(r"\(.*?\)|\[.*?\]", "", unicodedata.normalize("NFC", words).casefold()).translate(_DOUBLED)
    letters = "".join(letter for letter in unicodedata.normalize("NFKD", plain) if letter.isalnum())
    return letters.replace("ae", "e").replace("oe", "o").replace("aa", "a")


@dataclass(frozen=True)
class Choice:
    """Words that a cell may hold, folded, with what each means. `title` names them all."""

    title: str
    meanings: dict[str, StrEnum]
    shown: tuple[str, ...]


@dataclass(frozen=True)
class Column:
    """`kind` is a way to read a cell; `refers` the table in which the value must be known."""

    field: str
    headers: tuple[str, ...]
    kind: str
    choice: Choice | None = None
    required: bool = False
    refers: str = ""

    @property
    def title(self) -> str:
        return self.headers[0]


@dataclass(frozen=True)
class Sheet:
    """`key` is a field of Portfolio and `names` what the sheet may be called."""

    key: str
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    by_header: dict[str, Column]

    @property
    def record(self) -> type[Any]:
        return RECORDS[self.key][0]

    def record_of(self, values: Mapping[str, Any]) -> Any:
        """Makes the record of a row. People are known by their addresses as yet."""
        identity = {"id": PersonId(values["email"])} if self.record is Person else {}
        return self.record(**identity, **values)

    @property
    def by_field(self) -> dict[str, Column]:
        return {column.field: column for column in self.columns}

    @property
    def identity(self) -> tuple[str, ...]:
        return RECORDS[self.key][1]


@dataclass(frozen=True)
class Book:
    """A kind of file. `main` is the sheet that must be there, and all of a `.csv` file."""

    sheets: Mapping[str, Sheet]
    main: Sheet

    def key_of(self, name: str) -> str | None:
        return self._keys.get(fold(name))

    def sheets_with(self, header: str) -> Iterator[Sheet]:
        """Yields the sheets that have a column of that header."""
        return (sheet for sheet in self.sheets.values() if fold(header) in sheet.by_header)

    @cached_property
    def _keys(self) -> dict[str, str]:
        """Returns each sheet's key by each of its folded names."""
        return {fold(name): sheet.key for sheet in self.sheets.values() for name in sheet.names}


@cache
def portfolio_book() -> Book:
    return Book(workbook(), workbook()["projects"])


@cache
def workbook() -> dict[str, Sheet]:
    """Reads every sheet of the portfolio workbook, by its key."""
    return sheets_of(_written()["sheets"])


def sheets_of(written: Mapping[str, Any]) -> dict[str, Sheet]:
    choices = {key: _choice(key, words) for key, words in _written()["choices"].items()}
    return {key: _sheet(key, sheet, choices) for key, sheet in written.items()}


@cache
def _written() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("workbook.toml").read_text(encoding="utf-8"))


@cache
def weekday_letters() -> dict[str, int]:
    """Returns the days of the week, Monday being 0, by their abbreviations."""
    return {letters: number for number, abbreviations in enumerate(_written()["weekdays"]) for letters in abbreviations}


def is_word_for_totals(text: str) -> bool:
    """Says whether a row that begins so is one of sums: "Total:", "I alt (12 projekter)"."""
    words = text.casefold()
    return any(re.match(rf"{re.escape(total.casefold())}\b", words) for total in _written()["totals"])


@cache
def words_for_errors() -> frozenset[str]:
    return frozenset(_written()["errors"])


@cache
def guesses(sheet: str) -> dict[str, str]:
    """Returns what other organisations often call our columns: our header by the folded foreign one."""
    titles = _written()["guesses"].get(sheet, {})
    return {fold(foreign): title for title, words in titles.items() for foreign in words}


def _choice(key: str, data: dict[str, Any]) -> Choice:
    kind = _CHOICES[key]
    written = {code: words for code, words in data.items() if code != "title"}
    meanings = {fold(word): kind(code) for code, words in written.items() for word in words}
    return Choice(data["title"], meanings, tuple(words[0] for words in written.values()))


def _sheet(key: str, data: dict[str, Any], choices: dict[str, Choice]) -> Sheet:
    columns = tuple(_column(column, choices) for column in data["columns"])
    by_header = {fold(header): column for column in columns for header in column.headers}
    return Sheet(key, tuple(data["names"]), columns, by_header)


def _column(data: dict[str, Any], choices: dict[str, Choice]) -> Column:
    kind, _, choice = data["kind"].partition(":")
    return Column(
        field=data["field"],
        headers=tuple(data["headers"]),
        kind=kind,
        choice=choices[choice] if choice else None,
        required=data.get("required", False),
        refers=data.get("refers", ""),
    )
