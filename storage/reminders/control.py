"""What is decided about others' reminders: taken out, all stopped, and how often a project is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, false, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.reminders.kinds import Key
from storage.audit import write_down
from storage.database import Database
from storage.projects.summary_columns import renew_standing
from storage.projects.tables import portfolio_state, projects
from storage.reminders.tables import stopped
from storage.sending.keys import is_it, parameters_of, row_of
from storage.sending.queue import ensure_row
from storage.sending.tables import sending

_P = projects.c
_RESUME = delete(stopped).where(*is_it(stopped))
_ALL = "all"


async def stop(database: Database, connection: AsyncConnection, keys: Sequence[Key], by: str, at: datetime) -> None:
    if not keys:
        return
    once = database.insert(stopped).on_conflict_do_nothing()
    await connection.execute(once, [{**row_of(key), "by": by, "at": at} for key in keys])
    await write_down(connection, *(_entry(Action.REMINDERS_STOPPED, key, by, at) for key in keys))


async def resume(connection: AsyncConnection, keys: Sequence[Key], by: str, at: datetime) -> None:
    if not keys:
        return
    await connection.execute(_RESUME, [parameters_of(key) for key in keys])
    await write_down(connection, *(_entry(Action.REMINDERS_RESUMED, key, by, at) for key in keys))


async def set_all_stopped(
    database: Database, connection: AsyncConnection, by: str, at: datetime, *, are_stopped: bool
) -> None:
    await ensure_row(database, connection)
    await connection.execute(update(sending).values(all_stopped=are_stopped))
    action = Action.REMINDERS_STOPPED if are_stopped else Action.REMINDERS_RESUMED
    await write_down(connection, AuditEntry(at, by, action, detail={"what": _ALL}))


async def set_rhythm(connection: AsyncConnection, number: str, days: int | None, by: str, at: datetime) -> bool:
    """Sets after how long its status counts as missing, too."""
    # First, as all who write to the portfolio wait there, and never for each other crosswise.
    await connection.execute(select(portfolio_state.c.version).with_for_update())
    asked = update(projects).where(_P.number == number, _P.is_closed == false())
    if (await connection.execute(asked.values(asked_every=days, rhythm_days=days))).rowcount == 0:
        return False
    await connection.execute(update(portfolio_state).values(version=portfolio_state.c.version + 1))
    await renew_standing(connection, [number])
    detail = {} if days is None else {"days": str(days)}
    await write_down(connection, AuditEntry(at, by, Action.RHYTHM_SET, number, detail))
    return True


def _entry(action: Action, key: Key, by: str, at: datetime) -> AuditEntry:
    what = {"kind": key.kind.value, "subject": key.subject, "occasion": key.occasion}
    return AuditEntry(at, by, action, detail={**what, "recipient": key.recipient.id})
