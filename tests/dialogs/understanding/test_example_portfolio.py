"""The example portfolio is what its tables say, and looks the same on any day."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.dialogs.understanding.oracle import answer
from tests.dialogs.understanding.workbook import EXAMPLE, load

SCRIPT = EXAMPLE.with_name("make_example.py")
ANCHOR = date(2026, 11, 22)


def made(folder: Path, today: date) -> Path:
    path = folder / "made.xlsx"
    subprocess.run([sys.executable, SCRIPT, "--today", today.isoformat(), "--out", path], check=True)
    return path


def test_committed_workbook_is_the_one_that_the_tables_make(tmp_path: Path) -> None:
    assert load(made(tmp_path, ANCHOR)) == load()


@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 2, 17), date(2028, 3, 1)], ids=str)
def test_portfolio_made_for_another_day_is_as_fresh_and_as_late(tmp_path: Path, today: date) -> None:
    then, now = load(), load(made(tmp_path, today))
    for colour in ("red", "amber", "green", "none"):
        assert answer(now, {"overall": [colour]}, today) == answer(then, {"overall": [colour]}, ANCHOR)
    assert answer(now, {"missing_status": True}, today) == answer(then, {"missing_status": True}, ANCHOR)
    late = len(answer(now, {"late": True}, today))
    assert abs(late - len(answer(then, {"late": True}, ANCHOR))) <= 4  # plans move by whole weeks, months and quarters


def test_meetings_keep_their_weekday_whatever_the_day(tmp_path: Path) -> None:
    weekdays = [meeting["Start"].weekday() for meeting in load().meetings]
    assert [meeting["Start"].weekday() for meeting in load(made(tmp_path, date(2027, 2, 17))).meetings] == weekdays
