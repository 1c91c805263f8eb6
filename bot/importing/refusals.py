"""Refusals of what could not be taken in, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

ROWS_SHOWN = 5


def in_short(rows: Sequence[int]) -> str:
    """Writes the first rows, and whether there are more."""
    return ", ".join(str(row) for row in rows[:ROWS_SHOWN]) + (" …" if len(rows) > ROWS_SHOWN else "")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused cell, row (no `column`) or file (no `row`). `code` names the reason and what to do in texts.toml, and
    `details` fill them in."""

    code: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """Something that the person should know of how the file was taken. `code` names its text."""

    code: str
    sheet: str | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


class FileRefusedError(Exception):
    """The file as a whole can't be read."""

    def __init__(self, code: str, *, sheet: str | None = None, row: int | None = None, **details: Any) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, sheet=sheet, row=row, details=details)


class UnreadableCellError(Exception):
    """A cell's value can't be used. Raised by the reading of cells, and told with its place as a Refusal."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
