"""What people may take back is kept for a while, and not without end."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from portfolio.deeds import Deed
from storage.database import Database
from storage.deeds import MOST_KEPT, SqlDeedStore, deeds
from tests.world.people import ASTRID, SOREN
from tests.world.reported import NOW


async def test_oldest_deeds_are_forgotten_for_newer_ones(database: Database) -> None:
    store = SqlDeedStore(database)
    await store.remember(Deed("astrids", ASTRID.id, "switch", {}, NOW))
    for number in range(MOST_KEPT + 5):
        await store.remember(Deed(f"{number}", SOREN.id, "switch", {}, NOW + timedelta(seconds=number)))
    async with database.connect() as connection:
        assert (await connection.execute(select(func.count()).select_from(deeds))).scalar_one() == MOST_KEPT + 1
    assert [await store.deed(one) is None for one in ("4", "5", "astrids")] == [True, False, False]
    assert (await store.recent(SOREN.id))[0].id == f"{MOST_KEPT + 4}"
