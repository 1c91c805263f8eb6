"""What the cells of a file of people mean, and its rows together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.people_cells import people_book
from bot.importing.refusals import FileRefusedError
from portfolio.directory import DirectoryEntry
from tests.kit.people_files import GRY, GRY_ID, SOREN, SOREN_ID, notes, only, people, told


@pytest.mark.parametrize(
    ("header", "cell", "code"),
    [
        ("E-mail", "gry", "not_an_address"),
        ("E-mail", f"{GRY};{SOREN}", "not_an_address"),
        ("UPN", "BIRKEFJORD\\gryt", "not_a_upn"),
        ("UPN", "a@" + "b" * 256, "not_a_upn"),
        ("Entra-id", "1017", "not_an_entra_id"),
        ("Entra-id", SOREN_ID + "0", "not_an_entra_id"),
        ("Aktiv", "måske", "not_yes_or_no"),
        ("Er leder", 7, "not_yes_or_no"),
        ("Rolle", "Leder;Konge", "not_a_choice"),
        ("Navn", "S�ren Holm", "letters_lost"),
        ("Navn", "x" * 301, "too_long"),
        ("Navn", "#REF!", "formula_error"),
        ("Fagområde", True, "not_a_text_cell"),
    ],
)
def test_cell_that_can_not_be_read_is_refused_with_its_place(header: str, cell: Any, code: str) -> None:
    reading = people(["Mail" if header == "UPN" else "UPN", header], [GRY, cell], [SOREN, None])

    value = "Ja" if cell is True else str(cell)
    assert told(reading) == [(code, 2, header, value)]
    assert (len(reading.entries), reading.refused_rows) == (1, 1)


def test_manager_column_of_mixed_answers_is_refused() -> None:
    reading = people(["UPN", "Leder"], [GRY, "ja"], [SOREN, GRY])
    assert told(reading) == [("not_a_manager", 2, "Leder", "ja")]


def test_row_about_nobody_is_refused() -> None:
    reading = people(["E-mail", "UPN", "Navn"], [None, "", "Gry Thorlund"], [SOREN, None, "Søren Holm"])
    assert told(reading) == [("no_identity", 2, None, None)]
    assert reading.rows == (3,)


@pytest.mark.parametrize("empty", ["", None, "NULL", "(null)", "N/A", "n/a", "-", "–", " "])
def test_empty_cell_says_that_there_is_none(empty: Any) -> None:
    reading = people(
        ["UPN", "E-mail", "Navn", "Afdeling", "Leder", "Rolle", "Aktiv", "Er leder", "Entra-id", "employeeType"],
        [GRY, *[empty] * 9],
    )
    assert only(reading) == DirectoryEntry(upn=GRY, email="", department="", manager="", roles=(), employee_type="")


def test_column_that_is_not_there_says_nothing() -> None:
    reading = people(["UPN"], [GRY])
    assert (only(reading), reading.columns) == (DirectoryEntry(upn=GRY), {"upn"})


@pytest.mark.parametrize("yes", ["ja", "JA", "j", "Yes", "true", "TRUE", "Sand", "1", 1, 1.0, True, "x", "X", "✓"])
@pytest.mark.parametrize("no", ["nej", "Nej", "n", "No", "false", "FALSE", "Falsk", "0", 0, 0.0, False])
def test_yes_and_no_are_read_as_they_are_written(yes: Any, no: Any) -> None:
    reading = people(["UPN", "Aktiv", "Er leder"], [GRY, yes, no], [SOREN, no, yes])
    assert [(entry.is_active, entry.is_leader) for entry in reading.entries] == [(True, False), (False, True)]


def test_empty_cell_among_ticks_is_a_no_and_among_answers_says_nothing() -> None:
    reading = people(["UPN", "Er leder", "Aktiv"], [GRY, "x", "ja"], [SOREN, None, None])
    assert [(entry.is_leader, entry.is_active) for entry in reading.entries] == [(True, True), (False, None)]


@pytest.mark.parametrize("header", ["Leder", "Manager", "Leder (ja/nej)", "Manager (Yes / No)", "Is manager (yes/no)"])
def test_column_of_answers_says_who_is_a_leader(header: str) -> None:
    reading = people(["UPN", header], [GRY, "ja"], [SOREN, "nej"])
    assert [(entry.is_leader, entry.manager) for entry in reading.entries] == [(True, None), (False, None)]
    assert "manager" not in reading.columns


def test_manager_and_whether_one_is_a_leader_stand_beside_each_other() -> None:
    entry = only(people(["UPN", "Leder (e-mail)", "Leder (ja/nej)"], [SOREN, GRY, "nej"]))
    assert (entry.manager, entry.is_leader) == (GRY, False)


@pytest.mark.parametrize(
    ("written", "manager"),
    [
        (GRY.upper(), GRY),
        (f"Gry Thorlund <{GRY}>", GRY),
        (GRY_ID.upper(), GRY_ID),
        (f"{{{GRY_ID}}}", GRY_ID),
        ("Gry Thorlund", GRY_ID),
        ("Thorlund, Gry", GRY_ID),
        ("Gry Thorlund (1017)", GRY_ID),
        ("Thorlund, Gry (Skoler)", GRY_ID),
        ("CN=Gry Thorlund,OU=Skoler,DC=birkefjord,DC=example", GRY_ID),
        ("CN=Thorlund\\, Gry,OU=Skoler,DC=birkefjord,DC=example", GRY_ID),
        ("CN=Vagn Holm,OU=Skoler,DC=birkefjord,DC=example", "CN=Vagn Holm,OU=Skoler,DC=birkefjord,DC=example"),
        ("Vagn Holm", "Vagn Holm"),
        ("vagn@birkefjord.example", "vagn@birkefjord.example"),
    ],
)
def test_manager_is_told_by_whatever_is_known(written: str, manager: str) -> None:
    reading = people(
        ["UPN", "Entra-id", "Navn", "Leder"],
        [GRY, GRY_ID, "Gry Thorlund", None],
        [SOREN, SOREN_ID, "Søren Holm", written],
    )
    assert reading.refusals == []
    assert reading.entries[1].manager == manager


def test_manager_of_a_name_that_two_have_is_refused() -> None:
    rows = [[f"anders{number}@birkefjord.example", "Anders Andersen", None] for number in (1, 2)]
    reading = people(["UPN", "Navn", "Leder"], *rows, [SOREN, "Søren Holm", "Anders Andersen"])
    assert told(reading) == [("name_of_several", 4, "Leder", "Anders Andersen")]


def test_head_who_is_their_own_manager_has_none() -> None:
    reading = people(["UPN", "E-mail", "Leder"], ["gryt@birkefjord.local", GRY, GRY])
    assert only(reading).manager == ""
    assert notes(reading)["own_manager"] == {"rows": "2"}


@pytest.mark.parametrize(
    ("headers", "cells", "manager"),
    [
        (["Manager", "Manager email"], ["Gry Thorlund", GRY], GRY),
        (["Leder", "Leder-id"], [GRY, GRY_ID], GRY_ID),
        (["Leders navn", "Leders UPN"], ["Gry Thorlund", GRY], GRY),
        (["Leders navn", "Leders e-mail"], ["Gry Thorlund", None], "Gry Thorlund"),
        (["Leders navn"], ["Gry Thorlund"], "Gry Thorlund"),
        (["Leder", "Manager email", "Manager UPN"], ["Gry Thorlund", GRY, None], GRY),
        (["Leder", "Manager email"], ["NULL", "-"], ""),
    ],
)
def test_surest_column_says_who_the_manager_is(headers: list[str], cells: list[Any], manager: str) -> None:
    assert only(people(["UPN", *headers], [SOREN, *cells])).manager == manager


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Asta Lund", "Asta Lund"),
        ("Lund, Asta", "Asta Lund"),
        ("Lund , Asta Marie", "Asta Marie Lund"),
        ("LUND, ASTA", "ASTA LUND"),
        ("Lund, A.", "A. Lund"),
        ("Lund, Asta (Skoler)", "Asta Lund (Skoler)"),
        ("Asta Lund (Skoler, Teknik)", "Asta Lund (Skoler, Teknik)"),
        ("Lund, Asta M.", "Asta M. Lund"),
        ("Lund, A. M.", "A. M. Lund"),
        ("Asta Lund, ph.d.", "Asta Lund, ph.d."),
        ("Asta Lund, M.Sc.", "Asta Lund, M.Sc."),
        ("Asta Lund, konsulent", "Asta Lund, konsulent"),
        ("Asta Lund, MBA", "Asta Lund, MBA"),
        ("Asta Lund,", "Asta Lund,"),
    ],
)
@pytest.mark.parametrize("header", ["Navn", "Name", "displayName", "Visningsnavn"])
def test_name_is_read_in_the_order_in_which_it_is_said(header: str, written: str, name: str) -> None:
    assert only(people(["UPN", header], [GRY, written])).name == name


@pytest.mark.parametrize(
    ("row", "name"),
    [
        (["Gry T.", "Gry", "Thorlund"], "Gry T."),
        ([None, "Gry", "Thorlund"], "Gry Thorlund"),
        (["NULL", "Gry", None], "Gry"),
        ([None, None, None], None),
    ],
)
@pytest.mark.parametrize("headers", [["Navn", "Fornavn", "Efternavn"], ["Display name", "givenName", "surname"]])
def test_parts_of_a_name_stand_in_for_it(headers: list[str], row: list[Any], name: str | None) -> None:
    assert only(people(["UPN", *headers], [GRY, *row])).name == name


def test_id_is_an_entra_id_where_it_looks_like_one() -> None:
    assert only(people(["id", "UPN"], [GRY_ID.replace("-", ""), GRY])).entra_id == GRY_ID
    reading = people(["id", "UPN"], [1017, GRY])
    assert (only(reading).entra_id, reading.unknown_columns) == (None, ["id"])
    both = people(["id", "Entra-id"], [1017, GRY_ID])
    assert (only(both).entra_id, both.unknown_columns) == (GRY_ID, ["id"])


def test_department_goes_before_a_division_of_it() -> None:
    assert only(people(["UPN", "Afdeling"], [GRY, "Skoler"])).department == "Skoler"
    reading = people(["UPN", "Afdeling", "Fagområde"], [GRY, "Skoler", "Børn og Unge"])
    assert (only(reading).department, reading.unknown_columns) == ("Børn og Unge", ["Afdeling"])


def test_login_is_a_upn_where_it_looks_like_one() -> None:
    assert only(people(["Brugernavn", "Mail"], [GRY, GRY])).upn == GRY
    reading = people(["Brugernavn", "Mail"], ["gryt", GRY])
    assert (only(reading).upn, reading.unknown_columns) == (None, ["Brugernavn"])


def test_row_of_a_sum_is_left_out() -> None:
    reading = people(["E-mail", "Navn"], [GRY, "Gry Thorlund"], ["I alt", 1], [None, "Total: 1"])
    assert only(reading).email == GRY
    assert notes(reading)["sums_left_out"]["rows"] == "3, 4"


def test_same_person_in_two_rows_that_agree_is_one() -> None:
    reading = people(["UPN", "E-mail", "Navn"], [GRY, None, "Gry"], [SOREN, SOREN, "Søren"], [GRY.upper(), "", "Gry"])
    assert [entry.upn for entry in reading.entries] == [GRY, SOREN]
    assert (reading.rows, notes(reading)["same_person"]) == ((2, 3), {"rows": "2, 4"})


@pytest.mark.parametrize(
    ("first", "second", "column"),
    [
        ([GRY_ID, GRY, "Skoler"], [GRY_ID, GRY, "Teknik"], "Afdeling"),
        ([GRY_ID, GRY, "Skoler"], [GRY_ID, SOREN, "Skoler"], "E-mail"),
        ([GRY_ID, GRY, "Skoler"], [SOREN_ID, GRY, "Skoler"], "Entra-id"),
    ],
)
def test_same_person_in_two_rows_that_differ_is_refused(first: list[str], second: list[str], column: str) -> None:
    reading = people(["Entra-id", "E-mail", "Afdeling"], first, second)
    assert [(code, row, where) for code, row, where, _ in told(reading)] == [("person_twice", 2, column)]
    assert (reading.entries, reading.refused_rows) == ((), 2)


TEXT = st.text(alphabet="abcæøå ,;|\"'\n-ÆØÅ1.@", max_size=12).map(lambda text: " ".join(text.split()))
CELLS = st.one_of(st.none(), TEXT, st.booleans(), st.integers(0, 2), st.sampled_from([GRY, SOREN, GRY_ID, "ja", "-"]))
HEADERS = st.sampled_from([header for column in people_book().main.columns for header in column.headers])


@given(st.lists(HEADERS, min_size=1, max_size=6), st.lists(st.lists(CELLS, min_size=6, max_size=6), max_size=6))
def test_any_rows_are_people_or_are_refused(headers: list[str], rows: list[list[Any]]) -> None:
    try:
        reading = people(headers, *rows)
    except FileRefusedError:
        return
    told(reading)
    notes(reading)
    assert len(reading.entries) == len(reading.rows)
    assert all(entry.keys for entry in reading.entries)
    assert bool(reading.refusals) == bool(reading.refused_rows)
