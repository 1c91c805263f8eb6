"""What people are told of what was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.cli.importing import portfolio

Make = Callable[..., Path]
LONG = "Exempt under Section 43 of the Freedom of Information Act 2000 (Commercial Interests) - Commercial interests."


@pytest.fixture
def told(database_file: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., list[str]]:
    """Imports a file that has refused rows, and returns the lines on them."""

    def lines(path: Path, **options: Any) -> list[str]:
        assert portfolio(path, **options) == 1
        return [line for line in capsys.readouterr().err.splitlines() if "mangler." not in line]

    return lines


def test_what_is_alike_is_told_once_with_count_and_examples(make_list: Make, told: Callable[..., list[str]]) -> None:
    rows = [[f"P{number}", "Et", "snart" if number < 290 else f"engang {number}"] for number in range(300)]

    first, kind, more, last = told(make_list([["Nr", "Titel", "Slut"], *rows]))

    assert first == "Intet er importeret: 300 rækker kan ikke bruges."
    assert kind.startswith("Projekter, række 2, Slut »snart«: Datoen kan ikke læses.")
    assert more == "  Det samme i 299 rækker til, for eksempel række 292 »engang 290«, række 293 »engang 291«."
    assert last.startswith("Ret rækkerne")


def test_reasons_and_columns_are_told_apart(make_list: Make, told: Callable[..., list[str]]) -> None:
    rows = [["P1", "Et", "snart", "snart"], ["P2", "To", "2027-13-45", "snart"], ["P3", "", None, None]]

    lines = told(make_list([["Nr", "Titel", "Start", "Slut"], *rows]))

    assert [line.split(":")[0] for line in lines[1:-1]] == [
        "Projekter, række 2, Start »snart«",
        "Projekter, række 2, Slut »snart«",
        "  Det samme i 1 række til, for eksempel række 3 »snart«.",
        "Projekter, række 3, Start »2027-13-45«",
        "Projekter, række 4, Titel",
    ]


def test_long_value_is_shortened_for_people_alone(
    make_list: Make, told: Callable[..., list[str]], run_import: Callable[..., tuple[int, dict[str, Any]]]
) -> None:
    path = make_list([["Nr", "Titel", "Budget"], ["P1", "Et", LONG]])

    assert f"»{LONG[:100]}…«" in told(path)[1]
    assert run_import(path)[1]["refused"][0]["value"] == LONG


def test_both_dates_are_told_where_the_end_comes_first(make_list: Make, told: Callable[..., list[str]]) -> None:
    line = told(make_list([["Nr", "Titel", "Start", "Slut"], ["P1", "Et", "juli 2027", "uge 20 2027"]]))[1]

    assert line == ("Projekter, række 2, Slut: Slut (uge 20 2027) ligger før start (juli 2027). Ret en af datoerne.")


def test_both_times_are_told_where_a_meeting_ends_first(make_workbook: Make, told: Callable[..., list[str]]) -> None:
    meetings = [["Forum", "Start", "Slut"], ["Direktionen", "16-06-2026 kl. 13.00", "12.30"]]

    line = told(make_workbook({"Projekter": [["Nr", "Titel"]], "Møder": meetings}))[1]

    assert "Slut (16. juni 2026 12:30) ligger før start (16. juni 2026 13:00)." in line


def test_both_readings_are_told_of_a_doubtful_number(make_list: Make, told: Callable[..., list[str]]) -> None:
    line = told(make_list([["Nr", "Titel", "Budget"], ["P1", "Et", "464,605"]]))[1]

    assert "Tallet kan betyde 464,605 eller 464.605, og kolonnen viser ikke hvilket." in line


def test_both_days_are_told_of_a_doubtful_date(make_list: Make, told: Callable[..., list[str]]) -> None:
    line = told(make_list([["Nr", "Titel", "Slut"], ["P1", "Et", "5/02/2026 5:00 PM"]]))[1]

    assert "Datoen kan være 5. februar 2026 eller 2. maj 2026" in line


def test_what_follows_from_a_refused_row_is_one_line(make_workbook: Make, told: Callable[..., list[str]]) -> None:
    sheets = {
        "Projekter": [["Nr", "Titel", "Start"], ["P1", "Et", "snart"], ["P2", "To", None]],
        "Statusser": [["Nr", "Dato"], *(["P1", f"{day}-06-2027"] for day in range(1, 21)), ["P2", "1-6-2027"]],
        "Milepæle": [["Nr", "Titel"], ["P1", "Start"]],
    }

    lines = told(make_workbook(sheets), partial=True)

    assert len(lines) == 2
    assert lines[1] == (
        "21 rækker hører til rækker, som er afvist, og er afvist med dem: "
        "Statusser række 2, Statusser række 3, Statusser række 4. Ret de afviste rækker først."
    )


def test_unknown_names_are_told_with_what_each_is_near(make_workbook: Make, told: Callable[..., list[str]]) -> None:
    units = [["Navn"], ["Børn og Unge"], ["Teknik og Miljø"]]
    rows = [["P1", "Et", "Børn og Ungdom"], ["P2", "To", "Teknik og Miljøet"], ["P3", "Tre", "Børn og Ungdom"]]

    lines = told(make_workbook({"Projekter": [["Nr", "Titel", "Fagområde"], *rows], "Fagområder": units}))

    assert "Mente du »Børn og Unge«?" in lines[1]
    assert lines[2] == "  Det samme i 1 række til, for eksempel række 4 »Børn og Ungdom«."
    assert "Mente du »Teknik og Miljø«?" in lines[3]
