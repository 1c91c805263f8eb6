from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.cli.importing import portfolio
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Submission
from storage.database import open_database
from storage.questions.reader import SqlPortfolioReader
from storage.status.store import SqlReportingStore

Run = Callable[..., tuple[int, dict[str, Any]]]
PROJECTS = [["Nr", "Titel"], ["P1", "Skærmbesøg"], ["P2", "Talegenkendelse"]]
HEADERS = ["Nr", "Dato", "Samlet", "Fremdrift", "Kommentar"]
DAY = date(2026, 6, 9)
GIVEN = StatusReport("P1", DAY, Rag.AMBER, progress=Decimal("62.5"), comment="Leverandøren er forsinket", risk=Rag.RED)
SAME = ["P1", DAY, "Gul", 62.5, "Leverandøren er forsinket"]
OTHER_DAY = ["P1", date(2026, 5, 9), "Grøn", 50, "Godt"]


@pytest.fixture
def given(make_workbook: Callable[..., Path], run_import: Run, database_file: Path) -> Path:
    """A database into which somebody has reported through Tovholder; its file."""
    run_import(make_workbook({"Projekter": PROJECTS}))

    async def publish() -> None:
        database = open_database(f"sqlite+aiosqlite:///{database_file}")
        at = datetime(2026, 6, 9, 8, tzinfo=UTC)
        await SqlReportingStore(database).publish(Submission(GIVEN, 0, "anna@kommune.example", at))
        await database.close()

    asyncio.run(publish())
    return database_file


def _stored(file: Path) -> tuple[StatusReport, ...]:
    async def read() -> tuple[StatusReport, ...]:
        database = open_database(f"sqlite+aiosqlite:///{file}")
        detail = await SqlPortfolioReader(database).project("P1")
        await database.close()
        assert detail is not None
        return detail.reports

    return asyncio.run(read())


def _sheets(*rows: list[Any]) -> dict[str, list[list[Any]]]:
    return {"Projekter": PROJECTS, "Statusser": [HEADERS, *rows]}


def test_file_may_repeat_what_was_reported(given: Path, make_workbook: Callable[..., Path], run_import: Run) -> None:
    code, document = run_import(make_workbook(_sheets(OTHER_DAY, SAME)))
    assert (code, document["stored"]) == (0, True)
    assert document["tables"]["reports"] == {"added": 1, "changed": 0, "unchanged": 1, "refused": 0}
    assert _stored(given)[0] == replace(GIVEN, author="anna@kommune.example")  # its risk has no column in the file


@pytest.mark.parametrize(
    ("changes", "column", "value", "columns"),
    [
        ({"Samlet": "grøn"}, "Samlet", "Grøn", "Samlet"),
        ({"Samlet": None}, "Samlet", "Ingen", "Samlet"),
        ({"Fremdrift": 70}, "Fremdrift", "70", "Fremdrift"),
        ({"Kommentar": "Fint", "Fremdrift": None}, "Fremdrift", None, "Fremdrift, Kommentar"),
    ],
    ids=str,
)
def test_row_that_says_something_else_is_refused_with_its_place(
    given: Path,
    make_workbook: Callable[..., Path],
    run_import: Run,
    changes: dict[str, Any],
    column: str,
    value: str | None,
    columns: str,
) -> None:
    before = _stored(given)
    row = [changes.get(header, cell) for header, cell in zip(HEADERS, SAME, strict=True)]
    code, document = run_import(make_workbook(_sheets(OTHER_DAY, row)))
    assert (code, document["stored"]) == (1, False)
    (refused,) = document["refused"]
    assert (refused["sheet"], refused["row"], refused["column"], refused["value"]) == ("Statusser", 3, column, value)
    assert refused["reason"] == (
        f"Status på P1 den 09-06-2026 er meldt i Tovholder, og filen siger noget andet ({columns})."
    )
    assert _stored(given) == before


def test_other_rows_are_imported_on_request(given: Path, make_workbook: Callable[..., Path], run_import: Run) -> None:
    against = ["p1", DAY, "Rød", 62.5, "Leverandøren er forsinket"]  # the project in other letters is the same
    code, document = run_import(make_workbook(_sheets(OTHER_DAY, against, ["P2", DAY, "Rød", 1, "Ny"])), partial=True)
    assert code == 1
    assert document["tables"]["reports"] == {"added": 2, "changed": 0, "unchanged": 0, "refused": 1}
    assert [(report.day, report.overall) for report in _stored(given)] == [
        (DAY, Rag.AMBER),
        (date(2026, 5, 9), Rag.GREEN),
    ]


def test_dry_run_tells_of_it_too(given: Path, make_workbook: Callable[..., Path], run_import: Run) -> None:
    code, document = run_import(make_workbook(_sheets(["P1", DAY, "Rød"])), dry_run=True)
    assert (code, [item["code"] for item in document["refused"]]) == (1, ["already_given"])


def test_english_speaker_is_told_in_english(
    given: Path,
    make_workbook: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("TOVHOLDER_LANGUAGE", "en")
    assert portfolio(make_workbook(_sheets(["P1", DAY, "Red"]))) == 1
    told = capsys.readouterr().err
    assert "Statusser, row 2, Samlet “Rød”: The status of P1 on 09-06-2026 was reported in Tovholder" in told
    assert "(Samlet, Fremdrift, Kommentar)" in told
