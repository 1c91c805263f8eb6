"""The data map holds every column, and nothing that can't be done."""

from collections import Counter

from sqlalchemy import Date

from storage.columns import Instant
from storage.data_map import DATA_MAP, Erased, For, Shown, Whose
from storage.data_map.messages import SAID
from storage.reminders.state import LATELY
from storage.schema import metadata

_FOUND = {Shown.BY_ID, Shown.BY_ACCOUNT, Shown.BY_CHAT}


def test_every_column_has_one_line() -> None:
    columns = [f"{table.name}.{column.name}" for table in metadata.sorted_tables for column in table.columns]

    assert Counter(line.name for line in DATA_MAP) == Counter(columns)


def test_what_is_about_nobody_is_neither_shown_nor_erased() -> None:
    for line in DATA_MAP:
        is_nobodys = line.whose is Whose.NOBODY
        assert (line.shown is Shown.NEVER) == is_nobodys, line.name
        assert line.erased is Erased.STAYS or not is_nobodys, line.name


def test_what_goes_with_its_row_has_a_column_by_which_the_row_is_found() -> None:
    found = {line.table.name for line in DATA_MAP if line.shown in _FOUND and line.erased is Erased.ROW}

    assert {line.table.name for line in DATA_MAP if line.erased is Erased.WITH_ROW} <= found


def test_what_is_emptied_may_be_empty() -> None:
    assert all(line.column.nullable for line in DATA_MAP if line.erased is Erased.EMPTIED)


def test_every_time_is_counted_from_a_day_or_moment_of_the_row() -> None:
    rules = {(line.table, rule) for line in DATA_MAP for rule in line.kept if isinstance(rule, For)}

    for table, rule in rules:
        assert isinstance(table.c[rule.since].type, Date | Instant), (table.name, rule.since)
        assert all(name in table.c for name, _ in rule.where), table.name


def test_nothing_is_forgotten_that_reminders_are_still_worked_out_of() -> None:
    read = {"absences", "snoozes", "stopped", "reminded", "deliveries", "runs"}
    for line in DATA_MAP:
        if line.table.name in read:
            times = [rule.time for rule in line.kept if isinstance(rule, For) and rule is not SAID]
            assert all(time >= LATELY for time in times), line.name


def test_absences_are_kept_no_longer_than_they_are_needed() -> None:
    (kept,) = {line.kept for line in DATA_MAP if line.table.name == "absences"}
    assert kept == (For(LATELY, "last"),)
