"""Who acts, as proven."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.organisation import Person


@dataclass(frozen=True, slots=True)
class Principal:
    """Somebody of our own organisation, by the account that proves it; `person` is None for a member whom nobody
    imported. Made for those who write in Teams in bot/teams/principals, and by `speaking_as`: nowhere else."""

    tenant: str
    entra_id: str | None
    person: Person | None


def speaking_as(person: Person | None) -> Principal:
    """The principal of the command line: whoever may run it may speak as anybody, which `--as` does, or as nobody."""
    return Principal("", None, person)
