"""Refusals of what could not be taken in, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refused cell, row (no `column`) or file (no `row`). `code` names the reason and what to do in texts.toml, and
    `details` fill them in."""

    code: str
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


class FileRefusedError(Exception):
    """The file as a whole can't be read."""

    def __init__(self, code: str, *, sheet: str | None = None, row: int | None = None, **details: str) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, sheet=sheet, row=row, details=details)


class UnreadableCellError(Exception):
    """A cell's value can't be used. Raised by the reading of cells, and told with its place as a Refusal."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
