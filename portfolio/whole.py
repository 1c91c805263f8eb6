"""A whole portfolio at once, as a workbook carries it, and what its import changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from portfolio.bodies import Body, Meeting
from portfolio.identity import PersonId
from portfolio.organisation import OrgUnit, Person
from portfolio.projects.project import Benefit, Milestone, Project, Risk
from portfolio.projects.status import StatusReport
from portfolio.projects.strategy import FocusArea

R = TypeVar("R", bound=Any)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every record has an identity: a project its number, a person the id, or else the e-mail, departments,
    focus areas and bodies their name, a report (project, day), a milestone, benefit or risk (project, title), a meeting
    the body and the time it was first to start. `mentioned` are those whom the others refer to, and of whom the file
    says no more than an address."""

    projects: tuple[Project, ...] = ()
    reports: tuple[StatusReport, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    risks: tuple[Risk, ...] = ()
    people: tuple[Person, ...] = ()
    mentioned: tuple[Person, ...] = ()
    org_units: tuple[OrgUnit, ...] = ()
    focus_areas: tuple[FocusArea, ...] = ()
    bodies: tuple[Body, ...] = ()
    meetings: tuple[Meeting, ...] = ()


# The fields that hold people, by the fields of Portfolio.
HOLDING_PEOPLE: Mapping[str, tuple[str, ...]] = {
    "projects": ("lead", "owner"),
    "reports": ("author",),
    "benefits": ("responsible",),
    "risks": ("responsible",),
    "people": ("id", "manager"),
    "mentioned": ("id",),
    "org_units": ("manager",),
    "bodies": ("chair", "secretary", "members"),
}


def with_people(record: R, table: str, who: Callable[[str], PersonId]) -> R:
    """Returns the record of that table with everybody in it replaced by whom `who` says they are."""
    changed: dict[str, Any] = {}
    for name in HOLDING_PEOPLE.get(table, ()):
        held = getattr(record, name)
        if held:
            changed[name] = who(held) if isinstance(held, str) else tuple(dict.fromkeys(map(who, held)))
    return replace(record, **changed) if changed else record


@dataclass(frozen=True)
class KnownPeople:
    """Tells whose each address is, and each UPN and Entra id, by the field and its value; and for whom a directory
    speaks, whose word goes before a file's."""

    addresses: Mapping[str, PersonId] = field(default_factory=dict)
    accounts: Mapping[tuple[str, str], PersonId] = field(default_factory=dict)
    vouched: frozenset[PersonId] = frozenset()


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
    """Tallies by table, named as the fields of Portfolio; `examples` are the first changes of each table. `kept` are
    those of which something else goes before the file, in `fields`: people of whom a directory speaks, and what was
    changed in Tovholder since the file last changed it."""

    tallies: Mapping[str, Tally] = field(default_factory=dict)
    examples: tuple[ImportChange, ...] = ()
    kept: tuple[ImportChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(tally.added or tally.changed for tally in self.tallies.values())
