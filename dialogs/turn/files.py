"""Ways of handing files over: in somebody's own chat in Teams, by a link, or not at all."""

from __future__ import annotations

from enum import Enum, auto
from typing import Protocol

from dialogs.turn.reply import UserError


class Place(Enum):
    """TEAMS puts a file into the OneDrive of whoever takes it, in their own chat alone; elsewhere, and in a BROWSER, a
    link leads to it. In a TERMINAL the command line writes files."""

    TEAMS = auto()
    BROWSER = auto()
    TERMINAL = auto()


class Files(Protocol):
    @property
    def place(self) -> Place: ...

    def link(self, path: str) -> str | None:
        """Returns the address at which people reach the path; None where nobody said what the service is called."""

    def may_hold(self, address: str) -> bool:
        """Says whether a file may be at that address, which somebody else gave."""

    async def put(self, address: str, content: bytes) -> None:
        """Puts a file to the address that somebody else gave. Raises UserError."""


class NoFiles:
    """Hands nothing over: the files of the terminal and of `ask`."""

    place = Place.TERMINAL

    def link(self, _path: str) -> str | None:
        return None

    def may_hold(self, _address: str) -> bool:
        return False

    async def put(self, _address: str, _content: bytes) -> None:
        raise UserError("upload_forbidden")
