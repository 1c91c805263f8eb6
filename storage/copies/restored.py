"""A database that was put back to an earlier day, made ready for use: what was done since then isn't done again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.dates import Unit, start_of
from portfolio.deliveries import Purpose, Stage
from portfolio.drafts import KEPT
from portfolio.identity import BY_ITSELF, PersonId
from portfolio.organisation import Standing
from portfolio.reminders.kinds import Outcome
from portfolio.rights import PORTFOLIO_OFFICE
from portfolio.working_time import WorkingTime
from storage.audit import write_down
from storage.database import Database
from storage.forms import drafts
from storage.meetings.tables import meetings
from storage.organisation import is_any_of, people
from storage.privacy.erasing import erase
from storage.privacy.store import entries
from storage.projects.tables import projects
from storage.rounds.store import close_quietly
from storage.sending.queue import ensure_row
from storage.sending.tables import BY_RESTORING, EPOCH, deliveries, reminded, runs


@dataclass(frozen=True, slots=True)
class Erased:
    """Those on the list of the erased, and the words that stand in the place of their names."""

    people: frozenset[PersonId]
    instead: str


NOBODY_ERASED = Erased(frozenset(), "")
_D, _R, _U = deliveries.c, reminded.c, runs.c
_OPEN = _D.stage != Stage.DONE
_WEEK = timedelta(days=7)
# More changes than anything goes through between a backup and its restore.
_LOST = 1000


async def make_ready(
    database: Database, connection: AsyncConnection, now: datetime, work: WorkingTime, erased: Erased = NOBODY_ERASED
) -> None:
    """Does all that must be done before anybody uses a restored database, in the transaction that lets them. It has the
    schema of this version already; `now` is when it is restored."""
    again = await _erase_again(connection, erased, now)
    await _forget_what_waited(connection, now)
    await ensure_row(database, connection)
    nothing = {"at": now, "messages": 0, "spared": {}, "problems": []}
    await connection.execute(insert(runs).values(nothing | {"decided_by": BY_RESTORING, "reported_at": now}))
    await _settle_week_report(database, connection, now, work)
    for table in (projects, meetings):  # whoever saw what is lost hasn't seen the newest, though it be counted alike
        await connection.execute(update(table).values(revision=table.c.revision + _LOST))
    closed = await close_quietly(connection, BY_ITSELF, now)
    await connection.execute(delete(drafts).where(drafts.c.touched_at < now - KEPT))
    await write_down(connection, *closed, *again, AuditEntry(now, BY_ITSELF, Action.DATABASE_RESTORED))


async def _erase_again(connection: AsyncConnection, erased: Erased, now: datetime) -> list[AuditEntry]:
    """Returns what is to be written down of those whom the backup still had."""
    if not erased.people:
        return []
    findings = await erase(connection, erased.people, erased.instead)
    return entries(erased.people, findings, BY_ITSELF, now)


async def _forget_what_waited(connection: AsyncConnection, now: datetime) -> None:
    """Settles what waited to be sent, which may have been sent since; of runs with such reminders the office is told,
    of others it was or will never be."""
    has_open = exists().where(_D.run == _U.id, _D.purpose == Purpose.REMINDERS, _OPEN)
    await connection.execute(update(runs).where(_U.reported_at.is_(None), ~has_open).values(reported_at=now))
    waited = select(_D.id).where(_OPEN)
    await connection.execute(
        update(reminded).where(_R.delivery.in_(waited), _R.outcome.is_(None)).values(outcome=Outcome.RESTORED)
    )
    end = {"stage": Stage.DONE, "outcome": Outcome.RESTORED, "settled_at": now, "said": None}
    await connection.execute(update(deliveries).where(_OPEN).values(end))


async def _settle_week_report(
    database: Database, connection: AsyncConnection, now: datetime, work: WorkingTime
) -> None:
    """Lets the office have had its report of the last week, where there was a working hour to send it in."""
    monday = start_of(now.astimezone(work.zone).date(), Unit.WEEK)
    begin = datetime.combine(monday, datetime.min.time(), work.zone)
    if work.next_open(begin) > now:
        return
    is_office = (people.c.standing == Standing.HERE, is_any_of(PORTFOLIO_OFFICE))
    office = (await connection.execute(select(people.c.id).where(*is_office))).scalars()
    row = {
        "is_channel": False,
        "slot": f"{Purpose.WEEK_REPORT}:{monday - _WEEK}",
        "purpose": Purpose.WEEK_REPORT,
        "due_at": now,
        "expires_at": now,
        "twice_if_unsure": False,
        "stage": Stage.DONE,
        "next_at": EPOCH,
        "outcome": Outcome.RESTORED,
        "settled_at": now,
    }
    rows = [row | {"recipient": person} for person in office]
    if rows:
        await connection.execute(database.insert(deliveries).on_conflict_do_nothing(), rows)
