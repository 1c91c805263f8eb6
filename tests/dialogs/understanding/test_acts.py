"""Only a plain order, or a statement of one's own, has anything done; whoever asks, wonders, doubts or tells of others
is told how."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from dialogs.assistant import Assistant, Turn
from dialogs.features import FEATURES, understand
from dialogs.help.how_card import How
from dialogs.own_reminders.orders import ShowMyReminders
from dialogs.texts import LANGUAGES, Texts
from dialogs.turn.audience import Audience, Names
from dialogs.turn.orders import Effect, Order, ReportStatus
from dialogs.turn.readings import SpeechAct, Wondered
from dialogs.understanding.language.lexicon import Lexicon
from portfolio.principal import speaking_as
from storage.database import Database
from storage.organisation import SqlPeopleStore
from storage.schema import metadata
from tests.dialogs.understanding.check import questions
from tests.dialogs.understanding.conftest import closing_database
from tests.dialogs.undo.test_taking_back import stored
from tests.kit.fakes import FakeCourier
from tests.kit.stores import sql_stores
from tests.kit.talk import Talk
from tests.world.people import INGE, SOREN

Talking = Callable[..., Talk]
ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZONE)
JONAS = "jonas.abildtrup@birkefjord.example"
TOLD = [asked["text"] for asked in questions() if "commanded" in asked]
POLITE = ("kan du", "can you", "kan man", "hvad ", "hvornår ", "hvordan ")
# However an order is put into one of these, it isn't told any more.
DANISH = (
    "hvordan {}",
    "kan man {}",
    "må jeg {}",
    "skal jeg {}",
    "kan jeg {}",
    "hvad sker der hvis jeg {}",
    "hvis jeg {}",
    "er det ok at {}",
)
ENGLISH = ("how do i {}", "may i {}", "should we {}", "what if i {}", "is it possible to {}")
FRAMES = DANISH + ENGLISH
# What is remembered of a conversation is nothing that was stored.
OF_CONVERSATION = {"drafts", "conversations", "seen_activities", "welcomes", "audit_head", "last_answers"}


@pytest.mark.parametrize(
    "said",
    [
        # Whether, how, where
        "skal jeg stoppe alle påmindelser?", "skal jeg slå mødepåmindelser fra?",
        # Misspelt, or in the midst of it
        "vhordan stopper jeg påmindelserne", "hvrodan slår jeg mødepåmindelser fra", "har ferie i hvem 52 uge",
        "spør gikke om status på skærmbesøg hver uge",
        # A tag behind it
        "slå mødepåmindelser fra er det rigtigt", "skærmbesøg er uændret er det rigtigt",
        "skærmbesøg er uændret ikke sandt",
        "turn off meeting reminders is that right",
        # Another act that isn't to be done, and what somebody says
        "lad være med at slå alle påmindelser til igen", "du skal ikke fortsætte påmindelserne",
        "jeg vil ikke stoppe påmindelserne", "lad være med at minde mig igen om en uge",
        "Line siger: slå mødepåmindelser fra",
        "hvordan slår jeg mødepåmindelser fra",
        "hej, hvordan slår jeg mødepåmindelser fra?", "kan man slå mødepåmindelser fra",
        "kan jeg slå påmindelser fra",
        "hvor slår jeg påmindelser fra", "bør jeg udsætte det til mandag?", "slå mødepåmindelser fra?",
        "skal vi starte en runde i Project Board?", "hvordan starter jeg en runde i Project Board",
        "hvordan holder jeg ferie fra 6. juli til 24. juli?", "kan jeg holde ferie i uge 29",
        "må jeg holde fri på fredag",
        "kunne jeg holde fri i uge 29", "skal jeg holde ferie i uge 29", "er det ok at jeg holder fri på fredag",
        "skal jeg melde uændret på skærmbesøg?", "kan skærmbesøg meldes uændret", "må jeg melde skærmbesøg uændret",
        "hvordan genopretter jeg mødet i Project Board", "hvad sker der hvis jeg slår mødepåmindelser fra",
        "how do i turn off meeting reminders", "should i start a round for Project Board?",
        "can i turn off my reminders",
        "may i be on leave until Friday",
        # How it is
        "er mine påmindelser slået fra", "har jeg meldt ferie i uge 29", "er skærmbesøg uændret", "er jeg syg i dag",
        "har jeg ferie i uge 29", "am i on leave until Friday", "is skærmbesøg unchanged",
        # Conditions and doubts
        "hvis jeg er syg i morgen hvem melder så", "måske skal jeg på ferie i uge 29",
        "jeg tror jeg er på ferie i uge 29",
        "måske er jeg syg i dag", "maybe i am on vacation from 6 july to 24 july", "måske uændret på skærmbesøg",
        "jeg overvejer at slå mødepåmindelser fra", "jeg tager nok ferie i uge 29", "if i am on leave who reports",
        # That it isn't so, or isn't to be done
        "slå ikke mine påmindelser fra", "jeg er ikke på ferie i uge 29", "jeg er ikke syg i dag",
        "meld ikke skærmbesøg uændret", "skærmbesøg er ikke uændret", "don't turn off my reminders",
        # What is past, and what others do
        "jeg var syg i går", "jeg var på ferie i uge 20", "jeg har været syg siden mandag",
        "jeg har slået påmindelser fra",
        "jeg meldte uændret på skærmbesøg i går", "de slår påmindelser fra", "man slår påmindelser fra",
        "han er syg i dag",
        "min kollega er på ferie i uge 29", "Mette er på ferie i uge 29", "hun siger skærmbesøg er uændret",
        "vi er på ferie i uge 29", "der er ferie i uge 29", "he is on leave until Friday", "i was sick yesterday",
    ],
)  # fmt: skip
async def test_nothing_is_done(said: str, talking: Talking, cast_database: Database) -> None:
    for person in (SOREN, INGE):
        was = await stored(cast_database)
        answer = await talking(person).say(said)
        assert await stored(cast_database) == was
        assert "Runden er åbnet" not in answer.text


@pytest.mark.parametrize(
    "told",
    [
        "kan du slå mødepåmindelser fra?", "vil du slå mødepåmindelser fra", "gider du slå mødepåmindelser fra?",
        "kan du ikke slå mødepåmindelser fra", "jeg vil gerne slå mødepåmindelser fra", "slå mødepåmindelser fra",
        "could you turn off meeting reminders?", "er syg i dag", "har ferie i uge 29",
        "nu er jeg på ferie til fredag",
        "skal på kursus på torsdag", "kan du melde skærmbesøg uændret?", "jeg melder mig syg i dag",
        "jeg melder ferie i uge 29",
        "hej, jeg er syg i dag",
    ],
)  # fmt: skip
async def test_who_says_so_has_it_done(told: str, talking: Talking, cast_database: Database) -> None:
    was = await stored(cast_database)
    await talking(SOREN).say(told)
    assert await stored(cast_database) != was


@pytest.mark.parametrize("frame", FRAMES)
def test_no_order_in_a_questions_form_is_told(frame: str, lexicon: Lexicon) -> None:
    told = [asked for text in TOLD if not text.lower().startswith(POLITE) and ":" not in text and "\n" not in text
            for asked in [understand(frame.format(text), lexicon, None, NOW.date())] if is_done(asked)]  # fmt: skip
    assert told == []


def is_done(reading: object) -> bool:
    """Say whether it is an order that does more than show something, as the projects to report on."""
    return isinstance(reading, Order) and reading.effect is not Effect.SHOWS and reading != ReportStatus()


async def test_no_question_stores_anything(example_url: str, tmp_path: Path) -> None:
    file = tmp_path / "asked.db"
    shutil.copy(example_url.partition("///")[2], file)
    async with closing_database(f"sqlite+aiosqlite:///{file}") as database:
        stores, jonas = (
            sql_stores(database, ZONE, FakeCourier()),
            await SqlPeopleStore(database).person_by_address(JONAS),
        )
        assistant = Assistant(stores.reader, understand, stores)
        was = await counted(database)
        for number, text in enumerate(text for text in TOLD if not text.lower().startswith(POLITE) and ":" not in text):
            asked = FRAMES[number % len(FRAMES)].format(text)
            await assistant.ask(asked, Turn(speaking_as(jonas), "da-DK", NOW, conversation="chat"))
            assert await counted(database) == was, asked


async def counted(database: Database) -> dict[str, int]:
    tables = [table for table in metadata.sorted_tables if table.name not in OF_CONVERSATION]
    async with database.connect() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in tables
        }


NOT_SHOWN = {order for feature in FEATURES for order in feature.orders if order.effect is not Effect.SHOWS}


@pytest.fixture(scope="module")
def wondered(lexicon: Lexicon) -> set[Wondered]:
    """Holds every order that isn't only shown, as the questions' sets name things in it, and without anything."""
    readings = {understand(asked["text"], lexicon, None, date.fromisoformat(asked["today"])) for asked in questions()}
    return {Wondered(order()) for order in NOT_SHOWN} | {Wondered(one) for one in readings if type(one) in NOT_SHOWN}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentence_that_is_offered_instead_orders_it(language: str, wondered: set[Wondered], lexicon: Lexicon) -> None:
    audience = Audience(Texts.of(language), Names(lexicon.vocabulary), NOW, None)
    for one in wondered:
        offered = How(one).reply(audience).text.rpartition("\n- ")[2]
        again = understand(offered, lexicon, None, NOW.date())
        assert type(again) is type(one.order) or isinstance(again, ShowMyReminders), offered


async def test_answer_says_that_nothing_is_changed_and_offers_the_sentence(talking: Talking) -> None:
    talk = talking(SOREN)
    answer = await talk.say("må jeg holde fri på fredag")
    assert answer.text.startswith("Sådan melder du dig væk.\nIntet er ændret: det lød som et spørgsmål.")
    assert (await talk.press("jeg er væk den 12/06/2026")).text.startswith("Du er væk fredag den 12. juni.")


def test_what_is_past_offers_none_of_its_days(lexicon: Lexicon) -> None:
    reading = understand("jeg var på ferie i uge 42", lexicon, None, NOW.date())
    assert isinstance(reading, Wondered)
    assert reading.act is SpeechAct.REPORTED
    assert "2027" not in How(reading).reply(Audience(Texts.of("da"), Names(lexicon.vocabulary), NOW, None)).text
