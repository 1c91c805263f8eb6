import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from portfolio.audit import Action
from portfolio.identity import PersonId
from portfolio.whole import Portfolio
from storage.audit import audit
from storage.database import Database
from storage.organisation import SqlPeopleStore
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.world.people import AAGE, AASE, METTE, SOREN, id_of
from tests.world.portfolio import NOW


@pytest.fixture
async def people(database: Database) -> SqlPeopleStore:
    await SqlPortfolioWriter(database).apply(Portfolio(people=(SOREN, METTE)))
    return SqlPeopleStore(database)


async def test_person_is_found_by_mail_in_any_case(people: SqlPeopleStore) -> None:
    assert await people.person_by_address("Soeren@Birkefjord.Example ") == SOREN
    assert await people.person_by_address("nobody@birkefjord.example") is None
    assert await people.person(SOREN.id) == SOREN
    assert await people.person(PersonId(SOREN.address)) is None


async def test_name_at_sign_in_is_held_to_the_mail_of_those_alone_who_have_none(
    people: SqlPeopleStore, database: Database
) -> None:
    other = replace(AAGE, upn="ao@birkefjord.example")
    await SqlPortfolioWriter(database).apply(Portfolio(people=(other,)))
    assert await people.person_by_upn("SOEREN@birkefjord.example") == SOREN
    assert await people.person_by_upn("ao@birkefjord.example") == other
    assert await people.person_by_upn(AAGE.address) is None


async def test_linked_person_is_known_in_teams(people: SqlPeopleStore) -> None:
    assert await people.person_by_entra_id("entra") is None
    assert await people.link_person(SOREN.id, "entra", NOW)
    found = await people.person_by_entra_id("entra")
    assert found is not None
    assert (found.name, found.entra_id) == (SOREN.name, "entra")


async def test_account_is_one_persons_and_a_person_has_one_account(people: SqlPeopleStore) -> None:
    assert await people.link_person(SOREN.id, "entra", NOW)
    assert not await people.link_person(SOREN.id, "another", NOW)
    assert not await people.link_person(METTE.id, "entra", NOW)
    assert not await people.link_person(id_of("nobody@birkefjord.example"), "third", NOW)
    assert await people.person_by_entra_id("another") is None


async def test_of_several_accounts_at_once_one_gets_the_person(people: SqlPeopleStore, database: Database) -> None:
    won = await asyncio.gather(*(people.link_person(SOREN.id, f"entra-{at}", NOW) for at in range(6)))
    assert won.count(True) == 1
    noted = select(func.count()).where(audit.c.action == Action.PERSON_LINKED)
    assert (await database.execute(noted)).scalar() == 1


async def test_import_without_entra_ids_keeps_them(people: SqlPeopleStore, database: Database) -> None:
    await people.link_person(SOREN.id, "entra", NOW)
    changes = await SqlPortfolioWriter(database).apply(Portfolio(people=(SOREN,)))
    assert changes.is_empty
    assert await people.person_by_entra_id("entra") is not None


async def test_names_come_in_danish_order_and_without_entra_ids(people: SqlPeopleStore, database: Database) -> None:
    await people.link_person(METTE.id, "entra", NOW)
    await SqlPortfolioWriter(database).apply(Portfolio(people=(AASE, replace(AAGE, name="Zoe"))))
    vocabulary = await SqlPortfolioReader(database).vocabulary()
    assert [person.name for person in vocabulary.people] == [METTE.name, SOREN.name, "Zoe", AASE.name]
    assert {person.entra_id for person in vocabulary.people} == {None}
