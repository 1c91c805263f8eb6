"""The changes of an import, planned or made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Tally:
    """Records of one sort: how many are new, differ, or are as they were."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True)
class ImportChange:
    """A record that is new (no `fields`), or differs in `fields`. `table` names its sort, `record` is its identity."""

    table: str
    record: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportChanges:
    """Tallies by table, named as the fields of Portfolio; `examples` are the first changes of each table."""

    tallies: Mapping[str, Tally] = field(default_factory=dict)
    examples: tuple[ImportChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(tally.added or tally.changed for tally in self.tallies.values())
