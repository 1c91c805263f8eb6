"""Who asks is told what is held on them, and can have it asked whether it may be erased; nobody else is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from dialogs.turn.audience import Scope
from dialogs.turn.visit import Stores
from portfolio.audit import Action
from portfolio.organisation import Role
from portfolio.whole import Portfolio
from storage.audit import audit
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import heading, words_on
from tests.kit.fakes import FakeCourier
from tests.kit.talk import Talk
from tests.world.people import IB, INGE, METTE, SOREN, VAGN

Talking = Callable[..., Talk]
HELD, ERASE = "hvad ved du om mig", "slet mine data"
HEADINGS = ("Jeg har gemt noget om dig", "I hold something on you")
NOT_ERASED = ("Jeg sletter ikke dine data", "I don’t erase your data")


@pytest.mark.parametrize(
    "text",
    [
        HELD, "Hvad ved I om mig?", "hvad har du gemt om mig", "hvilke data har I om mig",
        "hvilke oplysninger har du om mig", "hvad står der om mig", "hvad er registreret om mig", "vis mine data",
        "vis mig mine oplysninger", "mine oplysninger", "jeg vil gerne se mine persondata",
        "kan jeg få en kopi af mine data", "jeg vil have indsigt i mine oplysninger", "hvad ved tovholder om mig",
        "fortæl mig, hvad du ved om mig", "har du noget om mig", "hvor længe gemmer I mine data",
        "hvad gemmer du om mig", "hvilke persondata behandler I om mig", "må jeg se, hvad du har liggende om mig",
        "hvad ved du egentlig om mig", "hvad ved du om mig?", "send mig alle data om mig",
        "hvad har i registreret på mig", "hvilke oplsyninger har du om mig", "kan du vise mine data",
        "what do you know about me", "What data do you have on me?", "show me my data",
        "which personal data do you hold about me", "can I see my data", "I want a copy of my personal data",
        "how long do you keep my data", "what is stored about me", "everything you know about me",
        "hvad bruger du mine data til", "indsigtsanmodning", "jeg vil gerne have indsigt", "er der noget om mig",
        "hvor længe gemmes mine oplysninger", "what do you use my data for",
    ],
)  # fmt: skip
async def test_it_is_asked_in_many_words(text: str, talking: Talking):
    reply = await talking(SOREN).say(text)
    assert heading(reply).startswith(HEADINGS), reply.text
    assert SOREN.address in reply.text


@pytest.mark.parametrize(
    "text",
    [
        ERASE, "Slet mine oplysninger", "slet alt, hvad du ved om mig", "jeg vil have slettet mine data", "glem mig",
        "fjern mine persondata", "kan du slette mine data", "hvordan får jeg slettet mine oplysninger",
        "glem alt om mig", "slet alle data om mig", "jeg vil gerne have mine data slettet", "slet det hele om mig",
        "slet min konto", "jeg vil gerne slettes", "retten til at blive glemt", "slet hvad i har gemt om mig",
        "slet mine data nu", "delete my data", "Please erase everything you know about me", "forget me",
        "remove my personal data", "can you delete my account", "I want my data deleted", "delete all data about me",
        "kan jeg blive slettet", "vil du slette mig", "hvornår bliver mine data slettet",
    ],
)  # fmt: skip
async def test_erasing_is_asked_for_in_many_words(text: str, talking: Talking):
    reply = await talking(SOREN).say(text)
    assert heading(reply).startswith(NOT_ERASED), reply.text


@pytest.mark.parametrize(
    "text",
    [
        "slet mine påmindelser", "slet projektet", "slet skærmbesøg", "hvad ved du om P001",
        "hvad ved du om skærmbesøg", "hvad ved du om Mette Lindegaard", "slet Mettes data", "slet ikke mine data",
        "glem ikke mig", "slet mit fravær", "slet min status på skærmbesøg", "hvem har set mine data",
        "hvem kan se mine oplysninger", "ret mine oplysninger", "hvad ved du om mine projekter", "hvad ved du",
        "hvilke projekter har jeg", "mine projekter", "hvad hedder min leder", "vis mig røde projekter", "glem det",
        "fjern mig som leder af skærmbesøg", "slet mig som projektleder", "slet mig fra Project Board",
        "slet mine data om skærmbesøg", "slet mine projekter", "hvad har du om budgettet", "delete my reminders",
        "what do you know about Mette Lindegaard", "forget it", "delete the project", "don't delete my data",
        "hvad ved min leder om mig", "du må ikke slette mine data", "hvem har slettet mine data",
        "er mine data slettet i skærmbesøg", "send mine data til Mette Lindegaard",
    ],
)  # fmt: skip
async def test_what_asks_something_else_is_not_answered_so(text: str, talking: Talking):
    reply = await talking(SOREN).say(text)
    assert not heading(reply).startswith((*HEADINGS, *NOT_ERASED)), reply.text


async def test_answer_counts_by_what_it_is_for_and_says_how_long(talking: Talking):
    await talking(SOREN).say("jeg er væk i næste uge")
    reply = await talking(SOREN).say(HELD)
    lines = reply.text.splitlines()
    assert lines[1] == "Søren Æbelø-Østergård · soeren@birkefjord.example · Børn og Unge · Projektleder"
    assert "At følge kommunens digitaliseringsprojekter, og hvem der har ansvar for dem:" in lines
    assert any(line.startswith("- Projekt (") and "så længe kommunen har det i porteføljen" in line for line in lines)
    assert "- Fravær (1): 60 dage efter den sidste fraværsdag" in lines
    assert (
        "- 1 linje om, hvad du har gjort, eller hvem der har set eller gjort noget om dig: 5 år efter, at det skete"
        in lines
    )
    assert reply.card is not None
    assert "bed Inge Sandal om indsigt" in reply.text


async def test_text_of_others_that_names_the_reader_counts(talking: Talking, cast_database: Database):
    project = await talking(INGE).assistant._reader.project("P001")
    assert project is not None
    named = replace(project.project, description="Spørg Ib Dam")
    await SqlPortfolioWriter(cast_database).apply(Portfolio(projects=(named,)))
    assert "Projekt (1)" in (await talking(IB).say(HELD)).text
    assert "Projekt (" not in (await talking(VAGN).say(HELD)).text


@pytest.mark.parametrize("scope", [Scope.GROUP, Scope.CHANNEL])
@pytest.mark.parametrize("text", [HELD, ERASE])
async def test_in_a_group_the_answer_is_for_the_one_who_asks(talking: Talking, scope: Scope, text: str):
    assert (await talking(SOREN, scope=scope).say(text)).is_personal


# --- erasing ---


@pytest.fixture
async def with_officer(cast_database: Database) -> None:
    """Mette is the municipality's data protection officer."""
    await SqlPortfolioWriter(cast_database).apply(Portfolio(people=(replace(METTE, roles=(Role.DPO,)),)))


async def written_down(database: Database) -> list[tuple[str, Action]]:
    return [(row.by, row.action) for row in await database.execute(audit.select().order_by(audit.c.number))]


async def test_erasing_is_asked_first_and_erases_nothing(
    talking: Talking, courier: FakeCourier, cast_database: Database, with_officer: None
):
    talk = talking(SOREN)
    await talk.say("jeg er væk i næste uge")
    before = await written_down(cast_database)
    reply = await talk.say(ERASE)
    assert "Fravær: 60 dage efter den sidste fraværsdag" in reply.text
    assert "så kan jeg bede Mette Lindegaard om at tage stilling" in reply.text
    assert courier.told == []
    assert await written_down(cast_database) == before
    assert "Det lader jeg være med" in (await talk.say("nej")).text
    assert courier.told == []


@pytest.mark.parametrize("answer", ["ja", "press", "bed om sletning"])
async def test_yes_has_the_officer_asked_once(
    answer: str, talking: Talking, courier: FakeCourier, cast_database: Database, with_officer: None
):
    talk = talking(SOREN)
    await talk.say(ERASE)
    reply = await (talk.press("Bed om sletning") if answer == "press" else talk.say(answer))
    assert heading(reply) == "Jeg har bedt om at få dine data slettet"
    assert "Mette Lindegaard får besked i Teams." in reply.text
    assert [who for who, _ in courier.told] == [METTE.id]
    told = courier.told[0][1]
    assert heading(told) == "Søren Æbelø-Østergård beder om at få slettet, hvad der er gemt"
    assert "tovholder person erase soeren@birkefjord.example" in told.text
    assert told.is_personal
    assert await written_down(cast_database) == [(SOREN.id, Action.ERASURE_ASKED)]
    await talk.say(ERASE)
    assert "Det gjorde jeg allerede tidligere i dag" in (await talk.press("Bed om sletning")).text
    assert len(courier.told) == 1


async def test_next_day_it_may_be_asked_again(talking: Talking, courier: FakeCourier, with_officer: None):
    talk = talking(SOREN)
    for _ in range(2):
        await talk.say(ERASE)
        await talk.press("Bed om sletning")
        talk.now += timedelta(days=2)
    assert len(courier.told) == 2


async def test_without_an_officer_the_office_is_asked(talking: Talking, courier: FakeCourier):
    talk = talking(SOREN)
    await talk.say(ERASE)
    await talk.press("Bed om sletning")
    assert [who for who, _ in courier.told] == [INGE.id]


async def test_office_that_is_alone_is_told_whom_to_write_to(talking: Talking, courier: FakeCourier):
    reply = await talking(INGE).say(ERASE)
    assert "skriv til kommunens databeskyttelsesrådgiver" in reply.text
    assert "Bed om sletning" not in words_on(reply.card or {})
    assert courier.told == []


async def test_yes_to_something_else_asks_nobody(talking: Talking, courier: FakeCourier, cast_stores: Stores):
    talk = talking(SOREN)
    await talk.say(ERASE)
    await talk.say("hvilke projekter er røde")
    await talk.say("ja")
    assert courier.told == []
