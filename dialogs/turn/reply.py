"""A reply to a person, and the error for what a person can do something about."""

from __future__ import annotations

from abc import ABC, abstractmethod
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
class Reply(ABC):
    """`text` says all that the card says; `card` is an Adaptive Card, None where a sentence is enough. Every reply is
    ForOne or ForAll. `is_unclear`: what was said wasn't understood."""

    card: dict[str, Any] | None
    text: str
    refusal: Refusal | None = None
    is_unclear: bool = False

    @property
    @abstractmethod
    def is_personal(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class ForOne(Reply):
    """Holds what is for the one who asked alone, also in a group: what they hold, write, did or are told of
    themselves."""

    @property
    def is_personal(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class ForAll(Reply):
    """Holds what is for all who read along."""

    @property
    def is_personal(self) -> bool:
        return False


def for_one(reply: Reply) -> ForOne:
    return ForOne(reply.card, reply.text, reply.refusal, reply.is_unclear)


class UserError(Exception):
    """Something the person can do something about; `key` is in the texts' section `error`."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values
