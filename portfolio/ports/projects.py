"""Keeps what people change of projects themselves."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from portfolio.identity import PersonId
from portfolio.projects.changes import ProjectChange


class ProjectChangeStore(Protocol):
    """Every change is one transaction, with its line in the audit log. Raises Overtaken where the project isn't of that
    revision any more, and ProjectClosed where it was closed or opened meanwhile; nothing is stored then."""

    async def change(self, change: ProjectChange, revision: int) -> int:
        """Stores the change and returns its id. It goes before what a file says, until that says something else than it
        did."""

    async def take_back(self, change_id: int, revision: int, by: PersonId, at: datetime) -> ProjectChange:
        """Gives back as it was what that change changed, and returns the change that this is."""
