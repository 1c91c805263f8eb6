from dataclasses import replace

import pytest

from portfolio.identity import PersonId
from portfolio.whole import Portfolio
from storage.accounts import SqlAccountStore
from storage.database import Database
from storage.organisation import SqlPeopleStore
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter
from tests.world.people import AAGE, AASE, METTE, SOREN
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


async def test_import_without_entra_ids_keeps_them(people: SqlPeopleStore, database: Database) -> None:
    await SqlAccountStore(database).link_person(SOREN.id, "entra", NOW)
    changes = await SqlPortfolioWriter(database).apply(Portfolio(people=(SOREN,)))
    assert changes.is_empty
    assert await SqlAccountStore(database).person_by_entra_id("entra") is not None


async def test_names_come_in_danish_order_and_without_entra_ids(people: SqlPeopleStore, database: Database) -> None:
    await SqlAccountStore(database).link_person(METTE.id, "entra", NOW)
    await SqlPortfolioWriter(database).apply(Portfolio(people=(AASE, replace(AAGE, name="Zoe"))))
    vocabulary = await SqlPortfolioReader(database).vocabulary()
    assert [person.name for person in vocabulary.people] == [METTE.name, SOREN.name, "Zoe", AASE.name]
    assert {person.entra_id for person in vocabulary.people} == {None}
