"""Whose a Teams account is."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from portfolio.audit import Action
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.identity import BY_OPERATOR
from portfolio.organisation import Standing
from portfolio.whole import Portfolio
from storage.accounts import SqlAccountStore
from storage.audit import audit
from storage.conversations import SqlConversationStore
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.world.people import AAGE, METTE, SOREN, id_of
from tests.world.portfolio import NOW


@pytest.fixture
async def accounts(database: Database) -> SqlAccountStore:
    await SqlPortfolioWriter(database).apply(Portfolio(people=(SOREN, METTE)))
    return SqlAccountStore(database)


async def test_name_at_sign_in_is_held_to_the_mail_of_those_alone_who_have_none(
    accounts: SqlAccountStore, database: Database
) -> None:
    other = replace(AAGE, upn="ao@birkefjord.example")
    await SqlPortfolioWriter(database).apply(Portfolio(people=(other,)))
    assert await accounts.person_by_upn("SOEREN@birkefjord.example") == SOREN
    assert await accounts.person_by_upn("ao@birkefjord.example") == other
    assert await accounts.person_by_upn(AAGE.address) is None


async def test_linked_person_is_known_in_teams(accounts: SqlAccountStore) -> None:
    assert await accounts.person_by_entra_id("entra") is None
    assert await accounts.link_person(SOREN.id, "entra", NOW)
    found = await accounts.person_by_entra_id("entra")
    assert found is not None
    assert (found.name, found.entra_id) == (SOREN.name, "entra")


async def test_account_is_one_persons_and_a_person_has_one_account(accounts: SqlAccountStore) -> None:
    assert await accounts.link_person(SOREN.id, "entra", NOW)
    assert not await accounts.link_person(SOREN.id, "another", NOW)
    assert not await accounts.link_person(METTE.id, "entra", NOW)
    assert not await accounts.link_person(id_of("nobody@birkefjord.example"), "third", NOW)
    assert await accounts.person_by_entra_id("another") is None


async def test_of_several_accounts_at_once_one_gets_the_person(accounts: SqlAccountStore, database: Database) -> None:
    won = await asyncio.gather(*(accounts.link_person(SOREN.id, f"entra-{at}", NOW) for at in range(6)))
    assert won.count(True) == 1
    noted = select(func.count()).where(audit.c.action == Action.PERSON_LINKED)
    assert (await database.execute(noted)).scalar() == 1


async def test_account_of_somebody_who_left_is_nobodys(accounts: SqlAccountStore, database: Database) -> None:
    gone = replace(AAGE, upn="ao@birkefjord.example", entra_id="entra-aage", standing=Standing.LEFT)
    await SqlPortfolioWriter(database).apply(Portfolio(people=(gone,)))
    assert await accounts.person_by_entra_id("entra-aage") is None
    assert await accounts.person_by_upn("ao@birkefjord.example") is None
    assert await accounts.entra_ids([AAGE.id]) == {}
    assert not await accounts.link_person(AAGE.id, "another", NOW)


async def test_unlinked_person_is_written_to_nowhere_and_can_be_met_anew(
    accounts: SqlAccountStore, database: Database
) -> None:
    conversations = SqlConversationStore(database)
    await accounts.link_person(SOREN.id, "entra", NOW)
    await conversations.save_reference(
        ConversationReference(
            "t", "a:1", ConversationKind.PERSONAL, "https://smba.example", "28:bot", datetime.now(UTC),
            entra_id="entra", person=SOREN.id,
        )
    )  # fmt: skip
    assert await accounts.unlink_person(SOREN.id, BY_OPERATOR, NOW)
    assert await accounts.person_by_entra_id("entra") is None
    assert await conversations.references_of(SOREN.id) == []
    assert await accounts.link_person(SOREN.id, "another", NOW)
    noted = select(audit.c.by, audit.c.detail).where(audit.c.action == Action.PERSON_UNLINKED)
    assert (await database.execute(noted)).all() == [(BY_OPERATOR, {"person": SOREN.id})]
    assert not await accounts.unlink_person(METTE.id, BY_OPERATOR, NOW)
