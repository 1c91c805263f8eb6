"""One question of a form at a time, and the summary: their buttons, and what they say."""

from __future__ import annotations

from dataclasses import replace

from dialogs.forms.chat_cards import FormAsked, FormSummed
from dialogs.forms.said.words import StepWord, go_to
from dialogs.forms.steps import Repeated
from dialogs.turn.audience import Audience
from portfolio.drafts import SUMMARY
from tests.kit.cards import press_of, words_on
from tests.kit.form_chat import Chat
from tests.world.forms import FORM, audience, draft
from tests.world.people import HOLM, SOREN


def test_every_button_of_a_question_does_what_it_says():
    chat = Chat()
    card = FormAsked(FORM, chat.draft).reply(chat.to).card or {}
    verb, data = press_of(card, "● Gul")
    assert (verb, data) == ("form_step", {"draft": chat.draft.id, "version": 1, "value": "amber"})
    assert chat.press(data["value"]) == "comment"
    card = FormAsked(FORM, chat.draft).reply(chat.to).card or {}
    assert chat.press(press_of(card, "Tilbage")[1]["value"]) == "overall"
    assert press_of(card, "Vis kort")[0] == "form_card"
    assert press_of(card, "Annullér")[0] == "form_discard"


def test_forged_value_is_asked_again():
    chat = Chat()
    for value in ("blue", "", "*", "*to nothing", "x" * 400, "*to obstacle_title"):
        assert chat.press(value) == "overall"
        assert isinstance(chat.last, Repeated)
    chat.say("grøn")
    assert chat.press("Skrevet af en anden") == "comment"
    assert isinstance(chat.last, Repeated)


def test_several_people_that_were_meant_are_buttons():
    chat = Chat(overall="green", obstacle="risk", obstacle_title="x")
    chat.press(go_to("responsible"))
    chat.say("Søren")
    assert isinstance(chat.last, Repeated)
    card = FormAsked(FORM, chat.draft, fault=chat.last.fault).reply(chat.to).card or {}
    _, data = press_of(card, f"{HOLM.name} ({HOLM.email})")
    chat.press(data["value"])
    assert chat.draft.answers["responsible"] == HOLM.id
    assert SOREN.name in words_on(card)


def test_summary_with_faults_leads_to_them_instead_of_sending():
    chat = Chat(overall="red")
    chat.draft = replace(chat.draft, asking=SUMMARY)
    chat.press(StepWord.YES)
    assert isinstance(chat.last, Repeated)
    reply = FormSummed(FORM, chat.draft, faults=(chat.last.fault,)).reply(chat.to)
    assert "Meld status" not in [action["title"] for action in (reply.card or {})["actions"]]
    _, data = press_of(reply.card or {}, "Ret: Hvad er der sket siden sidst?")
    assert chat.press(data["value"]) == "comment"


# --- what a question says ---


def shown(asking: str, to: Audience, **answers: str) -> str:
    return FormAsked(FORM, draft(asking=asking, **answers)).reply(to).text


def test_question_says_where_it_is_what_it_holds_and_how_to_answer():
    text = shown("progress", audience(), overall="green")
    assert text.splitlines() == [
        "Fremdrift. (3 af 4 · Meld status på Skærmbesøg)",
        "Skriv et tal, for eksempel 60 eller 12,5.",
        "Nu: 40 %",
        "Skriv svaret, eller skriv »tilbage«, »spring over«, »ryd«, »vis kort« eller »annullér«.",
    ]


def test_choices_are_numbered_for_those_who_see_or_hear_only_text():
    lines = shown("overall", audience()).splitlines()
    assert lines[1:4] == ["1. ● Grøn", "2. ● Gul", "3. ● Rød"]
    assert "spring over" not in lines[-1]


def test_question_that_is_gone_becomes_the_summary():
    assert "Er det rigtigt?" in shown("milestone_gone", audience(), overall="green")


def test_summary_tells_what_was_answered_and_that_the_rest_is_as_before():
    held = draft(
        SUMMARY,
        overall="red",
        comment="Linje 1\nLinje 2",
        obstacle="barrier",
        obstacle_title="Hjemmel",
        probability="5",
    )
    text = FormSummed(FORM, held).reply(audience()).text
    for told in (
        "Intet er sendt endnu. Er det rigtigt?", "Samlet status: ● Rød",
        "Hvad er der sket siden sidst?: Linje 1 Linje 2", "Næste skridt: ikke udfyldt",
        "Ny forhindring: Barriere, som styregruppen skal fjerne", "Sandsynlighed: 5 meget stor",
        "Resten er som før.", "Skriv »ja«, så er det gjort: Meld status.",
    ):  # fmt: skip
        assert told in text
    assert "Høstet" not in text
