"""A move to a time at which nobody is at work is shown as such before the yes, one to the past is refused at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogs.turn.visit import Stores
from tests.dialogs.meetings.test_handlers import starts
from tests.kit.cards import heading, words_on
from tests.kit.talk import Talk
from tests.world.municipality import MEETING
from tests.world.people import INGE, SOREN

Talking = Callable[..., Talk]
UNUSUAL = {
    "til den 24. december": "Bemærk: den 24. december 2026 er en helligdag eller fridag.",
    "til søndag den 21. juni 2026": "Bemærk: søndag den 21. juni ligger i en weekend.",
    "til lørdag": "Bemærk: lørdag den 13. juni ligger i en weekend.",
    "til lørdag den 20. juni": "Bemærk: lørdag den 20. juni ligger i en weekend.",
    "til mandag den 22. juni kl. 6.30": "er uden for arbejdstiden.",
    "til mandag den 22. juni kl. 19": "er uden for arbejdstiden.",
}


@pytest.mark.parametrize("to", UNUSUAL)
async def test_it_is_said_before_the_yes_with_how_many_are_told(to: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    asked = await talk.say(f"flyt mødet i Project Board {to}")
    assert UNUSUAL[to].removeprefix("Bemærk: den ") in asked.text
    assert "Besked til 5 personer" in asked.text
    assert MEETING in await starts(cast_stores, talk)
    assert heading(await talk.say("ja")).startswith("Mødet i Project Board er flyttet til")


async def test_usual_time_needs_no_warning(talking: Talking):
    asked = await talking(INGE).say("flyt mødet i Project Board til mandag den 22. juni kl. 13")
    assert "Bemærk" not in asked.text


async def test_unusual_time_on_the_card_is_asked_for_once_more(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("flyt mødet i Project Board")
    asked = await talk.press("Flyt mødet", day="2026-06-21", time="09:00")
    assert "søndag den 21. juni ligger i en weekend" in words_on(asked.card or {})
    assert MEETING in await starts(cast_stores, talk)
    titles = [action["title"] for action in asked.card["actions"]] if asked.card else []
    assert titles == ["Nej, lad være", "Ja, flyt mødet", "Ret på kort"]
    assert heading(await talk.press("Ja, flyt mødet")).startswith("Mødet i Project Board er flyttet til søndag")


@pytest.mark.parametrize("to", ["til i går", "til den 1. juni", "til den 8. juni kl. 10", "til mandag den 1. juni"])
async def test_past_is_said_at_once(to: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    asked = await talk.say(f"flyt mødet i Project Board {to}")
    assert "Det tidspunkt er passeret" in asked.text
    assert MEETING in await starts(cast_stores, talk)


async def test_day_of_next_year_is_not_the_past(talking: Talking):
    talk = talking(INGE)
    asked = await talk.say("flyt mødet i Project Board til den 11. januar")
    assert "11. januar 2027" in asked.text
    assert "passeret" not in asked.text


@pytest.mark.parametrize("no", ["nej", "lad være", "fortryd"])
async def test_no_to_cancelling_cancels_nothing(no: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    assert "Intet er ændret" in (await talk.say(no)).text
    assert MEETING in await starts(cast_stores, talk)


@pytest.mark.parametrize("yes", ["ja", "ja, aflys mødet", "ja tak"])
async def test_yes_in_words_cancels(yes: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    assert heading(await talk.say(yes)).endswith("er aflyst")
    assert MEETING not in await starts(cast_stores, talk)


@pytest.mark.parametrize(
    "said",
    ["genopret mødet i Project Board", "mødet i Project Board bliver alligevel til noget",
     "hold mødet i Project Board den 18. juni alligevel"],
)  # fmt: skip
async def test_cancelled_meeting_is_held_after_all_when_told_so(said: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    await talk.say("aflys mødet i Project Board")
    await talk.say("ja")
    asked = await talk.say(said)
    assert heading(asked) == "Skal det aflyste møde i Project Board holdes alligevel?"
    assert MEETING not in await starts(cast_stores, talk)
    assert heading(await talk.say("ja")).endswith("holdes alligevel")
    assert MEETING in await starts(cast_stores, talk)


async def test_of_several_cancelled_meetings_it_is_asked_which(talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    for _ in range(2):
        await talk.say("aflys mødet i Project Board")
        await talk.say("ja")
    assert heading(await talk.say("hold mødet i Project Board alligevel")) == "Hvilket møde skal holdes alligevel?"
    assert MEETING not in await starts(cast_stores, talk)
    await talk.press("hold mødet i Project Board den 18. juni")
    await talk.say("ja")
    assert MEETING in await starts(cast_stores, talk)


async def test_lead_holds_no_cancelled_meeting(talking: Talking, cast_stores: Stores):
    secretary = talking(INGE)
    await secretary.say("aflys mødet i Project Board")
    await secretary.say("ja")
    answer = await talking(SOREN).say("hold mødet i Project Board alligevel")
    assert "Vagn Holm, Inge Sandal eller porteføljekontoret" in answer.text
    assert MEETING not in await starts(cast_stores, secretary)


@pytest.mark.parametrize(("to", "day"), [("juleaften", "24. december 2026"), ("den 24. december", "24. december 2026")])
async def test_day_with_a_name_is_that_day(to: str, day: str, talking: Talking):
    assert f"Ny dag: {day}" in (await talking(INGE).say(f"flyt mødet i Project Board til {to}")).text


@pytest.mark.parametrize("to", ["jul", "påske", "sommerferien", "vinter", "næste uge", "uge 50", "juli"])
async def test_time_of_several_days_is_no_day_to_move_to(to: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    asked = await talk.say(f"flyt mødet i Project Board til {to}")
    assert "Er det rigtigt?" not in asked.text
    await talk.say("ja")
    assert MEETING in await starts(cast_stores, talk)


@pytest.mark.parametrize(
    ("to", "notes"),
    [("søndag kl. 23", ("weekend", "uden for arbejdstiden")), ("fredag kl. 3", ("uden for arbejdstiden",)),
     ("lørdag kl. 10", ("weekend",)), ("den 25. december kl. 22", ("helligdag", "uden for arbejdstiden"))],
)  # fmt: skip
async def test_all_that_is_unusual_is_said(to: str, notes: tuple[str, ...], talking: Talking):
    asked = await talking(INGE).say(f"flyt mødet i Project Board til {to}")
    assert [note for note in ("weekend", "helligdag", "uden for arbejdstiden") if note in asked.text] == list(notes)


async def test_who_cancels_is_told_that_the_round_closes(talking: Talking):
    talk = talking(INGE)
    assert "Statusrunden" not in (await talk.say("aflys mødet i Project Board")).text
    await talk.say("start en statusrunde i Project Board")
    await talk.say("ja")
    assert "Statusrunden til mødet lukker" in (await talk.say("aflys mødet i Project Board")).text
    assert "Statusrunden til mødet er lukket" in (await talk.say("ja")).text


@pytest.mark.parametrize("which", ["den 9. juni", "den 17. juni", "i uge 26", "i juli", "på fredag den 19. juni"])
async def test_meeting_that_there_is_none_of_then_is_not_another(which: str, talking: Talking, cast_stores: Stores):
    talk = talking(INGE)
    answer = await talk.say(f"flyt mødet i Project Board {which} til mandag den 22. juni")
    assert "Jeg fandt ikke det møde" in answer.text
    await talk.say("ja")
    assert MEETING in await starts(cast_stores, talk)


async def test_while_all_is_stopped_it_is_not_said_that_anybody_is_told(talking: Talking):
    talk = talking(INGE)
    await talk.say("stop alle påmindelser")
    await talk.say("ja")
    for said in ("flyt mødet i Project Board til mandag", "ja", "aflys mødet i Project Board", "ja"):
        answer = await talk.say(said)
        assert "alle påmindelser er stoppet" in answer.text
        assert "Besked til" not in answer.text
