"""Turns of a conversation on a real database: sentences in, buttons pressed, cards out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.turn.orders import Thank
from dialogs.turn.readings import Asked, Choice, Clarify
from dialogs.turn.reply import ForAll, Reply
from portfolio.principal import speaking_as
from portfolio.projects.project import Project
from portfolio.projects.status import Rag
from portfolio.questions.question import Mentions, Question, Sort, Target, which
from portfolio.whole import Portfolio
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.kit.cards import elements_of, inputs_on, press_of, words_on
from tests.kit.fakes import Readings
from tests.world.people import GRY, SOREN, id_of, person
from tests.world.portfolio import CLIMATE

RED_IN_SCHOOLS = Question(where=which(org_units=("Børn og Unge",), overall=(Rag.RED,)))


@pytest.fixture
def asked(readings: Readings) -> Readings:
    readings.meaning = {
        "alle": Asked(Question()),
        "røde": Asked(RED_IN_SCHOOLS),
        "grønne på skolerne": Asked(Question(where=which(overall=(Rag.GREEN,), org_units=("Skoler",)))),
        "Hvilke projekter er røde?": Asked(Question(where=which(overall=(Rag.RED,)))),
        "klima": Clarify("klima", (
            Choice("focus_areas", CLIMATE, Question(where=which(focus_areas=(CLIMATE,)))),
            Choice("org_units", "Teknik", Question(where=which(org_units=("Teknik",)))),
        )),
        "tak": Thank(),
    }  # fmt: skip
    return readings


async def press(assistant: Assistant, reply: Reply, title: str, turn: Turn, **inputs: str) -> Reply:
    assert reply.card is not None
    verb, data = press_of(reply.card, title)
    return await assistant.press(verb, {**data, **inputs}, turn)


async def test_heading_is_the_answer(assistant: Assistant, asked: Readings, turn: Turn, english: Turn):
    assert (await assistant.ask("røde", turn)).text.startswith("2 røde projekter i Børn og Unge.")
    assert (await assistant.ask("røde", english)).text.startswith("2 red projects in Børn og Unge.")


async def test_reader_pages_forth_and_back(assistant: Assistant, asked: Readings, turn: Turn):
    first = await assistant.ask("alle", turn)
    assert "Viser 1-10 af 23." in first.text
    second = await press(assistant, first, "Vis flere (13)", turn)
    assert "Viser 11-20 af 23." in second.text
    third = await press(assistant, second, "Vis flere (3)", turn)
    assert "Viser 21-23 af 23." in third.text
    assert "Viser 11-20 af 23." in (await press(assistant, third, "Forrige", turn)).text


async def test_page_after_the_last_shows_the_last(assistant: Assistant, turn: Turn):
    reply = await assistant.press("show", {"question": {}, "offset": 90}, turn)
    assert "Viser 21-23 af 23." in reply.text


async def test_reader_takes_one_filter_away(assistant: Assistant, asked: Readings, turn: Turn):
    reply = await press(assistant, await assistant.ask("røde", turn), "Fjern samlet status: rød", turn)
    assert reply.text.startswith("3 projekter i Børn og Unge.")


async def test_reader_changes_filter_and_order_at_once(assistant: Assistant, asked: Readings, turn: Turn):
    shown = await assistant.ask("røde", turn)
    reply = await press(assistant, shown, "Vis", turn, chip0="Teknik", chip1="amber", sort="-status_age")
    assert reply.text.startswith("19 gule projekter i Teknik.")
    assert "Sorteret: ældste status først." in reply.text


async def test_reader_opens_a_filter_to_all_values(assistant: Assistant, asked: Readings, turn: Turn):
    shown = await assistant.ask("røde", turn)
    reply = await press(assistant, shown, "Vis", turn, chip0="*", chip1="red", sort="usual")
    assert reply.text.startswith("2 røde projekter.")


async def test_reader_narrows_a_list_of_all(assistant: Assistant, asked: Readings, turn: Turn):
    shown = (await assistant.ask("alle", turn)).card
    assert shown is not None
    (apply,) = [one for one in elements_of(shown, "Action.Execute") if one["title"] == "Vis"]
    filled = {one["id"]: one["value"] for one in inputs_on(shown)} | {"add_overall": "red"}
    reply = await assistant.press(apply["verb"], {**apply["data"], **filled}, turn)
    assert reply.text.startswith("2 røde projekter.")


async def test_reader_turns_a_condition_round_or_takes_it_away(assistant: Assistant, asked: Readings, turn: Turn):
    asked.meaning["forsinkede"] = Asked(Question(where=which(late=True), limit=5))
    shown = await assistant.ask("forsinkede", turn)
    turned = await press(assistant, shown, "Vis", turn, chip0="no", chip1="*")
    assert "forsinket: nej" in turned.text
    assert "højst" not in turned.text
    kept = await press(assistant, shown, "Vis", turn, chip0="*", chip1="=")
    assert "forsinket" not in kept.text.splitlines()[1]
    assert "højst 5" in kept.text


async def test_reader_takes_two_conditions_away_at_once(assistant: Assistant, asked: Readings, turn: Turn):
    asked.meaning["fem store"] = Asked(Question(where=(Mentions("bro"),), limit=5, include_closed=True))
    reply = await press(assistant, await assistant.ask("fem store", turn), "Vis", turn, chip0="*", chip1="*", chip2="*")
    assert reply.text.startswith("23 projekter.")


async def test_reader_opens_a_project_and_goes_back(assistant: Assistant, asked: Readings, turn: Turn):
    shown = await assistant.ask("røde", turn)
    opened = await press(assistant, shown, "Åbn Skærmbesøg", turn)
    assert opened.text.startswith("Skærmbesøg i hjemmeplejen.")
    assert (await press(assistant, opened, "Tilbage", turn)).text == shown.text


async def test_nothing_found_says_which_filter_to_loosen(assistant: Assistant, asked: Readings, turn: Turn):
    reply = await assistant.ask("grønne på skolerne", turn)
    assert reply.text.startswith("Ingen grønne projekter i Skoler.")
    loosened = await press(assistant, reply, "Uden »grøn«: 2 projekter", turn)
    assert loosened.text.startswith("2 projekter i Skoler.")


async def test_reader_chooses_between_two_readings(assistant: Assistant, asked: Readings, turn: Turn):
    reply = await assistant.ask("klima", turn)
    assert reply.text.startswith("Hvad mener du med »klima«?")
    assert (await press(assistant, reply, f"Fokusområde: {CLIMATE}", turn)).text.startswith(
        f"1 projekt i fokusområdet {CLIMATE}."
    )


async def test_example_asks_itself(assistant: Assistant, asked: Readings, turn: Turn):
    reply = await press(assistant, await assistant.welcome(turn), "Hvilke projekter er røde?", turn)
    assert reply.text.startswith("2 røde projekter.")


async def test_thanks_is_answered_in_a_word(assistant: Assistant, asked: Readings, turn: Turn):
    assert await assistant.ask("tak", turn) == ForAll(None, "Selv tak.")


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("delete", {}),
        ("show", None),
        ("show", []),
        ("show", {}),
        ("show", {"question": {"where": {"lead": "x"}}}),
        ("show", {"question": {}, "offset": -1}),
        ("show", {"question": {}, "offset": "10"}),
        ("change", {"question": {"late": True}, "sort": "by magic"}),
        ("change", {"question": {"where": {"overall": ["red"]}}, "chip0": "blue"}),
        ("change", {"question": {"where": {"overall": ["red"]}}, "chip0": ["red"]}),
        ("change", {"question": {"late": True}, "chip0": "perhaps"}),
        ("change", {"question": {}, "add_overall": "blue"}),
        ("change", {"question": {}, "add_overall": ["red"]}),
        ("open", {}),
        ("open", {"project": 7}),
        ("ask", {"text": "x" * 401}),
    ],
)
async def test_forged_button_is_refused_kindly(verb: str, data: Any, assistant: Assistant, turn: Turn):
    reply = await assistant.press(verb, data, turn)
    assert "Knappen virker ikke længere" in reply.text
    assert "Intet er ændret." in reply.text


async def test_project_that_is_gone_is_told_of(assistant: Assistant, turn: Turn):
    reply = await assistant.press("open", {"project": "P999"}, turn)
    assert "Projektet P999 findes ikke længere." in reply.text


async def test_colleague_whom_nobody_imported_is_answered(assistant: Assistant, asked: Readings, turn: Turn):
    assert (await assistant.document("alle", replace(turn, principal=speaking_as(None))))["kind"] == "projects"


@pytest.mark.parametrize(("text", "told"), [("  ", "Beskeden var tom."), ("å" * 3001, "højst 3000 tegn")])
async def test_message_that_can_not_be_read_is_refused_kindly(text: str, told: str, assistant: Assistant, turn: Turn):
    assert told in (await assistant.ask(text, turn)).text


async def test_new_names_are_known_at_the_next_question(
    assistant: Assistant, asked: Readings, turn: Turn, database: Database
):
    await assistant.ask("alle", turn)
    new = Portfolio(projects=(Project("P100", "Droner", lead=id_of("ny@birkefjord.example")),),
                    people=(person("ny@birkefjord.example", "Ny Leder"),))  # fmt: skip
    await SqlPortfolioWriter(database).apply(new)
    asked.meaning["ny"] = Asked(Question(where=which(lead=(id_of("ny@birkefjord.example"),))))
    assert (await assistant.ask("ny", turn)).text.startswith("1 projekt ledet af Ny Leder.")


async def test_what_all_rows_share_is_said_once(assistant: Assistant, asked: Readings, turn: Turn):
    asked.meaning["dyreste"] = Asked(
        Question(where=which(lead=(GRY.id, SOREN.id)), sort=Sort("budget", descending=True))
    )
    reply = await assistant.ask("dyreste", turn)
    assert reply.card is not None
    assert "Alle ledes af Søren Æbelø-Østergård." in reply.text
    assert words_on(reply.card).count("Alle ledes af Søren") == 1
    assert "budget 1,3 mio. kr." in reply.text


async def test_question_on_one_project_that_names_none_is_answered_with_a_list(assistant: Assistant, turn: Turn):
    reply = await assistant.press("show", {"question": {"target": "project", "where": {"overall": ["red"]}}}, turn)
    assert reply.text.startswith("2 røde projekter.")
    assert Target.PROJECT.value not in reply.text
