"""What stays behind of people who leave, and what ends with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Select, delete, false, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import AuditEntry
from portfolio.conversations import ConversationKind
from portfolio.deliveries import Purpose, Stage
from portfolio.departures import Departure
from portfolio.identity import PersonId
from portfolio.organisation import Person
from portfolio.reminders.kinds import Outcome
from storage.conversations import conversations
from storage.database import chunks
from storage.deputies import deputies, end_deputies_of
from storage.forms import drafts
from storage.organisation import bodies, org_units
from storage.projects.tables import benefits, projects, risks
from storage.reminders.tables import absences, snoozes, switched_off
from storage.sending.tables import deliveries

_IS_OPEN = projects.c.is_closed == false()


async def read_departures(connection: AsyncConnection, people: Sequence[Person], today: date) -> list[Departure]:
    """Reads what the people have now, before anything of it ends, in their order."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for ids in chunks([person.id for person in people]):
        for name, wanted in _held_by(ids, today).items():
            for person, what in await connection.execute(wanted):
                found[person][name].append(what)
    for body in await connection.execute(select(bodies).order_by(bodies.c.name)):
        for person in dict.fromkeys((body.chair, body.secretary, *body.members)):
            found[person]["bodies"].append(body.name)
    return [
        Departure(person, **{name: tuple(dict.fromkeys(what)) for name, what in found[person.id].items()})  # type: ignore[arg-type]
        for person in people
    ]


def _held_by(ids: Sequence[PersonId], today: date) -> dict[str, Select[Any]]:
    lasts = deputies.c.last >= today
    return {
        "leads": _projects(projects.c.lead, ids),
        "owns": _projects(projects.c.owner, ids),
        "risks": _within(risks.c.responsible, risks.c.project, ids).where(risks.c.closed.is_(None)),
        "benefits": _within(benefits.c.responsible, benefits.c.project, ids),
        "departments": select(org_units.c.manager, org_units.c.name)
        .where(org_units.c.manager.in_(ids))
        .order_by(org_units.c.name),
        "stood_in_for": select(deputies.c.deputy, deputies.c.lead).where(deputies.c.deputy.in_(ids), lasts),
        "deputies": select(deputies.c.lead, deputies.c.deputy).where(deputies.c.lead.in_(ids), lasts),
    }


def _projects(holder: Column[Any], ids: Sequence[PersonId]) -> Select[Any]:
    return select(holder, projects.c.number).where(holder.in_(ids), _IS_OPEN).order_by(projects.c.number_key)


def _within(holder: Column[Any], project: Column[Any], ids: Sequence[PersonId]) -> Select[Any]:
    of_open = select(holder, project).join(projects, projects.c.number == project)
    return of_open.where(holder.in_(ids), _IS_OPEN).order_by(projects.c.number_key)


async def end_what_was_theirs(
    connection: AsyncConnection, left: Sequence[PersonId], by: PersonId, at: datetime, today: date
) -> list[AuditEntry]:
    """Ends what nobody has who isn't here: deputies, forms under way, chats, what they decided about their reminders,
    and what was to be sent to them. Reminders stop by themselves. Returns what is to be written down."""
    ended: list[AuditEntry] = []
    for people in chunks(left):
        ended += await end_deputies_of(connection, people, today, by, at)
        await connection.execute(delete(drafts).where(drafts.c.person.in_(people), drafts.c.outcome.is_(None)))
        theirs = (conversations.c.person.in_(people), conversations.c.kind == ConversationKind.PERSONAL)
        await connection.execute(delete(conversations).where(*theirs))
        for table in (absences, snoozes, switched_off):
            await connection.execute(delete(table).where(table.c.person.in_(people)))
        unsent = (
            deliveries.c.recipient.in_(people),
            deliveries.c.is_channel == false(),
            deliveries.c.purpose != Purpose.REMINDERS,
            or_(deliveries.c.stage == Stage.WAITING, deliveries.c.stage == Stage.HELD),
        )
        end = {"stage": Stage.DONE, "outcome": Outcome.LEFT, "settled_at": at}
        await connection.execute(update(deliveries).where(*unsent).values(end))
    return ended
