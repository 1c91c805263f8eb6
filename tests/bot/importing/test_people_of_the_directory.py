"""A workbook's people, where others have their accounts or a directory speaks for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli.importing import portfolio
from bot.cli.syncing import import_people

HEADERS = ["E-mail", "UPN", "Entra-id", "Navn", "Leder", "Rolle"]
IDS = [f"{at}0000000-0000-4000-8000-000000000000" for at in range(1, 6)]
GRY = ["gry@b.example", "g@b.example", IDS[1], "Gry", "", "Chef"]
SOREN = ["soeren@b.example", "s@b.example", IDS[2], "Søren", "gry@b.example", "Projektleder"]
PROJECTS = [["Nr", "Titel", "Projektleder"], ["P1", "Skærm", "soeren@b.example"]]
Run = Callable[..., tuple[int, dict[str, Any]]]
Make = Callable[..., Path]


def workbook(make: Make, *people: list[str]) -> Path:
    return make({"Projekter": PROJECTS, "Personer": [HEADERS, *people]})


def refused(document: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(one["row"], one["column"], one["value"], one["code"]) for one in document["refused"]]


def people(file: Path) -> dict[str, tuple[Any, ...]]:
    with sqlite3.connect(file) as connection:
        rows = connection.execute("SELECT email, name, upn, entra_id, standing, id FROM people").fetchall()
    connection.close()
    return {row[0]: row[1:] for row in rows}


def directory(tmp_path: Path, *rows: str, **options: bool) -> int:
    file = tmp_path / "people.csv"
    file.write_text("\n".join(("E-mail;UPN;Entra-id;Navn;Aktiv", *rows)), encoding="utf-8")
    return import_people(file, **options)


@pytest.mark.parametrize(("column", "value"), [("UPN", "g@b.example"), ("UPN", "G@B.example"), ("Entra-id", IDS[1])])
def test_account_of_another_is_refused_with_its_row(
    make_workbook: Make, run_import: Run, database_file: Path, column: str, value: str
) -> None:
    run_import(workbook(make_workbook, GRY))
    taking = list(SOREN)
    taking[HEADERS.index(column)] = value
    code, document = run_import(workbook(make_workbook, taking))
    assert (code, document["stored"]) == (1, False)
    assert refused(document) == [(2, column, value.lower(), "account_of_another")]
    assert "gry@b.example" in document["refused"][0]["reason"]
    assert people(database_file)["soeren@b.example"][3] == "mentioned"


@pytest.mark.parametrize(("column", "value"), [("UPN", "g@b.example"), ("Entra-id", IDS[1])])
def test_account_in_two_rows_is_refused(make_workbook: Make, run_import: Run, column: str, value: str) -> None:
    twice = list(SOREN)
    twice[HEADERS.index(column)] = value
    code, document = run_import(workbook(make_workbook, GRY, twice))
    assert (code, refused(document)) == (1, [(2, column, value, "account_shared")])
    code, document = run_import(workbook(make_workbook, GRY, twice), partial=True)
    assert document["tables"]["people"]["refused"] == 2


def test_workbook_that_still_has_the_old_address_means_the_same_person(
    make_workbook: Make, run_import: Run, database_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(workbook(make_workbook, GRY, SOREN))
    before = people(database_file)["soeren@b.example"]
    assert directory(tmp_path, f"sk@b.example;sk@b.example;{IDS[2]};Søren Kjær;ja") == 0
    capsys.readouterr()
    code, document = run_import(workbook(make_workbook, GRY, SOREN))
    assert (code, document["kept"]) == (
        0,
        [{"table": "people", "record": "sk@b.example", "fields": ["email", "upn", "name"]}],
    )
    after = people(database_file)
    assert after.keys() == {"sk@b.example", "gry@b.example"}
    assert after["sk@b.example"] == ("Søren Kjær", "sk@b.example", *before[2:])
    with sqlite3.connect(database_file) as connection:
        assert connection.execute("SELECT lead FROM projects").fetchall() == [(before[-1],)]
    connection.close()
    assert portfolio(workbook(make_workbook, GRY, SOREN)) == 0
    assert "1 personer kommer fra kataloget" in capsys.readouterr().err


def test_old_and_new_address_in_one_workbook_are_told(
    make_workbook: Make, run_import: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(workbook(make_workbook, GRY, SOREN))
    directory(tmp_path, f"sk@b.example;sk@b.example;{IDS[2]};Søren Kjær;ja")
    capsys.readouterr()
    both = workbook(make_workbook, SOREN, ["sk@b.example", "", "", "Søren Kjær", "", ""])
    code, document = run_import(both)
    assert (code, refused(document)) == (1, [(2, "E-mail", "soeren@b.example", "person_shared")])


def test_who_left_is_not_here_again_by_a_workbook(
    make_workbook: Make, run_import: Run, database_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_import(workbook(make_workbook, GRY, SOREN))
    assert directory(tmp_path, f"soeren@b.example;s@b.example;{IDS[2]};Søren;nej") == 0
    capsys.readouterr()
    assert run_import(workbook(make_workbook, GRY, SOREN))[0] == 0
    assert people(database_file)["soeren@b.example"][3] == "left"
