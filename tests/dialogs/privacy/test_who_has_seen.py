"""Who asks is told who looked at what is held on them, and nobody else is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from dialogs.privacy.words import DETAILS, line_words, who_words
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.visit import Stores
from portfolio.audit import EVERYBODY, Action, AuditEntry, AuditRecord, Seen, look
from portfolio.identity import BY_IMPORT, BY_ITSELF, BY_OPERATOR, NOBODY, PersonId
from portfolio.organisation import Person
from tests.dialogs.conftest import HERE
from tests.kit.cards import heading, words_on
from tests.kit.talk import Talk
from tests.world.people import IB, INGE, METTE, SOREN

Talking = Callable[..., Talk]
DAY = timedelta(days=1)
ASKED = "hvem har set mine oplysninger"


def preview(by: Person, *whom: Person, at: datetime = HERE) -> AuditEntry:
    return look(at, by.id, Action.NAMES_LISTED, Seen.PREVIEW, [one.id for one in whom])


@pytest.mark.parametrize(
    "text",
    [
        ASKED, "Hvem har kigget på mine data?", "har nogen kigget i mine personoplysninger", "hvem har slået mig op",
        "hvem har haft adgang til mine oplysninger", "kan jeg se, hvem der har set mine oplysninger",
        "hvem har set, hvad der står om mig", "hvem har været inde og se på mine oplysninger", "hvem har søgt på mig",
        "hvem har set mine oplysnigner", "hvem har egentlig kigget i mine data det sidste år",
        "giv mig en liste over hvem der har set mine oplysninger", "er der nogen, der har læst mine data",
        "who has seen my data", "Who has looked at my information?", "has anyone accessed my personal data",
        "vis opslag på mine oplysninger", "kan du fortælle mig, hvem der har kikket på mine data",
        "hvor mange har set mine oplysninger", "hvem har set mine påmindelser", "did anyone look at my data",
        "who has looked me up", "who's seen my data", "can I see who has viewed data about me",
    ],
)  # fmt: skip
async def test_it_is_asked_in_many_words(text: str, talking: Talking, cast_stores: Stores):
    await cast_stores.audit.note(preview(INGE, SOREN, METTE))
    reply = await talking(SOREN).say(text)
    assert heading(reply).startswith(("Oplysninger om dig er set én gang", "What is held on you was seen once"))
    assert "Inge Sandal" in reply.text
    assert reply.is_personal


@pytest.mark.parametrize(
    "text",
    ["hvem kan se mine oplysninger", "who can look at my data", "hvad er mine påmindelser",
     "hvem har set mine projekter", "hvem har set Mettes oplysninger", "hvem leder mine projekter",
     "hvem har set mine oplysninger i næste uge", "hvem har set mine oplysninger uden tilladelse", "mine oplysninger",
     "who leads my projects"],
)  # fmt: skip
async def test_what_asks_something_else_is_not_answered_so(text: str, talking: Talking):
    assert "oplysninger om dig" not in (await talking(SOREN).say(text)).text.lower()


async def test_nobody_has_looked(talking: Talking, cast_stores: Stores):
    await cast_stores.audit.note(preview(INGE, METTE), preview(SOREN, SOREN))
    reply = await talking(SOREN).say(ASKED)
    assert heading(reply) == "Ingen har set oplysninger om dig siden 9. juni 2025"


async def test_looks_stand_by_day_and_name_the_newest_first(talking: Talking, cast_stores: Stores):
    await cast_stores.audit.note(
        preview(INGE, SOREN, at=HERE - 400 * DAY),
        preview(INGE, SOREN, at=HERE - 3 * DAY),
        preview(INGE, SOREN, at=HERE - 3 * DAY + timedelta(hours=1)),
        look(HERE - 2 * DAY, BY_OPERATOR, Action.PERSON_SHOWN, Seen.DELIVERY, [SOREN.id]),
        look(HERE - DAY, PersonId("f" * 32), Action.NAMES_LISTED, Seen.SENT, [SOREN.id]),
        look(HERE, BY_OPERATOR, Action.LOG_SHOWN, Seen.LOG, None),
    )
    reply = await talking(SOREN).say(ASKED)
    assert reply.text.splitlines()[1:5] == [
        "- 9. juni 2026: driften så revisionsloggen",
        "- 8. juni 2026: tidligere medarbejder så opgørelsen af, hvem der ikke fik deres påmindelser",
        "- 7. juni 2026: driften så dine påmindelser ved fejlsøgning",
        "- 6. juni 2026: Inge Sandal så listen over kommende påmindelser",
    ]
    assert heading(reply) == "Oplysninger om dig er set 4 gange siden 9. juni 2025"
    assert "7. juni 2026" not in (await talking(SOREN).say("hvem har set mine oplysninger i dag")).text
    assert "Inge Sandal" in (await talking(SOREN).say("hvem har set mine oplysninger siden 1. juni")).text


async def test_long_list_is_cut_and_says_so(talking: Talking, cast_stores: Stores):
    await cast_stores.audit.note(*(preview(INGE, SOREN, at=HERE - days * DAY) for days in range(30)))
    reply = await talking(SOREN).say(ASKED)
    assert reply.card is not None
    assert "og 10 gange før det" in words_on(reply.card)


async def test_in_a_group_the_answer_is_for_the_one_who_asks(talking: Talking, cast_stores: Stores):
    await cast_stores.audit.note(preview(INGE, SOREN))
    assert (await talking(SOREN, scope=Scope.GROUP).say(ASKED)).is_personal


async def test_office_that_sees_the_reminders_of_others_is_written_down(talking: Talking, cast_stores: Stores):
    shown = await talking(INGE).say("hvad sender du de næste 14 dage")
    assert SOREN.name in shown.text
    reply = await talking(SOREN).say(ASKED)
    assert "Inge Sandal så listen over kommende påmindelser" in reply.text
    records = [record async for record in cast_stores.audit.records()]
    assert [record.action for record in records] == ["names_listed"]
    people = (records[0].detail or {})["people"]
    assert SOREN.id in people
    assert INGE.id not in people


async def test_who_sees_their_own_reminders_looks_at_nobody(talking: Talking, cast_stores: Stores):
    await talking(SOREN).say("hvad sender du de næste 14 dage")
    await talking(SOREN).say("hvilke projekter er røde")
    await talking(IB).say("hvem leder flest projekter")
    assert [record async for record in cast_stores.audit.records()] == []


@pytest.mark.parametrize("who", [BY_OPERATOR, BY_ITSELF, BY_IMPORT, EVERYBODY, "f" * 32, SOREN.id, NOBODY])
def test_whoever_it_was_has_a_name_for_people(who: str, cast_audience: Audience):
    assert who_words(who, cast_audience) != who or who == NOBODY


@pytest.fixture
async def cast_audience(cast_stores: Stores, visiting) -> Audience:
    return visiting(SOREN).audience


@pytest.mark.parametrize("action", Action)
def test_every_line_of_the_log_is_told_in_words(action: Action, cast_audience: Audience):
    detail = dict.fromkeys(DETAILS, SOREN.id)
    words = line_words(AuditRecord(7, HERE, INGE.id, action.value, "P001", detail), cast_audience)
    assert words.startswith("7 · 09-06-2026 10.00.00 · Inge Sandal ")
    assert action.value not in words
    assert SOREN.name in words


def test_line_that_somebody_spoilt_is_told_as_far_as_it_can_be_read(cast_audience: Audience):
    words = line_words(AuditRecord(7, None, "x\ny", "what\n?", None, None), cast_audience)
    assert words == "7 · kan ikke læses · x y what ? · kan ikke læses"
