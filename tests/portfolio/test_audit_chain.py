"""The audit log as a chain: no single change of it goes unnoticed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random

import pytest

from portfolio.audit import Action
from portfolio.audit_chain import START, Checking, Fault, Findings, Head, Row, Told, Wrong, written, written_detail
from tests.world.people import ASTRID, INGE, METTE, SOREN

PEOPLE = [person.id for person in (ASTRID, INGE, METTE, SOREN)]
NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
ROWS = 120
CHANGES = 10_000
EMPTY = Head()

Chain = tuple[Head | None, list[Row]]


def chained(count: int, head: Head = EMPTY, seed: int = 7) -> tuple[Head, list[Row]]:
    """So many rows behind the head."""
    random = Random(seed)  # noqa: S311
    rows, before = [], head.hash
    for number in range(head.number + 1, head.number + count + 1):
        project = random.choice([None, "", "P001", "2025-Q1-07"])
        detail = written_detail({"person": random.choice(PEOPLE), "day": str(number)} if number % 3 else {})
        at = written(NOON + timedelta(seconds=number))
        row = Row(number, at, random.choice(PEOPLE), random.choice(list(Action)).value, project, detail)
        before = row.digest(before)
        rows.append(replace(row, hash=before))
    return replace(head, number=head.number + count, hash=before), rows


def checked(head: Head | None, rows: Sequence[Row], told: Told | None = None) -> Findings:
    checking = Checking(head, told)
    for page in (rows[:70], rows[70:]):
        checking.take(sorted(page, key=lambda row: row.number))
    return checking.end()


@lru_cache(maxsize=2)
def whole(seed: int) -> tuple[Head, list[Row]]:
    """A chain from the first row, and one whose first 40 rows are gone."""
    head, rows = chained(ROWS, seed=seed)
    return (head, rows) if seed else (replace(head, removed=40, removed_hash=rows[39].hash), rows[40:])


@pytest.mark.parametrize("seed", [0, 1])
def test_untouched_chain_is_whole(seed: int):
    head, rows = whole(seed)
    assert checked(head, rows) == Findings(head, len(rows), (), 0)
    assert checked(head, rows, head.told).count == 0
    assert checked(head, rows, Told(rows[7].number, rows[7].hash[:16])).count == 0


def test_empty_log_is_whole_unless_its_beginning_was_set():
    assert checked(Head(), []).count == 0
    assert checked(Head(removed=3, hash="a" * 64, number=3, removed_hash="a" * 64), []).count == 0
    assert checked(Head(hash="a" * 64, removed_hash="a" * 64), []).faults == (Fault(Wrong.BEGINNING, 0, 0),)


# Each changes a chain in one place.
def _column(head: Head, rows: list[Row], random: Random) -> Chain:
    """One column of a row is another; somebody may make its hash fit."""
    at = random.randrange(len(rows))
    row = rows[at]
    others: dict[str, list[object]] = {
        "number": [row.number + 1000, -row.number, 0],
        "at": [written(NOON - timedelta(microseconds=at + 1)), row.at + " ", row.at[:19]],
        "by": [random.choice([one for one in PEOPLE if one != row.by]), row.by.upper() + "x", ""],
        "action": [random.choice([one.value for one in Action if one != row.action]), "nothing"],
        "project": [None if row.project is not None else "", "P999", f"{row.project} "],
        "detail": [
            written_detail({"person": "nobody"}),
            row.detail + " ",
            row.detail.replace("{", '{"x": "y", '),
            "no",
        ],
        "hash": [random.choice(rows).hash if len(rows) == 1 else rows[at - 1].hash, row.hash.upper() + "0", "", START],
    }
    name = random.choice(list(others))
    changed = replace(row, **{name: random.choice(others[name])})
    if name != "hash" and random.random() < 0.5:
        before = rows[at - 1].hash if at else head.removed_hash
        changed = replace(changed, hash=changed.digest(before))
    return head, [*rows[:at], changed, *rows[at + 1 :]]


def _deleted(head: Head, rows: list[Row], random: Random) -> Chain:
    at = random.randrange(len(rows))
    return head, rows[:at] + rows[at + 1 :]


def _inserted(head: Head, rows: list[Row], random: Random) -> Chain:
    """A row more: at either end, or between two, with the others moved up."""
    at = random.randrange(len(rows) + 1)
    before = rows[at - 1].hash if at else head.removed_hash
    place = random.choice([head.number + 1 if at == len(rows) else rows[at].number, head.number + 5, head.removed, -3])
    row = replace(random.choice(rows), number=place, by="somebody")
    row = replace(row, hash=row.digest(before)) if random.random() < 0.5 else row
    later = [replace(one, number=one.number + 1) if one.number >= place else one for one in rows]
    return head, [*(one for one in later if one.number < place), row, *(one for one in later if one.number > place)]


def _swapped(head: Head, rows: list[Row], random: Random) -> Chain:
    """Two rows stand in one another's place, with their hashes or without."""
    first, second = sorted(random.sample(range(len(rows)), 2))
    changed = list(rows)
    hashes = random.random() < 0.5
    for at, other in ((first, rows[second]), (second, rows[first])):
        changed[at] = replace(other, number=rows[at].number, hash=other.hash if hashes else rows[at].hash)
    return head, changed


def _cut(head: Head, rows: list[Row], random: Random) -> Chain:
    """The newest rows are gone, or the oldest; the head may say so in one of its columns."""
    count = random.randrange(1, len(rows))
    if random.random() < 0.5:
        kept = rows[:-count]
        one_column = random.choice([{}, {"number": kept[-1].number}, {"hash": kept[-1].hash}])
        return replace(head, **one_column), kept
    kept, last = rows[count:], rows[count - 1]
    return replace(head, **random.choice([{}, {"removed": last.number}, {"removed_hash": last.hash}])), kept


def _head(head: Head, rows: list[Row], random: Random) -> Chain:
    number, other = random.choice([-1, 1, 7]), random.choice(rows[:-1]).hash
    changes: list[dict[str, object]] = [
        {"number": head.number + number},
        {"hash": other},
        {"hash": ""},
        {"removed": head.removed + number},
        {"removed_hash": other},
    ]
    return random.choice([None, *(replace(head, **change) for change in changes)]), rows


KINDS: list[Callable[[Head, list[Row], Random], Chain]] = [_column, _column, _deleted, _inserted, _swapped, _cut, _head]


@pytest.mark.parametrize("seed", [0, 1])
def test_ten_thousand_single_changes_are_all_found(seed: int, monkeypatch: pytest.MonkeyPatch):
    """Hashes are remembered, since most rows stay as they are."""
    monkeypatch.setattr(Row, "digest", lru_cache(None)(Row.digest))
    head, rows = whole(seed)
    random = Random(seed)  # noqa: S311
    for number in range(CHANGES // 2):
        change = KINDS[number % len(KINDS)]
        changed_head, changed = change(head, list(rows), random)
        if (changed_head, changed) != (head, rows):
            assert checked(changed_head, changed).count, (change, seed, number)


def changed_at(rows: list[Row], place: int, before: str | None = None, **columns: object) -> list[Row]:
    row = replace(rows[place], **columns)
    return [*rows[:place], row if before is None else replace(row, hash=row.digest(before)), *rows[place + 1 :]]


def test_findings_say_which_row_is_wrong_and_how():
    head, rows = chained(10)
    cases: list[tuple[list[Row], list[tuple[Wrong, int, int]]]] = [
        (changed_at(rows, 4, by="x"), [(Wrong.CHANGED, 5, 5)]),
        (changed_at(rows, 4, hash="x"), [(Wrong.CHANGED, 5, 5)]),
        (changed_at(rows, 4, rows[3].hash, by="x"), [(Wrong.CHANGED, 6, 6)]),  # the one before, as the words say
        (changed_at(rows, 0, by="x"), [(Wrong.BEGINNING, 1, 1)]),
        (changed_at(rows, 9, rows[8].hash, by="x"), [(Wrong.END, 10, 10)]),
        (rows[:3] + rows[6:], [(Wrong.MISSING, 4, 6)]),
        (rows[:7], [(Wrong.MISSING, 8, 10)]),
        ([], [(Wrong.MISSING, 1, 10)]),
        ([*rows, replace(rows[9], number=11)], [(Wrong.ADDED, 11, 11)]),
        ([replace(rows[9], number=0), *rows], [(Wrong.ADDED, 0, 0)]),
    ]
    for changed, wanted in cases:
        assert checked(head, changed).faults == tuple(Fault(*fault) for fault in wanted)
    assert checked(None, rows).faults == (Fault(Wrong.NO_HEAD, 0, 0),)


def test_chain_that_somebody_made_anew_is_whole_but_not_what_the_office_was_told():
    head, rows = chained(10)
    anew, forged = chained(4, Head(6, rows[5].hash))
    assert checked(anew, rows[:6] + forged).count == 0
    assert checked(anew, rows[:6] + forged, Told.read(head.told.write())).faults == (
        Fault(Wrong.TOLD_OTHERWISE, 10, 10),
    )
    cut = Head(6, rows[5].hash)
    assert checked(cut, rows[:6], head.told).faults == (Fault(Wrong.TOLD_MISSING, 10, 10),)
    assert checked(cut, rows[:6], Told(6, rows[5].hash[:20])).count == 0
    aged = replace(head, removed=6, removed_hash=rows[5].hash)
    assert checked(aged, rows[6:], Told(6, rows[5].hash[:16])).count == 0
    assert checked(aged, rows[6:], Told(5, rows[4].hash[:16])).faults == (Fault(Wrong.TOLD_REMOVED, 5, 6),)


def test_many_faults_are_counted_and_the_first_are_listed():
    head, rows = chained(500)
    findings = checked(head, [replace(row, by="x") for row in rows])
    assert (findings.count, len(findings.faults), findings.rows) == (500, 100, 500)


@pytest.mark.parametrize(
    "text", ["", "12", "12:abc", f"x:{'a' * 16}", f"1:{'g' * 16}", f"-1:{'a' * 16}", f"²:{'a' * 16}"]
)
def test_what_is_no_head_is_refused(text: str):
    with pytest.raises(ValueError, match=r"."):
        Told.read(text)


def test_head_is_read_as_it_is_told():
    told = Told(1234, "0123456789abcdef")
    assert Told.read(f" {told.write().upper()} ") == told
