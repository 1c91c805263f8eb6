"""What comes of naming deputies and handing projects over, before it becomes a card and a text."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.deputies import Deputy
from portfolio.projects.project import Project


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who was to be told, and whether Teams could reach them."""

    email: str
    is_reached: bool


@dataclass(frozen=True, slots=True)
class DeputyNamed:
    """`projects` are the numbers of what the deputy reports on."""

    deputy: Deputy
    projects: tuple[str, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class DeputyEnded:
    deputy: Deputy
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Deputies:
    """Those who report in the person's place, and those in whose place the person reports."""

    own: tuple[Deputy, ...]
    others: tuple[Deputy, ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """`before` led the project until now. `may_return`: the person may give it back."""

    project: Project
    before: str | None
    told: tuple[Told, ...]
    may_return: bool


@dataclass(frozen=True, slots=True)
class WhichToHandOver:
    """Which of these projects; `lead` is the new lead, where one was named."""

    numbers: tuple[str, ...]
    lead: str | None = None


PeopleOutcome = DeputyNamed | DeputyEnded | Deputies | HandedOver | WhichToHandOver
