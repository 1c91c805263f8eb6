"""Takes turns: of many who change the same project as they saw it, one does."""

from __future__ import annotations

from sqlalchemy import false, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.status.reporting import Overtaken, ProjectClosed
from storage.projects.tables import projects
from storage.version import raise_version

_P = projects.c


async def take_turn(connection: AsyncConnection, number: str, revision: int, *, is_closed: bool = False) -> None:
    """Raises the portfolio's version and the project's revision. Raises Overtaken and ProjectClosed: that it isn't
    open, or, for one that was seen closed, that it is."""
    await raise_version(connection)
    is_as_seen = _P.is_closed == (true() if is_closed else false())
    seen = (_P.number == number, _P.revision == revision, is_as_seen)
    taken = await connection.execute(update(projects).where(*seen).values(revision=_P.revision + 1))
    if taken.rowcount == 1:
        return
    still = select(_P.number).where(_P.number == number, is_as_seen)
    if (await connection.execute(still)).first() is None:
        raise ProjectClosed(number)
    raise Overtaken(number)
