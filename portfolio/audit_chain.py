"""The audit log as a chain: each row is numbered and carries a hash of itself and of the one before, so that a changed,
added or missing row shows.

What was hashed once must hash the same for ever: `digest` never changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

# The hash before the first row that ever was.
START = "0" * 64
# So many letters of a hash are told to people: enough that nobody finds another chain that ends in them.
TOLD_LETTERS = 16
MOST_FAULTS = 100
_encode = json.JSONEncoder(separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it is stored, whoever wrote it there: `at` as `written` writes it, and `detail` as `written_detail`."""

    number: int
    at: str
    by: str
    action: str
    project: str | None
    detail: str
    hash: str = ""

    def digest(self, before: str) -> str:
        """Returns the hash that the row must have behind a row with that hash."""
        parts = [before, self.number, self.at, self.by, self.action, self.project, self.detail]
        return sha256(_encode(parts).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain, the number and hash of its last row; and its beginning, those of the last row that was
    removed for its age."""

    number: int = 0
    hash: str = START
    removed: int = 0
    removed_hash: str = START

    @property
    def told(self) -> Told:
        return Told(self.number, self.hash[:TOLD_LETTERS])


@dataclass(frozen=True, slots=True)
class Told:
    """The end of the chain as somebody was told of it: a number and the first letters of the hash."""

    number: int
    letters: str

    def write(self) -> str:
        return f"{self.number}:{self.letters}"

    @classmethod
    def read(cls, text: str) -> Told:
        """Raises ValueError."""
        number, _, letters = text.strip().lower().partition(":")
        if not (number.isascii() and number.isdecimal() and TOLD_LETTERS <= len(letters) <= len(START)):
            raise ValueError("no head")
        int(letters, 16)
        return cls(int(number), letters)


class Wrong(StrEnum):
    """Faults that the chain can have."""

    NO_HEAD = "no_head"
    MISSING = "missing"
    ADDED = "added"
    CHANGED = "changed"
    BEGINNING = "beginning"
    END = "end"
    TOLD_OTHERWISE = "told_otherwise"
    TOLD_MISSING = "told_missing"
    TOLD_REMOVED = "told_removed"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with the rows from `first` to `last`. CHANGED: that row, or the one before, isn't as it was
    written."""

    wrong: Wrong
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Findings:
    """`rows` were looked at. `faults` are the first that were found, of `count`."""

    head: Head | None
    rows: int
    faults: tuple[Fault, ...]
    count: int


@dataclass(slots=True)
class Checking:
    """Takes the rows in the order of their numbers, a page at a time, and then says what is wrong. `told` is what
    somebody outside the database was told of its end."""

    head: Head | None
    told: Told | None = None
    rows: int = 0
    faults: list[Fault] = field(default_factory=list)
    count: int = 0
    _number: int = 0
    _hashes: frozenset[str] = frozenset({START})
    _told_hashes: frozenset[str] | None = None

    def __post_init__(self) -> None:
        if self.head is None:
            self._add(Wrong.NO_HEAD, 0)
        else:
            self._reach(self.head.removed, frozenset({self.head.removed_hash}))
            if not self.head.removed and self.head.removed_hash != START:
                self._add(Wrong.BEGINNING, 0)

    def take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.rows += 1
            if self.head and not self.head.removed < row.number <= self.head.number:
                self._add(Wrong.ADDED, row.number)
            else:
                self._follow(row)

    def end(self) -> Findings:
        if self.head and self._number < self.head.number:
            self._add(Wrong.MISSING, self._number + 1, self.head.number)
        elif self.head and self.head.hash not in self._hashes:
            self._add(Wrong.END, self.head.number)
        if self.told:
            self._compare(self.told)
        return Findings(self.head, self.rows, tuple(self.faults), self.count)

    def _follow(self, row: Row) -> None:
        """A row that isn't as its hash says was changed, or its hash was: the next one may follow on either. What comes
        after a gap can't be checked but by the row that follows it."""
        if row.number != self._number + 1:
            self._add(Wrong.MISSING, self._number + 1, row.number - 1)
            hashes = frozenset({row.hash})
        else:
            hashes = frozenset({row.hash})
            made = {row.digest(before) for before in self._hashes}
            if row.hash not in made:
                is_first = self.head is not None and self._number == self.head.removed
                self._add(Wrong.BEGINNING if is_first else Wrong.CHANGED, row.number)
                hashes |= made
        self._reach(row.number, hashes)

    def _reach(self, number: int, hashes: frozenset[str]) -> None:
        self._number, self._hashes = number, hashes
        if self.told and self.told.number == number:
            self._told_hashes = hashes

    def _compare(self, told: Told) -> None:
        head = self.head or Head()
        if self._told_hashes is not None:
            if not any(one.startswith(told.letters) for one in self._told_hashes):
                self._add(Wrong.TOLD_OTHERWISE, told.number)
        elif told.number < head.removed:
            self._add(Wrong.TOLD_REMOVED, told.number, head.removed)
        else:
            self._add(Wrong.TOLD_MISSING, told.number)

    def _add(self, wrong: Wrong, first: int, last: int | None = None) -> None:
        self.count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(wrong, first, first if last is None else last))


def written(at: datetime) -> str:
    """Writes a moment as rows are hashed with it: in UTC, to the microsecond."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def written_detail(detail: Mapping[str, str | Sequence[str]]) -> str:
    """Writes a detail as it is stored and hashed: JSON, sorted by name."""
    return json.dumps(dict(sorted(detail.items())), ensure_ascii=False)
