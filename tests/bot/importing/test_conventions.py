"""What a column's cells say together of how each of them is meant."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.importing.cells import read_cell
from bot.importing.columns import workbook
from bot.importing.conventions import Filled, conventions_of
from bot.importing.reading import Reading
from bot.importing.refusals import UnreadableCellError
from bot.importing.tables import Cell, PercentCell, TimeCell, UnitCell
from dialogs.values.calendar_words import Language
from dialogs.values.numbers import format_number, write_number

Read = Callable[..., Reading]
PER_CENT = [["Nr", "Titel"], *([f"P{number}", "Et"] for number in range(6))]


def column(read: Read, header: str, cells: list[Cell], field: str) -> list[Any]:
    """Reads a column of a list of projects; a refused cell is told by its code."""
    rows = [[f"P{number}", "Et", cell] for number, cell in enumerate(cells)]
    reading = read({"Projekter": [["Nr", "Titel", header], *rows]})
    codes = {refusal.row: refusal.code for refusal in reading.refusals}
    found = {project.number: getattr(project, field) for project in reading.portfolio.projects}
    return [codes.get(number + 2) or found[f"P{number}"] for number in range(len(cells))]


TWO = "number_in_two_ways"


@pytest.mark.parametrize(
    ("cells", "amounts"),
    [
        (["6,279,429", "464,605"], [6279429, 464605]),
        (["1.46", "15.297"], ["1.46", "15.30"]),
        (["12,5", "464,605"], ["12.50", "464.60"]),
        (["250.000", "1.250.000"], [250000, 1250000]),
        (["250.000", "12,5"], [250000, "12.5"]),
        (["250.000"], [250000]),
        (["250.000", "12.5"], [TWO, "12.5"]),
        (["464,000", "12,5"], [TWO, "12.5"]),
        (["250.000", "12.500"], [250000, 12500]),
        (["464,605"], [TWO]),
        (["464,605", 500_000], [TWO, 500000]),
        (["464,605", "15.297"], [TWO, TWO]),
        (["1.250.000,50", "1250000.50", "1.250"], ["1250000.5", "1250000.5", TWO]),
        (["1 250 000,50", "1\u202f250\u202f000", "1\u00a0250"], ["1250000.5", 1250000, 1250]),
        (["1'250'000.50", "1’250"], ["1250000.5", 1250]),
        (["$1,234.50", "US$ 99"], ["1234.5", 99]),
        (["£1.5m", "£200k", "£2bn"], [1_500_000, 200_000, 2_000_000_000]),
        (["DKK 1.250.000", "1.250 kr.", "500.000,-"], [1250000, 1250, 500000]),
        (["1.250.000 kr.", "$5"], [1250000, "currency_differs"]),
        (["1,125 mio. kr."], [1125000]),
        (["1.125 mio. kr."], [TWO]),
        (["£1,125m"], [TWO]),
        (["１２", "1 250.000", "12,34,567", "1.250.000.50"], [12, *["not_a_number"] * 3]),
        (["MDKK 1,25", "mio. kr. 1,5", "t.kr. 250", "TDKK 250"], [1_250_000, 1_500_000, 250_000, 250_000]),
        (["T€ 250", "250 TEUR", "€2.5mln"], [250_000, 250_000, 2_500_000]),
        (["500.000,--", "500.000.-"], [500_000, 500_000]),
        (
            ["500.000-", "250.000,00- kr.", "–500.000", "kr. (5,00)", "$(5)"],
            ["negative_money"] * 4 + ["currency_differs"],
        ),
        (["mio. kr. 1,5 mio.", "3-4 mio."], ["not_a_number"] * 2),
        ([0.1, 1234.5, 15297], ["0.1", "1234.5", 15297]),
    ],
)
def test_numbers_are_read_by_the_convention_of_their_column(read: Read, cells: list[Cell], amounts: list[Any]) -> None:
    meant = [amount if isinstance(amount, str) and "_" in amount else Decimal(amount) for amount in amounts]
    assert column(read, "Budget", cells, "budget") == meant


@pytest.mark.parametrize(
    ("header", "factor"),
    [
        ("Budget (mio. kr.)", 10**6),
        ("Budget i mio. kr.", 10**6),
        ("Budget [mio kr 2024-priser]", 10**6),
        ("Budget (1.000.000 kr.)", 10**6),
        ("Budget MDKK", 10**6),
        ("Budget (DKK m)", 10**6),
        ("Budget (£m)", 10**6),
        ("Budget (mia. kr.)", 10**9),
        ("Budget (t.kr.)", 1000),
        ("Budget, tkr.", 1000),
        ("Budget (1.000 kr.)", 1000),
        ("Budget (hele tusinde)", 1000),
        ("Budget ('000)", 1000),
        ("Budget ($000s)", 1000),
        ("Budget (EURk)", 1000),
        ("Budget (m)", 10**6),
        ("Budget (m2)", 1),
        ("Budget_mio_kr", 10**6),
        ("Budget (mn DKK)", 10**6),
        ("Budget ($MM)", 10**6),
        ("Budget (TEUR)", 1000),
        ("Budget (T€)", 1000),
        ("Budget (000's)", 1000),
        ("Budget i tusinder", 1000),
        ("Budget (inkl. 25 % moms)", 1),
        ("Budget (%)", None),
        ("Budget i pct.", None),
        ("Budget (timer)", None),
        ("Budget (100.000 kr.)", None),
        ("Budget (t.kr./mio. kr.)", None),
        ("Budget (EUR/DKK)", None),
        ("Budget (kr., DKK)", 1),
        ("Budget M", None),
        ("Budget (kr.)", 1),
        ("Budget 2. udkast (DKK)", None),
    ],
)
def test_unit_in_the_header_counts(read: Read, header: str, factor: int | None) -> None:
    reading = read({"Projekter": [["Nr", "Titel", header], ["P1", "Et", 1.5]]})

    assert reading.portfolio.projects[0].budget == (None if factor is None else Decimal("1.5") * factor)
    assert ("multiplied" in {note.code for note in reading.notes}) == (factor not in {1, None})


@pytest.mark.parametrize(
    ("line", "factor"),
    [
        ("Alle beløb i t.kr.", 1000),
        ("Alle beløb er angivet i 1.000 kr.", 1000),
        ("Porteføljeoversigt (mio. kr.)", 10**6),
        ("Beløb i mio. kr., løbende priser", 10**6),
        ("All amounts in £m", 10**6),
        ("(1.000 kr.)", 1000),
        ("Beløb i kr.", 1),
        ("Projekter over 5 mio. kr.", 1),
        ("Rammen er 12 mio. kr. i alt", 1),
        ("Samlet ramme (mio. kr.): 125", 1),
        ("1.000.000 kr.", 1),
        ("1000", 1),
    ],
)
def test_unit_beside_the_table_counts(read: Read, line: str, factor: int) -> None:
    table = [["Nr", "Titel", "Budget"], ["P1", "Et", 1.5]]

    above = read({"Projekter": [[line], *table]})
    below = read({"Projekter": [*table, [None, line]]})

    assert [project.budget for project in above.portfolio.projects] == [Decimal("1.5") * factor]
    assert [project.budget for project in below.portfolio.projects] == [Decimal("1.5") * factor]
    assert ("multiplied" in {note.code for note in above.notes}) == (factor != 1)
    assert below.refusals or {note.code for note in below.notes} & {"unit_beside", "sums_left_out"}


@pytest.mark.parametrize("figure", [125, "125", "12,5"])
def test_unit_of_a_figure_above_the_table_is_that_figures(read: Read, figure: Cell) -> None:
    rows = [["Samlet ramme (mio. kr.)", figure], ["Nr", "Titel", "Budget"], ["P1", "Et", 1250]]

    assert read({"Projekter": rows}).portfolio.projects[0].budget == 1250


def test_header_with_its_own_unit_keeps_it(read: Read) -> None:
    rows = [["Beløb i t.kr."], ["Nr", "Titel", "Budget (mio. kr.)", "Forbrug"], ["P1", "Et", 1.5, 900]]

    (project,) = read({"Projekter": rows}).portfolio.projects

    assert (project.budget, project.spend) == (1_500_000, 900_000)


@pytest.mark.parametrize(
    ("first", "header"), [(["Beløb i t.kr."], "Budget (kr.)"), ([None, "t.kr.", "mio. kr."], "Budget")]
)
def test_units_that_contradict_each_other_are_refused(read: Read, first: list[Cell], header: str) -> None:
    rows = [first, ["Nr", "Titel", header], ["P1", "Et", 1250]]

    assert [refusal.code for refusal in read({"Projekter": rows}).refusals] == ["units_differ"]


@pytest.mark.parametrize(
    ("header", "sheet", "field"),
    [
        ("Forbrug (%)", "Projekter", "spend"),
        ("Forbrug %", "Projekter", "spend"),
        ("Fremdrift (kr.)", "Statusser", "progress"),
    ],
)
def test_column_in_another_unit_is_left_out_and_told(read: Read, header: str, sheet: str, field: str) -> None:
    rows = [["Nr", "Titel", "Dato", header], ["P1", "Et", "2026-03-31", 60]]

    reading = read({"Projekter": [["Nr", "Titel"], ["P1", "Et"]], sheet: rows})

    (record,) = reading.portfolio.projects if sheet == "Projekter" else reading.portfolio.reports
    assert getattr(record, field) is None
    assert header in reading.unknown_columns[sheet]


def test_unit_in_the_cell_counts_before_that_of_the_header(read: Read) -> None:
    assert column(read, "Budget (mio. kr.)", ["2 mio. kr.", "250 t.kr.", 3], "budget") == [
        2_000_000,
        250_000,
        3_000_000,
    ]


def test_whole_kroner_below_a_header_of_thousands_are_doubtful(read: Read) -> None:
    assert column(read, "Budget (t.kr.)", ["1.500", "3.000 kr.", "5 kr."], "budget") == [1_500_000, TWO, 5000]
    assert column(read, "Budget (£m)", ["£1.5", "£2,000.5"], "budget") == [1_500_000, TWO]


@pytest.mark.parametrize(
    ("header", "cell"), [("Budget (t.kr.)", "464,605"), ("Budget (mio. kr.)", "1.250"), ("Budget (£m)", "12,345")]
)
def test_number_that_is_doubtful_in_its_unit_is_refused_with_both(read: Read, header: str, cell: str) -> None:
    reading = read({"Projekter": [["Nr", "Titel", header], ["P1", "Et", cell]]})

    (refusal,) = reading.refusals
    assert refusal.code == TWO
    assert refusal.details["first"] * 1000 == refusal.details["second"] or (
        refusal.details["first"] == refusal.details["second"] * 1000
    )


def test_column_that_tells_nothing_follows_the_other_columns_of_its_sheet(read: Read) -> None:
    english = [["Nr", "Titel", "Budget", "Forbrug"], ["P1", "Et", "6,279,429", "464,605"], ["P2", "To", "1.5", "2"]]
    danish = [["Nr", "Titel", "Budget", "Forbrug (t.kr.)"], ["P1", "Et", "1.250.000,50", "464,605"]]

    assert read({"Projekter": english}).portfolio.projects[0].spend == 464605
    assert read({"Projekter": danish}).portfolio.projects[0].spend == 464605


@pytest.mark.parametrize(
    ("budget", "header", "spend"),
    [
        ("6,279,429", "Forbrug", "1.713"),
        ("1.250.000,50", "Forbrug", "464,605"),
        ("12.5", "Forbrug (mio. kr.)", "12,345"),
    ],
)
def test_sheet_settles_no_amount_that_would_be_odd(read: Read, budget: str, header: str, spend: str) -> None:
    rows = [["Nr", "Titel", "Budget", header], ["P1", "Et", budget, spend]]

    assert [refusal.code for refusal in read({"Projekter": rows}).refusals] == [TWO]


@pytest.mark.parametrize(
    ("cells", "progress"),
    [
        ([0.6, 0.25, 1, 0], [60, 25, 100, 0]),
        (["0,6", "1"], [60, 100]),
        (["0", "1", 1], [0, "percent_in_two_ways", "percent_in_two_ways"]),
        ([PercentCell(60), 1], [60, "percent_in_two_ways"]),
        (["1", "45", "1 %"], [1, 45, 1]),
        (["0.6 %", "45"], ["0.6", 45]),
        ([PercentCell(60), PercentCell(0.5)], [60, "0.5"]),
        ([0.6, 45], ["percent_in_two_ways", 45]),
        (["66.667", "12.345"], ["66.67", "12.34"]),
        (["12,5 %", 101], ["12.5", "not_a_percentage"]),
    ],
)
def test_parts_of_one_are_per_cent_where_the_whole_column_is(
    read: Read, cells: list[Cell], progress: list[Any]
) -> None:
    rows = [[f"P{number}", "2026-03-31", cell] for number, cell in enumerate(cells)]
    reading = read({"Projekter": PER_CENT, "Statusser": [["Nr", "Dato", "Fremdrift"], *rows]})

    found: dict[str, Any] = {report.project: report.progress for report in reading.portfolio.reports}
    found |= {f"P{refusal.row - 2}": refusal.code for refusal in reading.refusals if refusal.row}
    told = [found[f"P{number}"] for number in range(len(cells))]
    assert told == [part if isinstance(part, str) and "_" in part else Decimal(part) for part in progress]


TWO_ORDERS = "date_in_two_orders"


@pytest.mark.parametrize(
    ("cells", "days"),
    [
        (["2021-05-10T22:00:00Z", "2021-05-10T22:00:00+02:00"], [(2021, 5, 11), (2021, 5, 10)]),
        (["2021-05-10T22:00:00.0000Z", "2021-05-10T22:00:00.000+0000"], [(2021, 5, 11)] * 2),
        (["2021-05-10 22:00:00.000 UTC", "2021-05-10T23:30-05:00"], [(2021, 5, 11), (2021, 5, 11)]),
        (["2021-12-10T22:30:00Z", "2021-12-10T23:00:00Z"], [(2021, 12, 10), (2021, 12, 11)]),
        (["2018-02-16 17:00:00", "15-06-2021 kl. 13.30", "15-06-2021 kl. 13"], [(2018, 2, 16), *[(2021, 6, 15)] * 2]),
        (["5/02/2016 5:00:00 PM", "25/12/2016 1:00 AM"], [(2016, 2, 5), (2016, 12, 25)]),
        (["5/02/2016 5:00:00 PM", "12/25/2016 1:00 AM"], [(2016, 5, 2), (2016, 12, 25)]),
        (["5/2/16", "12/31/16"], [(2016, 5, 2), (2016, 12, 31)]),
        (["1/2/2016 00:00:00", "12/31/2016 00:00:00"], [(2016, 1, 2), (2016, 12, 31)]),
        (["5/02/2016 5:00:00 PM"], [TWO_ORDERS]),
        (["5/5/2016 5:00 PM"], [(2016, 5, 5)]),
        (["5/02/2016"], [(2016, 2, 5)]),
        (["5/02/2016", "12/25/2016", "25/12/2016"], [TWO_ORDERS, (2016, 12, 25), (2016, 12, 25)]),
        ([date(2016, 2, 5), "12/25/2016", date(2016, 5, 25)], [TWO_ORDERS, (2016, 12, 25), (2016, 5, 25)]),
        ([date(2016, 2, 5), "25/12/2016", "5/2/2016"], [(2016, 2, 5), (2016, 12, 25), (2016, 2, 5)]),
        (["20/Feb/24", "20-feb-2024", "20/Feb/24 3:15 PM", "20. feb. 24"], [(2024, 2, 20)] * 4),
        (["2024-Feb-20", "15.jun.21"], [(2024, 2, 20), (2021, 6, 15)]),
        (["ti 15-06-21", "tirs. 15/6-21", "Tue 15 Jun 2021", "ti. d. 15. juni 2021"], [(2021, 6, 15)] * 4),
        (["on 15-06-21", "ca 15-06-21"], ["date_wrong_weekday", "date_unknown_form"]),
        (["44362", "44362,75", 44362, 44362.75], [(2021, 6, 15)] * 4),
        (["20210615", 20210615], [(2021, 6, 15)] * 2),
        (["20260", "99999", "15062021", "1623708000"], ["date_unknown_form"] * 4),
        (["2021-13-45T00:00:00Z", "06-15-2021"], ["date_no_such_date"] * 2),
        (["05-06-2026", "06-30-2026", "12-31-2026"], [(2026, 5, 6), (2026, 6, 30), (2026, 12, 31)]),
        (["05-06-26", "06-30-26"], [TWO_ORDERS, "date_no_such_date"]),
        (["05-06-2026", "30-06-2026", "06-30-2026"], [TWO_ORDERS, (2026, 6, 30), "date_no_such_date"]),
        (["05-06-2026", "06/30/2026"], [TWO_ORDERS, (2026, 6, 30)]),
        (["0001-01-01T00:00:00Z", "0001-01-01T00:00:00+02:00", "9999-12-31T23:59:59Z"], ["date_of_none"] * 3),
        (["00.00.0000", "0000-00-00", "31.12.9999", "9999-12-31 23:59:59"], ["date_of_none"] * 4),
        (
            ["0000-13-45", "1899-12-30T00:00:00Z", "0002-01-01T00:00:00+02:00"],
            ["date_of_none", *["date_year_out_of_range"] * 2],
        ),
        (["1900-01-01", "01-01-1900 00:00", date(1899, 12, 25), date(1900, 1, 1)], ["date_of_none"] * 4),
        ([TimeCell("00:00:00"), TimeCell("13:00:00")], ["date_of_none", "date_unknown_form"]),
        (["15-06-98", "15/06/71", "15-jun-85"], ["date_year_short"] * 3),
        (["15-06-45", "15-06-2098"], [(2045, 6, 15), (2098, 6, 15)]),
        (["15-06-2021 25:00", "15/6/2021 13:00 PM"], ["not_a_time"] * 2),
    ],
)
def test_days_are_read_as_other_systems_write_them(read: Read, cells: list[Cell], days: list[Any]) -> None:
    found = column(read, "Start", cells, "start")

    assert [one if isinstance(one, str) else (one.first, one.last) for one in found] == [
        one if isinstance(one, str) else (date(*one), date(*one)) for one in days
    ]


def test_order_of_one_column_of_dates_holds_for_its_sheet(read: Read) -> None:
    rows = [["Nr", "Titel", "Start", "Slut"], ["P1", "Et", "01/02/2016", "03/25/2016"]]

    reading = read({"Projekter": rows})

    start = reading.portfolio.projects[0].start
    assert start is not None
    assert start.first == date(2016, 1, 2)
    assert [note.code for note in reading.notes if note.code == "month_first"] == ["month_first"] * 2


def test_numbers_of_benefits_stay_in_the_unit_of_their_row(read: Read) -> None:
    benefits = [
        ["Nr", "Titel", "Mål (t.kr.)", "Enhed"],
        ["P0", "Tid", "1.250", "timer"],
        ["P0", "Sparet", "12,5 %", "%"],
    ]

    reading = read({"Projekter": PER_CENT, "Gevinster": benefits})

    assert [benefit.goal for benefit in reading.portfolio.benefits] == [Decimal(1250), Decimal("12.5")]
    assert "unit_of_header" in {note.code for note in reading.notes}


@pytest.mark.parametrize(
    ("cell", "goal"),
    [
        ("100 m", "not_a_number"),
        ("5 k", "not_a_number"),
        (UnitCell(100, "m"), "not_a_number"),
        ("5k kr.", 5000),
        (UnitCell(100, "timer"), 100),
        ("2 mio.", 2_000_000),
    ],
)
def test_metres_are_no_millions(read: Read, cell: Cell, goal: Any) -> None:
    reading = read({"Projekter": PER_CENT, "Gevinster": [["Nr", "Titel", "Mål"], ["P0", "Vej", cell]]})

    assert [benefit.goal for benefit in reading.portfolio.benefits] + [one.code for one in reading.refusals] == [goal]


@pytest.mark.parametrize("cell", ["12 %", PercentCell(12)])
def test_per_cent_is_no_amount(read: Read, cell: Cell) -> None:
    assert column(read, "Budget", [cell], "budget") == ["not_a_number"]


AMOUNTS = st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=6)


@given(AMOUNTS, st.sampled_from(["da", "en"]), st.booleans())
def test_one_way_of_writing_is_never_taken_for_another(
    amounts: list[Decimal], language: Language, groups: bool
) -> None:
    budget = next(column for column in workbook()["projects"].columns if column.field == "budget")
    cells = [(format_number if groups else write_number)(amount, language) for amount in amounts]
    ways, _ = conventions_of([Filled("Budget", budget, cells)], ZoneInfo("Europe/Copenhagen"), {})
    for cell, amount in zip(cells, amounts, strict=True):
        try:
            read = read_cell(cell, budget, ways["budget"])
        except UnreadableCellError as refused:
            read = refused.code
        assert read in (amount, TWO)
