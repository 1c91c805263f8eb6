"""A file says the same as the portfolio: numbers and days are such, and no text is a formula."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.escape import unescape

from dialogs.exports.csv_file import csv_of
from dialogs.exports.workbook import Sheets, workbook_of
from dialogs.exports.written import LONGEST_CELL, written
from dialogs.turn.table import Cell, Table

SHEETS = Sheets("Liste", "Om listen", ["3 røde projekter", "3 rækker"])
NOW = datetime(2026, 6, 16, 9, 30)  # noqa: DTZ001
FORMULAS = ['=HYPERLINK("http://evil.example","Klik")', "+1", "-1", "@SUM(A1)", "\t=1", "=1+1", "#N/A", "1e5", "TRUE"]


def book_of(*cells: Cell) -> Workbook:
    table = Table(tuple(f"Kolonne {at}" for at in range(len(cells))), (cells,))
    return load_workbook(BytesIO(workbook_of(table, SHEETS, NOW)))


def read_csv(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def csv_rows(*cells: Cell) -> list[list[str]]:
    return read_csv(csv_of(Table(tuple("K" * (at + 1) for at in range(len(cells))), (cells,))))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_stays_text(text: str):
    cell = book_of(text)["Liste"]["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.example")', "+1", "-1", "@x", "\tx", "\x00=1"])
def test_what_begins_a_formula_stays_text_when_somebody_edits_it_and_is_quoted_in_csv(text: str):
    assert book_of(text)["Liste"]["A2"].number_format == "@"
    assert csv_rows(text)[1] == [f"'{written(text)}"]


@given(st.text())
@example("_x0041_")
@example("a\r\nb\rc\n")
@example("😀" * 20)
@example("\ud800x\udfff")
@example(" rum \n")
@example("'=1")
@example("\ufffe")
def test_any_text_comes_out_of_both_files_as_it_was_written(text: str):
    cell = book_of("x", text)["Liste"]["B2"]
    assert unescape(cell.value or "") == written(text)
    assert cell.value is None or cell.data_type == "s"
    (_, (_, field)) = csv_rows("x", text)
    assert field.removeprefix("'") == written(text).removeprefix("'")


@given(st.text())
def test_no_field_of_a_csv_file_begins_as_a_formula_does(text: str):
    assert not csv_rows("x", text)[1][1].startswith(("=", "+", "-", "@", "\t"))


def test_control_characters_and_half_letters_do_not_break_the_file():
    text = "".join(map(chr, range(32))) + "\ud800Ærø\uffff"
    assert book_of(text)["Liste"]["A2"].value == written(text)
    assert written(text) == "\t\n\n�Ærø"


def test_long_text_is_kept_up_to_what_a_cell_takes():
    whole, longer = "æ" * LONGEST_CELL, "😀" * LONGEST_CELL
    assert book_of(whole)["Liste"]["A2"].value == whole
    cut = book_of(longer)["Liste"]["A2"].value
    assert len(cut.encode("utf-16-le")) // 2 in (LONGEST_CELL - 1, LONGEST_CELL)
    assert cut.endswith("😀…")
    assert csv_rows(longer)[1] == [longer]


def test_numbers_are_numbers_and_days_are_days():
    day, moment = date(2026, 6, 30), datetime(2026, 6, 18, 9)  # noqa: DTZ001
    sheet = book_of(3, Decimal("1250000.00"), Decimal("12.5"), day, moment, None, "1945")["Liste"]
    row = sheet[2]
    assert [cell.value for cell in row[:3]] == [3, 1250000, 12.5]
    assert [cell.data_type for cell in row[:3]] == ["n"] * 3
    assert [cell.is_date for cell in row[3:5]] == [True, True]
    assert (row[3].value.date(), row[4].value, row[5].value, row[6].value) == (day, moment, None, "1945")
    assert csv_rows(3, Decimal("1250000.00"), Decimal("12.5"), day, moment, None, "1945")[1] == [
        *("3", "1250000", "12,5", "2026-06-30", "2026-06-18 09:00", "", "1945")
    ]


def test_head_stands_still_can_be_filtered_by_and_says_what_the_list_is():
    table = Table(("Nr", "Titel"), (("P001", "Kort"), ("P002", "x" * 500)))
    book = load_workbook(BytesIO(workbook_of(table, SHEETS, NOW)))
    sheet = book["Liste"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")
    assert all(cell.font.bold for cell in sheet[1])
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (8, 60)
    assert [row[0] for row in book["Om listen"].iter_rows(values_only=True)] == ["3 røde projekter", "3 rækker"]
    assert (book.properties.creator, book.properties.created) == ("Tovholder", NOW)


def test_csv_has_semicolons_and_the_line_ends_of_windows():
    content = csv_of(Table(("Nr", "Titel"), (("P001", 'Sikker; "mail"'),)))
    assert content.decode("utf-8-sig") == 'Nr;Titel\r\nP001;"Sikker; ""mail"""\r\n'
