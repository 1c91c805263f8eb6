"""`tovholder ask`, as typed and as scripts use it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.cli.asking import ask

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
