"""A reply to a person, and the error for what a person can do something about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` says all that the card says; `card` is an Adaptive Card, None where a sentence is enough. `is_personal`:
    for the one who asked alone, also in a group."""

    card: dict[str, Any] | None
    text: str
    is_personal: bool = False


class UserError(Exception):
    """Something the person can do something about; `key` is in the texts' section `error`."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
