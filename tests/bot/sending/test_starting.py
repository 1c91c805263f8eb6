"""A process that begins to send, on a database that doesn't let it."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.clock import real_clock
from bot.settings import Settings
from bot.wiring import open_reminders
from storage.database import open_database


@pytest.mark.parametrize(
    ("table", "event"), [("deliveries", "leases_not_freed"), ("projects", "reminders_not_made_ready")]
)
async def test_operator_reads_what_did_not_succeed_before_the_first_message(
    local_settings: Settings, table: str, event: str
) -> None:
    async with open_reminders(local_settings, real_clock) as reminders:
        database = open_database(local_settings.database_url)
        async with database.transaction() as connection:
            await connection.execute(text(f"DROP TABLE {table}"))
        await database.close()
        reminders.dispatcher.stop()
        with capture_logs() as logged:
            await asyncio.wait_for(reminders.send(), 10)
    assert {"event": event, "error": "OperationalError", "log_level": "warning"} in logged
