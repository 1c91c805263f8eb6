"""Takes turns: of many who change the same project as they saw it, one does."""

from __future__ import annotations

from sqlalchemy import false, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.status.reporting import Overtaken, ProjectClosed
from storage.projects.tables import projects
from storage.version import raise_version

_P = projects.c


async def take_turn(connection: AsyncConnection, number: str, revision: int) -> None:
    """Raises the portfolio's version and the project's revision. Raises Overtaken and ProjectClosed."""
    await raise_version(connection)
    seen = (_P.number == number, _P.revision == revision, _P.is_closed == false())
    taken = await connection.execute(update(projects).where(*seen).values(revision=_P.revision + 1))
    if taken.rowcount == 1:
        return
    is_open = select(_P.number).where(_P.number == number, _P.is_closed == false())
    if (await connection.execute(is_open)).first() is None:
        raise ProjectClosed(number)
    raise Overtaken(number)
