"""One line of a report becomes the form's answers, and nothing that was said is lost."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.forms.fields import date_of, date_value
from dialogs.understanding.status.line import leads_off, read_line
from dialogs.values.letters import words_of
from portfolio.dates import Unit, in_unit, iso_week, on_day

TODAY = date(2026, 11, 22)
TOLD = {
    "gul": {"overall": "amber"},
    "den er nu rød": {"overall": "red"},
    "60 %": {"progress": "60"},
    "fremdrift 12,5": {"progress": "12.5"},
    "økonomien er gul": {"economy": "amber"},
    "tid: rød": {"time": "red"},
    "slut rykker til uge 40": {"expected_end": date_value(iso_week(2027, 40))},
}  # fmt: skip
REMARKS = ["leverandøren er forsinket", "vi venter på KL", "3 af 5 skoler er med", "der er styr på det hele",
           "kl. 10:30 holder vi møde", "pengene slår ikke til", "røde tal i regnskabet", "60 % af brugerne er i gang",
           "grøn omstilling fylder meget", "i uge 50 kommer ca. 40 borgere"]  # fmt: skip


def test_lead_says_it_all_in_one_line() -> None:
    assert read_line("gul, leverandøren er forsinket, 60 %, slut rykker til uge 40", TODAY) == {
        "overall": "amber",
        "progress": "60",
        "expected_end": date_value(iso_week(2027, 40)),
        "comment": "leverandøren er forsinket",
    }


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("gul", {"overall": "amber"}),
        ("den er gul", {"overall": "amber"}),
        ("er gul", {"overall": "amber"}),
        ("til rød", {"overall": "red"}),
        ("status er grøn", {"overall": "green"}),
        ("samlet gul", {"overall": "amber"}),
        ("gull, 60 %", {"overall": "amber", "progress": "60"}),
        ("grønn", {"overall": "green"}),
        ("gul tid rød økonomi grøn 25%", {"overall": "amber", "time": "red", "economy": "green", "progress": "25"}),
        ("rød tid gul økonomi", {"time": "red", "economy": "amber"}),
        ("grøn, fremdrift tyve procent", {"overall": "green", "progress": "20"}),
        ("vi er femogtres procent i mål", {"progress": "65"}),
        ("yellow", {"overall": "amber"}),
        ("grøn, økonomi gul", {"overall": "green", "economy": "amber"}),
        ("tid: rød, økonomi: grøn", {"time": "red", "economy": "green"}),
        ("rød på tid og økonomi", {"time": "red", "economy": "red"}),
        ("kvalitet ikke relevant", {"quality": "none"}),
        ("60 pct. færdig", {"progress": "60"}),
        ("vi er ca. 60 procent i mål", {"progress": "60"}),
        ("fremdriften er 12,5 %", {"progress": "12.5"}),
        ("60%", {"progress": "60"}),
        ("slutter først i 2. kvartal", {"expected_end": date_value(in_unit(date(2027, 4, 1), Unit.QUARTER))}),
        ("forventet slut 1. marts", {"expected_end": date_value(on_day(date(2027, 3, 1)))}),
        ("færdig den 3. juni 2028", {"expected_end": date_value(on_day(date(2028, 6, 3)))}),
        ("slut i december", {"expected_end": date_value(in_unit(date(2026, 12, 1), Unit.MONTH))}),
        (
            "gul 60 % slut uge 40",
            {"overall": "amber", "progress": "60", "expected_end": date_value(iso_week(2027, 40))},
        ),
        ("gul og 60 %", {"overall": "amber", "progress": "60"}),
        ("gul,60%,udbud mangler", {"overall": "amber", "progress": "60", "comment": "udbud mangler"}),
        ("Gul - udbud mangler - 60 %", {"overall": "amber", "comment": "udbud mangler", "progress": "60"}),
        ("gul: udbud mangler", {"overall": "amber", "comment": "udbud mangler"}),
        ("gul\n60 %\nudbud mangler", {"overall": "amber", "progress": "60", "comment": "udbud mangler"}),
        ("rød fordi udbud mangler", {"overall": "red", "comment": "fordi udbud mangler"}),
        ("næste skridt: udbud, så kontrakt. 40 %", {"next_step": "udbud, så kontrakt.", "progress": "40"}),
        ("next step: tender; amber", {"next_step": "tender", "overall": "amber"}),
        ("kommentar: alt vel, gul", {"comment": "alt vel", "overall": "amber"}),
        ("grøn kommentar vi er i mål", {"overall": "green", "comment": "vi er i mål"}),
        ("green comment we are done", {"overall": "green", "comment": "we are done"}),
        ("gul næste skridt ring til ole", {"overall": "amber", "next_step": "ring til ole"}),
        ("gul, kommentar fra lederen afventes", {"overall": "amber", "comment": "kommentar fra lederen afventes"}),
        ("", {}),
    ],
)
def test_a_line_is_read_as_a_colleague_would(said: str, answers: dict[str, str]) -> None:
    assert read_line(said, TODAY) == answers


@pytest.mark.parametrize(
    "said",
    ["økonomien er kritisk",
     "grøn omstilling er i gang", "60 %, 70 %", "150 %", "60 % af brugerne er i gang",
     "slut 2 uger senere", "40 uger", "uge 40", "ingen farve"],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_left_to_the_person(said: str) -> None:
    assert read_line(said, TODAY) == {"comment": said}


@pytest.mark.parametrize(
    "said",
    ["gul, rød", "gul eller rød", "gul og rød", "ikke rød længere", "er ikke grøn mere", "er ik grøn", "ellers grøn",
     "grøn, nej gul", "enten gul eller rød", "næsten rød", "not green any more", "green, no amber",
     "gul nej vent grøn", "rød nej jeg mener gul", "amber no wait green", "🟢 eller 🟡"],
)  # fmt: skip
def test_colour_that_is_spoken_of_but_not_said_is_asked_for(said: str) -> None:
    assert read_line(said, TODAY) == {"overall": "", "comment": said}


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ("er gul ellers uændret", {"overall": "amber"}),
        ("uændret men gul", {"overall": "amber"}),
        ("uændret, men gul", {"overall": "amber"}),
        ("gul, resten er uændret", {"overall": "amber"}),
        ("uændret bortset fra at vi er 20 procent", {"progress": "20"}),
        ("uændret men økonomi er rød", {"economy": "red"}),
        ("uændret, leverandøren er stadig forsinket", {"comment": "leverandøren er stadig forsinket"}),
        ("det samme som sidste gang men gul", {"overall": "amber"}),
        ("gul pga sygdom, ellers intet nyt", {"overall": "amber", "comment": "pga sygdom"}),
        ("er vist rød nu ik", {"overall": "red"}),
        ("amber, otherwise unchanged", {"overall": "amber"}),
        ("unchanged except that the economy is red", {"economy": "red"}),
        ("🔴", {"overall": "red"}),
        ("er 🟡, 60 %", {"overall": "amber", "progress": "60"}),
    ],
)
def test_that_the_rest_is_unchanged_is_no_news(said: str, answers: dict[str, str]) -> None:
    assert read_line(said, TODAY) == answers


@pytest.mark.parametrize(
    ("said", "colour", "comment"),
    [
        ("gul leverandøren er forsinket", "amber", "leverandøren er forsinket"),
        ("den er gul vi mangler hænder", "amber", "vi mangler hænder"),
        ("i grøn der er kommet styr på licenserne", "green", "der er kommet styr på licenserne"),
        ("red the supplier is gone", "red", "the supplier is gone"),
        ("er rød igen strøm mangler i havnen", "red", "strøm mangler i havnen"),
        ("er stadig røde vi mangler folk", "red", "vi mangler folk"),
        ("er gul leverandør driller", "amber", "leverandør driller"),
        ("is still amber testers are on leave", "amber", "testers are on leave"),
    ],
)
def test_a_colour_said_without_a_pause_is_read_where_it_describes_nothing(said: str, colour: str, comment: str) -> None:
    assert read_line(said, TODAY) == {"overall": colour, "comment": comment}


@pytest.mark.parametrize("said", ["grøn omstilling er udskudt", "gult kort til leverandøren", "gul i uge 40"])
def test_a_colour_that_describes_a_thing_is_no_status(said: str) -> None:
    assert read_line(said, TODAY) == {"comment": said}


def test_that_all_is_green_is_read_and_kept_too() -> None:
    assert read_line("alt er grønt", TODAY) == {"overall": "green", "comment": "alt er grønt"}


def test_a_comment_keeps_its_commas_and_full_stops() -> None:
    said = "gul, 60 %. Vi mangler svar fra KL, bl.a. om data, og det tager tid. Kl. 10 i morgen er der møde."
    comment = "Vi mangler svar fra KL, bl.a. om data, og det tager tid. Kl. 10 i morgen er der møde."
    assert read_line(said, TODAY) == {"overall": "amber", "progress": "60", "comment": comment}


def test_a_line_that_begins_with_a_colour_leads_off() -> None:
    assert leads_off("gul, og så mangler udbuddet", TODAY)
    assert not leads_off("og så er den gul, 60 %", TODAY)
    assert not leads_off("", TODAY)


@given(order=st.permutations([*TOLD, *REMARKS]), between=st.sampled_from([", ", "; ", ". ", "\n", " - "]))
@settings(max_examples=150)
def test_in_any_order_the_fields_are_read_and_every_remark_is_kept(order: list[str], between: str) -> None:
    pieces = order[:9]
    answers = dict(read_line(between.join(pieces), TODAY))
    comment = answers.pop("comment", "")
    told = [TOLD[piece] for piece in pieces if piece in TOLD]
    overall = {values["overall"] for values in told if "overall" in values}
    progress = {values["progress"] for values in told if "progress" in values}
    expected = {name: value for values in told for name, value in values.items()}
    for name, values in (("overall", overall), ("progress", progress)):
        if len(values) > 1:  # contradictory: kept as it was said
            del expected[name]
    if len(overall) > 1:
        expected["overall"] = ""  # to be asked for
    assert answers == expected
    assert all(piece in comment for piece in pieces if piece in REMARKS)


@given(said=st.text(max_size=200) | st.lists(st.sampled_from([*TOLD, *REMARKS, "næste:", "men", "og"])).map(" ".join))
@example(said=",0,0")
@example(said=",0,\r0")
@example(said="0,0,!")
@example(said="0:!")
@settings(max_examples=400)
def test_no_word_is_lost_but_those_that_were_understood(said: str) -> None:
    answers = read_line(said, TODAY)
    kept = " ".join(answers.get(name, "") for name in ("comment", "next_step"))
    if not answers.keys() - {"comment", "next_step"} and not re.search("næste|next", said, re.IGNORECASE):
        assert [word.text for word in words_of(kept) if word.text != ","] == [
            word.text for word in words_of(said) if word.text != ","
        ]
    # As it was said, but for what separates it from the rest: spaces, and commas that are not decimal.
    pieces = [*said.split(), *said.replace(",", " ").split(), *re.sub(r"(?<!\d),|,(?!\d)", " ", said).split()]
    bare = {word.strip(",;:") for word in pieces}
    assert {word.strip(",;:") for word in kept.split()} <= bare
    assert not answers.get("expected_end") or date_of(answers["expected_end"])


@pytest.mark.parametrize(
    "said", ["gul, " * 600, "60 % " * 600, "slut uge 40 " * 250, "og " * 1000, "1. " * 1000, "-" * 3000]
)
def test_a_long_line_holds_nobody_up(said: str) -> None:
    assert read_line(said[:3000], TODAY) is not None
