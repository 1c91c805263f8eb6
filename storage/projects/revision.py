"""Who comes first: of many who change the same project as they saw it one, and what was decided here before a file."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import false, or_, select, tuple_, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.status.reporting import Overtaken, ProjectClosed
from storage.records import Row
from storage.schema import portfolio_state, projects
from storage.schema_reminders import meeting_changes

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


async def still_held(connection: AsyncConnection, rows: Sequence[Row]) -> list[Row]:
    """Without the meetings that were moved or cancelled here."""
    changed = meeting_changes.c
    identities = [(row["body"], row["start"]) for row in rows]
    is_gone = or_(changed.moved_to.is_(None), changed.moved_to != changed.start)
    found = select(changed.body, changed.start).where(tuple_(changed.body, changed.start).in_(identities), is_gone)
    gone = {(row.body, row.start) for row in await connection.execute(found)}
    return [row for row, identity in zip(rows, identities, strict=True) if identity not in gone]
