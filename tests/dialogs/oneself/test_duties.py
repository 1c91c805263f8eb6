"""People ask what they owe, and can do it from the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dialogs.turn.reply import ForOne
from dialogs.turn.visit import Stores
from portfolio.deputies import Deputy
from tests.dialogs.conftest import HERE
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import AAGE, GRY, IB, INGE, METTE, SOREN, VAGN

Talking = Callable[..., Talk]
TODAY = HERE.date()


async def document(talk: Talk, text: str) -> dict[str, object]:
    return await talk.assistant.document(text, talk.turn)


async def test_lead_reports_from_the_answer(talking: Talking):
    talk = talking(METTE)
    shown = await talk.say("hvad mangler jeg")
    assert "Skolernes netværk" in shown.text
    opened = await talk.press("Meld status", shown)
    assert "Skolernes netværk" in heading(opened)


@pytest.mark.parametrize(
    "words",
    [
        "hvad mangler jeg", "hva mangler jeg", "mangler jeg noget", "er der noget jeg mangler", "er der noget til mig",
        "venter der noget på mig", "hvad venter på mig", "mine opgaver", "vis mine opgaver", "hvad skylder jeg",
        "hvad skal jeg huske", "hvad har jeg glemt", "hvad bør jeg gøre nu", "hvad forventes af mig", "mine frister",
        "what do I owe", "what am I missing", "what do i need to do", "is there anything for me", "my tasks",
        "what's on my plate", "what is expected of me",
        "mangler jeg at melde noget", "hvad står på min liste", "har jeg noget der venter", "er jeg bagud",
        "am i behind", "hvilke frister har jeg", "hvad har jeg liggende",
        "kan du fortælle mig hvad jeg mangler", "jeg vil gerne vide hvad jeg mangler", "må jeg se mine opgaver",
    ],
)  # fmt: skip
async def test_it_is_asked_in_many_ways(talking: Talking, words: str):
    told = await document(talking(METTE), words)
    assert told["understood"] == {"command": "my_duties"}
    assert told["projects"] == ["P006"]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("hvad skal jeg i dag", TODAY, TODAY),
        ("hvad skal jeg lave i morgen", TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
        ("hvad skal jeg i denne uge", date(2026, 6, 8), date(2026, 6, 14)),
        ("hvad har jeg i næste uge", date(2026, 6, 15), date(2026, 6, 21)),
        ("er der noget jeg skal nå inden fredag", None, date(2026, 6, 11)),
        ("er der noget til mig i dag", TODAY, TODAY),
        ("hvad sker der i næste uge", date(2026, 6, 15), date(2026, 6, 21)),
        ("mine opgaver i uge 25", date(2026, 6, 15), date(2026, 6, 21)),
        ("what is on my plate this week", date(2026, 6, 8), date(2026, 6, 14)),
        ("what should I do tomorrow", TODAY + timedelta(days=1), TODAY + timedelta(days=1)),
    ],
)
async def test_days_are_those_asked_for(talking: Talking, words: str, first: date | None, last: date):
    told = await document(talking(SOREN), words)
    period = {"from": first.isoformat() if first else None, "to": last.isoformat()}
    assert told["understood"] == {"command": "my_duties", "period": period}


async def test_meeting_stands_in_the_week_that_it_is_held_in(talking: Talking):
    talk = talking(SOREN)
    assert "Project Board" in (await talk.say("hvad skal jeg i næste uge")).text
    this_week = await talk.say("hvad skal jeg i denne uge")
    assert heading(this_week) == "Der venter ikke noget på dig i uge 24"
    assert "Det næste er mødet i Project Board torsdag den 18. juni" in this_week.text


async def test_clerk_without_a_part_is_told_that_nothing_can_wait(talking: Talking):
    shown = await talking(IB).say("hvad mangler jeg")
    assert heading(shown) == "Der venter ikke noget på dig"
    assert "Du leder ingen projekter" in shown.text


async def test_deputy_sees_whose_place_it_is(talking: Talking, cast_stores: Stores):
    month = timedelta(days=30)
    await cast_stores.reporting.set_deputy(Deputy(METTE.id, IB.id, TODAY, TODAY + month), METTE.id, HERE)
    assert "i stedet for Mette Lindegaard" in (await talking(IB).say("hvad mangler jeg")).text


async def test_what_was_begun_or_put_off_stands_there_too(talking: Talking):
    talk = talking(METTE)
    await talk.say("meld status på skolernes netværk")
    await talk.say("mind mig om skolernes netværk på fredag")
    shown = await talk.say("hvad mangler jeg")
    assert "Begyndt, men ikke sendt (1):\n- Status på Skolernes netværk" in shown.text
    assert "Udsat:\n- Skolernes netværk: fredag den 12. juni" in shown.text
    assert "Skolernes netværk" in (await talk.press("Fortsæt", shown)).text


async def test_only_the_projects_asked_for_are_shown(talking: Talking):
    talk = talking(METTE)
    assert (await document(talk, "hvad mangler jeg på skolernes netværk"))["projects"] == ["P006"]
    assert (await document(talk, "hvad mangler jeg på digital post"))["projects"] == []


async def test_reminders_that_are_stopped_are_said_to_be(talking: Talking, cast_stores: Stores):
    await cast_stores.reminding.store.set_all_stopped(INGE.id, HERE, are_stopped=True)
    assert "har stoppet alle påmindelser" in (await talking(METTE).say("hvad mangler jeg")).text


async def test_secretary_sees_the_round_that_others_have_not_answered(talking: Talking):
    talk = talking(INGE)
    await talk.say("start statusrunde for Project Board")
    await talk.say("ja")
    shown = await talk.say("hvad mangler jeg")
    assert "Statusrunder, du holder:\n- Project Board: 0 af 4 har svaret" in shown.text
    assert "Project Board" in (await talk.press("Vis runden", shown)).text
    assert "Statusrunder, du holder" not in (await talking(SOREN).say("hvad mangler jeg")).text


async def test_it_is_said_to_the_asker_alone(talking: Talking):
    for person in (SOREN, GRY, AAGE, VAGN):
        assert isinstance(await talking(person).say("hvad mangler jeg"), ForOne)


async def test_stranger_is_told_how_to_be_added(talking: Talking):
    assert "Bed en administrator" in (await talking(None).say("hvad mangler jeg")).text


@pytest.mark.parametrize(
    "words",
    [
        "hvad mangler Mette", "hvad mangler vi", "jeg skal til møde i morgen", "jeg mangler en stol",
        "jeg har vinterferie i uge 7", "jeg skal det i dag", "jeg har det i morgen",
        "skal jeg melde status", "hvad skal jeg bruge skærmbesøg til", "hvad har jeg",
        "hvad skal styregruppen i morgen",
    ],
)  # fmt: skip
async def test_anything_else_is_not_taken_for_it(talking: Talking, words: str):
    told = await document(talking(METTE), words)
    assert told["understood"] != {"command": "my_duties"}


async def test_days_gone_by_are_not_answered_as_days_to_come(talking: Talking):
    assert (await document(talking(METTE), "hvad skal jeg i sidste uge"))["kind"] == "unclear"
