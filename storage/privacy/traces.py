"""Tells by what people are found: their ids, accounts, chats, and the words that name them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action
from portfolio.conversations import ConversationKind
from portfolio.identity import PersonId
from portfolio.organisation import Standing
from portfolio.privacy.naming import Naming
from storage.audit import audit
from storage.conversations import conversations
from storage.organisation import bodies, focus_areas, former_addresses, org_units, people
from storage.projects.tables import projects


@dataclass(frozen=True)
class Traces:
    """`ids` are also those of whoever was only mentioned by an address of theirs. `chats` are their own."""

    ids: frozenset[PersonId]
    accounts: frozenset[str]
    chats: frozenset[str]
    naming: Naming


async def read_traces(connection: AsyncConnection, persons: Collection[PersonId]) -> Traces:
    known = (await connection.execute(select(people))).mappings().all()
    former = (await connection.execute(select(former_addresses.c.person, former_addresses.c.address))).all()
    ids, addresses = set(persons) | await _merged(connection, persons), set[str]()
    for _ in range(2):  # whoever was only mentioned is called by an address
        theirs = [row for row in known if row["id"] in ids]
        addresses |= {row[name] for row in theirs for name in ("email", "upn") if row[name]}
        addresses |= {address for person, address in former if person in ids}
        ids |= {row["id"] for row in known if row["standing"] is Standing.MENTIONED and row["name"] in addresses}
    accounts = {row["entra_id"] for row in theirs if row["entra_id"]}
    own = or_(conversations.c.person.in_(ids), conversations.c.entra_id.in_(accounts))
    is_own = and_(own, conversations.c.kind == ConversationKind.PERSONAL)
    chats = (await connection.execute(select(conversations.c.conversation).where(is_own))).scalars()
    others = [row["name"] for row in known if row["id"] not in ids]
    things = [name async for name in _things(connection)]
    naming = Naming.of([row["name"] for row in theirs], addresses | accounts, others, things)
    return Traces(frozenset(ids), frozenset(accounts), frozenset(chats), naming)


async def _merged(connection: AsyncConnection, persons: Collection[PersonId]) -> set[PersonId]:
    """Reads who was mentioned and turned out to be one of them."""
    lines = select(audit.c.detail).where(audit.c.action == Action.PERSON_MERGED)
    details = (await connection.execute(lines)).scalars()
    return {detail["mentioned"] for detail in details if detail["person"] in persons}


async def _things(connection: AsyncConnection) -> AsyncIterator[str]:
    """Reads the names of what isn't a person."""
    for name in (org_units.c.name, bodies.c.name, focus_areas.c.name, projects.c.title):
        for named in (await connection.execute(select(name))).scalars():
            yield named
    for aliases in (org_units.c.aliases, focus_areas.c.aliases, projects.c.aliases):
        for several in (await connection.execute(select(aliases))).scalars():
            for named in several:
                yield named
