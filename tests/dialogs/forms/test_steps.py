"""A form asked step by step: what is asked when, and what can be said besides answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialogs.forms.chat_cards import FormAsked
from dialogs.forms.fields import Field, FieldKind, Form, Option
from dialogs.forms.steps import Cancelled, Confirmed, OnCard, Repeated, Unheard
from portfolio.drafts import SUMMARY
from tests.kit.form_chat import Chat
from tests.world.forms import FORM


def test_lead_is_asked_the_few_important_fields_and_then_for_a_yes():
    chat = Chat()
    asked = [chat.draft.asking, *(chat.say(text) for text in ("den er grøn", "Alt går godt", "12,5", "Udbud 3. juni"))]
    assert asked == ["overall", "comment", "progress", "next_step", SUMMARY]
    chat.say("ja tak")
    assert isinstance(chat.last, Confirmed)
    assert dict(chat.last.draft.answers) == {
        "overall": "green", "comment": "Alt går godt", "progress": "12.5", "next_step": "Udbud 3. juni",
    }  # fmt: skip


def test_red_is_asked_for_an_obstacle_too_and_what_belongs_to_it():
    chat = Chat()
    assert chat.say("rød", "Vi er gået i stå", "10", "Møde") == "obstacle"
    assert chat.say("det er en barriere") == "obstacle_title"
    assert chat.say("Ingen hjemmel") == SUMMARY


def test_lead_who_goes_back_and_turns_green_is_asked_no_obstacle():
    chat = Chat()
    chat.say("rød", "Gået i stå", "10", "Møde")
    assert chat.say("tilbage", "tilbage", "tilbage", "tilbage") == "overall"
    assert chat.say("grøn", "spring over", "spring over", "spring over") == SUMMARY
    assert chat.draft.answers["comment"] == "Gået i stå"


def test_skipped_field_keeps_what_it_holds():
    chat = Chat(overall="amber", comment="Venter")
    assert chat.say("behold", "spring over", "næste", "skip") == SUMMARY
    chat.say("ok")
    assert isinstance(chat.last, Confirmed)


def test_field_that_must_be_filled_in_is_not_skipped():
    chat = Chat()
    assert chat.say("spring over") == "overall"
    assert chat.fault == "required_choice"
    assert chat.say("gul", "spring over") == "comment"
    assert chat.fault == "required_text"


def test_comment_that_turning_amber_asks_for_is_asked_for_before_the_yes():
    chat = Chat()
    chat.say("grøn", "spring over", "spring over", "spring over")
    assert chat.say("ret samlet status", "gul") == "comment"
    assert chat.say("tilbage") == SUMMARY
    chat.say("ja")
    assert chat.fault == "required_text"
    assert chat.say("ret hvad er der sket siden sidst", "Udbuddet trækker ud") == SUMMARY


def test_first_field_has_none_before_it():
    chat = Chat()
    assert chat.say("tilbage") == "overall"
    assert chat.fault == "first"


def test_lead_goes_to_one_field_from_the_summary_and_back_to_it():
    chat = Chat(overall="green")
    chat.say("behold", "spring over", "spring over", "spring over")
    assert chat.say("ret fremdriften") == "progress"
    assert chat.say("70") == SUMMARY
    assert chat.say("fremdrift 80 %") == SUMMARY
    assert chat.draft.answers["progress"] == "80"
    assert chat.say("ret næste skridt til møde på fredag") == SUMMARY
    assert chat.draft.answers["next_step"] == "møde på fredag"
    assert chat.say("ret forventet slut", "uge 40") == SUMMARY
    assert chat.draft.answers["expected_end"] == "2026-09-28/2026-10-04/week"
    assert chat.say("ret fremdrift", "tilbage") == SUMMARY


def test_lead_goes_to_another_field_in_the_middle_and_on_where_it_was():
    chat = Chat()
    chat.say("grøn", "Godt", "50")
    assert chat.say("ret fremdrift") == "progress"
    assert chat.say("60") == "next_step"


@pytest.mark.parametrize("word", ["ja", "ok", "Ja tak."])
def test_yes_to_what_a_field_holds_keeps_it(word: str):
    chat = Chat(overall="green", comment="Godt", next_step="Udbud")
    assert chat.say(word, word, "50", word) == SUMMARY
    assert (chat.draft.answers["comment"], chat.draft.answers["next_step"]) == ("Godt", "Udbud")


def test_number_is_corrected_while_a_text_is_asked_for():
    chat = Chat()
    chat.say("grøn", "Godt", "50")
    assert chat.say("ret fremdrift til 70") == "next_step"
    assert chat.draft.answers["progress"] == "70"
    assert chat.say("ret fremdriften op sammen med leverandøren") == SUMMARY
    assert chat.draft.answers["next_step"] == "ret fremdriften op sammen med leverandøren"


def test_comment_about_another_field_is_a_comment():
    chat = Chat()
    assert chat.say("grøn", "fremdrift 70") == "progress"
    assert chat.draft.answers["comment"] == "fremdrift 70"


def test_fields_behind_more_are_asked_when_asked_for():
    chat = Chat(overall="green")
    assert chat.say("behold", "spring over", "spring over", "spring over") == SUMMARY
    assert chat.say("flere felter") == "reached"
    assert chat.say("ja", "spring over", "uge 40", "på fredag") == "saved"
    assert chat.say("1,2 mio.") == SUMMARY
    assert chat.say("tilbage") == "saved"


def test_more_asked_for_in_the_middle_makes_the_rest_longer():
    chat = Chat()
    chat.say("grøn", "flere felter")
    assert "2 af 9" in FormAsked(FORM, chat.draft).reply(chat.to).text
    assert chat.say("Godt", "50", "Møde") == "reached"


def test_form_without_more_fields_says_so():
    chat = Chat(replace(FORM, fields=FORM.fields[:4]))
    assert chat.say("grøn", "flere felter") == "comment"
    assert chat.fault == "no_more"


def test_field_is_cleared_where_it_may_be_empty():
    chat = Chat(overall="green", comment="Gammelt")
    chat.say("behold")
    assert chat.say("ryd", "ryd") == "next_step"
    assert (chat.draft.answers["comment"], chat.draft.answers["progress"]) == ("", "")
    assert Chat().say("ryd") == "overall"


def test_card_is_one_word_away_and_takes_what_was_said():
    chat = Chat()
    chat.say("grøn", "vis kort")
    assert isinstance(chat.last, OnCard)
    assert chat.last.draft.asking is None
    assert dict(chat.last.draft.answers) == {"overall": "green"}


@pytest.mark.parametrize("text", ["nej den er grøn", "Nej, grøn", "hov den er grøn", "den er grøn", "no, green"])
def test_colour_is_corrected_at_the_summary_without_naming_the_field(text: str):
    chat = Chat()
    chat.say("gul", "Venter", "10", "Møde")
    assert chat.say(text) == SUMMARY
    assert chat.draft.answers["overall"] == "green"
    assert not isinstance(chat.last, Confirmed)


@pytest.mark.parametrize("text", ["ret procenten til 70", "nej, ret procent til 70", "nej fremdrift 70"])
def test_per_cent_names_the_progress(text: str):
    chat = Chat()
    chat.say("gul", "Venter", "10", "Møde")
    assert chat.say(text) == SUMMARY
    assert chat.draft.answers["progress"] == "70"


def test_no_with_something_unreadable_asks_what_to_change():
    chat = Chat()
    chat.say("gul", "Venter", "10", "Møde")
    assert chat.say("nej det er helt forkert") == SUMMARY
    assert chat.fault == "what_to_change"
    assert chat.draft.answers["overall"] == "amber"


@pytest.mark.parametrize("word", ["annullér", "Annuller", "stop", "afbryd", "cancel", "ANNULLÉR!"])
def test_lead_can_give_up_anywhere(word: str):
    for chat in (Chat(), Chat(replace(FORM, fields=FORM.fields[1:]))):
        chat.say(word)
        assert isinstance(chat.last, Cancelled)


@pytest.mark.parametrize("text", ["hvilke projekter er røde", "hvem leder skærmbesøg", "tak", "vis mine projekter"])
def test_question_in_the_middle_is_no_answer(text: str):
    chat = Chat(overall="green")
    for said in (None, "behold", "Godt"):
        if said:
            chat.say(said)
        if chat.draft.asking != "comment":
            before = chat.draft
            chat.say(text)
            assert isinstance(chat.last, Unheard)
            assert chat.draft == before


def test_weighing_two_answers_is_asked_again():
    chat = Chat()
    chat.say("måske gul eller rød")
    assert isinstance(chat.last, Repeated)
    assert chat.fault == "choice_several"


def test_no_at_the_summary_asks_what_to_change():
    chat = Chat(overall="green")
    chat.say("behold", "spring over", "spring over", "spring over")
    assert chat.say("nej") == SUMMARY
    assert chat.fault == "what_to_change"
    chat.say("måske i morgen")
    assert isinstance(chat.last, Unheard)


@pytest.mark.parametrize("word", ["ja", "Ja tak!", "gem", "send", "publicér", "ok", "meld", "yes", "det er rigtigt"])
def test_yes_at_the_summary_is_heard_in_many_ways(word: str):
    chat = Chat(overall="green")
    chat.say("behold", "spring over", "spring over", "spring over", word)
    assert isinstance(chat.last, Confirmed)


def test_option_that_is_called_like_a_word_is_an_option():
    stop = Field("next", FieldKind.CHOICE, "Hvad nu?", options=(Option("stop", "Stop"), Option("go", "Fortsæt")))
    chat = Chat(Form("test", "Formular", "Send", (stop,)))
    assert chat.say("stop") == SUMMARY
    assert chat.draft.answers == {"next": "stop"}


def test_form_that_lost_the_field_it_asked_begins_again():
    chat = Chat()
    chat.draft = replace(chat.draft, asking="milestone_gone")
    assert chat.say("ja") == "overall"
    chat.draft = replace(chat.draft, asking="obstacle_title")
    assert chat.press("x") == "overall"


def test_english_lead_is_asked_and_answers_in_english():
    chat = Chat(language="en")
    assert chat.say("it is yellow", "Waiting", "sixty percent", "skip") == SUMMARY
    chat.say("back", "next", "yes please")
    assert isinstance(chat.last, Confirmed)
    assert (chat.draft.answers["overall"], chat.draft.answers["progress"]) == ("amber", "60")
