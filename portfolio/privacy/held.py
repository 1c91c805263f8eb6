"""What is held on a person: rows that are theirs, and what others hold that names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from portfolio.organisation import Person
from portfolio.privacy.keeping import Kept, Purpose


class Fate(StrEnum):
    """Tells what becomes of a row when the person is erased. STAYS: it tells of a former employee by an id alone."""

    GOES = "goes"
    CHANGES = "changes"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Holding:
    """A row in which a person stands. `key` tells it from the other rows of its table. `values` are all that it tells
    where the row is theirs. In other rows they are one of its `parts`, such as the lead, or its `texts` name them, by
    the columns that these stand in."""

    table: str
    purpose: Purpose
    kept: tuple[Kept, ...]
    key: Mapping[str, Any]
    fate: Fate
    values: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LogLines:
    """Tells how many lines of the audit log are about a person."""

    number: int
    kept: Kept


@dataclass(frozen=True, slots=True)
class Holdings:
    """`unsure` are rows with a word in them that may be a name of the person, but mostly isn't one; they stay as they
    are. `leads` are the numbers of the open projects that the person leads."""

    person: Person
    rows: tuple[Holding, ...]
    unsure: tuple[Holding, ...] = ()
    leads: tuple[str, ...] = ()
    log: LogLines | None = None
