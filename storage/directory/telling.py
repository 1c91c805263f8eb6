"""Tells the portfolio office what came of a daily reading, in the transaction in which that is stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action
from portfolio.deliveries import Purpose, Stage
from portfolio.organisation import Person
from portfolio.rights import PORTFOLIO_OFFICE
from storage.audit import audit
from storage.database import chunks
from storage.organisation import IS_HERE, PEOPLE, is_any_of, people
from storage.sending.runs import ANNOUNCED_FOR
from storage.sending.tables import deliveries, runs


async def tell_office(connection: AsyncConnection, purpose: Purpose, at: datetime, due_at: datetime) -> None:
    office = (await connection.execute(select(people.c.id).where(IS_HERE, is_any_of(PORTFOLIO_OFFICE)))).scalars().all()
    if not office:
        return
    # A run without reminders, of which nothing else is to be told.
    row = {"at": at, "messages": 0, "spared": {}, "problems": [], "reported_at": at}
    run = (await connection.execute(insert(runs).values(row).returning(runs.c.id))).scalar_one()
    message = {
        "is_channel": False,
        "slot": f"{purpose}:{run}",
        "purpose": purpose,
        "run": run,
        "due_at": due_at,
        "next_at": due_at,
        "expires_at": due_at + ANNOUNCED_FOR,
        "twice_if_unsure": False,
        "stage": Stage.WAITING,
    }
    await connection.execute(insert(deliveries), [{"recipient": person, **message} for person in office])


async def who_left_in(connection: AsyncConnection, run: int) -> Sequence[Person]:
    """Reads who left when the run was made, and hasn't come back."""
    at = select(runs.c.at).where(runs.c.id == run).scalar_subquery()
    entries = select(audit.c.detail).where(audit.c.at == at, audit.c.action == Action.PERSON_LEFT)
    ids = [detail["person"] for detail in (await connection.execute(entries)).scalars()]
    found: list[Person] = []
    for some in chunks(ids):
        left = select(people).where(people.c.id.in_(some), ~IS_HERE).order_by(people.c.name, people.c.id)
        found += [PEOPLE.from_row(row) for row in (await connection.execute(left)).mappings()]
    return found
