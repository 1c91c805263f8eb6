"""`tovholder ask`, as typed and as scripts use it."""

from __future__ import annotations

import asyncio
import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.cli.asking import ask
from portfolio.audit import Action
from portfolio.identity import BY_OPERATOR
from storage.audit import audit
from storage.database import open_database
from tests.world.people import MAJA

GOOD = '{"text": "hvilke projekter er i fokusområde Velfærd"}'


@pytest.fixture(autouse=True)
def _on_the_small_portfolio(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", seeded_url)


def answered(file: Path, capsys: pytest.CaptureFixture[str], lines: bytes) -> tuple[int, list[dict[str, Any]]]:
    file.write_bytes(lines)
    code = ask(batch=file)
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b"ikke json", "Linjen er ikke JSON."),
        (b"[" * 100_000, "Linjen er ikke JSON."),
        ('{"text": "røde"}'.encode("cp1252"), "Linjen er ikke UTF-8. Gem filen som UTF-8."),
        (b"\x00\x01\xff", "Linjen er ikke UTF-8. Gem filen som UTF-8."),
        (b"[1]", "Linjen skal være et objekt"),
        (b'{"text": 5}', "Linjen skal være et objekt"),
        (b'{"text": "a", "as": 7}', '"as" skal være en e-mail.'),
        ('{"text": "a", "today": "igår"}'.encode(), '"today" skal være en dato som 2026-11-22.'),
        (b'{"text": "a", "today": 20261122}', '"today" skal være en dato som 2026-11-22.'),
        (b'{"text": "a", "today": "9999-12-31"}', '"today" skal være en dato som 2026-11-22.'),
    ],
)
def test_script_is_told_which_line_is_no_question_and_gets_the_others_answered(
    line: bytes, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, documents = answered(tmp_path / "q.jsonl", capsys, GOOD.encode() + b"\n\n" + line + b"\n" + GOOD.encode())
    assert code == 1
    assert [document["kind"] for document in documents] == ["projects", "error", "projects"]
    assert documents[1]["line"] == 3
    assert documents[1]["text"].startswith(told)


def test_file_saved_by_windows_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, documents = answered(tmp_path / "q.jsonl", capsys, b"\xef\xbb\xbf" + GOOD.encode() + b"\r\n")
    assert (code, documents[0]["kind"]) == (0, "projects")


@pytest.mark.parametrize("day", ["i morgen", "2026-13-01", "01-02-2026", "0001-01-01", "9999-12-31"])
def test_day_that_cannot_be_asked_for_is_wrong_usage(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("hvad slutter næste år", today=day) == 2
    assert capsys.readouterr().err == f"»{day}« er ikke en dato. Skriv den som 2026-11-22.\n"


def test_question_or_file_must_be_given_and_not_both(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask() == 2
    assert ask("røde projekter", batch=tmp_path / "q.jsonl") == 2
    assert capsys.readouterr().err.count('Eksempel: tovholder ask "røde projekter"') == 2


def test_stranger_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("mine projekter", as_="ingen@kommune.example") == 2
    assert "ingen person med e-mailen »ingen@kommune.example«" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "told"), [("mangler.jsonl", "findes ikke"), (".", "kan ikke læses")])
def test_file_that_is_none_is_wrong_usage(
    name: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(batch=tmp_path / name) == 2
    assert told in capsys.readouterr().err


def written(file: Path) -> list[list[str]]:
    return list(csv.reader(StringIO(file.read_bytes().decode("utf-8-sig"), newline=""), delimiter=";"))


def test_list_is_written_to_a_csv_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "liste.csv"
    assert ask("alle projekter", table=file) == 0
    assert capsys.readouterr().out == f"2 rækker er skrevet til {file}\n"
    header, *rows = written(file)
    assert header[:2] == ["Nr", "Titel"]
    assert [row[:2] for row in rows] == [["P002", "Varmestyring"], ["P001", "Skærmbesøg"]]


@pytest.mark.parametrize("text", ["alle projekter", "eksportér hele porteføljen til excel"])
def test_list_is_written_to_a_workbook(text: str, tmp_path: Path) -> None:
    file = tmp_path / "Liste.XLSX"
    assert ask(text, table=file) == 0
    sheet = load_workbook(file).active
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["Nr", "P002", "P001"]


def test_earlier_file_is_replaced_and_a_list_of_nothing_has_its_headers(tmp_path: Path) -> None:
    file = tmp_path / "liste.csv"
    file.write_text("før", encoding="utf-8")
    assert ask("hvilke projekter er grønne", table=file) == 0
    assert len(written(file)) == 1
    assert [path.name for path in tmp_path.glob("*liste*")] == ["liste.csv"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("hjælp", "Spørg om projekterne"),
        ("tak", "Selv tak"),
        ("xyzzy", "Jeg forstod ikke »xyzzy«"),
        ("meld status på skærmbesøg", ""),
        ("excel", "Hvilken liste vil du have som fil?"),
        ("hvilke systemer har vi", ""),
    ],
)
def test_answer_that_lists_nothing_is_not_written(
    text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "liste.csv"
    assert ask(text, table=file) == 1
    error = capsys.readouterr().err
    assert error.startswith("Der er ikke skrevet nogen fil, for svaret er ikke en liste: ")
    assert told in error
    assert list(tmp_path.glob("*liste*")) == []


@pytest.mark.parametrize("name", ["liste", "liste.pdf", "liste.xls"])
def test_file_of_another_kind_is_wrong_usage(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("alle projekter", table=tmp_path / name) == 2
    assert "--table" in capsys.readouterr().err


def test_many_questions_have_no_one_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask(batch=tmp_path / "q.jsonl", table=tmp_path / "x.csv") == 2
    assert "--table" in capsys.readouterr().err


def test_file_that_cannot_be_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("alle projekter", table=tmp_path / "mangler" / "x.csv") == 1
    assert "kunne ikke skrives" in capsys.readouterr().err


def test_document_is_printed_beside_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ask("alle projekter", table=tmp_path / "x.csv", json=True) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 2


@pytest.mark.parametrize(("email", "by"), [(None, BY_OPERATOR), ("maja.holm@kommune.example", MAJA.id)])
def test_who_took_the_list_out_is_written_down(email: str | None, by: str, seeded_url: str, tmp_path: Path) -> None:
    assert ask("alle projekter", table=tmp_path / "x.csv", as_=email) == 0

    async def lines() -> list[tuple[str, Action]]:
        database = open_database(seeded_url)
        try:
            return [(row.by, row.action) for row in await database.execute(audit.select())]
        finally:
            await database.close()

    assert asyncio.run(lines())[-1] == (by, Action.EXPORTED)
