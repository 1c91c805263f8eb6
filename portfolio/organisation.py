"""People, their roles, and the tree of departments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from portfolio.identity import PersonId


class Role(StrEnum):
    """Roles in rising order of responsibility; those from the secretary on stand outside the line of managers."""

    EMPLOYEE = "employee"
    PROJECT_LEAD = "project_lead"
    MANAGER = "manager"
    HEAD = "head"
    DIRECTOR = "director"
    SECRETARY = "secretary"
    ADMINISTRATOR = "administrator"
    CAMPAIGN_LEAD = "campaign_lead"
    DPO = "dpo"


class Standing(StrEnum):
    """Tells where somebody stands with the municipality. MENTIONED: named in a file by their address alone."""

    MENTIONED = "mentioned"
    HERE = "here"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Person:
    """`id` is the identity. `email` and `upn`, the name at sign-in, are in lower case and may change, as may the name.
    Somebody without `roles` is an employee like others. `language` is the one that the person asked to be spoken to
    in."""

    id: PersonId
    name: str
    email: str | None = None
    unit: str | None = None
    manager: PersonId | None = None
    roles: tuple[Role, ...] = ()
    entra_id: str | None = None
    upn: str | None = None
    language: str | None = None
    standing: Standing = Standing.HERE

    @property
    def is_here(self) -> bool:
        return self.standing is Standing.HERE

    @property
    def address(self) -> str:
        """Gives the address that files and Teams know them by; "" where they have neither e-mail nor UPN."""
        return self.email or self.upn or ""


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """`name` is the identity; `parent` the name of the department above."""

    name: str
    parent: str | None = None
    manager: PersonId | None = None
    aliases: tuple[str, ...] = ()


def with_all_below(names: Iterable[str], units: Iterable[OrgUnit]) -> frozenset[str]:
    """The named departments and every department under them; safe against cycles in the data."""
    children: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        if unit.parent:
            children[unit.parent].append(unit.name)
    below: set[str] = set()
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        if name not in below:
            below.add(name)
            waiting.extend(children[name])
    return frozenset(below)


def managers_above(
    person: PersonId | None,
    unit_names: Iterable[str | None],
    people: Mapping[PersonId, Person],
    units: Mapping[str, OrgUnit],
) -> tuple[PersonId, ...]:
    """The managers above the person, the nearest first, then those of the person's department, of the departments named
    and of all above these; safe against cycles in the data."""
    managers: dict[PersonId, None] = {}
    above = people.get(person) if person else None
    names = [above.unit if above else None, *unit_names]
    while above and above.manager and above.manager not in managers:
        managers[above.manager] = None
        above = people.get(above.manager)
    for name in names:
        seen: set[str] = set()
        while name and name in units and name not in seen:
            seen.add(name)
            if manager := units[name].manager:
                managers.setdefault(manager)
            name = units[name].parent
    return tuple(manager for manager in managers if manager != person)
