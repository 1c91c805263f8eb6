# ruff: noqa: DTZ001 - Excel's dates have no zone
from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.importing.cells import clean, read_cell, shown
from bot.importing.columns import Column, workbook
from bot.importing.conventions import Filled, conventions_of
from bot.importing.refusals import UnreadableCellError
from bot.importing.tables import Cell, ErrorCell, TimeCell
from portfolio.bodies import BodyKind
from portfolio.dates import Unit, in_unit, on_day
from portfolio.organisation import Role
from portfolio.projects.project import Phase, ProjectKind
from portfolio.projects.status import Rag

ZONE = ZoneInfo("Europe/Copenhagen")


def column(sheet: str, field: str) -> Column:
    return next(column for column in workbook()[sheet].columns if column.field == field)


def read_alone(cell: Cell, of: Column, day: date | None = None) -> Any:
    """Reads a cell as if it stood alone in its column."""
    ways, _ = conventions_of([Filled(of.title, of, [cell])], ZONE, {})
    return read_cell(cell, of, ways[of.field], day)


@pytest.mark.parametrize(
    ("sheet", "field", "cell", "value"),
    [
        ("projects", "number", 12, "12"),
        ("projects", "number", 12.0, "12"),
        ("projects", "title", "  Skærm\u00a0 besøg\n", "Skærm besøg"),
        ("projects", "kind", "egen tværgående", ProjectKind.CROSS_CUTTING),
        ("projects", "kind", "Joint Municipal", ProjectKind.JOINT_MUNICIPAL),
        ("projects", "focus_areas", "Klima; Data;klima;", ("Klima", "Data")),
        ("projects", "lead", " Asta.Lund@Kommune.example ", "asta.lund@kommune.example"),
        ("projects", "lead", "Asta Lund (asta@kommune.example)", "asta@kommune.example"),
        ("projects", "lead", "asta@kommune.example;", "asta@kommune.example"),
        ("projects", "description", "Sk\ufffdrm", "Sk\ufffdrm"),
        ("projects", "number", "\u200eP\u200b1\xad", "P1"),
        ("projects", "title", "C#", "C#"),
        ("projects", "title", "#N/A er ikke et svar", "#N/A er ikke et svar"),
        ("projects", "phase", "Gennemforelse", Phase.EXECUTION),
        ("projects", "phase", "planning", Phase.PLANNING),
        ("projects", "priority", "3", 3),
        ("projects", "priority", 3.0, 3),
        ("projects", "start", datetime(2021, 6, 15), on_day(date(2021, 6, 15))),
        ("projects", "start", date(2021, 6, 15), on_day(date(2021, 6, 15))),
        ("projects", "start", "uge 26 2021", in_unit(date(2021, 7, 1), Unit.WEEK)),
        ("projects", "end", 2021, in_unit(date(2021, 7, 1), Unit.YEAR)),
        ("projects", "budget", "1.250.000,50", Decimal("1250000.50")),
        ("projects", "budget", 1250000.5, Decimal("1250000.50")),
        ("projects", "budget", "1,3 mio. kr.", Decimal("1300000.00")),
        ("projects", "goals", "13;3, 3", (3, 13)),
        ("projects", "goals", 7, (7,)),
        ("projects", "case_number", "8725/21", "8725/21"),
        ("projects", "description", "En linje \r\nog en til\t", "En linje\nog en til"),
        ("reports", "day", "15-06-2021", date(2021, 6, 15)),
        ("reports", "overall", "GRØN", Rag.GREEN),
        ("reports", "overall", "yellow", Rag.AMBER),
        ("reports", "overall", "", None),
        ("reports", "progress", "12,5 %", Decimal("12.50")),
        ("reports", "progress", 65, Decimal("65.00")),
        ("benefits", "goal", "-3", Decimal(-3)),
        ("people", "roles", "Project manager; Sekretær", (Role.PROJECT_LEAD, Role.SECRETARY)),
        ("people", "upn", "ALU@Kommune.example", "alu@kommune.example"),
        ("bodies", "kind", "it-sikkerhedsgruppe", BodyKind.SECURITY_GROUP),
        ("bodies", "members", "a@b.dk;C@B.dk\na@b.dk", ("a@b.dk", "c@b.dk")),
        ("focus_areas", "period", "2021 – 2025", "2021-2025"),
        ("meetings", "start", datetime(2026, 6, 16, 13), datetime(2026, 6, 16, 13, tzinfo=ZONE)),
        ("meetings", "start", "16. juni 2026 kl. 13.30", datetime(2026, 6, 16, 13, 30, tzinfo=ZONE)),
        ("meetings", "start", "2026-06-16T13:30:00", datetime(2026, 6, 16, 13, 30, tzinfo=ZONE)),
        ("meetings", "start", "16-06-2026 13:30", datetime(2026, 6, 16, 13, 30, tzinfo=ZONE)),
        ("meetings", "start", "16/6 2026", datetime(2026, 6, 16, tzinfo=ZONE)),
        ("meetings", "end", "kl. 15.00", datetime(2026, 6, 16, 15, tzinfo=ZONE)),
        ("meetings", "end", TimeCell("15:00:00"), datetime(2026, 6, 16, 15, tzinfo=ZONE)),
    ],
)
def test_cells_are_read_as_people_write_them(sheet: str, field: str, cell: Cell, value: Any) -> None:
    assert read_alone(cell, column(sheet, field), day=date(2026, 6, 16)) == value


@pytest.mark.parametrize(
    ("sheet", "field", "cell", "code"),
    [
        ("projects", "title", ErrorCell("#REF!"), "formula_error"),
        ("projects", "title", "#N/A", "formula_error"),
        ("projects", "org_unit", "#Reference!", "formula_error"),
        ("projects", "budget", "#VÆRDI!", "formula_error"),
        ("projects", "end", "########", "column_too_narrow"),
        ("projects", "number", "1,23457E+11", "number_rounded"),
        ("projects", "title", "Sk\ufffdrm", "letters_lost"),
        ("projects", "title", "x" * 301, "too_long"),
        ("projects", "title", datetime(2021, 6, 15), "not_a_text_cell"),
        ("projects", "title", True, "not_a_text_cell"),
        ("projects", "description", "x" * 20_001, "too_long"),
        ("projects", "kind", "Global", "not_a_choice"),
        ("projects", "lead", "Asta Lund", "not_an_email"),
        ("projects", "lead", "asta@kommune", "not_an_email"),
        ("projects", "lead", "a@b.dk, c@d.dk", "not_an_email"),
        ("projects", "priority", 6, "not_a_grade"),
        ("projects", "priority", "2,5", "not_a_grade"),
        ("projects", "goals", "3;18", "not_a_goal"),
        ("projects", "goals", 3.13, "not_a_goal"),
        ("projects", "budget", -1, "negative_money"),
        ("projects", "budget", "mange penge", "not_a_number"),
        ("projects", "budget", float("inf"), "not_a_number"),
        ("projects", "budget", True, "not_a_number"),
        ("projects", "budget", datetime(2021, 6, 15), "not_a_number"),
        ("projects", "budget", 1e15, "too_great"),
        ("projects", "start", "sommeren 2021", "date_season"),
        ("projects", "start", "uge 53 2021", "date_no_such_date"),
        ("projects", "start", "uge 26", "date_year_missing"),
        ("projects", "start", 4436, "date_year_out_of_range"),
        ("reports", "day", "juni 2021", "not_one_day"),
        ("reports", "progress", 101, "not_a_percentage"),
        ("focus_areas", "period", "2025-2021", "not_a_period"),
        ("meetings", "start", "16-06-2026 25:00", "not_a_time"),
        ("meetings", "start", "13:00", "time_without_day"),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(sheet: str, field: str, cell: Cell, code: str) -> None:
    with pytest.raises(UnreadableCellError) as refused:
        read_alone(cell, column(sheet, field))
    assert refused.value.code == code


CELLS = st.one_of(
    st.none(),
    st.text(max_size=60),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.datetimes(),
    st.builds(TimeCell, st.text(max_size=10)),
    st.builds(ErrorCell, st.text(max_size=10)),
)
COLUMNS = st.sampled_from([column for sheet in workbook().values() for column in sheet.columns])


@given(CELLS, COLUMNS)
def test_any_cell_is_read_or_refused(cell: Cell, of: Column) -> None:
    assert isinstance(shown(cell), str)
    try:
        read_alone(cell, of)
    except UnreadableCellError as refused:
        code = refused.code
    else:
        code = ""
    assert code == code.strip()


def test_what_cannot_be_seen_is_removed_from_texts() -> None:
    assert clean("\ufeffSta\x00tus\x1b \ud800er\u202e gro\u0308n ") == "Status er grön"


@given(st.text(max_size=100), st.booleans())
@example(text="\x80Â¡", lines=False)
def test_clean_text_stays_as_it_is(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    once.encode("utf-8")
