"""Lists that leave as files: in which form, and for how long a link leads to one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from portfolio.identity import PersonId

LINKED = timedelta(hours=1)


class FileKind(StrEnum):
    """The kinds of files, as their names end."""

    XLSX = "xlsx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class LinkedList:
    """A list that a link leads to: what `person` asked for, as plain data, to be answered anew for them whenever
    somebody follows the link. `at` carries its zone."""

    person: PersonId
    question: Mapping[str, Any]
    kind: FileKind
    language: str
    at: datetime

    def is_expired(self, now: datetime) -> bool:
        return now - self.at > LINKED
