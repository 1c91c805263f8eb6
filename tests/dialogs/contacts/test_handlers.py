"""Where a colleague can be reached: the mail first, and nothing that isn't held."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from dialogs.assistant import Assistant
from dialogs.features import understand
from dialogs.turn.visit import Stores
from portfolio.organisation import Person
from portfolio.whole import Portfolio
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.dialogs.conftest import HERE
from tests.kit.cards import elements_of, heading
from tests.kit.talk import Talk
from tests.world.people import AAGE, ANDERS, GRY, HOLM, IB, METTE, SOREN, VAGN

Talking = Callable[..., Talk]


@pytest.fixture
async def _more_people(cast_database: Database) -> None:
    await SqlPortfolioWriter(cast_database).apply(Portfolio(people=(HOLM, *ANDERS, replace(AAGE, manager=VAGN.id))))


with_more_people = pytest.mark.usefixtures("_more_people")


async def document(stores: Stores, text: str, person: Person | None = IB) -> dict[str, object]:
    assistant = Assistant(stores.reader, understand, stores)
    return await assistant.document(text, Talk(assistant, person, HERE).turn)


@with_more_people
@pytest.mark.parametrize(
    "said",
    ["hvad er mailen til Åge", "Åges mail", "hvordan får jeg fat i Åge Ørsted-Kjærgaard", "kontaktoplysninger på Åge"],
)
async def test_mail_comes_first_and_then_where_they_belong(said: str, talking: Talking):
    answer = await talking(IB).say(said)
    assert heading(answer).replace("\\", "") == f"{AAGE.name} har mailen {AAGE.email}"
    assert "Fagområde: Teknik · Leder: Vagn Holm · Leder projekter: 1 projekt" in answer.text
    links = [fact["value"] for facts in elements_of(answer.card or {}, "FactSet") for fact in facts["facts"]]
    assert f"(mailto:{AAGE.email})" in links[0]


async def test_english_question_is_answered_in_english(talking: Talking):
    assert heading(await talking(IB).say("how do i reach Mette Lindegaard please")).startswith("The mail of Mette")


async def test_projects_that_they_lead_are_a_press_away(talking: Talking):
    asker = talking(IB)
    await asker.say("mailen til Mette Lindegaard")
    assert "Skolernes netværk" in (await asker.press("Vis projekterne")).text


@pytest.mark.parametrize("said", ["telefonnummer på Mette Lindegaard", "hvad er Mette Lindegaards telefonnummer"])
async def test_number_is_said_not_to_be_held(said: str, talking: Talking, cast_stores: Stores):
    answer = await talking(IB).say(said)
    assert heading(answer) == "Jeg har ingen telefonnumre"
    assert METTE.email in answer.text
    assert (await document(cast_stores, said))["kind"] == "unclear"


@with_more_people
async def test_name_that_several_have_asks_which_and_a_word_chooses(talking: Talking):
    asker = talking(IB)
    question = await asker.say("mailen til Søren")
    assert "Søren Holm" in question.text
    assert SOREN.name in question.text
    assert "@" not in question.text
    assert f"{HOLM.email}" in (await asker.say("Holm")).text


@with_more_people
async def test_people_whom_nothing_but_the_mail_tells_apart_are_all_told(talking: Talking):
    answer = await talking(IB).say("mailen til Anders Andersen")
    assert all(person.email and person.email in answer.text for person in ANDERS)


async def test_lead_and_owner_of_a_project_are_found(talking: Talking):
    assert SOREN.email in (await talking(IB).say("mailen til projektlederen på skærmbesøg")).text
    assert GRY.email in (await talking(IB).say("mailen til ejeren af skærmbesøg")).text
    nobody = await talking(IB).say("mailen til projektlederen på P007")
    assert heading(nobody) == "Herreløst arkiv har ingen projektleder"


async def test_own_mail_is_ones_own(talking: Talking):
    assert IB.email in (await talking(IB).say("hvad er min mail")).text


async def test_stranger_is_said_to_be_unknown(talking: Talking):
    assert heading(await talking(IB).say("mailen til Gustav")) == "Jeg kender ingen, der hedder »Gustav«"


async def test_name_beside_that_nobody_has_is_not_passed_over(talking: Talking):
    answer = await talking(IB).say("mailen til Mette Lindegaard og Gustav")
    assert METTE.email in answer.text
    assert "»Gustav«" in answer.text


async def test_scripts_read_the_people(cast_stores: Stores):
    found = await document(cast_stores, "mailen til Mette Lindegaard", None)
    assert (found["kind"], found["people"]) == ("people", [METTE.email])


@with_more_people
async def test_scripts_read_between_whom_to_choose(cast_stores: Stores):
    found = await document(cast_stores, "mailen til Søren")
    assert found["kind"] == "clarify"
    assert len(found["clarify"]) == 2  # type: ignore[arg-type]


async def test_member_whom_nobody_imported_may_ask(talking: Talking):
    assert METTE.email in (await talking(None).say("mailen til Mette Lindegaard")).text
