"""People, and the Teams accounts that are theirs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from portfolio.identity import PersonId
from portfolio.organisation import Person


class PeopleReader(Protocol):
    async def person(self, person: PersonId) -> Person | None: ...

    async def person_by_address(self, address: str) -> Person | None:
        """Finds the person with that e-mail, or, where nobody has it, that UPN: those too who aren't here. Proves
        nothing about who asks."""


class PeopleStore(PeopleReader, Protocol):
    async def set_language(self, person: PersonId, language: str | None, at: datetime) -> None:
        """Keeps the language that the person wants to be spoken to in; None is that of their Teams."""


class AccountStore(Protocol):
    """Tells whose an account is, by its Entra id. People who don't work here have none."""

    async def person_by_entra_id(self, entra_id: str) -> Person | None: ...

    async def person_by_upn(self, upn: str) -> Person | None:
        """Finds the person of that UPN, or, of those whose UPN nobody told, the one with that e-mail."""

    async def entra_ids(self, people: Collection[PersonId]) -> Mapping[PersonId, str]:
        """Returns those that are known, of these people."""

    async def link_person(self, person: PersonId, entra_id: str, at: datetime) -> bool:
        """Makes this Entra id the person's; False when nobody of that id works here, or one of the two is another's
        already."""

    async def unlink_person(self, person: PersonId, by: PersonId, at: datetime) -> bool:
        """Forgets which account is theirs, and where it is written to; False when none was."""
