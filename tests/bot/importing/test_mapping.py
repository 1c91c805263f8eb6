"""What a mapping file may say, and what becomes of one that leads nowhere."""

from __future__ import annotations

import csv
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.cli.importing import portfolio
from bot.importing.mapping_file import read_mapping
from bot.importing.reading import Reading, portfolio_of
from bot.importing.tables import Line
from portfolio.questions.answers import Vocabulary

ZONE = ZoneInfo("Europe/Copenhagen")
NOTHING_KNOWN = Vocabulary(0, (), (), frozenset(), frozenset(), (), (), ())
Sheets = dict[str, list[list[Any]]]
Mapped = Callable[[str, Sheets], Reading]
REGISTER = [["Ref", "Name", "RAG", "Cost"], [12, "Et", "Amber/Red", "1,250"], [13, "To", None, "2"]]
BOTH = '[sheets]\n"Register" = ["Projekter", "Statusser"]\n[columns]\n"Ref" = "Nr"\n"Name" = "Titel"\n"Cost" = ""\n'


@pytest.fixture
def mapped(tmp_path: Path) -> Mapped:
    """Reads sheets by a mapping."""

    def read(text: str, sheets: Sheets) -> Reading:
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        lines = (Line(name, number, row) for name, rows in sheets.items() for number, row in enumerate(rows, 1))
        return portfolio_of(lines, NOTHING_KNOWN, ZONE, read_mapping(path))

    return read


def codes(reading: Reading) -> list[str]:
    return [refusal.code for refusal in reading.refusals]


def test_one_sheet_feeds_projects_and_reports(mapped: Mapped) -> None:
    text = BOTH + (
        '"RAG" = "Samlet"\n[values.Samlet]\n"Amber*" = "Gul"\n"Amber/R*" = "Rød"\n'
        '[constants.Statusser]\nDato = 2026-03-31\n[prefix]\n"Nr" = "GMPP-"\n'
    )

    reading = mapped(text, {"Register": REGISTER})

    assert codes(reading) == []
    assert [project.number for project in reading.portfolio.projects] == ["GMPP-12", "GMPP-13"]
    (report,) = reading.portfolio.reports  # a project without a colour gets no report
    assert (report.project, report.overall, report.day.isoformat()) == ("GMPP-12", "red", "2026-03-31")
    assert reading.unknown_columns == {}


def test_row_of_two_sheets_is_never_lost(mapped: Mapped) -> None:
    text = BOTH + '"RAG" = "Samlet"\n[constants.Statusser]\nDato = 2026-03-31\n'
    rows = [REGISTER[0], ["P1", "Et", None], ["P1", None, "Red"], ["Kilde: økonomisystemet"]]

    reading = mapped(text, {"Register": rows})

    assert [(refusal.code, refusal.row, refusal.column) for refusal in reading.refusals] == [("is_required", 4, "Name")]
    assert [project.number for project in reading.portfolio.projects] == ["P1"]
    assert [report.overall for report in reading.portfolio.reports] == ["red"]


def test_numbers_are_read_as_the_mapping_says(mapped: Mapped) -> None:
    text = (
        '[sheets]\nRegister = "Projekter"\n[columns]\nRef = "Nr"\nName = "Titel"\n'
        'Cost = { to = "Projekter.Budget", factor = 1000000, decimal = ",", currency = "GBP" }\n'
    )

    reading = mapped(text, {"Register": REGISTER})

    assert [project.budget for project in reading.portfolio.projects] == [Decimal(1_250_000), Decimal(2_000_000)]
    assert {"multiplied", "other_currency"} <= {note.code for note in reading.notes}


@pytest.mark.parametrize("five", ["5", 5, 5.0])
def test_scale_of_five_is_mapped_whether_text_or_number(mapped: Mapped, five: Any) -> None:
    text = '[values.Prioritet]\n"5" = 1\n"Very high" = "1"\n[values.Samlet]\n"5" = "Rød"\n"1" = "Grøn"\n'
    sheets: Sheets = {
        "Projekter": [["Nr", "Titel", "Prioritet"], ["P1", "Et", five], ["P2", "To", "Very high"]],
        "Statusser": [["Nr", "Dato", "Samlet"], ["P1", "2026-03-31", five]],
    }

    reading = mapped(text, sheets)

    assert [project.priority for project in reading.portfolio.projects] == [1, 1]
    assert [report.overall for report in reading.portfolio.reports] == ["red"]


def test_headers_that_differ_in_brackets_alone_are_told_apart(mapped: Mapped) -> None:
    text = '[columns]\n"Budget (revideret)" = "Budget"\n"Budget (oprindeligt)" = ""\n'
    rows = [["Nr", "Titel", "Budget (oprindeligt)", "Budget (revideret)"], ["P1", "Et", 1, 2]]

    assert mapped(text, {"Projekter": rows}).portfolio.projects[0].budget == 2


@pytest.mark.parametrize("empty", [None, ""])
def test_star_alone_means_all_that_is_filled(mapped: Mapped, empty: str | None) -> None:
    rows = [["Nr", "Titel", "Fase"], ["P1", "Et", "Ukendt"], ["P2", "To", empty]]

    reading = mapped('[values.Fase]\n"*" = "Idé"\n', {"Projekter": rows})

    assert [project.phase for project in reading.portfolio.projects] == ["idea", None]


@pytest.mark.parametrize(
    ("prefix", "numbers"), [("1", ["11", "112"]), ("A-", ["A-1", "A-12"]), ("2026", ["20261", "202612"])]
)
def test_prefix_is_put_before_a_number_that_only_begins_like_it(
    mapped: Mapped, prefix: str, numbers: list[str]
) -> None:
    reading = mapped(f'[prefix]\nNr = "{prefix}"\n', {"Projekter": [["Nr", "Titel"], [1, "Et"], ["12", "To"]]})

    assert [project.number for project in reading.portfolio.projects] == numbers


def test_sheet_that_leads_nowhere_is_left_out(mapped: Mapped) -> None:
    sheets: Sheets = {"Projekter": [["Nr", "Titel"], ["P1", "Et"]], "Status": [["Hvad"], ["Noget"]]}

    reading = mapped('[sheets]\n"Status" = ""\n', sheets)

    assert codes(reading) == []
    assert reading.unknown_sheets == ["Status"]
    assert "mapping_unused" not in {note.code for note in reading.notes}


@pytest.mark.parametrize("header", ["Forbrug i %", "Forbrugt (timer)"])
def test_column_in_another_unit_is_refused_where_the_mapping_leads_it_to_money(mapped: Mapped, header: str) -> None:
    rows = [["Nr", "Titel", header], ["P1", "Et", 60]]

    assert codes(mapped(f'[columns]\n"{header}" = "Forbrug"\n', {"Projekter": rows})) == ["column_of_another_unit"]

    said = mapped(f'[columns]\n"{header}" = {{ to = "Forbrug", factor = 500 }}\n', {"Projekter": rows})
    assert said.portfolio.projects[0].spend == 30_000


def test_unit_of_a_foreign_header_counts_in_any_spelling(mapped: Mapped) -> None:
    rows = [["Nr", "Titel", "wlc_mio_dkk"], ["P1", "Et", 1.5]]

    assert mapped('[columns]\nwlc_mio_dkk = "Budget"\n', {"Projekter": rows}).portfolio.projects[0].budget == 1_500_000


def test_constant_that_cannot_be_read_is_told_with_its_value(mapped: Mapped) -> None:
    rows = [["Nr", "Titel"], ["P1", "Et"]]

    (refusal,) = mapped('[constants.Projekter]\nSlut = "snart"\n', {"Projekter": rows}).refusals

    assert (refusal.code, refusal.column, refusal.value) == ("date_unknown_form", "Slut", "snart")


def test_constant_fills_empty_cells_alone(mapped: Mapped) -> None:
    rows = [["Nr", "Titel", "Fase"], ["P1", "Et", "Idé"], ["P2", "To", ""]]

    reading = mapped('[constants.Projekter]\nFase = "Analyse"\nKategori = "Lokal"\n', {"Projekter": rows})

    assert [(project.phase, project.kind) for project in reading.portfolio.projects] == [
        ("idea", "local"),
        ("analysis", "local"),
    ]


def test_sheet_is_named_where_a_header_means_two(mapped: Mapped) -> None:
    sheets = {"Plan": [["Nr", "Titel", "Milepæl", "Dato"], ["P1", "Et", "Start", "2026-03-31"]]}
    feeding = '[sheets]\nPlan = ["Projekter", "Milepæle"]\n[columns]\n"Milepæl" = "Milepæle.Titel"\n'

    assert codes(mapped(feeding, sheets)) == ["column_in_several"]

    reading = mapped(f'{feeding}"Titel" = "Projekter.Titel"\n', sheets)
    assert codes(reading) == []
    assert [milestone.title for milestone in reading.portfolio.milestones] == ["Start"]


@pytest.mark.parametrize("target", ["Samlet", "Statusser.Samlet"])
def test_target_in_another_sheet_is_refused_by_name(mapped: Mapped, target: str) -> None:
    reading = mapped(f'[columns]\nFarve = "{target}"\n', {"Projekter": [["Nr", "Titel", "Farve"], ["P1", "Et", "Gul"]]})

    (refusal,) = reading.refusals
    assert (refusal.code, refusal.details["header"], refusal.details["sheets"]) == (
        "column_elsewhere",
        "Farve",
        "Statusser",
    )


def test_constant_for_a_sheet_that_nothing_feeds_is_refused(mapped: Mapped) -> None:
    text = '[constants.Statusser]\nDato = "2026-03-31"\n'

    assert codes(mapped(text, {"Projekter": [["Nr", "Titel"], ["P1", "Et"]]})) == ["constant_for_no_sheet"]


def test_names_that_the_file_lacks_are_told(mapped: Mapped) -> None:
    text = '[sheets]\n"RAG log" = "Statusser"\n[columns]\n"Hue" = "Fase"\n'

    reading = mapped(text, {"Projekter": [["Nr", "Titel"], ["P1", "Et"]]})

    assert {"names": "RAG log, Hue"} in [note.details for note in reading.notes]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[columns]\n"A" = "Findes ikke"', "»Findes ikke«"),
        ('[columns]\n"A" = "Projekter.Samlet"', "»Projekter.Samlet«"),
        ('[columns]\n"A" = "Statusser.Budget"', "»Statusser.Budget«"),
        ('[columns]\n"A" = { to = "Titel", factor = 1000 }', "»Titel«"),
        ('[columns]\n"A" = { to = "Budget", factor = "mange" }', "»A«"),
        ('[columns]\n"A" = { to = "Budget", decimal = ";" }', "»A«"),
        ('[columns]\n"A" = { to = "Budget", currency = "kroner" }', "»A«"),
        ('[columns]\n"A" = { factor = 10 }', "columns.A"),
        ('[sheets]\n"A" = ["Projekter", "Farver"]', "»Farver«"),
        ('[constants.Farver]\n"Dato" = "2026"', "»Farver«"),
        ('[constants.Statusser]\n"Budget" = "1"', "»Budget«"),
        ('[values.Humør]\n"A" = "B"'.replace("Humør", '"Humør"'), "»Humør«"),
        ('[values.Samlet]\n"Amber" = "Orange"', "»Orange«"),
        ('[values.Fase]\n"Build" = "Byggeri"', "»Byggeri«"),
        ('[prefix]\n"Budget" = "A"', "»Budget«"),
        ('[prefix]\n"Humor" = "A"', "»Humor«"),
    ],
)
def test_mapping_that_leads_nowhere_is_refused_by_name(
    tmp_path: Path, database_file: Path, capsys: pytest.CaptureFixture[str], text: str, named: str
) -> None:
    mapping, projects = tmp_path / "mapping.toml", tmp_path / "projekter.csv"
    mapping.write_text(text, encoding="utf-8")
    projects.write_text("Nr;Titel\nP1;Et\n", encoding="utf-8")

    assert portfolio(projects, mapping=mapping) == 2
    told = capsys.readouterr().err
    assert named in told
    assert "Intet er importeret." in told


def test_list_is_called_by_its_file_or_is_the_only_sheet_of_the_mapping(tmp_path: Path) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text('[sheets]\n"Register" = "Projekter"\n', encoding="utf-8")

    assert read_mapping(path).sheet_of_list(Path("udtræk.csv")) == "Register"
    path.write_text('[sheets]\n"Register" = "Projekter"\n"udtræk.csv" = "Statusser"\n', encoding="utf-8")
    assert read_mapping(path).sheet_of_list(Path("udtræk.csv")) == "udtræk.csv"


FOREIGN = [
    ["GMPP ID", "Project name", "Stage", "Colour rating", "Finish", "Whole life cost (£m)", "Humour"],
    ["G1", "Et", "Planing", "Green", "12/25/2027", "1,250.5", "good"],
    ["G2", "To", "Build", "Amber/Red", "Exempt under Section 43 of the Freedom of Information Act 2000", "2", "bad"],
    ["G3", "Tre", "Execution", "Amber", "1/2/2028", "3", "bad"],
]


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "register.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(FOREIGN)
    return path


def test_suggested_mapping_has_what_is_likely_and_leaves_the_rest_open(
    foreign: Path, tmp_path: Path, run_import: Callable[..., tuple[int, dict[str, Any]]], capsys: Any
) -> None:
    assert portfolio(foreign, suggest_mapping=True) == 0
    draft = capsys.readouterr().out
    assert '"GMPP ID" = "Nr"' in draft
    assert '"Colour rating" = "Samlet"' in draft
    assert '"Planing" = "Planlægning"' in draft
    assert '# "Humour" = ""  # kendes ikke: good, bad' in draft
    assert '# "Exempt under Section 43 of the Freedom o*" = ""' in draft

    mapping = tmp_path / "mapping.toml"
    mapping.write_text(draft, encoding="utf-8")
    code, document = run_import(foreign, mapping=mapping)
    assert code == 1
    assert {(item["column"], item["value"][:6]) for item in document["refused"]} == {
        ("Stage", "Build"),
        ("Colour rating", "Amber/"),
        ("Finish", "Exempt"),
    }

    opened = draft.replace('# "Build" = ""', '"Build" = "Gennemførelse"').replace(
        '# "Amber/Red" = ""', '"Amber/R*" = "Rød"'
    )
    mapping.write_text(opened.replace('# "Exempt', '"Exempt'), encoding="utf-8")
    code, document = run_import(foreign, mapping=mapping)
    assert (code, document["refused"]) == (0, [])
    assert document["tables"]["reports"]["added"] == 3


def test_headers_that_hold_ours_are_suggested_behind_a_mark(
    tmp_path: Path, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "register.csv"
    path.write_text("GMPP ID Number;Project name;Project - Start Date;Total Baseline (£m);Mood\n1;Et;2026;2;god\n")

    assert portfolio(path, suggest_mapping=True) == 0

    draft = capsys.readouterr().out
    assert '\n"Project name" = "Titel"' in draft
    for line in (
        '# "GMPP ID Number" = "Nr"',
        '# "Project - Start Date" = "Start"',
        '# "Total Baseline (£m)" = "Budget"',
    ):
        assert line in draft
    assert '# "Mood" = ""' in draft


def test_our_own_workbook_needs_no_mapping(capsys: pytest.CaptureFixture[str], database_file: Path) -> None:
    example = Path(__file__).parents[3] / "examples" / "portfolio.xlsx"

    assert portfolio(example, suggest_mapping=True) == 0
    assert "kendes i forvejen" in capsys.readouterr().out


def test_file_that_cannot_be_read_gets_no_draft(
    tmp_path: Path, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"MZ")

    assert portfolio(tmp_path / "x.xlsx", suggest_mapping=True) == 1
    assert "er et program" in capsys.readouterr().err
