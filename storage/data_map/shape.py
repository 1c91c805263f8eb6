"""The shape of the data map's lines: words that code acts on, and documents are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, Table

from portfolio.privacy.keeping import For, Forgetting, Kept, Purpose, While

__all__ = ["For", "Forgetting", "Kept", "Purpose", "While"]


class Whose(StrEnum):
    """Tells whom something is about: nobody, the one whose row it is, those whose ids it holds, those whom its words
    may name, or the one with that account or chat in Teams."""

    NOBODY = "nobody"
    OWN = "own"
    NAMED = "named"
    WORDED = "worded"
    ACCOUNT = "account"


class Shown(StrEnum):
    """Tells how a person is found in a column."""

    NEVER = "never"
    BY_ID = "by_id"  # its value is their id
    IN_LIST = "in_list"  # their id is one of its list
    IN_DOCUMENT = "in_document"  # their id or words about them stand anywhere in its JSON
    BY_WORDS = "by_words"  # its text may hold their name or an address of theirs
    BY_ACCOUNT = "by_account"  # its value is their Entra id
    BY_CHAT = "by_chat"  # it is the id of their own chat
    WITH_ROW = "with_row"  # it is shown where another column of its row is theirs


class Erased(StrEnum):
    """Tells what becomes of what was found when a person is erased."""

    STAYS = "stays"  # it tells of nobody, or by an id alone, which then is nobody's
    ROW = "row"  # its row is deleted
    WITH_ROW = "with_row"  # it goes where its row goes
    EMPTIED = "emptied"  # it becomes NULL
    TAKEN_OUT = "taken_out"  # their id is taken out of the list
    REWORDED = "reworded"  # their name and addresses are replaced, all other words stay
    REMADE = "remade"  # it is worked out anew from columns of its row that were reworded


@dataclass(frozen=True, slots=True)
class Held:
    """Describes what a column holds of people. `kept` differs from its table's where it is given."""

    whose: Whose
    shown: Shown
    erased: Erased
    kept: tuple[Kept, ...] | None = None

    def but(self, *kept: Kept) -> Held:
        return replace(self, kept=kept)


NOT_PERSONAL = Held(Whose.NOBODY, Shown.NEVER, Erased.STAYS)
# The person whose row it is, and what the row tells of them.
THEIRS = Held(Whose.OWN, Shown.BY_ID, Erased.ROW)
OF_THEIRS = Held(Whose.OWN, Shown.WITH_ROW, Erased.WITH_ROW)
ACCOUNT = Held(Whose.ACCOUNT, Shown.BY_ACCOUNT, Erased.ROW)
CHAT = Held(Whose.ACCOUNT, Shown.BY_CHAT, Erased.ROW)
# Somebody in a row that isn't theirs: who holds a post, which then is vacant, and who does or did something, which
# stays that of a former employee.
HOLDER = Held(Whose.NAMED, Shown.BY_ID, Erased.EMPTIED)
HOLDERS = Held(Whose.NAMED, Shown.IN_LIST, Erased.TAKEN_OUT)
DOER = Held(Whose.NAMED, Shown.BY_ID, Erased.STAYS)
# What people wrote, and what was made of it.
WORDS = Held(Whose.WORDED, Shown.BY_WORDS, Erased.REWORDED)
MADE_OF_WORDS = Held(Whose.WORDED, Shown.WITH_ROW, Erased.REMADE)
DOCUMENT = Held(Whose.WORDED, Shown.IN_DOCUMENT, Erased.REWORDED)


@dataclass(frozen=True, slots=True)
class Line:
    """One column: whose data, what for, how long, how it is shown, how it is erased."""

    column: Column[Any]
    purpose: Purpose
    whose: Whose
    kept: tuple[Kept, ...]
    shown: Shown
    erased: Erased

    @property
    def table(self) -> Table:
        return self.column.table

    @property
    def name(self) -> str:
        return f"{self.table.name}.{self.column.name}"


def mapped(table: Table, purpose: Purpose, /, *kept: Kept, **columns: Held) -> tuple[Line, ...]:
    """Maps a table, all of whose rows are kept alike. Raises KeyError for a column that it hasn't."""
    return tuple(
        Line(table.c[name], purpose, held.whose, held.kept or kept, held.shown, held.erased)
        for name, held in columns.items()
    )


def each(held: Held, *names: str) -> dict[str, Held]:
    """Maps many columns alike."""
    return dict.fromkeys(names, held)
