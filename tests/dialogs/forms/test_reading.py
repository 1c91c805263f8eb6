"""What people type and say for a field is read as they mean it, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.forms.checking import Unread, fault_of
from dialogs.forms.fields import NO, YES, Fault, Field, FieldKind, Option, date_value
from dialogs.forms.said.reading import read
from dialogs.forms.writing import written
from dialogs.turn.audience import Audience
from portfolio.dates import PlanDate, Unit, in_unit, iso_week, on_day
from portfolio.organisation import Person
from tests.world.forms import COLOURS, FORM, TODAY, audience, plan_dates, values, ways_to_say
from tests.world.people import AASE, ANDERS, HOLM, SOREN, person

OVERALL, COMMENT, PROGRESS, _, REACHED, OBSTACLE, TITLE, PROBABILITY, RESPONSIBLE, END, MEETING, SAVED = FORM.fields
IRRELEVANT = replace(OVERALL, options=(*COLOURS, Option("none", "○ Ikke relevant", ("ingen", "irrelevant"))))


def unread(field: Field, text: str, language: str = "da") -> Unread:
    with pytest.raises(Unread) as refusal:
        read(field, text, audience(language))
    return refusal.value


# --- choices ---


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("gul", "amber"), ("Den er gul", "amber"), ("gult", "amber"), ("GUL!", "amber"), ("yellow", "amber"),
        ("2", "amber"), ("nr. 2", "amber"), ("nummer to", "amber"), ("den anden", "amber"), ("mulighed 2", "amber"),
        ("● Gul", "amber"), ("farven er stadig gul", "amber"), ("gul tak", "amber"), ("amber", "amber"),
        ("den tredje", "red"), ("den sidste", "none"), ("rod", "red"), ("rød, tak", "red"), ("grøn", "green"),
        ("groen", "green"), ("gron", "green"), ("grønt", "green"), ("det er ikke relevant", "none"), ("tre", "red"),
    ],
)  # fmt: skip
def test_colour_is_understood_however_it_is_said(text: str, value: str):
    assert read(IRRELEVANT, text, audience()) == value


@pytest.mark.parametrize(
    "text", ["gul eller rød", "måske gul eller rød", "måske gul", "både gul og grøn", "gul, fordi vi venter"]
)
def test_two_colours_are_none_and_the_lead_is_asked_again(text: str):
    assert unread(OVERALL, text).is_near


@pytest.mark.parametrize(
    "text", ["ikke gul", "hverken rød eller blå", "hvilke projekter er røde", "blå", "7", "relevant", "?"]
)
def test_what_is_no_colour_is_not_taken_for_one(text: str):
    refusal = unread(IRRELEVANT, text)
    assert refusal.fault.key in {"choice", "choice_several"}
    assert text == "hverken rød eller blå" or not refusal.is_near


@pytest.mark.parametrize(
    ("text", "value"),
    [("risiko", "risk"), ("det er en barriere", "barrier"), ("styregruppen", "barrier"), ("vi håndterer", "risk")],
)
def test_part_of_one_label_is_enough(text: str, value: str):
    assert read(OBSTACLE, text, audience()) == value


@pytest.mark.parametrize(
    ("text", "value"), [("4", "4"), ("fire", "4"), ("stor", "4"), ("meget stor", "5"), ("1 meget lille", "1")]
)
def test_scale_is_answered_with_number_or_word(text: str, value: str):
    assert read(PROBABILITY, text, audience()) == value


def test_labels_that_begin_with_numbers_are_meant_by_them_and_not_by_place():
    field = replace(PROBABILITY, options=(Option("a", "0 ingen"), Option("b", "1 nogen"), Option("c", "2 stor")))
    assert [read(field, text, audience()) for text in ("0", "1", "to")] == ["a", "b", "c"]


def test_part_of_several_labels_is_asked_about():
    field = replace(OBSTACLE, options=(Option("a", "Skærmbesøg nord"), Option("b", "Skærmbesøg syd")))
    assert unread(field, "skærmbesøg").fault.key == "choice_several"


def test_long_list_of_choices_is_not_read_aloud():
    field = replace(OBSTACLE, options=tuple(Option(f"P{n}", f"Projekt {n}") for n in range(40)))
    assert unread(field, "noget andet").fault == Fault("obstacle", "choice_of_many", {})
    assert read(field, "P17", audience()) == "P17"
    assert read(field, "projekt 17", audience()) == "P17"


# --- yes and no ---


@pytest.mark.parametrize(
    "text", ["ja", "ja tak", "jo", "Ja.", "jep", "den er nået", "ja det er den", "1", "yes please"]
)
def test_yes_is_heard(text: str):
    assert read(REACHED, text, audience()) == YES


@pytest.mark.parametrize(
    "text", ["nej", "nej tak", "niks", "den er ikke nået", "ikke endnu", "nej, desværre", "2", "not yet"]
)
def test_no_is_heard(text: str):
    assert read(REACHED, text, audience()) == NO


@pytest.mark.parametrize("text", ["måske", "ja nej", "ved ikke", "hvad er det", "næsten"])
def test_neither_yes_nor_no_is_guessed(text: str):
    assert unread(REACHED, text).fault == Fault("reached", "yes_no", {})


# --- numbers ---


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"), ("12.5", "12.5"), ("60 %", "60"), ("60%.", "60"), ("60 procent", "60"), ("cirka 60", "60"),
        ("ca. 60 %", "60"), ("vi er omkring 60 procent i mål", "60"), ("fremdriften er 60", "60"),
        ("tres tror jeg", "60"),
        ("halvtreds", "50"), ("femoghalvfjerds", "75"), ("fem og halvfjerds procent", "75"), ("hundrede", "100"),
        ("tolv komma fem", "12.5"), ("12 komma 5 procent", "12.5"), ("tolv en halv", "12.5"), ("nul", "0"), ("-0", "0"),
    ],
)  # fmt: skip
def test_progress_is_understood_in_digits_and_in_words(text: str, value: str):
    assert read(PROGRESS, text, audience()) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("sixty", "60"),
        ("sixty-five per cent".replace("per cent", "percent"), "65"),
        ("about 60", "60"),
        ("twelve point five", "12.5"),
        ("12.345", "12.345"),
    ],
)
def test_progress_is_understood_in_english(text: str, value: str):
    assert read(PROGRESS, text, audience("en")) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,2 mio.", "1200000"),
        ("1,2 millioner kroner", "1200000"),
        ("1.250.000 kr.", "1250000"),
        ("halvanden million", "1500000"),
        ("250 tusind", "250000"),
        ("minus 5", "-5"),
    ],
)
def test_money_is_understood_with_its_scale(text: str, value: str):
    assert read(SAVED, text, audience()) == value


def test_thousands_are_marked_as_the_language_does():
    assert read(SAVED, "1.250", audience("da")) == "1250"
    assert read(SAVED, "1,250", audience("en")) == "1250"
    assert read(SAVED, "1.250", audience("en")) == "1.25"


@pytest.mark.parametrize("text", ["101", "-1", "minus 5", "1.250"])
def test_number_out_of_bounds_is_told_what_it_may_be(text: str):
    refusal = unread(PROGRESS, text)
    assert refusal.is_near
    assert refusal.fault == Fault("progress", "range_between", {"low": "0", "high": "100"})


@pytest.mark.parametrize("text", ["60-70", "mellem 50 og 60", "60 eller 70", "måske 60"])
def test_two_numbers_are_none(text: str):
    assert unread(PROGRESS, text).is_near


@pytest.mark.parametrize("text", ["hvor mange projekter er røde", "3 røde projekter", "halvvejs", "", "%", "١٢"])
def test_what_is_no_number_is_not_taken_for_one(text: str):
    assert not unread(PROGRESS, text).is_near or text == "١٢"


# --- dates ---


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("3. juli", on_day(TODAY.replace(month=7, day=3))),
        ("15-06-2026", on_day(TODAY.replace(day=15))),
        ("på fredag", on_day(TODAY.replace(day=12))),
        ("slutter på fredag", on_day(TODAY.replace(day=12))),
        ("i dag", on_day(TODAY)),
        ("om to uger", on_day(TODAY.replace(day=23))),
        ("rykker til uge 40", iso_week(2026, 40)),
        ("det er nok i uge 26", iso_week(2026, 26)),
        ("uge seksogtyve", iso_week(2026, 26)),
        ("uge 20", iso_week(2026, 20)),
        ("uge 10", iso_week(2027, 10)),
        ("ultimo juni", PlanDate(TODAY.replace(day=21), TODAY.replace(day=30))),
        ("2. kvartal", in_unit(TODAY, Unit.QUARTER)),
        ("forventet slut i juni", in_unit(TODAY, Unit.MONTH)),
        ("med udgangen af året", on_day(TODAY.replace(month=12, day=31))),
    ],
)  # fmt: skip
def test_date_keeps_the_precision_it_is_said_with(text: str, date: PlanDate):
    assert read(END, text, audience()) == date_value(date)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("uge 26", "date_several_days"), ("juni", "date_several_days"), ("31. februar", "date_none_such"),
        ("til sommer", "date_season"), ("april 21", "date_ambiguous"), ("mandag den 3. juli 2026", "date_weekday"),
        ("15", "day"), ("snart", "day"),
    ],
)  # fmt: skip
def test_day_that_is_not_one_is_asked_for_with_the_reason(text: str, key: str):
    assert unread(MEETING, text).fault.key == key


@given(plan_dates(), st.sampled_from(["da", "en"]))
def test_every_date_is_read_as_it_is_written(date: PlanDate, language: str):
    to, value = audience(language), date_value(date)
    assert read(END, written(END, value, to), to) == value


# --- people ---


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Søren Holm", HOLM), ("soren holm", HOLM), ("Sørn Holm", HOLM), ("holm", HOLM), ("Søren Æ", SOREN),
        ("Æbelø-Østergård", SOREN), ("aebeloe", SOREN), ("mig", AASE), ("Aase Bjerg", AASE), ("det er Åse", AASE),
        ("ANDERS2@birkefjord.example", ANDERS[1]), ("Bjrg", AASE),
    ],
)  # fmt: skip
def test_person_is_found_by_a_part_of_the_name(text: str, person: Person):
    assert read(RESPONSIBLE, text, audience()) == person.id


def test_several_people_are_named_and_none_is_chosen():
    refusal = unread(RESPONSIBLE, "Søren")
    assert refusal.is_near
    assert refusal.fault.values["names"] == "Søren Æbelø-Østergård, Søren Holm"
    assert refusal.fault.values["people"] == (SOREN.id, HOLM.id)


def test_people_of_one_name_are_told_apart_by_their_mail():
    assert "anders1@birkefjord.example" in str(unread(RESPONSIBLE, "Anders Andersen").fault.values["names"])


def test_very_many_people_are_not_all_named():
    crowd = tuple(person(f"p{n}@x.example", f"Søren Nummer{n}") for n in range(30))
    with pytest.raises(Unread) as refusal:
        read(RESPONSIBLE, "søren", audience(people=crowd))
    assert (refusal.value.fault.key, refusal.value.fault.values["more"]) == ("person_too_many", 25)


@pytest.mark.parametrize(
    "text", ["Hans Pedersen", "hans@birkefjord.example", "hvem leder skærmbesøg", "x", "", "<at>Alle</at>"]
)
def test_unknown_person_is_not_guessed(text: str):
    assert unread(RESPONSIBLE, text).fault.key == "person"


# --- texts ---


def test_text_is_kept_as_it_is_without_what_no_program_can_show():
    assert read(COMMENT, "  Vi \x00venter\r\n\r\npå *udbud*\u202e \n", audience()) == "Vi venter\n\npå *udbud*"


def test_text_of_nothing_but_controls_is_none():
    assert unread(COMMENT, "\x00\x07").fault.key == "required_text"


def test_text_may_be_just_as_long_as_there_is_room():
    assert len(read(TITLE, "x" * 120, audience())) == 120
    assert unread(TITLE, "x" * 121).fault == Fault("obstacle_title", "too_long", {"length": 121, "most": 120})


# --- everything ---


@given(st.data())
def test_whatever_is_said_in_one_of_the_usual_ways_is_read(data: st.DataObject):
    field = data.draw(st.sampled_from(FORM.fields))
    to, value = audience(data.draw(st.sampled_from(["da", "en"]))), data.draw(values(field))
    for text in ways_to_say(field, value, to):
        assert read(field, text, to) == value
    assert fault_of(field, value, to, is_needed=True) is None


@given(st.text(max_size=200), st.sampled_from(FORM.fields), st.sampled_from(["da", "en"]))
def test_any_text_is_read_as_something_good_or_refused_in_words(text: str, field: Field, language: str):
    to = audience(language)
    assert read_or_refused(field, text, to)


def read_or_refused(field: Field, text: str, to: Audience) -> bool:
    try:
        value = read(field, text, to)
    except Unread as refusal:
        return bool(to.texts.say(f"form_fault.{refusal.fault.key}", **refusal.fault.values))
    return fault_of(field, value, to, is_needed=True) is None


# --- times of day ---

START = Field("time", FieldKind.TIME, "Klokken")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("9", "09:00"), ("kl 9", "09:00"), ("kl. 13.30", "13:30"), ("Klokken 8:15.", "08:15"), ("1330", "13:30"),
        ("930", "09:30"), ("det er kl. 14", "14:00"), ("0.00", "00:00"), ("1.30 pm", "13:30"), ("12 am", "00:00"),
        ("at 12pm", "12:00"), ("13 30", "13:30"), ("23.59", "23:59"),
    ],
)  # fmt: skip
def test_time_of_day_is_read_however_it_is_said(text: str, value: str):
    assert read(START, text, audience()) == value


@pytest.mark.parametrize("text", ["24", "13.60", "13 pm", "0 am", "kl.", "i morgen", "9-11", "halv", "99999", "١٣"])
def test_what_is_no_time_of_day_is_said_to_be_none(text: str):
    assert unread(START, text).fault == Fault("time", "time", {})


@given(value=values(START))
def test_time_of_day_is_read_as_it_was_written_and_said(value: str):
    for language in ("da", "en"):
        to = audience(language)
        assert {read(START, said, to) for said in ways_to_say(START, value, to)} == {value}
