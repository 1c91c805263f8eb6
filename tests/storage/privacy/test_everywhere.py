"""A person who stands in every column that may hold one is found in all of them, and erased from all of them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.conversations import ConversationKind
from portfolio.identity import PersonId
from portfolio.organisation import Standing
from storage.conversations import conversations
from storage.copies import postgresql_dump
from storage.data_map import DATA_MAP, Erased, Shown
from storage.database import Database, sqlite_file
from storage.organisation import former_addresses, people
from storage.plain_rows import plain
from storage.privacy.erasing import erase
from storage.privacy.finding import find
from storage.privacy.scrubbing import scrub
from storage.privacy.traces import read_traces
from storage.projects.tables import made_of_words, projects
from tests.kit.rows import contents, fill
from tests.world.portfolio import NOW

WHO = PersonId("ab12" * 8)
NAME, EMAIL, UPN = "Zorblax Kvist-Markør", "zorblax.kvist@birkefjord.example", "zk4711@birkefjord.example"
ENTRA, CHAT = "e0e0e0e0-zorblax", "a:zorblax-chat"
FORMER = "zorblax.gammel@birkefjord.example"
GONE = "tidligere medarbejder"
# What may be nowhere any more. Ids stay: they tell of nobody.
MARKS = ("zorblax", "kvist-mark", "zk4711", ENTRA)
WORDS = f"Spørg {NAME} eller {EMAIL}"
PLANTED: Mapping[Shown, Any] = {
    Shown.BY_ID: WHO,
    Shown.IN_LIST: [WHO],
    Shown.IN_DOCUMENT: {"note": [WORDS, {"who": f'"{WHO}"'}]},
    Shown.BY_WORDS: WORDS,
    Shown.BY_ACCOUNT: ENTRA,
    Shown.BY_CHAT: CHAT,
}
_WORDS = ("number", "title", "aliases", "case_number", "description")
LINES = [line for line in DATA_MAP if line.shown in PLANTED and line.table.name != "audit"]


async def plant(connection: AsyncConnection) -> None:
    """Every table has rows. In the first of each stands what is theirs, in the second what others hold of them."""
    await connection.run_sync(fill)
    about = {"name": NAME, "email": EMAIL, "upn": UPN, "entra_id": ENTRA, "standing": Standing.LEFT, "roles": ()}
    await connection.execute(insert(people).values(id=WHO, **about))
    await connection.execute(insert(former_addresses).values(address=FORMER, person=WHO))
    chat = {"tenant": "t", "conversation": CHAT, "kind": ConversationKind.PERSONAL, "service_url": "", "bot": ""}
    await connection.execute(insert(conversations).values(**chat, person=WHO, seen_at=NOW))
    for line in LINES:
        if line.name in ("people.id", "former_addresses.person"):
            continue
        rows = (await connection.execute(select(*line.table.primary_key.columns).limit(2))).mappings().all()
        row = rows[0 if line.erased is Erased.ROW else -1]
        is_it = [line.table.c[name] == value for name, value in row.items()]
        planted = {line.column.name: literal(PLANTED[line.shown], plain(line.column))}
        await connection.execute(update(line.table).where(*is_it).values(planted))


@pytest.fixture
async def planted(database: Database) -> Database:
    async with database.transaction() as connection:
        await plant(connection)
    return database


async def found(database: Database) -> set[str]:
    async with database.snapshot() as connection:
        findings = await find(connection, await read_traces(connection, [WHO]))
    return {line.name for row in findings.rows for line in row.by}


async def erased(database: Database) -> None:
    async with database.transaction() as connection:
        await erase(connection, [WHO], GONE)


async def test_person_is_found_in_every_column_that_may_hold_one(planted: Database):
    assert await found(planted) == {line.name for line in LINES}


async def test_nobody_else_is_found(planted: Database):
    async with planted.snapshot() as connection:
        findings = await find(connection, await read_traces(connection, [PersonId("f" * 32)]))
    assert findings.rows == ()


async def test_what_is_left_of_a_person_is_an_id_that_tells_of_nobody(planted: Database):
    await erased(planted)
    stays = {line.name for line in LINES if line.erased is Erased.STAYS or line.shown is Shown.IN_DOCUMENT}
    assert await found(planted) <= stays
    everything = str(await contents(planted)).lower()
    assert [mark for mark in MARKS if mark in everything] == []
    assert "Spørg tidligere medarbejder eller tidligere medarbejder" in str(await contents(planted))


async def test_nothing_else_changes(planted: Database):
    before = await contents(planted)
    await erased(planted)
    after = await contents(planted)
    marks = (*MARKS, WHO, "a:zorblax")
    for table, rows in before.items():
        others = [row for row in rows if not any(mark in row.lower() for mark in marks)]
        if table not in ("portfolio_state", "projects", "reminded"):  # the last goes with its delivery
            assert set(others) <= set(after[table]), table


async def test_erasing_twice_changes_nothing_more(planted: Database):
    await erased(planted)
    once = await contents(planted)
    await erased(planted)
    twice = await contents(planted)
    assert {**twice, "portfolio_state": []} == {**once, "portfolio_state": []}


async def test_what_is_searched_for_follows_from_what_was_reworded(planted: Database):
    await erased(planted)
    rows = (await planted.execute(select(projects))).mappings().all()
    (reworded,) = (row for row in rows if GONE in row["title"])
    made = made_of_words(*(reworded[name] for name in _WORDS))
    assert made == {name: reworded[name] for name in made}
    assert {line.column for line in DATA_MAP if line.erased is Erased.REMADE} == {projects.c[name] for name in made}


async def test_no_byte_of_a_person_is_left_in_the_files(planted: Database, database_url: str, tmp_path: Path):
    assert marks_in(written(planted, database_url, tmp_path)) == set(MARKS)
    await erased(planted)
    assert await scrub(planted)
    assert marks_in(written(planted, database_url, tmp_path)) == set()


def written(database: Database, url: str, folder: Path) -> bytes:
    """What stands in a SQLite database's files, or a dump of PostgreSQL's."""
    file = sqlite_file(url)
    if file is not None:
        return b"".join(one.read_bytes() for one in folder.glob(f"{file.name}*"))
    dump = folder / "dump"
    postgresql_dump.dump(url, dump, None, 1)
    return subprocess.run(["pg_restore", "-f", "-", str(dump)], check=True, capture_output=True).stdout


def marks_in(content: bytes) -> set[str]:
    text = content.decode(errors="replace").lower()
    return {mark for mark in MARKS if mark in text}
