"""Whoever works with the projects may hear that a colleague is away and until when; never why, and not of everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dialogs.turn.reply import ForOne
from dialogs.turn.visit import Stores
from portfolio.audit import Action
from portfolio.deputies import Deputy
from portfolio.reminders.kinds import Absence
from storage.audit import audit
from storage.database import Database
from tests.dialogs.conftest import HERE
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import AAGE, GRY, IB, INGE, METTE, SOREN

Talking = Callable[..., Talk]
TODAY = HERE.date()
FRIDAY = date(2026, 6, 12)
SUMMER = (date(2026, 7, 6), date(2026, 7, 24))


@pytest.fixture
async def away(cast_stores: Stores) -> Stores:
    """Søren is away this week, with Mette in his place; Åge in the summer, and Ib, who has no part in any project."""
    for absence in (
        Absence(SOREN.id, TODAY - timedelta(days=1), FRIDAY),
        Absence(AAGE.id, *SUMMER),
        Absence(IB.id, TODAY, FRIDAY),
    ):
        await cast_stores.reminding.store.set_absence(absence, absence.person, HERE - timedelta(days=2))
    await cast_stores.reporting.set_deputy(Deputy(SOREN.id, METTE.id, TODAY, FRIDAY), SOREN.id, HERE)
    return cast_stores


async def document(talk: Talk, text: str) -> dict[str, object]:
    return await talk.assistant.document(text, talk.turn)


@pytest.mark.parametrize(
    "words",
    ["hvem er væk i dag", "hvem er på ferie", "er der nogen der er væk", "hvem er syg i dag", "hvem har fri i dag",
     "who is away today", "is anybody on holiday", "who's off today"],
)  # fmt: skip
async def test_those_away_today_are_listed_with_who_stands_in(away: Stores, talking: Talking, words: str):
    talk = talking(GRY)
    told = await document(talk, words)
    assert (told["kind"], told["people"]) == ("people", [SOREN.email])
    reply = await talk.say(words)
    assert isinstance(reply, ForOne)
    assert "Mette Lindegaard" in reply.text
    assert "Ib Dam" not in reply.text


async def test_week_asked_for_is_the_week_looked_at(away: Stores, talking: Talking):
    told = await document(talking(GRY), "hvem har ferie i uge 29")
    assert told["people"] == [AAGE.email]
    assert told["understood"]["period"] == {"from": "2026-07-13", "to": "2026-07-19"}  # type: ignore[index]
    assert heading(await talking(GRY).say("hvem er væk i uge 40")) == "Ingen er meldt væk i uge 40"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("kan du se om Søren er på ferie", "Søren Æbelø-Østergård er væk til og med fredag den 12. juni"),
        ("er Søren på ferie", "Søren Æbelø-Østergård er væk til og med fredag den 12. juni"),
        ("hvornår er Søren tilbage", "Søren Æbelø-Østergård er tilbage mandag den 15. juni"),
        ("hvor længe er Søren væk", "Søren Æbelø-Østergård er tilbage mandag den 15. juni"),
        ("er Søren på arbejde i dag", "Søren Æbelø-Østergård er væk fra mandag den 8. juni til og med"),
        ("har Åge ferie i uge 28", "Åge Ørsted-Kjærgaard er væk fra mandag den 6. juli til og med fredag den 24. juli"),
        ("holder Åge ferie i uge 28", "Åge Ørsted-Kjærgaard er væk fra mandag den 6. juli til og med"),
        ("hvornår har Åge ferie", "Åge Ørsted-Kjærgaard er væk fra mandag den 6. juli til og med fredag den 24. juli"),
        ("er Mette væk", "Mette Lindegaard er ikke meldt væk"),
        ("er Mette på arbejde i morgen", "Mette Lindegaard er ikke meldt væk i morgen"),
        ("is Søren on holiday", "Søren Æbelø-Østergård is away until and including Friday 12 June"),
        ("when is Søren back", "Søren Æbelø-Østergård is back Monday 15 June"),
    ],
)
async def test_fact_asked_for_comes_first(away: Stores, talking: Talking, words: str, said: str):
    assert heading(await talking(GRY).say(words)).startswith(said)


async def test_nobody_is_told_why(away: Stores, talking: Talking):
    text = (await talking(GRY).say("er Søren syg")).text
    assert "aldrig hvorfor" in text
    assert "syg" not in text.replace("aldrig hvorfor", "")


@pytest.mark.parametrize("asker", [GRY, INGE, SOREN])
async def test_of_somebody_without_a_part_nothing_is_said_but_to_themselves(
    away: Stores, talking: Talking, asker: object
):
    text = (await talking(asker).say("er Ib væk")).text
    assert text.startswith("Det siger jeg ikke.\nOm Ib Dam er væk, siger jeg ikke.")
    assert (await document(talking(asker), "er Ib væk"))["people"] == []
    assert (await talking(IB).say("er jeg væk")).text.startswith("Du er væk til og med fredag den 12. juni")


async def test_ones_own_absence_is_asked_for(away: Stores, talking: Talking):
    assert heading(await talking(SOREN).say("hvornår er jeg tilbage")) == "Du er tilbage mandag den 15. juni"
    assert heading(await talking(METTE).say("har jeg fri på fredag")) == "Du er ikke meldt væk fredag den 12. juni"


async def test_whoever_is_told_is_written_down_with_those_told_of(
    away: Stores, talking: Talking, cast_database: Database
):
    await talking(GRY).say("hvem er væk i dag")
    await talking(IB).say("er jeg væk")
    rows = await cast_database.execute(audit.select().where(audit.c.action == Action.NAMES_LISTED))
    assert [(row.by, row.detail) for row in rows] == [(GRY.id, {"what": "absences", "people": [SOREN.id]})]


async def test_nothing_is_set_by_asking(away: Stores, talking: Talking):
    before = await away.reminding.store.away_between(TODAY, TODAY + timedelta(days=400))
    for words in (
        "er jeg på ferie i uge 52",
        "hvornår har jeg ferie",
        "er Søren på ferie i morgen",
        "hvem er syg i dag",
    ):
        await talking(SOREN).say(words)
    assert await away.reminding.store.away_between(TODAY, TODAY + timedelta(days=400)) == before


async def test_stranger_is_told_nothing(away: Stores, talking: Talking):
    text = (await talking(None).say("hvem er væk i dag")).text
    assert "Søren" not in text
    assert "Bed en administrator" in text


@pytest.mark.parametrize(
    "words",
    ["hvem var væk i går", "hvor langt væk er skærmbesøg", "er der ferie i uge 29", "hvem er væk fra digital post",
     "hvem er på arbejde", "kan Søren holde ferie i uge 29", "hvem er tilbage på skærmbesøg"],
)  # fmt: skip
async def test_anything_else_is_not_taken_for_it(away: Stores, talking: Talking, words: str):
    told = await document(talking(GRY), words)
    assert told["understood"].get("command") != "who_is_away"  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ["er Karsten på ferie", "is Karsten away", "er styregruppen på ferie"])
async def test_somebody_whom_nobody_knows_is_not_understood(away: Stores, talking: Talking, words: str):
    assert (await document(talking(GRY), words))["kind"] == "unclear"
