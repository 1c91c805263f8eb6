"""A link is found by its token alone, which isn't kept; it is forgotten after an hour, and with its person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from portfolio.exports import FileKind, LinkedList
from storage.database import Database
from storage.exports import SqlExportStore, exports
from storage.retention import SqlRetention
from tests.world.people import SOREN

NOW = datetime(2026, 6, 9, 8, tzinfo=UTC)
LINKED = LinkedList(SOREN.id, {"where": [{"overall": ["red"]}]}, FileKind.CSV, "da", NOW)
TOKEN = "a-token-that-nobody-can-guess"


async def test_link_is_found_by_its_token_alone(database: Database) -> None:
    store = SqlExportStore(database)
    await store.keep(TOKEN, LINKED)
    await store.keep("another", replace(LINKED, kind=FileKind.XLSX))
    assert await store.linked(TOKEN) == LINKED
    assert await store.linked("a-token") is None
    (*hashes,) = (await database.execute(exports.select())).scalars()
    assert TOKEN not in str(hashes)
    assert await store.linked(hashes[0]) is None


async def test_link_is_forgotten_after_an_hour(database: Database) -> None:
    store, retention = SqlExportStore(database), SqlRetention(database)
    await store.keep(TOKEN, LINKED)
    almost, later = NOW + timedelta(minutes=59), NOW + timedelta(minutes=61)
    await retention.forget(almost, almost)
    assert await store.linked(TOKEN) == LINKED
    assert (LINKED.is_expired(almost), LINKED.is_expired(later)) == (False, True)
    assert (await retention.forget(later, later))["exports"] == 1
    assert await store.linked(TOKEN) is None
