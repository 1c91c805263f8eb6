"""What Excel shows of a cell beside its value: units, currencies, months, and formulas that nobody has worked out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from bot.importing.reading import Reading

Read = Callable[..., Reading]


@pytest.fixture
def formatted(tmp_path: Path, read: Read) -> Callable[..., Reading]:
    """Reads a list of one project, whose last cell is shown in a format."""

    def reading(header: str, value: Any, number_format: str) -> Reading:
        path = tmp_path / "portfolio.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("Projekter")
            sheet.write_row("A1", ["Nr", "Titel", header])
            sheet.write_row("A2", ["P1", "Et"])
            write = sheet.write_datetime if isinstance(value, date) else sheet.write_number
            write("C2", value, book.add_format({"num_format": number_format}))
        return read(path)

    return reading


@pytest.mark.parametrize(
    ("header", "value", "number_format", "budget"),
    [
        ("Budget", 1.5, '0.0" mio."', 1_500_000),
        ("Budget", 1250, '#,##0 "t.kr."', 1_250_000),
        ("Budget", 1250, "#,##0\\ \\t\\k\\r", 1_250_000),
        ("Budget", 1_500_000, '0.0,,"M"', 1_500_000),
        ("Budget", 1_500_000, '0.0,, "mio. kr."', 1_500_000),
        ("Budget", 1_250_000, "#,##0,", 1_250_000),
        ("Budget (t.kr.)", 1_250_000, "#,##0,", 1_250_000),
        ("Budget (t.kr.)", 1250, "#,##0", 1_250_000),
        ("Budget (mio. kr.)", 1250, '#,##0 "t.kr."', 1_250_000),
        ("Budget", 1250.5, '_-* #,##0.00\\ "kr."_-;-* #,##0.00\\ "kr."_-;_-* "-"??\\ "kr."_-;_-@_-', "1250.5"),
        ("Budget", 1250, "[$kr.-406] #,##0.00;[Red]-[$kr.-406] #,##0.00", 1250),
        ("Budget", 12, "0.0E+00", 12),
    ],
)
def test_number_is_meant_as_excel_shows_it(
    formatted: Callable[..., Reading], header: str, value: float, number_format: str, budget: Any
) -> None:
    reading = formatted(header, value, number_format)

    assert reading.refusals == []
    assert reading.portfolio.projects[0].budget == Decimal(budget)


@pytest.mark.parametrize("number_format", ["[$£-809]#,##0", "#,##0 [$GBP]", '"£"#,##0.00_);("£"#,##0.00)'])
def test_currency_of_the_format_is_told(formatted: Callable[..., Reading], number_format: str) -> None:
    notes = {note.code: note.details for note in formatted("Budget", 1250, number_format).notes}
    assert notes["other_currency"] == {"header": "Budget", "currency": "GBP"}

    assert [refusal.code for refusal in formatted("Budget (kr.)", 1250, number_format).refusals] == ["currency_differs"]


@pytest.mark.parametrize("number_format", ["0%", '0"%"'])
def test_per_cent_of_the_format_is_no_amount(formatted: Callable[..., Reading], number_format: str) -> None:
    assert [refusal.code for refusal in formatted("Budget", 60, number_format).refusals] == ["not_a_number"]


@pytest.mark.parametrize(
    ("day", "number_format", "first", "last"),
    [
        ((2026, 6, 1), "mmm-yy", (2026, 6, 1), (2026, 6, 30)),
        ((2026, 6, 1), "[$-406]mmmm yyyy;@", (2026, 6, 1), (2026, 6, 30)),
        ((2026, 1, 1), "yyyy", (2026, 1, 1), (2026, 12, 31)),
        ((2026, 6, 1), "dd-mm-yyyy", (2026, 6, 1), (2026, 6, 1)),
        ((2026, 6, 1), "d. mmm", (2026, 6, 1), (2026, 6, 1)),
        ((2026, 6, 12), "mmm-yy", (2026, 6, 12), (2026, 6, 12)),
    ],
)
def test_month_that_excel_made_a_day_is_the_month(
    formatted: Callable[..., Reading],
    day: tuple[int, int, int],
    number_format: str,
    first: tuple[int, int, int],
    last: tuple[int, int, int],
) -> None:
    end = formatted("Slut", date(*day), number_format).portfolio.projects[0].end

    assert end is not None
    assert (end.first, end.last) == (date(*first), date(*last))


def test_number_that_excel_made_a_month_is_refused(formatted: Callable[..., Reading]) -> None:
    reading = formatted("Sagsnr", date(2026, 6, 1), "mmm-yy")

    assert [(refusal.code, refusal.value) for refusal in reading.refusals] == [("not_a_text_cell", "2026-06")]


def test_formula_without_a_value_is_no_empty_cell(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "portfolio.xlsx"
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Projekter"
    for row in (["Nr", "Titel", "Budget"], ["P1", "Et", "=1+1"], ["P2", "To", 5]):
        sheet.append(row)
    book.save(path)

    (refusal,) = read(path).refusals

    assert (refusal.code, refusal.row, refusal.value) == ("formula_not_worked_out", 2, "=1+1")


def test_letters_that_excel_escapes_are_letters(formatted: Callable[..., Reading], tmp_path: Path, read: Read) -> None:
    formatted("Budget", 5, "0")
    path = tmp_path / "escaped.xlsx"
    with zipfile.ZipFile(tmp_path / "portfolio.xlsx") as written, zipfile.ZipFile(path, "w") as package:
        for name in written.namelist():
            title = b"<t>Et_x000D_ \xc3\xa5r _x005F_x0041_</t>"
            package.writestr(name, written.read(name).replace(b"<t>Et</t>", title))

    assert read(path).portfolio.projects[0].title == "Et år _x0041_"


def test_strict_workbook_is_refused_by_its_name(formatted: Callable[..., Reading], tmp_path: Path, read: Read) -> None:
    formatted("Budget", 5, "0")
    path = tmp_path / "strict.xlsx"
    ours, strict = b"http://schemas.openxmlformats.org/spreadsheetml/2006", b"http://purl.oclc.org/ooxml/spreadsheetml"
    with zipfile.ZipFile(tmp_path / "portfolio.xlsx") as written, zipfile.ZipFile(path, "w") as package:
        for name in written.namelist():
            package.writestr(name, written.read(name).replace(ours, strict))

    assert [refusal.code for refusal in read(path).refusals] == ["is_strict"]


def test_formula_with_an_empty_text_is_an_empty_cell(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "portfolio.xlsx"
    with xlsxwriter.Workbook(tmp_path / "written.xlsx") as book:
        sheet = book.add_worksheet("Projekter")
        sheet.write_row("A1", ["Nr", "Titel", "Fase"])
        sheet.write_row("A2", ["P1", "Et"])
        sheet.write_formula("C2", '=IF(1,"","x")', None, "")
    with zipfile.ZipFile(tmp_path / "written.xlsx") as written, zipfile.ZipFile(path, "w") as package:
        for name in written.namelist():  # as Excel writes it
            package.writestr(name, written.read(name).replace(b'<c r="C2">', b'<c r="C2" t="str">'))

    assert read(path).refusals == []
