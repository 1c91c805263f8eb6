"""People ask who they are here and what they may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.turn.reply import ForOne
from dialogs.turn.visit import Stores
from portfolio.deputies import Deputy
from portfolio.organisation import Person
from portfolio.rights import RIGHTS, Act, Part, allowed
from tests.dialogs.conftest import HERE
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import AAGE, GRY, IB, INGE, METTE, SOREN, VAGN

Talking = Callable[..., Talk]
TODAY = HERE.date()


async def document(talk: Talk, text: str) -> dict[str, object]:
    return await talk.assistant.document(text, talk.turn)


async def test_lead_is_told_department_projects_and_boards(talking: Talking):
    text = (await talking(SOREN).say("hvem er jeg")).text
    assert text.startswith("Du er Søren Æbelø-Østergård.\nFagområde: Børn og Unge\nRolle: projektleder\n")
    assert "Leder projekterne: " in text
    assert "Skærmbesøg i hjemmeplejen" in text
    assert "Sidder i: Project Board" in text
    assert "Jeg ved ikke, hvem der er din leder. Bed en administrator" in text


async def test_chair_and_owner_are_told_their_parts(talking: Talking):
    assert "Project Board (formand)" in (await talking(VAGN).say("hvem er jeg?")).text
    assert "Ejer projekterne: " in (await talking(GRY).say("hvem er jeg")).text


async def test_deputy_and_lead_are_told_of_one_another(talking: Talking, cast_stores: Stores):
    deputy = Deputy(SOREN.id, METTE.id, TODAY, TODAY + timedelta(days=3))
    await cast_stores.reporting.set_deputy(deputy, SOREN.id, HERE)
    assert (
        "Stedfortræder for dig: Mette Lindegaard fra tirsdag den 9. juni"
        in (await talking(SOREN).say("hvem er jeg")).text
    )
    assert "Melder i stedet for lederen på: " in (await talking(METTE).say("hvem er jeg")).text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hvilken afdeling er jeg i", "Du hører til Børn og Unge"),
        ("hvem er min chef", "Jeg ved ikke, hvem der er din leder"),
        ("hvad er min rolle", "Du er projektleder"),
        ("hvilke fora sidder jeg i", "Du sidder i Project Board"),
        ("which department am I in", "You belong to Børn og Unge"),
        ("who is my manager", "I do not know who your manager is"),
        ("what is my role", "You are project lead"),
        ("which boards am I on", "You sit in Project Board"),
    ],
)
async def test_one_fact_of_oneself_is_said_first(talking: Talking, words: str, said: str):
    assert heading(await talking(SOREN).say(words)) == said


@pytest.mark.parametrize("words", ["hvad må jeg", "hvad kan jeg", "hvilke rettigheder har jeg", "what may I do"])
async def test_what_somebody_may_is_asked_in_many_ways(talking: Talking, words: str):
    told = await document(talking(SOREN), words)
    assert told["kind"] == "help"
    assert told["understood"] == {
        "command": "what_may_i",
        "acts": [Act.REPORT, Act.REQUEST_STATUS, Act.HAND_OVER, Act.CHANGE_PROJECT, Act.SET_RHYTHM, Act.NAME_DEPUTY],
    }


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (INGE, ["Alle projekter: melde og rette status", "Alles påmindelser: stoppe og genoptage påmindelser"]),
        (VAGN, ["Direktionen og Project Board, hvor du er formand: åbne og lukke statusrunder"]),
        (GRY, ["som du ejer: melde og rette status"]),
        (AAGE, ["Byggesager på nettet, som du leder: melde og rette status"]),
        (IB, ["Du må spørge om alt i porteføljen"]),
    ],
    ids=lambda one: one.name if isinstance(one, Person) else "",
)
async def test_each_is_told_what_their_part_gives(talking: Talking, person: Person, words: list[str]):
    reply = await talking(person).say("hvad må jeg")
    assert isinstance(reply, ForOne)
    assert [part for part in words if part not in reply.text] == []


@given(st.frozensets(st.sampled_from(Part)))
def test_what_is_told_is_what_the_table_of_rights_says(parts: frozenset[Part]):
    told = allowed(parts)
    assert set(told) == {act for act, may in RIGHTS.items() if may & parts}
    assert all(by and set(by) <= RIGHTS[act] & parts for act, by in told.items())


@pytest.mark.parametrize("words", ["hvem er jeg", "hvad må jeg"])
async def test_stranger_is_told_how_to_be_added(talking: Talking, words: str):
    assert "Bed en administrator" in (await talking(None).say(words)).text


@pytest.mark.parametrize(
    "words",
    ["hvem er jeg leder for", "hvem er min leders leder", "hvad må jeg spise", "hvad kan jeg drikke", "hvad må Mette"],
)
async def test_anything_else_is_not_taken_for_it(talking: Talking, words: str):
    told = await document(talking(SOREN), words)
    assert told["understood"].get("command") not in {"who_is", "what_may_i"}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("hvem er Søren Æbelø-Østergård", "Søren Æbelø-Østergård"),
        ("kender du Åge", "Åge Ørsted-Kjærgaard"),
        ("hvilken afdeling sidder Åge i", "Åge Ørsted-Kjærgaard hører til Teknik"),
        ("hvem er Mettes chef", "Jeg ved ikke, hvem der er leder for Mette Lindegaard"),
        ("hvilke fora sidder Vagn i", "Vagn Holm sidder i Direktionen (formand) og Project Board (formand)"),
        ("who is Åge", "Åge Ørsted-Kjærgaard"),
        ("which department is Åge in", "Åge Ørsted-Kjærgaard belongs to Teknik"),
        ("who is Mette's manager", "I do not know who the manager of Mette Lindegaard is"),
    ],
)
async def test_colleague_is_told_of_as_the_directory_has_them(talking: Talking, words: str, said: str):
    assert heading(await talking(IB).say(words)) == said


@pytest.mark.parametrize(
    "words",
    [
        "hvem leder skærmbesøg", "hvem er leder af skærmbesøg", "hvilke projekter leder Mette", "er Mette flink",
        "hvem er formand for Project Board", "hvem er stedfortræder for Søren", "hvad er Mette", "Mettes projekter",
        "hvornår har Mette fødselsdag", "hvad er Mettes løn", "who leads skærmbesøg", "hvem er Mette gift med",
    ],
)  # fmt: skip
async def test_other_questions_with_a_name_are_not_taken_for_that(talking: Talking, words: str):
    told = await document(talking(SOREN), words)
    assert told["understood"].get("command") != "who_is"  # type: ignore[attr-defined]
