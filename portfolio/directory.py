"""People as a directory tells of them: Microsoft Graph, or a file that an identity system exported."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

from portfolio.organisation import Role


@dataclass(frozen=True, slots=True)
class DirectoryEntry:
    """Holds what a directory says of a person. None is what it doesn't speak of; an empty text or () is its word that
    there is none. Ids, UPNs and addresses are in lower case; `manager` is whichever of them the directory names, or
    what it wrote where that is none of them."""

    entra_id: str | None = None
    upn: str | None = None
    email: str | None = None
    name: str | None = None
    department: str | None = None
    manager: str | None = None
    is_active: bool | None = None
    is_leader: bool | None = None
    roles: tuple[Role, ...] | None = None
    employee_type: str | None = None

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Lists what the person is known by, the surest first."""
        known = (("entra_id", self.entra_id), ("upn", self.upn), ("email", self.email))
        return tuple((kind, value) for kind, value in known if value)


@dataclass(frozen=True, slots=True)
class DirectoryChanges:
    """Holds what a directory tells in one go. `removed` are Entra ids of those who aren't in it, or no longer as
    members; `delta_link` asks for what changes after this. Whoever isn't among the `entries` of a full reading isn't in
    the directory; otherwise an entry may be partial, and is about somebody who was told of before."""

    entries: tuple[DirectoryEntry, ...] = ()
    removed: frozenset[str] = frozenset()
    delta_link: str | None = None
    is_full: bool = True

    @property
    def tells_each(self) -> bool:
        """Says whether whoever leaves is told of by name, in a file of some."""
        return not self.is_full and self.delta_link is None


class Lookup:
    """Finds entries by what others call them: an Entra id, a UPN or an e-mail."""

    def __init__(self, entries: Iterable[DirectoryEntry]) -> None:
        self._by_value: dict[str, list[DirectoryEntry]] = defaultdict(list)
        for entry in entries:
            for value in dict.fromkeys(value.casefold() for _, value in entry.keys):
                self._by_value[value].append(entry)

    def find(self, reference: str) -> DirectoryEntry | None:
        """Returns the one entry that is meant; None where there is none, or more than one."""
        found = self._by_value.get(reference.strip().casefold(), ())
        return found[0] if len(found) == 1 else None


def unknown_managers(entries: Sequence[DirectoryEntry]) -> Iterator[DirectoryEntry]:
    """Yields the entries whose manager isn't one of them."""
    known = Lookup(entries)
    return (entry for entry in entries if entry.manager and known.find(entry.manager) is None)


def groups_of_one(entries: Sequence[DirectoryEntry]) -> list[list[int]]:
    """Returns the places of the entries, in order: together where an Entra id, a UPN or an e-mail says that they are
    one person's."""
    group_of: dict[int, list[int]] = {place: [place] for place in range(len(entries))}
    first_with: dict[tuple[str, str], int] = {}
    for place, entry in enumerate(entries):
        for key in entry.keys:
            own, other = group_of[place], group_of[first_with.setdefault(key, place)]
            if own is not other:
                other += own
                group_of |= dict.fromkeys(own, other)
    return [sorted(group) for place, group in group_of.items() if min(group) == place]


def contradictions(entries: Sequence[DirectoryEntry]) -> list[str]:
    """Returns the fields in which entries of one person say different things."""
    return [field.name for field in fields(DirectoryEntry) if len(_told(entries, field.name)) > 1]


def _told(entries: Iterable[DirectoryEntry], name: str) -> set[Any]:
    return {getattr(entry, name) for entry in entries} - {None}


def joined(entries: Sequence[DirectoryEntry]) -> DirectoryEntry:
    """Makes one entry of several that don't contradict each other."""
    names = [field.name for field in fields(DirectoryEntry)]
    return DirectoryEntry(**{name: next(iter(_told(entries, name)), None) for name in names})
