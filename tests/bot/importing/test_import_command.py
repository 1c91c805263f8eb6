from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli import app
from bot.cli.importing import portfolio

PROJECTS = [["Nr", "Titel"], ["P1", "Skærmbesøg"], ["P2", "Talegenkendelse"]]
Run = Callable[..., tuple[int, dict[str, Any]]]
BAD = [*PROJECTS, ["P3", "Tre"], ["P3", "Tre igen"]]


def stored(database_file: Path) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(database_file)
    try:
        return connection.execute("SELECT number, title, budget FROM projects ORDER BY number").fetchall()
    finally:
        connection.close()


def test_workbook_is_stored_and_the_same_again_changes_nothing(
    make_workbook: Callable[..., Path], run_import: Run, database_file: Path
) -> None:
    first, document = run_import(make_workbook({"Projekter": PROJECTS}))
    second, again = run_import(make_workbook({"Projekter": PROJECTS}))

    assert (first, second) == (0, 0)
    assert document["stored"]
    assert document["tables"]["projects"] == {"added": 2, "changed": 0, "unchanged": 0, "refused": 0}
    assert again["tables"]["projects"] == {"added": 0, "changed": 0, "unchanged": 2, "refused": 0}
    assert [row[0] for row in stored(database_file)] == ["P1", "P2"]


def test_what_was_imported_is_in_the_audit_log_once(
    make_workbook: Callable[..., Path], run_import: Run, database_file: Path
) -> None:
    for _ in range(2):
        run_import(make_workbook({"Projekter": PROJECTS}))
    with closing(sqlite3.connect(database_file)) as connection:
        lines = connection.execute("SELECT by, action, detail FROM audit").fetchall()
    assert lines == [("operator", "imported", '{"added": "2", "changed": "0", "what": "portfolio"}')]


def test_nothing_is_stored_unless_all_is_well(
    make_list: Callable[..., Path], run_import: Run, database_file: Path
) -> None:
    code, document = run_import(make_list(BAD))

    assert code == 1
    assert not document["stored"]
    assert [(item["sheet"], item["row"], item["column"], item["code"]) for item in document["refused"]] == [
        ("Projekter", 4, "Nr", "twice"),
    ]
    assert document["refused"][0]["reason"] == "Det samme står i 2 rækker: 4, 5."
    assert document["refused"][0]["what_to_do"] == "Behold én af rækkerne."
    assert stored(database_file) == []


def test_good_rows_alone_are_stored_on_request(
    make_list: Callable[..., Path], run_import: Run, database_file: Path
) -> None:
    code, document = run_import(make_list(BAD), partial=True)

    assert code == 1
    assert document["tables"]["projects"] == {"added": 2, "changed": 0, "unchanged": 0, "refused": 2}
    assert [row[0] for row in stored(database_file)] == ["P1", "P2"]


def test_dry_run_tells_what_would_change_and_leaves_the_database_alone(
    make_list: Callable[..., Path], run_import: Run, database_file: Path
) -> None:
    code, document = run_import(make_list(PROJECTS), dry_run=True)
    assert (code, document["stored"], document["dry_run"]) == (0, False, True)
    assert document["tables"]["projects"]["added"] == 2
    assert not database_file.exists()

    run_import(make_list(PROJECTS))
    before = stored(database_file)
    _, document = run_import(make_list([PROJECTS[0], ["P1", "Ny titel"], ["P9", "Ni"]]), dry_run=True)

    assert document["changes"] == [
        {"table": "projects", "record": "P9", "fields": []},
        {"table": "projects", "record": "P1", "fields": ["title"]},
    ]
    assert stored(database_file) == before


def test_column_that_is_left_out_keeps_what_was_stored(
    make_list: Callable[..., Path], run_import: Run, database_file: Path
) -> None:
    run_import(make_list([["Nr", "Titel", "Budget"], ["P1", "Et", 100], ["P2", "To", 200]]))
    run_import(make_list([["Nr", "Titel"], ["P1", "Et med nyt navn"]]))

    assert stored(database_file) == [("P1", "Et med nyt navn", 10000), ("P2", "To", 20000)]


def test_other_organisations_words_are_mapped_to_ours(
    make_workbook: Callable[..., Path], run_import: Run, tmp_path: Path
) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        '[sheets]\n"Register" = "Projekter"\n"RAG log" = "Statusser"\n'
        '[columns]\n"Project Name" = "Titel"\n"Ref." = "Nr"\n"Colour" = "Samlet"\n"When" = "Dato"\n'
        '[values.Status]\n"Amber/Red" = "Rød"\n"n/a" = ""\n[values.Phase]\n"Build" = "Gennemførelse"\n'
        '[values."Fokusområde"]\n"Green stuff" = "Klima"\n',
        encoding="utf-8",
    )
    sheets = {
        "Register": [["Ref.", "Project Name", "Phase", "Focus area"], ["P1", "Et", "Build", "Data;green stuff"]],
        "RAG log": [["Ref.", "When", "Colour", "Risk"], ["P1", "2021-06-15", "amber/red", "N/A"]],
    }

    code, document = run_import(make_workbook(sheets), mapping=mapping)

    assert (code, document["refused"]) == (0, [])
    assert document["tables"]["reports"]["added"] == 1
    assert document["tables"]["focus_areas"]["added"] == 2


@pytest.mark.parametrize(
    "text",
    [
        "[columns",
        '[values.Fokusområde]\n"A" = "B"',
        '[columns]\n"A" = "Findes ikke"',
        '[sheets]\n"A" = "Findes ikke"',
        "[columns]\nA = 3",
        '[valuse]\n"A" = "B"',
        "values = 3",
    ],
)
def test_mapping_that_cannot_be_used_is_wrong_usage(
    make_list: Callable[..., Path],
    tmp_path: Path,
    database_file: Path,
    capsys: pytest.CaptureFixture[str],
    text: str,
) -> None:
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(text, encoding="utf-8")

    assert portfolio(make_list(PROJECTS), mapping=mapping) == 2
    assert "Intet er importeret." in capsys.readouterr().err
    assert not database_file.exists()


@pytest.mark.parametrize("name", ["findes ikke.xlsx", "../../x", "a\0b.xlsx", "x" * 300, "."])
def test_file_that_is_not_there_is_wrong_usage(
    database_file: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert portfolio(Path(name)) == 2
    assert "Intet er importeret" in capsys.readouterr().err


def test_people_are_told_what_was_done(
    make_workbook: Callable[..., Path], database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_workbook({"Projekter": [[*PROJECTS[0], "Humør"], *PROJECTS[1:]], "Noter": [["x"]]})

    assert portfolio(path, dry_run=True) == 0
    told = capsys.readouterr()
    assert told.out.splitlines() == [
        "Prøvekørsel: intet er gemt. Importen ville give:",
        "Projekter: 2 nye, 0 ændrede, 0 uændrede",
        "  ny: P1",
        "  ny: P2",
    ]
    assert told.err.splitlines() == [
        "Arket »Noter« kendes ikke og er sprunget over.",
        "Kolonner i »Projekter«, som ikke kendes og er sprunget over: Humør.",
        (
            "Tovholder kender ikke opdelingen i fagområder, da arket »Fagområder« mangler. "
            "Spørgsmål om et overordnet område finder ikke projekterne under det."
        ),
        (
            "Tovholder kender ingen personer, da arket »Personer« mangler. "
            "Projektledere kendes kun på deres e-mail, og ingen har en rolle."
        ),
        "Ingen projekter har en farve, da arket »Statusser« mangler.",
    ]
    assert portfolio(path) == 0
    assert capsys.readouterr().out.startswith("Porteføljen er importeret.\n")
    assert portfolio(path) == 0
    assert capsys.readouterr().out.startswith("Alt var der i forvejen. Intet er ændret.\n")
    assert portfolio(path, dry_run=True) == 0
    assert capsys.readouterr().out.startswith("Prøvekørsel: intet er gemt. Importen ville ikke ændre noget.\n")


def test_people_are_told_what_was_refused_and_what_to_do(
    make_list: Callable[..., Path], database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_list([["Nr", "Titel", "Slut"], ["P1", "Et", "snart"], ["P2", "To", "2021"]])

    assert portfolio(path) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [
        "Intet er importeret: 1 række kan ikke bruges.",
        (
            "Projekter, række 2, Slut »snart«: Datoen kan ikke læses. "
            "Skriv for eksempel 15-06-2021, uge 26 2021, juni 2021 eller 2. kvartal 2021."
        ),
        "Ret rækkerne, og importér igen. Med --partial importeres de øvrige rækker.",
    ]
    assert portfolio(path, partial=True) == 1
    assert capsys.readouterr().out.startswith("Porteføljen er importeret undtagen 1 række.\n")


def test_file_that_cannot_be_used_is_told_in_one_go(
    tmp_path: Path, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"MZ")

    assert portfolio(tmp_path / "x.xlsx", partial=True) == 1
    assert capsys.readouterr().err.splitlines() == [
        "Intet er importeret: filen kan ikke bruges.",
        (
            "Filen: Filen er et program, ikke en liste. "
            "Vælg en .xlsx- eller .csv-fil. Kontrollér, hvor filen kommer fra."
        ),
    ]


def test_english_is_spoken_where_it_is_set(
    make_list: Callable[..., Path],
    database_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TOVHOLDER_LANGUAGE", "en")

    assert portfolio(make_list(PROJECTS)) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The portfolio is imported.",
        "Projects: 2 new, 0 changed, 0 unchanged",
    ]


def test_database_of_a_newer_version_is_left_alone(
    run_import: Run,
    make_list: Callable[..., Path],
    database_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    run_import(make_list(PROJECTS))
    connection = sqlite3.connect(database_file)
    connection.execute("UPDATE alembic_version SET version_num = 'from the future'")
    connection.commit()
    connection.close()

    assert portfolio(make_list(PROJECTS)) == 1
    assert "nyere udgave" in capsys.readouterr().err


def test_database_that_cannot_be_written_is_told_plainly(
    make_list: Callable[..., Path], database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database_file.write_bytes(b"this is no database, " * 100)

    assert portfolio(make_list(PROJECTS)) == 1
    assert "tovholder doctor" in capsys.readouterr().err


def test_folder_for_a_database_is_told_plainly(
    make_list: Callable[..., Path],
    tmp_path: Path,
    database_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}")

    assert portfolio(make_list(PROJECTS)) == 1
    assert "tovholder doctor" in capsys.readouterr().err


@pytest.mark.parametrize("url", ["mysql://server/tovholder", "not an address"])
def test_address_of_another_kind_of_database_is_told_plainly(
    make_list: Callable[..., Path],
    database_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    url: str,
) -> None:
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", url)

    assert portfolio(make_list(PROJECTS)) == 1
    assert "DATABASE_URL" in capsys.readouterr().err


def test_terminal_shows_how_far_it_is(
    make_list: Callable[..., Path],
    database_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")

    assert portfolio(make_list(PROJECTS)) == 0
    assert "Gemmer" in capsys.readouterr().err


def test_help_has_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    app(["import", "portfolio", "--help"], result_action="return_value")

    assert "tovholder import portfolio" in capsys.readouterr().out
