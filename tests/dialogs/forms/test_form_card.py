"""A form on a card: what it shows, and that it is read as it was shown."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.forms.card import FormShown
from dialogs.forms.chat_cards import FormAsked, FormSummed
from dialogs.forms.checking import faults
from dialogs.forms.fields import NO, Fault, Field, FieldKind, Form, value_of, whole
from dialogs.forms.said.reading import from_card
from dialogs.forms.steps import begin
from dialogs.turn.reply import Reply
from dialogs.values.plain import clean
from portfolio.drafts import SUMMARY
from portfolio.organisation import Person
from tests.kit.cards import elements_of, press_of, words_on
from tests.kit.cards import faults as card_faults
from tests.world.forms import COLOURS, FORM, PEOPLE, answers_to, audience, draft, filled_in, forms
from tests.world.people import HOLM, SOREN, person

SLOW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
LANGUAGES = st.sampled_from(["da", "en"])
LONG = "Meget lang ledetekst om digitaliseringsstrategien "
CROWD = tuple(person(f"person.nummer{n}@birkefjord.example", f"Ærke-Ångstrøm Østergård-{n}") for n in range(60))


def inputs(reply: Reply) -> dict[str, dict]:
    kinds = ("Input.Text", "Input.ChoiceSet", "Input.Date", "Input.Time")
    return {one["id"]: one for kind in kinds for one in elements_of(reply.card or {}, kind)}


def crowded(fields: int = 20) -> Form:
    """Every field with a long name, a long help and much room."""
    kinds = list(FieldKind)
    return Form(
        "test",
        (LONG * 4)[:200],
        "Send",
        tuple(
            Field(
                f"field{position}",
                kinds[position % len(kinds)],
                f"{position} {LONG * 3}"[:150],
                help=(LONG * 5)[:200],
                options=tuple(replace(one, label=f"{one.label} {LONG}") for one in COLOURS),
                unit="kr.",
                is_extra=position > 4,
            )
            for position in range(fields)
        ),
        intro=(LONG * 3, LONG * 3),
    )


# --- read as it was shown ---


@SLOW
@given(st.data())
def test_card_sent_unchanged_says_what_it_was_filled_in_with(data: st.DataObject):
    form, to = data.draw(st.just(FORM) | forms()), audience(data.draw(LANGUAGES))
    answers = data.draw(answers_to(form))
    filled = from_card(form, filled_in(FormShown(form, draft(**answers)).reply(to)), to)
    assert filled.faults == ()
    held = {**answers, **filled.answers}
    assert [value_of(field, held) for field in form.fields] == [value_of(field, answers) for field in form.fields]


@SLOW
@given(st.data())
def test_draft_kept_with_what_cannot_be_read_shows_it_again(data: st.DataObject):
    to = audience(data.draw(LANGUAGES))
    typed = {
        "progress": data.draw(st.sampled_from(["halvvejs", "12,5,3", "150", "-", "NaN", "1e5"])),
        "expected_end": data.draw(st.sampled_from(["til sommer", "31/2", "måske", "2026-06-01/2026-06-02/week"])),
        "meeting": data.draw(st.sampled_from(["uge 26", "snart"])),
        "obstacle": "risk",
        "responsible": data.draw(st.sampled_from(["Søren", "Hans", "<at>x</at>"])),
    }
    shown = FormShown(FORM, draft(overall="green")).reply(to)
    filled = from_card(FORM, filled_in(shown, **typed), to)
    wrong = {fault.field for fault in filled.faults}
    assert {"expected_end", "meeting", "responsible"} <= wrong
    assert wrong <= {fault.field for fault in faults(FORM, filled.answers, to)}
    again = FormShown(FORM, draft(**filled.answers), faults=filled.faults, typed=filled.typed).reply(to)
    assert again.card is not None
    assert card_faults(again.card) == []
    values = inputs(again)
    assert all(values[f"form.{name}"].get("value") == typed[name] for name in wrong)


def test_untouched_value_that_could_be_read_otherwise_stays_what_it_was():
    """An expected end, a text with two spaces, and a person who has left are sent as they came."""
    form = Form("test", "Formular", "Send", (
        Field("text", FieldKind.TEXT, "Tekst", default="To  mellemrum \r\n og mere"),
        Field("person", FieldKind.PERSON, "Person", default="gone@birkefjord.example"),
        Field("number", FieldKind.NUMBER, "Tal", default="1250.50"),
    ))  # fmt: skip
    filled = from_card(form, filled_in(FormShown(form, draft()).reply(audience())), audience())
    assert dict(filled.answers) == {field.name: field.default for field in form.fields}


def test_forged_card_is_read_with_care():
    data = {
        "form.overall": ["red"], "form.comment": None, "form.progress": [60], "form.next_step": {"a": 1},
        "form.unknown": "x", "overall": "red", "form.obstacle": "nothing of the kind", "version": 3,
        "form.meeting": "9" * 100_000, "form.obstacle_title": "x" * 100_000,
    }  # fmt: skip
    filled = from_card(FORM, data, audience())
    assert {fault.field for fault in filled.faults} == {
        "overall", "progress", "next_step", "obstacle", "meeting", "obstacle_title",
    }  # fmt: skip
    assert set(filled.typed) == {"obstacle", "meeting", "obstacle_title"}
    assert all(len(value) <= 400 for value in filled.typed.values())


@pytest.mark.parametrize(("sent", "read"), [(60, "60"), (12.5, "12.5"), (0, "0"), (100.0, "100")])
def test_number_that_a_card_sends_bare_is_read(sent: float, read: str):
    assert from_card(FORM, {"form.progress": sent}, audience()).answers["progress"] == read


@pytest.mark.parametrize("sent", [1_500_000, 1e30, 1e-9])
def test_bare_number_that_no_field_holds_is_told_as_it_was_sent(sent: float):
    filled = from_card(FORM, {"form.progress": sent}, audience())
    assert [fault.field for fault in filled.faults] == ["progress"]
    assert "e" not in filled.typed["progress"]


def test_too_long_text_is_told_with_how_long_it_may_be():
    filled = from_card(FORM, {"form.next_step": "x" * 150}, audience())
    assert filled.faults == (Fault("next_step", "too_long", {"length": 150, "most": 120}),)
    reply = FormShown(FORM, draft(), faults=filled.faults, typed=filled.typed).reply(audience())
    assert "⚠ Teksten er på 150 tegn, og der er plads til 120. Skriv den kortere." in words_on(reply.card or {})


def test_field_that_was_emptied_is_empty():
    held = draft(overall="green", comment="Gammelt", responsible=HOLM.id)
    sent = filled_in(FormShown(FORM, held).reply(audience())) | {"form.comment": "", "form.expected_end": ""}
    filled = from_card(FORM, sent, audience())
    assert (filled.answers["comment"], filled.answers["expected_end"]) == ("", "")
    assert filled.answers["responsible"] == HOLM.id


@pytest.mark.parametrize("left_out", ["comment", "progress", "next_step", "expected_end"])
def test_input_that_did_not_come_leaves_its_field_as_it_was(left_out: str):
    held = draft(overall="green", comment="Gammelt", progress="22", expected_end="2026-06-12/2026-06-12/day")
    sent = filled_in(FormShown(FORM, held).reply(audience()))
    sent.pop(f"form.{left_out}", None)
    assert left_out not in from_card(FORM, sent, audience()).answers


def test_button_without_inputs_changes_nothing():
    assert from_card(FORM, {"draft": "Qh3k-8_x91LmA0b2", "version": 1}, audience()).answers == {}


def test_choice_once_made_can_be_taken_back():
    reply = FormShown(FORM, draft(obstacle="risk")).reply(audience())
    (nothing, *_) = inputs(reply)["form.obstacle"]["choices"]
    assert nothing["title"] == "Ingen valgt"
    assert from_card(FORM, {"form.obstacle": nothing["value"]}, audience()).answers == {"obstacle": ""}


# --- what it shows ---


def test_lead_sees_the_important_fields_first_and_the_rest_folded():
    card = FormShown(FORM, draft()).reply(audience()).card or {}
    (folded,) = [one for one in elements_of(card, "Container") if one.get("id") == "more"]
    assert folded["isVisible"] is False
    names = [one.get("id") for one in card["body"] if one["type"].startswith("Input.")]
    assert names == ["form.overall", "form.comment", "form.progress", "form.next_step"]
    assert [action["title"] for action in card["actions"]] == ["Meld status", "Gem kladde"]
    assert press_of(card, "Meld status") == (
        "form_submit",
        {"draft": "Qh3k-8_x91LmA0b2", "version": 1},
    )


def test_folded_fields_are_open_when_one_of_them_is_wrong():
    reply = FormShown(FORM, draft(), faults=(Fault("obstacle", "required_choice", {}),)).reply(audience())
    (folded,) = [one for one in elements_of(reply.card or {}, "Container") if one.get("id") == "more"]
    assert folded["isVisible"] is True
    assert "⚠ Intet er sendt endnu. Ret dette felt: Ny forhindring." in words_on(reply.card or {})
    assert "⚠ Ny forhindring: Vælg en af mulighederne." in reply.text


def test_required_field_says_so_and_keeps_no_draft_from_being_kept():
    shown = inputs(FormShown(FORM, draft()).reply(audience()))
    assert shown["form.overall"]["label"] == "Samlet status (skal udfyldes)"
    assert not any(one.get("isRequired") for one in shown.values())


def test_numbers_are_written_as_danes_and_as_englishmen_write_them():
    held = draft(progress="12.5", saved="1250000.125")
    danish, english = (inputs(FormShown(FORM, held).reply(audience(language))) for language in ("da", "en"))
    assert (danish["form.progress"]["value"], danish["form.saved"]["value"]) == ("12,5", "1250000,125")
    assert (english["form.progress"]["value"], english["form.saved"]["value"]) == ("12.5", "1250000.125")
    assert danish["form.progress"]["label"] == "Fremdrift (%)"


def test_people_are_chosen_from_a_list_while_they_are_few():
    shown = inputs(FormShown(FORM, draft(responsible=HOLM.id)).reply(audience()))["form.responsible"]
    assert (shown["style"], shown["value"]) == ("filtered", HOLM.name)
    titles = [choice["title"] for choice in shown["choices"]]
    assert "Anders Andersen (anders1@birkefjord.example)" in titles
    many = (*PEOPLE, *CROWD)
    typed = inputs(FormShown(FORM, draft(responsible=SOREN.id)).reply(audience(people=many)))["form.responsible"]
    assert (typed["type"], typed["value"]) == ("Input.Text", "Søren Æbelø-Østergård")


def test_fault_of_no_field_is_told_above():
    reply = FormShown(FORM, draft(), faults=(Fault("*", "no_more", {}),), notice="Nogen var før dig.").reply(audience())
    assert "⚠ Der er ikke flere felter." in words_on(reply.card or {})
    assert "Nogen var før dig." in reply.text


# --- every card, always ---


@SLOW
@given(st.data())
def test_cards_of_any_form_are_good_cards_and_their_text_says_it_all(data: st.DataObject):
    form, to = data.draw(st.just(FORM) | forms()), audience(data.draw(LANGUAGES))
    held = begin(draft(**data.draw(answers_to(form))), form)
    wrong = faults(form, held.answers, to)
    asked = replace(held, asking=data.draw(st.sampled_from([*(field.name for field in form.fields), SUMMARY, None])))
    for reply in (
        FormShown(form, held, faults=wrong, notice="Besked").reply(to),
        FormAsked(form, asked, fault=wrong[0] if wrong else None, notice="Besked").reply(to),
        FormSummed(form, held, faults=wrong).reply(to),
    ):
        assert reply.card is not None
        assert card_faults(reply.card) == []
    labels = [field.label for field in form.fields if field.name in whole(form, held.answers)]
    assert all(label in FormShown(form, held).reply(to).text for label in labels)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("people", [PEOPLE, CROWD])
@pytest.mark.parametrize("is_full", [False, True])
@pytest.mark.parametrize("letter", ["x", "æ", "🙂", "*"])
def test_form_of_twenty_fields_goes_into_a_card(language: str, people: tuple[Person, ...], is_full: bool, letter: str):
    form, to = crowded(), audience(language, people)
    full = {
        FieldKind.TEXT: letter * 2000, FieldKind.NUMBER: "123456789012345.5", FieldKind.CHOICE: "red",
        FieldKind.DATE: "2026-06-01/2026-06-07/week", FieldKind.TIME: "13:30", FieldKind.YES_NO: NO,
        FieldKind.PERSON: people[-1].id,
    }  # fmt: skip
    answers = {field.name: full[field.kind] for field in form.fields} if is_full else {}
    held = draft(**answers)
    wrong = [Fault(field.name, "required_text", {}) for field in form.fields]
    for some in ((), wrong[:3], wrong):
        for reply in (
            FormShown(form, held, faults=some).reply(to),
            FormAsked(form, replace(held, asking="field0"), fault=some[0] if some else None).reply(to),
            FormSummed(form, replace(held, asking=SUMMARY), faults=some).reply(to),
        ):
            assert reply.card is not None
            assert card_faults(reply.card) == []
    shown = from_card(form, filled_in(FormShown(form, held).reply(to)), to)
    assert shown.faults == ()
    assert whole(form, {**answers, **shown.answers}) == whole(form, answers)


def test_long_text_that_finds_no_room_stays_and_is_told_of():
    form = Form("test", "Formular", "Send", tuple(
        Field(f"text{position}", FieldKind.TEXT, f"Tekst {position}") for position in range(20)
    ))  # fmt: skip
    held = draft(**{field.name: clean("Æblegrød og mere til. " * 90) for field in form.fields})
    reply = FormShown(form, held).reply(audience())
    assert "Teksten er for lang til kortet. Den står, som den er" in words_on(reply.card or {})
    assert 5 < len(inputs(reply)) < 20


def test_number_is_shown_with_its_unit_and_person_by_name():
    held = draft(asking=SUMMARY, overall="red", obstacle="risk", responsible=SOREN.id, saved="1250000", progress="12.5")
    text = FormSummed(FORM, held).reply(audience()).text
    for told in ("Samlet status: ● Rød", "Fremdrift: 12,5 %", "Ansvarlig: Søren Æbelø-Østergård", "nu: 1.250.000 kr."):
        assert told in text
    assert Decimal("12.5") == Decimal(held.answers["progress"])
