"""A reply to a person, and the error for what a person can do something about."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any


class Refusal(Enum):
    """The reason why nothing was done. A card whose button is refused stays as it is: SAID says why, a MALFORMED button
    is none of ours any more, and what a FORBIDDEN one leads to is not for this person."""

    SAID = auto()
    MALFORMED = auto()
    FORBIDDEN = auto()


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` says all that the card says; `card` is an Adaptive Card, None where a sentence is enough. `is_personal`:
    for the one who asked alone, also in a group. `is_unclear`: what was said wasn't understood."""

    card: dict[str, Any] | None
    text: str
    is_personal: bool = False
    refusal: Refusal | None = None
    is_unclear: bool = False


class UserError(Exception):
    """Something the person can do something about; `key` is in the texts' section `error`."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
