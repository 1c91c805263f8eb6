from datetime import date
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, select, text

from portfolio.ports.errors import DatabaseError
from portfolio.questions.question import Question, which
from storage.columns import metadata
from storage.conversations import SqlConversationStore
from storage.database import Database, open_database
from storage.migrating import (
    SchemaTooNewError,
    SchemaTooOldError,
    configuration,
    current_revision,
    require_current,
    upgrade,
)
from storage.projects.tables import projects, reports
from storage.questions.reader import SqlPortfolioReader


def _differences(connection: Connection) -> list[object]:
    options = {"compare_type": True, "compare_server_default": True}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def test_migrated_database_has_the_tables_that_the_code_expects(database: Database) -> None:
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_operator_brings_a_blank_database_up_to_date(blank_url: str) -> None:
    database = open_database(blank_url)
    assert await current_revision(database) is None
    with pytest.raises(SchemaTooOldError, match="tovholder migrate"):
        await require_current(database)
    await upgrade(database)
    await require_current(database)
    await database.close()


async def test_upgrading_twice_changes_nothing(database: Database) -> None:
    before = await current_revision(database)
    await upgrade(database)
    assert await current_revision(database) == before


async def test_database_of_a_newer_version_is_refused_and_left_alone(database: Database) -> None:
    async with database.transaction() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNewError, match="9999"):
        await upgrade(database)
    with pytest.raises(SchemaTooNewError, match="9999"):
        await require_current(database)
    assert await current_revision(database) == "9999"


async def test_upgrade_that_fails_half_way_leaves_nothing_behind(blank_url: str) -> None:
    database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.execute(text("CREATE TABLE welcomes (in_the_way INTEGER)"))
    with pytest.raises(DatabaseError) as failed:
        await upgrade(database)
    assert "welcomes" in str(failed.value.__cause__)
    assert await current_revision(database) is None
    await database.close()


# As the first version wrote it: a green project with a milestone passed and its spend over its budget.
_OLD_ROWS: dict[str, dict[str, Any]] = {
    "projects": {
        "number": "P{n}",
        "title": "Skærm",
        "number_key": "p",
        "title_key": "skærm",
        "search_text": "skærm",
        "focus_areas": "[]",
        "goals": "[]",
        "aliases": "[]",
        "budget": 100,
        "spend": 200,
        "rhythm_days": 14,
        "phase": "execution",
        "is_closed": False,
        "end_first": "2024-06-01",
        "end_last": "2024-06-30",
        "end_unit": "month",
        "status_day": "2024-05-01",
        "overall": "green",
        "overall_rank": 3,
    },
    "reports": {"project": "P{n}", "day": "2024-05-01", "overall": "green"},
    "milestones": {
        "project": "P{n}",
        "title": "Udbud",
        "due_first": "2024-05-20",
        "due_last": "2024-05-20",
        "due_unit": "day",
    },
    "conversations": {
        "tenant": "t",
        "conversation": "a:{n}",
        "kind": "personal",
        "entra_id": "e",
        "service_url": "https://smba.example",
        "bot": "28:bot",
        "seen_at": "2024-06-01 08:00:00",
    },
}
# More than are brought up to date at a time.
_MANY = 600


def _to_first(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")


async def test_database_of_the_first_version_is_brought_up_to_date_with_all_it_holds(blank_url: str) -> None:
    database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.run_sync(_to_first)
        for table, row in _OLD_ROWS.items():
            names = ", ".join(f":{name}" for name in row)
            statement = f"INSERT INTO {table} ({names.replace(':', '')}) VALUES ({names})"  # noqa: S608
            await connection.execute(text(statement), [_numbered(row, n) for n in range(_MANY)])
        await connection.execute(text("UPDATE projects SET phase = 'closed', is_closed = true WHERE number = 'P0'"))
    await upgrade(database)
    await require_current(database)
    async with database.engine.connect() as connection:
        assert await connection.run_sync(_differences) == []
    wanted = ("milestone_last", "disputed_after", "missing_after", "late_after", "expected_last", "revision", "number")
    rows = await _rows(database, *(projects.c[name] for name in wanted))
    day = date(2024, 5, 20)
    assert rows.pop("P0") == (day, None, date(2024, 5, 15), day, None, 0)
    assert set(rows.values()) == {(day, date(1, 1, 1), date(2024, 5, 15), day, None, 0)}
    assert len(rows) == _MANY - 1
    reader = SqlPortfolioReader(database)
    assert await reader.count(Question(where=which(disputed=True)), date(2024, 6, 15)) == _MANY - 1
    kept = await _rows(database, reports.c.decision_wanted, reports.c.overall, reports.c.project)
    assert kept["P1"] == (None, "green")
    reference = await SqlConversationStore(database).reference("a:1")
    assert reference is not None
    assert (reference.entra_id, reference.person) == ("e", None)
    await database.close()


def _numbered(row: dict[str, Any], n: int) -> dict[str, Any]:
    return {name: value.format(n=n) if isinstance(value, str) else value for name, value in row.items()}


async def _rows(database: Database, *columns: Any) -> dict[str, tuple[Any, ...]]:
    """Reads rows, by the last of the columns."""
    async with database.connect() as connection:
        return {row[-1]: tuple(row[:-1]) for row in await connection.execute(select(*columns))}
