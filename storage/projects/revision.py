"""Who comes first: of many who change the same project as they saw it one, and what was decided here before a file."""

from __future__ import annotations

from sqlalchemy import false, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.status.reporting import Overtaken, ProjectClosed
from storage.projects.tables import portfolio_state, projects

_P = projects.c


async def take_turn(connection: AsyncConnection, number: str, revision: int) -> None:
    """Raises the portfolio's version and the project's revision. Raises Overtaken and ProjectClosed."""
    # The version first, as an import does: whoever writes waits there, and never for each other crosswise.
    await connection.execute(update(portfolio_state).values(version=portfolio_state.c.version + 1))
    seen = (_P.number == number, _P.revision == revision, _P.is_closed == false())
    taken = await connection.execute(update(projects).where(*seen).values(revision=_P.revision + 1))
    if taken.rowcount == 1:
        return
    is_open = select(_P.number).where(_P.number == number, _P.is_closed == false())
    if (await connection.execute(is_open)).first() is None:
        raise ProjectClosed(number)
    raise Overtaken(number)
