from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import xlsxwriter
from hypothesis import example, given
from hypothesis import strategies as st

from bot.importing.cells import shown
from bot.importing.checking import circles_of
from bot.importing.columns import Sheet, workbook
from bot.importing.mapping import HeaderMapping
from bot.importing.reading import Reading, portfolio_of
from bot.importing.tables import Cell, Line
from bot.importing.texts import in_one_line
from portfolio.organisation import OrgUnit
from portfolio.projects.strategy import FocusArea
from portfolio.questions.answers import ProjectName, Vocabulary
from tests.world.people import id_of, mentioned, person

PROJECTS = [["Nr", "Titel"], ["P1", "Skærmbesøg"], ["P2", "Talegenkendelse"]]
ZONE = ZoneInfo("Europe/Copenhagen")
Read = Callable[..., Reading]
P9 = ProjectName("P9", "Gammelt projekt", (), is_closed=False)
KNOWN = Vocabulary(
    version=1,
    projects=(P9,),
    leads=frozenset(),
    owners=frozenset(),
    bodies=(),
    org_units=(OrgUnit("Børn og Unge", aliases=("BU",)), OrgUnit("Skoler", parent="Børn og Unge")),
    focus_areas=(FocusArea("Klima og ressourcer", short_name="Klima"),),
    people=(person("asta@kommune.example", "Asta Lund", manager=id_of("bo@kommune.example")),),
    others=(mentioned("bo@kommune.example"),),
)


def told(reading: Reading) -> list[tuple[Any, ...]]:
    return [(item.code, item.sheet, item.row, item.column, item.value) for item in reading.refusals]


def test_english_workbook_is_read_as_the_danish_one(read: Read) -> None:
    reading = read(
        {
            "Projects": [["number", "TITLE", "Category", "End Date"], ["P1", "Screen visits", "Local", "week 26 2021"]],
            "Statuses": [["Number", "Date", "Overall"], ["P1", date(2021, 6, 15), "Amber"]],
        }
    )

    assert reading.refusals == []
    assert reading.portfolio.projects[0].kind == "local"
    assert reading.portfolio.reports[0].overall == "amber"
    assert reading.portfolio.reports[0].day == date(2021, 6, 15)


def test_cells_of_excels_own_kinds_are_read(tmp_path: Path, read: Read) -> None:
    path = tmp_path / "portfolio.xlsx"
    with xlsxwriter.Workbook(path) as book:
        percent, clock = book.add_format({"num_format": "0 %"}), book.add_format({"num_format": "hh:mm"})
        day = book.add_format({"num_format": "d. mmmm yyyy"})
        projects, reports, meetings = (book.add_worksheet(name) for name in ("Projekter", "Statusser", "Møder"))
        projects.write_row("A1", ["Nr", "Titel", "Budget", "Forbrug"])
        projects.write_row("A2", [7, "Et", 0.1 + 0.2])
        projects.write_formula("D2", "=1/0", None, "#DIV/0!")
        projects.write_row("A3", [8, "To"])
        projects.write_formula("C3", "=2*21", None, 42)
        reports.write_row("A1", ["Nr", "Dato", "Fremdrift"])
        reports.write_number("A2", 8)
        reports.write_datetime("B2", date(2021, 6, 15), day)
        reports.write_number("C2", 0.65, percent)
        meetings.write_row("A1", ["Forum", "Start", "Slut"])
        meetings.write_row("A2", ["Direktionen", "16. juni 2026 kl. 13.00"])
        meetings.write_datetime("C2", time(15, 30), clock)

    reading = read(path)

    assert told(reading) == [("formula_error", "Projekter", 2, "Forbrug", "#DIV/0!")]
    assert [(project.number, project.budget) for project in reading.portfolio.projects] == [("8", Decimal(42))]
    assert [(report.day, report.progress) for report in reading.portfolio.reports] == [(date(2021, 6, 15), Decimal(65))]
    assert reading.portfolio.meetings[0].end == datetime(2026, 6, 16, 15, 30, tzinfo=ZONE)


def test_unknown_sheets_and_columns_are_named_and_left_out(read: Read) -> None:
    reading = read({"Projekter": [["Nr", "Titel", "Humør"], ["P1", "Et", "godt"]], "Noter": [["Husk"]]})

    assert reading.unknown_sheets == ["Noter"]
    assert reading.unknown_columns == {"Projekter": ["Humør"]}
    assert len(reading.portfolio.projects) == 1


def test_fields_without_a_column_are_not_given(read: Read) -> None:
    reading = read({"Projekter": [["Nr", "Titel", "Budget"], ["P1", "Et", None]]})

    assert "phase" in reading.not_given["projects"]
    assert not {"number", "title", "budget"} & reading.not_given["projects"]


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"Fora": [["Navn"], ["Direktionen"]]}, "sheet_missing"),
        ({"Projekter": [["Nr", "Navn"], ["P1", "Et"]]}, "column_missing"),
        ({"Projekter": [["Nr", "Titel", "Title"], ["P1", "Et", "One"]]}, "column_twice"),
        ({"Projekter": PROJECTS, "Projects": PROJECTS}, "sheet_twice"),
    ],
)
def test_workbook_without_its_frame_is_refused(read: Read, sheets: dict[str, Any], code: str) -> None:
    assert read(sheets).refusals[0].code == code


def test_every_bad_cell_of_a_row_is_told_with_its_place(read: Read) -> None:
    reading = read(
        {"Projekter": [["Nr", "Titel", "Slut ", "Budget (kr.)"], [], ["P1", "", "snart", -5], ["P2", "To", None, 3]]}
    )

    assert told(reading) == [
        ("is_required", "Projekter", 3, "Titel", ""),
        ("date_unknown_form", "Projekter", 3, "Slut", "snart"),
        ("negative_money", "Projekter", 3, "Budget (kr.)", "-5"),
    ]
    assert reading.refused_rows == {"projects": 1}
    assert [project.number for project in reading.portfolio.projects] == ["P2"]


def test_rows_of_the_same_project_are_refused_once_with_all_their_rows(read: Read) -> None:
    reading = read({"Projekter": [["Nr", "Titel"], ["P1", "Et"], ["P2", "To"], ["p1", "Et igen"]]})

    assert [(item.row, item.details["rows"]) for item in reading.refusals] == [(2, "2, 4")]
    assert reading.refused_rows == {"projects": 2}


def test_status_of_a_project_that_nobody_knows_is_refused(read: Read) -> None:
    statuses = [["Nr", "Dato"], ["P1", "15-06-2021"], ["P7", "15-06-2021"], ["p9", "15-06-2021"]]

    reading = read({"Projekter": PROJECTS, "Statusser": statuses}, KNOWN)

    assert told(reading) == [("unknown_name_near", "Statusser", 3, "Nr", "P7")] or told(reading) == [
        ("unknown_name", "Statusser", 3, "Nr", "P7")
    ]
    assert [report.project for report in reading.portfolio.reports] == ["P1", "P9"]


def test_misspelled_focus_area_is_refused_with_the_nearest_name(read: Read) -> None:
    reading = read({"Projekter": [["Nr", "Titel", "Fokusområde"], ["P1", "Et", "Klima og resurser"]]}, KNOWN)

    assert told(reading) == [("unknown_name_near", "Projekter", 2, "Fokusområde", "Klima og resurser")]
    assert reading.refusals[0].details["nearest"] == "Klima og ressourcer"


def test_names_get_the_spelling_that_is_known(read: Read) -> None:
    row = ["p9", "Et", "klima; KLIMA OG RESSOURCER", "bu"]

    reading = read({"Projekter": [["Nr", "Titel", "Fokusområde", "Fagområde"], row]}, KNOWN)

    (project,) = reading.portfolio.projects
    assert (project.number, project.focus_areas, project.org_unit) == ("P9", ("Klima og ressourcer",), "Børn og Unge")


def test_first_list_of_projects_brings_its_own_focus_areas_and_departments(read: Read) -> None:
    header = ["Nr", "Titel", "Fokusområde", "Fagområde"]

    reading = read({"Projekter": [header, ["P1", "Et", "Klima;Data", "Skoler"], ["P2", "To", "klima", "skoler"]]})

    assert reading.refusals == []
    assert [area.name for area in reading.portfolio.focus_areas] == ["Klima", "Data"]
    assert [unit.name for unit in reading.portfolio.org_units] == ["Skoler"]
    assert reading.portfolio.projects[1].focus_areas == ("Klima",)


def test_project_that_ends_before_it_starts_is_refused(read: Read) -> None:
    rows = [["Nr", "Titel", "Start", "Slut"], ["P1", "Et", "juli 2021", "uge 20 2021"], ["P2", "To", 2021, "juni 2021"]]

    assert told(read({"Projekter": rows})) == [("end_before_start", "Projekter", 2, "Slut", None)]


def test_meeting_ends_on_the_day_it_starts(read: Read) -> None:
    rows = [["Forum", "Start", "Slut"], ["Direktionen", "16-06-2026 13:00", "15:00"]]

    (meeting,) = read({"Projekter": PROJECTS, "Møder": rows}).portfolio.meetings

    assert meeting.end is not None
    assert meeting.end.isoformat() == "2026-06-16T15:00:00+02:00"


def test_department_above_itself_is_refused_even_by_way_of_the_database(read: Read) -> None:
    rows = [["Navn", "Overordnet"], ["Børn og Unge", "Skoler"], ["IT", None]]

    reading = read({"Projekter": PROJECTS, "Fagområder": rows}, KNOWN)

    assert told(reading) == [("circle", "Fagområder", 2, "Overordnet", "Skoler")]
    assert reading.refusals[0].details["circle"] == "Børn og Unge → Skoler → Børn og Unge"


def test_manager_may_not_report_to_their_own_employee(read: Read) -> None:
    rows = [["E-mail", "Navn", "Leder"], ["bo@kommune.example", "Bo Vang", "asta@kommune.example"]]

    assert told(read({"Projekter": PROJECTS, "Personer": rows}, KNOWN))[0][:3] == ("circle", "Personer", 2)


def test_long_line_of_managers_is_no_circle() -> None:
    line = {str(number): str(number + 1) for number in range(100_000)}

    assert circles_of({**line, "100000": None}) == {}
    assert set(circles_of({"a": "b", "b": "c", "c": "b"})) == {"b", "c"}


def test_good_rows_stand_when_only_some_are_wanted(read: Read) -> None:
    units = [
        ["Navn", "Overordnet", "Leder"],
        ["A", None, "ingen"],
        ["B", "A", None],
        ["C", "B", None],
        ["D", None, None],
    ]
    projects = [["Nr", "Titel", "Fagområde", "Start"], ["P1", "Et", "D", "snart"], ["P2", "To", "D", None]]
    statuses = [["Nr", "Dato"], ["P1", "2021-06-15"], ["P2", "2021-06-15"]]

    reading = read({"Projekter": projects, "Statusser": statuses, "Fagområder": units}, partial=True)

    assert [(item.code, item.sheet, item.row) for item in reading.refusals] == [
        ("date_unknown_form", "Projekter", 2),
        ("depends_on_refused", "Statusser", 2),
        ("not_an_email", "Fagområder", 2),
        ("depends_on_refused", "Fagområder", 3),
        ("depends_on_refused", "Fagområder", 4),
    ]
    assert [project.number for project in reading.portfolio.projects] == ["P2"]
    assert [report.project for report in reading.portfolio.reports] == ["P2"]
    assert [unit.name for unit in reading.portfolio.org_units] == ["D"]


def test_rows_of_a_stored_project_stand_when_its_own_row_is_refused(read: Read) -> None:
    projects = [["Nr", "Titel", "Start"], ["P9", "Ni", "snart"]]

    reading = read({"Projekter": projects, "Milepæle": [["Nr", "Titel"], ["P9", "Start"]]}, KNOWN, partial=True)

    assert [item.code for item in reading.refusals] == ["date_unknown_form"]
    assert [milestone.project for milestone in reading.portfolio.milestones] == ["P9"]


ANY_CELL = st.one_of(
    st.none(),
    st.sampled_from(
        ["P1", "p1", "P9", "A", "B", "a@b.dk", "c@b.dk", "2021", "uge 26 2021", "15-06-2021", "Rød", "Lokal"]
    ),
    st.text(max_size=20),
    st.integers(-3, 20),
    st.floats(),
    st.dates(),
)
ANY_SHEET = st.sampled_from(list(workbook().values())).flatmap(
    lambda sheet: st.tuples(
        st.just(sheet), st.lists(st.lists(ANY_CELL, min_size=0, max_size=len(sheet.columns)), max_size=6)
    )
)


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["Klima", "Klima, Data"], [("joined_by_commas", 3)]),
        (["Klima, Data", "Data", "data,klima"], [("joined_by_commas", 2), ("joined_by_commas", 4)]),
        (["Klima, miljø og natur", "Data"], []),
        (["Klima;Data", "Data"], []),
    ],
)
def test_names_joined_by_commas_are_refused_where_one_stands_alone(
    read: Callable[..., Reading], cells: list[str], found: list[tuple[str, int]]
) -> None:
    rows = [["Nr", "Titel", "Fokusområde"], *([f"P{number}", "Et", cell] for number, cell in enumerate(cells))]

    assert [(refusal.code, refusal.row) for refusal in read({"Projekter": rows}).refusals] == found

    names = dict.fromkeys(";".join(cells).split(";"))
    listed = read({"Projekter": rows, "Fokusområder": [["Navn"], *([name] for name in names)]})
    assert listed.refusals == []


@given(st.lists(ANY_SHEET, min_size=1, max_size=3, unique_by=lambda pair: pair[0].key), st.booleans())
@example(sheets=[(workbook()["projects"], [[*[None] * 12, "£1"]])], partial=False)
def test_any_rows_are_taken_in_or_refused_with_a_text(
    sheets: list[tuple[Sheet, list[list[Cell]]]], partial: bool
) -> None:
    lines = [Line("Projekter", 1, ["Nr", "Titel"])]
    given_cells = []
    for sheet, rows in sheets:
        name = "Projekter" if sheet.key == "projects" else sheet.names[0]
        header: list[Cell] = [column.title for column in sheet.columns]
        lines = [line for line in lines if line.sheet != name]
        lines += [Line(name, number, row) for number, row in enumerate([header, *rows], 1)]
        given_cells += [
            [(name, title) for title, cell in zip(header, row, strict=False) if shown(cell)] for row in rows
        ]

    reading = portfolio_of(lines, KNOWN, ZONE, HeaderMapping(), partial=partial)

    taken = sum(len(getattr(reading.portfolio, table)) for table in workbook())
    # A column in another currency is left out, and that is told; so are rows of sums.
    left_out = {(note.sheet, note.details["header"]) for note in reading.notes if note.code == "other_currency"}
    given_rows = sum(not left_out.issuperset(cells) for cells in given_cells)
    tells_of_rows = any("rows" in note.details for note in reading.notes)
    assert tells_of_rows or taken + sum(reading.refused_rows.values()) >= given_rows
    assert bool(reading.refusals) == bool(reading.refused_rows)
    assert all(in_one_line(refusal, "da") for refusal in reading.refusals)
