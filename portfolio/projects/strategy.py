"""The strategy's focus areas, each belonging to one strategy period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FocusArea:
    """`name` is the identity; `period` as written, "2021-2025"; `replaced_by` names the next period's area."""

    name: str
    period: str | None = None
    short_name: str | None = None
    aliases: tuple[str, ...] = ()
    replaced_by: str | None = None


def with_predecessors(names: Iterable[str], areas: Iterable[FocusArea]) -> frozenset[str]:
    """The named areas and every earlier area that they replace, so that old projects stay in sight."""
    known = tuple(areas)
    line = set(names)
    while older := {area.name for area in known if area.replaced_by in line} - line:
        line |= older
    return frozenset(line)
