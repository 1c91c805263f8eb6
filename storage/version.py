"""The portfolio's version, which every change raises, and by which writers wait for one another."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.columns import metadata

# One row; grows with every change, so that readers know when to read names again.
portfolio_state = Table(
    "portfolio_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", BigInteger, nullable=False),
)


async def lock_portfolio(connection: AsyncConnection) -> None:
    """Waits until all others who write to the portfolio are done, imports too. Comes first in a transaction, so that
    writers never wait for each other crosswise."""
    await connection.execute(select(portfolio_state.c.version).with_for_update())


async def raise_version(connection: AsyncConnection) -> None:
    """Tells readers that the portfolio has changed. Locks it, too."""
    await connection.execute(update(portfolio_state).values(version=portfolio_state.c.version + 1))
