import pytest

from portfolio.organisation import Person, Role
from portfolio.whole import Portfolio
from storage.database import Database
from storage.organisation.people import SqlPeopleStore
from storage.questions.reader import SqlPortfolioReader
from storage.whole import SqlPortfolioWriter

ANNA = Person("anna@ex.dk", "Anna Ægir", unit="Skoler", role=Role.PROJECT_LEAD)
BO = Person("bo@ex.dk", "Bo Ågård")


@pytest.fixture
async def people(database: Database) -> SqlPeopleStore:
    await SqlPortfolioWriter(database).apply(Portfolio(people=(ANNA, BO)))
    return SqlPeopleStore(database)


async def test_person_is_found_by_mail_in_any_case(people: SqlPeopleStore) -> None:
    assert await people.person("Anna@Ex.DK") == ANNA
    assert await people.person("nobody@ex.dk") is None


async def test_linked_person_is_known_in_teams(people: SqlPeopleStore) -> None:
    assert await people.person_by_entra_id("entra") is None
    assert await people.link_person("Anna@ex.dk", "entra")
    found = await people.person_by_entra_id("entra")
    assert found is not None
    assert (found.name, found.entra_id) == ("Anna Ægir", "entra")


async def test_person_with_a_new_mail_takes_the_entra_id_along(people: SqlPeopleStore) -> None:
    await people.link_person("anna@ex.dk", "entra")
    assert await people.link_person("bo@ex.dk", "entra")
    assert await people.person("anna@ex.dk") == ANNA
    assert not await people.link_person("nobody@ex.dk", "entra")


async def test_import_without_entra_ids_keeps_them(people: SqlPeopleStore, database: Database) -> None:
    await people.link_person("anna@ex.dk", "entra")
    changes = await SqlPortfolioWriter(database).apply(Portfolio(people=(ANNA,)))
    assert changes.is_empty
    assert await people.person_by_entra_id("entra") is not None


async def test_names_come_in_danish_order_and_without_entra_ids(people: SqlPeopleStore, database: Database) -> None:
    await people.link_person("bo@ex.dk", "entra")
    await SqlPortfolioWriter(database).apply(Portfolio(people=(Person("zoe@ex.dk", "Zoe"), Person("aa@ex.dk", "Åse"))))
    vocabulary = await SqlPortfolioReader(database).vocabulary()
    assert [person.name for person in vocabulary.people] == ["Anna Ægir", "Bo Ågård", "Zoe", "Åse"]
    assert {person.entra_id for person in vocabulary.people} == {None}
