"""What people wrote names somebody by their name and addresses, however these are written, and nobody else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.privacy.naming import Naming, ordinary
from tests.world.people import AASE, ANDERS, HOLM, IB, METTE, SOREN

GONE = "tidligere medarbejder"
OTHERS = (HOLM.name, METTE.name, IB.name)
SORENS = Naming.of([SOREN.name], [SOREN.email or "", "entra-4711"], OTHERS)


@pytest.mark.parametrize(
    ("text", "reworded"),
    [
        ("Søren Æbelø-Østergård har sat skærme op", "tidligere medarbejder har sat skærme op"),
        ("Spørg Søren  Æbelø-Østergård.", "Spørg tidligere medarbejder."),
        ("SØREN ÆBELØ-ØSTERGÅRD kommer", "tidligere medarbejder kommer"),
        ("Søren Æbelø-Østergårds plan", "tidligere medarbejders plan"),
        ("Æbelø-Østergård, Søren (leder)", "tidligere medarbejder (leder)"),
        ("Skriv til Soeren@Birkefjord.example.", "Skriv til tidligere medarbejder."),
        ("<soeren@birkefjord.example>", "<tidligere medarbejder>"),
        ("konto entra-4711", "konto tidligere medarbejder"),
        ("Æbelø-Østergård var med", "tidligere medarbejder var med"),
        (unicodedata.normalize("NFD", "Søren Æbelø-Østergård var med"), "tidligere medarbejder var med"),
        ("Søren\nÆbelø-Østergård", "tidligere medarbejder"),
        # Nobody's, or somebody else's.
        ("Søren Holm har sat skærme op", "Søren Holm har sat skærme op"),
        ("Søren har sat skærme op", "Søren har sat skærme op"),
        ("soeren@birkefjord.example.org", "soeren@birkefjord.example.org"),
        ("lille.soeren@birkefjord.example", "lille.soeren@birkefjord.example"),
        ("Mette Lindegaard", "Mette Lindegaard"),
    ],
)
def test_text_that_names_a_person_names_a_former_employee_instead(text: str, reworded: str):
    assert SORENS.reworded(text, GONE) == reworded
    assert SORENS.is_in(text) is (text != reworded)
    assert not SORENS.is_in(reworded)


def test_single_name_that_nobody_else_has_is_theirs():
    maja = Naming.of(["Maja Sofie Holm"], [], OTHERS)
    assert maja.reworded("Maja følger op, og Majas kollega Holm", GONE) == (
        "tidligere medarbejder følger op, og tidligere medarbejders kollega Holm"
    )
    assert maja.reworded("Maja Holm og Maja-projektet", GONE) == (
        "tidligere medarbejder og tidligere medarbejder-projektet"
    )


def test_single_name_of_a_thing_is_not_theirs():
    ib = Naming.of([IB.name], [], [SOREN.name], things=["Dam Skole"])
    assert ib.reworded("Dam Skole, Ib Dam og Ib", GONE) == "Dam Skole, tidligere medarbejder og tidligere medarbejder"


def test_thing_that_is_called_after_a_person_leaves_them_their_names():
    ib = Naming.of([IB.name], [], [SOREN.name], things=["Ib Dams projekt"])
    assert ib.reworded("Ibs projekt, som Ib Dams projekt", GONE) == (
        "tidligere medarbejders projekt, som tidligere medarbejders projekt"
    )


def test_name_that_two_people_have_is_left_alone():
    one = Naming.of([ANDERS[0].name], [ANDERS[0].email or ""], [ANDERS[1].name])
    text = "Anders Andersen og anders1@birkefjord.example"
    assert one.reworded(text, GONE) == "Anders Andersen og tidligere medarbejder"


def test_several_people_are_found_at_once():
    both = Naming.of([AASE.name, METTE.name], [], [SOREN.name])
    assert both.reworded("Åse Bjerg spørger Mette", GONE) == "tidligere medarbejder spørger tidligere medarbejder"


def test_document_is_read_in_all_its_parts():
    document = {"note": ["Søren Æbelø-Østergård", 3, None], "soeren@birkefjord.example": {"is": True}}
    assert SORENS.is_in(document)
    assert SORENS.reworded(document, GONE) == {"note": [GONE, 3, None], GONE: {"is": True}}


def test_single_name_that_is_mostly_written_small_is_a_word():
    ib = Naming.of([IB.name], [], [])
    tally = ib.tally(["En dam og en dam til", "Dam er dyb", "Ib kommer", "Ib Dam kommer"])
    assert ordinary(tally) == {"dam"}
    assert ib.without(ordinary(tally)).reworded("Dam og Ib og Ib Dam", GONE) == f"Dam og {GONE} og {GONE}"


def test_nobody_is_named_anywhere():
    nobody = Naming.of(["-"], ["", " "], [])
    assert not nobody.is_in("Hvem som helst - og ingen")


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_else_of_a_text_is_changed(before: str, after: str):
    text = f"{before} Søren Æbelø-Østergård {after}"
    reworded = SORENS.reworded(text, GONE)
    assert "Æbelø" not in reworded or SORENS.is_in(text) is False
    assert not SORENS.is_in(reworded)
    if not SORENS.is_in(before) and not SORENS.is_in(after):
        assert reworded == f"{before} {GONE} {after}"


_LETTERS = st.text("abåøæéS -.@", max_size=9)


@given(st.lists(_LETTERS, max_size=3), st.lists(_LETTERS, max_size=3), st.text("abåøæéS -.@", max_size=30))
def test_text_that_names_somebody_has_a_sign_of_that(names: list[str], addresses: list[str], text: str):
    naming = Naming.of(names, addresses, [])
    for written in (text, unicodedata.normalize("NFD", text)):
        if naming.signs is not None and naming.is_in(written):
            assert any(sign in written.lower() for sign in naming.signs)


@given(st.lists(st.text(max_size=30), max_size=4), st.lists(st.text(max_size=30), max_size=4), st.text(max_size=80))
def test_any_names_can_be_looked_for_in_any_text(names: list[str], addresses: list[str], text: str):
    naming = Naming.of(names, addresses, [])
    assert naming.is_in(naming.reworded(text, "…")) is False
