"""The state that reminders are worked out from, and decisions about them: people's own, and the office's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import delete, false, select, update

from portfolio.audit import Action, AuditEntry
from portfolio.identity import PersonId
from portfolio.reminders.keys import coded_subject
from portfolio.reminders.kinds import Key, Outcome, ReminderState
from storage.audit import write_down
from storage.projects.summary_columns import renew_standing
from storage.projects.tables import projects
from storage.reminders.personal import SqlPersonalReminders
from storage.reminders.state import read_state
from storage.reminders.tables import stopped
from storage.sending.queue import ensure_row
from storage.sending.tables import deliveries, fits_key, key_columns, key_of, parameters_of, reminded, row_of, sending
from storage.status_requests import SqlStatusRequests
from storage.version import lock_portfolio, raise_version

_P, _R, _D = projects.c, reminded.c, deliveries.c
_RESUME = delete(stopped).where(*fits_key(stopped))
_ALL = "all"


class SqlReminderStore(SqlPersonalReminders, SqlStatusRequests):
    """Implements portfolio.ports.reminders.ReminderStore. Times are given back in `work`'s zone."""

    async def state(
        self,
        now: datetime,
        numbers: Collection[str] | None = None,
        until: datetime | None = None,
        since: datetime | None = None,
    ) -> ReminderState:
        async with self._database.snapshot() as connection:
            return await read_state(connection, now, self._work, numbers, until, since)

    async def told_lately(self, person: str, since: datetime) -> list[Key]:
        sent = (
            select(*key_columns(reminded))
            .join(deliveries, _D.id == _R.delivery)
            .where(_R.recipient == person, _R.is_channel.is_(False), _R.outcome == Outcome.SENT)
            .where(_D.outcome == Outcome.SENT, _D.settled_at >= since)
            .order_by(_D.settled_at.desc(), _D.id.desc(), _R.kind, _R.subject, _R.occasion)
        )
        return [key_of(*row) for row in await self._database.execute(sent)]

    async def stop(self, keys: Sequence[Key], by: PersonId, at: datetime) -> None:
        if not keys:
            return
        once = self._database.insert(stopped).on_conflict_do_nothing()
        async with self._database.transaction() as connection:
            await connection.execute(once, [{**row_of(key), "by": by, "at": at} for key in keys])
            await write_down(connection, *(_entry(Action.REMINDERS_STOPPED, key, by, at) for key in keys))

    async def resume(self, keys: Sequence[Key], by: PersonId, at: datetime) -> None:
        if not keys:
            return
        async with self._database.transaction() as connection:
            await connection.execute(_RESUME, [parameters_of(key) for key in keys])
            await write_down(connection, *(_entry(Action.REMINDERS_RESUMED, key, by, at) for key in keys))

    async def set_all_stopped(
        self, by: PersonId, at: datetime, *, are_stopped: bool, until: date | None = None
    ) -> None:
        action = Action.REMINDERS_STOPPED if are_stopped else Action.REMINDERS_RESUMED
        detail = {"what": _ALL, **({"until": until.isoformat()} if until else {})}
        async with self._database.transaction() as connection:
            await ensure_row(self._database, connection)
            await connection.execute(update(sending).values(all_stopped=are_stopped, stopped_until=until))
            await write_down(connection, AuditEntry(at, by, action, detail=detail))

    async def set_rhythm(self, number: str, days: int | None, by: PersonId, at: datetime) -> bool:
        """Sets after how long its status counts as missing, too."""
        open_project = update(projects).where(_P.number == number, _P.is_closed == false())
        async with self._database.transaction() as connection:
            await lock_portfolio(connection)
            asked = await connection.execute(open_project.values(asked_every=days, rhythm_days=days))
            if asked.rowcount == 0:
                return False
            await raise_version(connection)
            await renew_standing(connection, [number])
            detail = {} if days is None else {"days": str(days)}
            await write_down(connection, AuditEntry(at, by, Action.RHYTHM_SET, number, detail))
        return True


def _entry(action: Action, key: Key, by: PersonId, at: datetime) -> AuditEntry:
    what = {"kind": key.kind.value, "subject": coded_subject(key.subject), "occasion": key.occasion}
    return AuditEntry(at, by, action, detail={**what, "recipient": key.recipient.id})
