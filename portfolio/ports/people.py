"""People."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from portfolio.organisation import Person


class PeopleReader(Protocol):
    async def person(self, email: str) -> Person | None: ...

    async def person_by_entra_id(self, entra_id: str) -> Person | None: ...


class PeopleStore(PeopleReader, Protocol):
    async def set_language(self, email: str, language: str | None, at: datetime) -> None:
        """Keeps the language that the person wants to be spoken to in; None is that of their Teams."""

    async def link_person(self, email: str, entra_id: str, at: datetime) -> bool:
        """Makes this Entra id the person with that e-mail's; False when nobody has that e-mail, or one of the two is
        another's already."""
