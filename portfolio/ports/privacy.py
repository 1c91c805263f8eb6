"""What is held on people, and erasing it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.privacy.held import Holdings


class HeldReader(Protocol):
    async def held_on(self, person: PersonId) -> Holdings | None:
        """Finds all that is held on the person but the lines of the audit log; None where there is no such person."""


class PrivacyStore(HeldReader, Protocol):
    async def person_called(self, address: str) -> Person | None:
        """Finds the person with that e-mail, UPN or Entra id, or that was called by that address before, whether they
        are here or not."""

    async def erase(self, persons: Collection[PersonId], by: PersonId, at: datetime) -> bool:
        """Erases them and whoever was mentioned by an address of theirs, for good: they are on the list of the erased
        before they are gone. Returns whether no trace of them is left in the database's files, either."""
