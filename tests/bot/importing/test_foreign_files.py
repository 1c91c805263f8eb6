"""Files as other systems write them, each imported alone into an empty database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bot.cli.importing import portfolio
from bot.importing.reading import Reading
from portfolio.projects.project import Project

FILES = Path(__file__).with_name("files")
Run = Callable[..., tuple[int, dict[str, Any]]]
Read = Callable[..., Reading]


@pytest.fixture
def mapped(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a mapping."""

    def write(text: str) -> Path:
        path = tmp_path / "mapping.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def projects(reading: Reading) -> dict[str, Project]:
    assert reading.refusals == []
    return {project.number: project for project in reading.portfolio.projects}


def notes(reading: Reading) -> set[str]:
    return {note.code for note in reading.notes} - {"no_org_units", "no_people", "no_reports"}


def test_one_comma_is_a_thousand_where_the_column_shows_it(read: Read) -> None:
    reading = read(FILES / "mixed-thousands.csv")

    amounts = [(project.budget, project.spend) for project in projects(reading).values()]
    assert amounts == [
        (Decimal(6279429), Decimal(1000000)),
        (Decimal(464605), Decimal(450000)),
        (Decimal("1.46"), Decimal("1.71")),
        (Decimal("15.30"), Decimal("15.30")),
    ]
    assert notes(reading) == {"english_numbers", "rounded"}


def test_millions_of_the_header_are_multiplied_and_told(
    read: Read, database_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = projects(read(FILES / "budget-in-millions.xlsx"))
    assert [(project.budget, project.spend) for project in found.values()] == [
        (Decimal(1_500_000), Decimal(1_600_000)),
        (Decimal(12_345_000), Decimal(1_600_000)),
        (Decimal(750_000), Decimal(800_000)),
    ]

    assert portfolio(FILES / "budget-in-millions.xlsx") == 0
    told = capsys.readouterr().err
    assert "Budget (mio. kr.) er ganget med 1.000.000: 1.5 er 1.500.000." in told
    assert "Forbrug (t.kr.) er ganget med 1.000: 1600 er 1.600.000." in told


def test_stamps_are_days_in_denmark(read: Read) -> None:
    found = projects(read(FILES / "iso-timestamps.csv"))

    days = {number: (project.start.first, project.end.first) for number, project in found.items()
            if project.start and project.end}  # fmt: skip
    assert days == {
        "A1": (date(2012, 1, 4), date(2012, 9, 30)),
        "A2": (date(2021, 5, 11), date(2024, 12, 18)),
        "A3": (date(2018, 2, 16), date(2019, 2, 16)),
    }


@pytest.mark.parametrize("filling", [None, "", "   "])
def test_formatted_rows_below_the_last_are_nothing(tmp_path: Path, read: Read, filling: str | None) -> None:
    path = tmp_path / "portfolio.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet, framed = book.add_worksheet("Projekter"), book.add_format({"border": 1})
        sheet.write_row("A1", ["Nr", "Titel", "Slut"])
        sheet.write_row("A2", [2, "To", 45000])
        for row in range(2, 20_000):
            sheet.write_blank(row, 0, None, framed) if filling is None else sheet.write_string(row, 1, filling, framed)

    reading = read(path)

    end = projects(reading)["2"].end
    assert end is not None
    assert end.first == date(2023, 3, 15)
    assert notes(reading) == {"serials"}


def test_headers_are_found_below_titles_and_a_sum_is_no_project(read: Read) -> None:
    reading = read(FILES / "title-rows.xlsx")

    assert list(projects(reading)) == ["A1"]
    assert notes(reading) == {"headers_below", "sums_left_out"}


def test_line_that_names_the_separator_is_no_row(read: Read) -> None:
    assert projects(read(FILES / "sep-line.csv"))["A1"].title == "Test"


def test_colour_in_the_sheet_of_projects_is_refused_until_the_sheet_feeds_both(
    run_import: Run, mapped: Callable[[str], Path]
) -> None:
    code, document = run_import(FILES / "status-in-projects.csv", mapping=mapped('[columns]\n"Farve" = "Samlet"'))
    (refused,) = document["refused"]
    assert (code, refused["code"]) == (1, "column_elsewhere")
    assert "»Farve« til »Samlet«" in refused["reason"]
    assert "Statusser" in refused["reason"]

    both = mapped(
        '[sheets]\n"status-in-projects" = ["Projekter", "Statusser"]\n[columns]\n"Farve" = "Samlet"\n"Hvad" = ""\n'
        '[constants.Statusser]\n"Dato" = "2026-03-31"\n'
    )
    code, document = run_import(FILES / "status-in-projects.csv", mapping=both)
    assert (code, document["refused"]) == (0, [])
    assert document["tables"]["reports"]["added"] == 1


def test_long_value_is_refused_whole_and_mapped_by_its_beginning(
    run_import: Run, mapped: Callable[[str], Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code, document = run_import(FILES / "long-word-value.csv")
    (refused,) = document["refused"]
    assert (code, refused["code"]) == (1, "not_a_number")
    assert refused["value"].endswith("- Commercial interests.")

    code, document = run_import(FILES / "long-word-value.csv", mapping=mapped('[values.Budget]\n"Exempt*" = ""'))
    assert (code, document["tables"]["projects"]["added"]) == (0, 1)


def test_number_in_many_rows_is_one_refusal(run_import: Run, capsys: pytest.CaptureFixture[str]) -> None:
    code, document = run_import(FILES / "same-number-many.csv")

    assert code == 1
    assert [(item["row"], item["value"]) for item in document["refused"]] == [(2, "1")]
    assert document["refused"][0]["reason"] == "Det samme står i 300 rækker: 2, 3, 4, 5, 6 …."
    assert document["tables"]["projects"]["refused"] == 300


@pytest.mark.parametrize(("name", "count"), [("same-title.csv", 12), ("nr-like-period.csv", 5)])
def test_odd_numbers_and_equal_titles_are_imported(read: Read, name: str, count: int) -> None:
    assert len(projects(read(FILES / name))) == count
