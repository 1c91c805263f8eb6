"""What stands around the rows of a file, and cells that are more than a value."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bot.cli.importing import portfolio
from bot.importing.reading import Reading

Read = Callable[..., Reading]
Make = Callable[..., Path]


def told(reading: Reading) -> list[tuple[str, int | None, str | None]]:
    return [(refusal.code, refusal.row, refusal.column) for refusal in reading.refusals]


def titles(reading: Reading) -> dict[str, str]:
    assert reading.refusals == []
    return {project.number: project.title for project in reading.portfolio.projects}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text",
    [
        "sep=;\nNr;Titel\nP1;På åen\n",
        "SEP=,\r\nNr,Titel\r\nP1,På åen\r\n",
        "sep=|\nNr|Titel\nP1|På åen\n",
        "Projektportefølje 2027\nUdtrukket; den 15-06-2027, af sekretariatet\n\nNr;Titel\nP1;På åen\n",
        '"Portefølje\n2027",,\nNr,"Titel\n(kort)"\nP1,"På\nåen"\n',
        "Nr\tTitel\nP1\tPå åen\nNr\tTitel\n\t\nI alt\t\n",
        "-------------\n|Nr |Titel   |\n-------------\n|P1 |På åen  |\n-------------\n",
    ],
)
def test_list_is_found_among_what_its_system_wrote_around_it(
    tmp_path: Path, read: Read, encoding: str, text: str
) -> None:
    path = tmp_path / "projekter.csv"
    path.write_bytes(text.encode(encoding))

    assert titles(read(path)) == {"P1": "På åen"}


def test_rows_are_counted_as_people_see_them_below_titles(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "projekter.csv"
    path.write_text("sep=;\nPortefølje\n\nNr;Titel;Slut\nP1;Et;snart\n", encoding="utf-8")

    assert told(read(path)) == [("date_unknown_form", 5, "Slut")]


def test_headers_again_and_sums_are_left_out_and_told(read: Read) -> None:
    header = ["Nr", "Titel", "Budget"]
    rows = [["Portefølje"], header, ["P1", "Et", 100], header, ["P2", "To", 200], [None, "I alt", 300], ["Total:"]]

    reading = read({"Projekter": rows})

    assert titles(reading) == {"P1": "Et", "P2": "To"}
    notes = {note.code: note.details for note in reading.notes}
    assert notes["headers_below"] == {"row": 2}
    assert notes["headers_again"] == {"rows": "4"}
    assert notes["sums_left_out"] == {"rows": "6, 7"}


@pytest.mark.parametrize("label", ["I alt (2 projekter)", "Hovedtotal", "Total budget", "Samlet:"])
def test_sum_is_known_by_its_first_word(read: Read, label: str) -> None:
    reading = read({"Projekter": [["Nr", "Titel", "Budget"], ["P1", "Et", 100], [label, None, 100]]})

    assert list(titles(reading)) == ["P1"]


def test_row_that_only_begins_like_a_sum_is_refused(read: Read) -> None:
    assert told(read({"Projekter": [["Nr", "Titel"], ["Summering", None]]})) == [("is_required", 2, "Titel")]


def test_column_without_header_is_told(read: Read) -> None:
    reading = read({"Projekter": [["Nr", "Titel", None], ["P1", "Et", None, "Vigtigt"], ["P2", "To", "Også"]]})

    assert {note.code: note.details for note in reading.notes}["without_header"] == {"columns": "C, D"}


@pytest.mark.parametrize(
    ("cell", "areas"),
    [
        ("3;#Klima;#7;#Data", ("Klima", "Data")),
        (";#Klima;#Data;#", ("Klima", "Data")),
        ('["Klima","Data"]', ("Klima", "Data")),
        ("[]", ()),
        ("Klima;Data", ("Klima", "Data")),
        ("Klima #3;#4", ("Klima #3", "#4")),
    ],
)
def test_lists_are_read_as_sharepoint_writes_them(read: Read, cell: str, areas: tuple[str, ...]) -> None:
    reading = read({"Projekter": [["Nr", "Titel", "Fokusområde"], ["P1", "Et", cell]]})

    assert reading.portfolio.projects[0].focus_areas == areas


def test_headers_in_both_languages_are_headers(read: Read) -> None:
    rows = [["Nr", "Titel", "Slut"], ["Number", "Title", "End"], ["P1", "Et", "2027"]]

    assert titles(read({"Projekter": rows})) == {"P1": "Et"}


def test_project_called_total_is_a_project(read: Read) -> None:
    assert titles(read({"Projekter": [["Nr", "Titel"], ["Total", "Et"], ["P2", "I alt"]]})) == {
        "Total": "Et",
        "P2": "I alt",
    }


@pytest.fixture
def merged(tmp_path: Path) -> Callable[[str, Any], Path]:
    """A workbook with three milestones of a project, of which cells of a column are merged."""

    def make(cells: str, value: Any) -> Path:
        path = tmp_path / "portfolio.xlsx"
        with xlsxwriter.Workbook(path) as book:
            projects, milestones = book.add_worksheet("Projekter"), book.add_worksheet("Milepæle")
            title = book.add_format({"bold": True})
            projects.merge_range("A1:D1", "Portefølje 2027", title)
            projects.write_row("A2", ["Nr", "Titel", "Fagområde", "Budget"])
            projects.write_row("A3", ["P1", "Et", "Skoler", 100])
            projects.write_row("A4", ["P2", "To"])
            milestones.write_row("A1", ["Nr", "Titel"])
            milestones.write_column("B2", ["Start", "Midt", "Slut"])
            milestones.write("A2", "P1")
            (milestones if cells.startswith("A2") else projects).merge_range(cells, value)
        return path

    return make


def test_merged_number_counts_in_all_its_rows(read: Read, merged: Callable[[str, Any], Path]) -> None:
    reading = read(merged("A2:A4", "P1"))

    assert reading.refusals == []
    assert [milestone.project for milestone in reading.portfolio.milestones] == ["P1"] * 3


def test_merged_department_counts_in_all_its_rows(read: Read, merged: Callable[[str, Any], Path]) -> None:
    # The milestones below the first have no number of their own here.
    reading = read(merged("C3:C900", "Skoler"))

    assert [project.org_unit for project in reading.portfolio.projects] == ["Skoler", "Skoler"]


def test_amount_for_several_projects_is_given_to_none(read: Read, merged: Callable[[str, Any], Path]) -> None:
    reading = read(merged("D3:D4", 100))

    assert told(reading)[:2] == [("merged_number", 3, "Budget"), ("merged_number", 4, "Budget")]


def test_hidden_rows_and_sheets_are_taken_in_and_told(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "portfolio.xlsx"
    with xlsxwriter.Workbook(path) as book:
        projects, reports = book.add_worksheet("Projekter"), book.add_worksheet("Statusser")
        for number, row in enumerate([["Nr", "Titel"], ["P1", "Et"], ["P2", "To"]]):
            projects.write_row(number, 0, row)
        projects.set_row(2, None, None, {"hidden": True})
        for number, row in enumerate([["Nr", "Dato"], ["P1", "2026-03-31"]]):
            reports.write_row(number, 0, row)
        reports.hide()

    reading = read(path)

    assert (len(reading.portfolio.projects), len(reading.portfolio.reports)) == (2, 1)
    told = [(note.sheet, note.details) for note in reading.notes if note.code == "hidden_rows"]
    assert told == [("Projekter", {"rows": "3"}), ("Statusser", {"rows": "2"})]


def test_stray_cell_far_below_is_refused_with_its_reason(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "portfolio.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Projekter")
        sheet.write_row("A1", ["Nr", "Titel"])
        sheet.write_row("A2", ["P1", "Et"])
        sheet.write("A9000", "x")

    assert told(read(path)) == [("gap_in_rows", None, None)]


def test_sheet_of_another_name_is_told_with_what_to_write(
    make_workbook: Make, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_workbook({"Ark1": [["Nr", "Titel"], ["P1", "Et"]], "Noter": [["x"]]})

    assert portfolio(path) == 1
    told = capsys.readouterr().err
    assert "Fundet: Ark1, Noter." in told
    assert '[sheets] "Ark1" = "Projekter"' in told


@pytest.mark.parametrize("name", ["brev.docx", "portfolio.xlsx"])
def test_letter_is_no_excel_file(
    tmp_path: Path, database_file: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", "<document/>")

    assert portfolio(path) == 1
    assert "ikke en Excel-fil" in capsys.readouterr().err


def leads_in(reading: Reading) -> list[str | None]:
    """The addresses of those who lead."""
    portfolio = reading.portfolio
    address = {one.id: one.email for one in (*portfolio.people, *portfolio.mentioned)}
    return [address[project.lead] if project.lead else None for project in portfolio.projects]


PEOPLE = [
    ["E-mail", "Navn"],
    ["asta@kommune.example", "Asta Lund"],
    ["bo@kommune.example", "Bo Vang"],
    ["bo2@kommune.example", "Bo Vang"],
]


@pytest.mark.parametrize(
    ("cell", "lead"),
    [
        ("Asta Lund", "asta@kommune.example"),
        ("asta  LUND", "asta@kommune.example"),
        ("Lund, Asta", "asta@kommune.example"),
        ("Asta Lund (ALU)", "asta@kommune.example"),
        ("Lund, Asta (ALU)", "asta@kommune.example"),
        ("Bo Vang (BVA)", "name_of_several"),
        ("ALU", "not_an_email"),
        ("Asta Lund <asta@kommune.example>", "asta@kommune.example"),
        ("mailto:asta@kommune.example", "asta@kommune.example"),
        ("Bo Vang", "name_of_several"),
        ("Ea Holm", "not_an_email"),
    ],
)
def test_person_may_be_named_where_nobody_else_has_that_name(read: Read, cell: str, lead: str) -> None:
    rows = [["Nr", "Titel", "Projektleder"], ["P1", "Et", cell]]

    reading = read({"Projekter": rows, "Personer": PEOPLE})

    found = leads_in(reading) + [refusal.code for refusal in reading.refusals]
    assert found == [lead]


def test_name_in_place_of_an_address_makes_no_person(read: Read) -> None:
    people = [["E-mail", "Navn"], ["Asta Lund", "Asta Lund"], ["Bo Vang <bo@kommune.example>", "Bo Vang"]]
    rows = [["Nr", "Titel", "Projektleder"], ["P1", "Et", "Bo Vang"], ["P2", "To", "Asta Lund"]]

    reading = read({"Projekter": rows, "Personer": people})

    assert told(reading) == [("not_an_email", 3, "Projektleder"), ("not_an_email", 2, "E-mail")]
    assert leads_in(reading) == ["bo@kommune.example"]


def test_missing_sheets_that_change_answers_are_told(read: Read) -> None:
    alone = read({"Projekter": [["Nr", "Titel", "Fagområde"], ["P1", "Et", "Skoler"]]})
    whole = read({"Projekter": [["Nr", "Titel"], ["P1", "Et"]], "Personer": PEOPLE,
                  "Statusser": [["Nr", "Dato"]], "Fagområder": [["Navn"], ["Skoler"]]})  # fmt: skip

    assert [note.code for note in alone.notes] == ["no_org_units", "no_people", "no_reports"]
    assert whole.notes == []
