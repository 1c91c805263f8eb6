"""`tovholder chat` and `tovholder demo`, as typed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from io import StringIO
from pathlib import Path

import pytest

from bot.cli.chatting import chat, demo
from bot.demo.fetch import WEBCHAT, is_there

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def type_in(monkeypatch: pytest.MonkeyPatch, database_url: str, said: str) -> None:
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", database_url)
    monkeypatch.setattr(sys, "stdin", StringIO(said))


def test_lead_talks_and_presses_buttons_by_number(
    seeded_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    type_in(monkeypatch, seeded_url, "hvilke projekter er i fokusområde Velfærd\n\n1\n99\nslut\nalle projekter\n")
    assert chat(as_="Maja.Holm@kommune.example") == 0
    told = capsys.readouterr()
    assert "1 projekt i fokusområdet Velfærd." in told.out
    assert "1  Fjern fokusområde: Velfærd" in told.out
    assert told.out.count("2 projekter.") == 1
    assert "Der er ikke noget valg 99." in told.out
    assert "Du taler som Maja Holm." in told.err


def test_lead_mistypes_the_address(
    seeded_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    type_in(monkeypatch, seeded_url, "")
    assert chat(as_="ingen@kommune.example") == 2
    assert "ingen person" in capsys.readouterr().err


def test_newcomer_with_an_empty_database_is_pointed_to_the_example(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    type_in(monkeypatch, sqlite_url, "")
    assert chat() == 0
    assert "tovholder chat --demo" in capsys.readouterr().err


def test_newcomer_talks_to_the_example_and_touches_no_other_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    type_in(monkeypatch, "sqlite+aiosqlite:///own.db", "mine projekter\n")
    assert chat(demo=True) == 0
    told = capsys.readouterr()
    assert "Du taler som" in told.err
    assert re.search(r"^\d+ projekt", told.out, re.MULTILINE)
    assert not (tmp_path / "own.db").exists()


def test_newcomer_is_told_where_there_is_no_room_for_the_example(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    (tmp_path / "var").write_text("not a folder")
    type_in(monkeypatch, "sqlite+aiosqlite:///own.db", "")
    assert chat(demo=True) == 1
    assert capsys.readouterr().err.startswith("Demoen kan ikke starte: ")


def test_operator_with_another_kind_of_database_is_told_what_fits(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    type_in(monkeypatch, "mysql://localhost/db", "")
    assert chat() == 1
    assert "DATABASE_URL" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("clock", "speed", "told"),
    [
        ("i morgen", 1.0, "Skriv det som"),
        ("9999-12-31T08:00", 1.0, "Skriv det som"),
        (None, 0.0, "større end 0"),
        (None, float("inf"), "større end 0"),
    ],
)
def test_newcomer_mistypes_the_clock(clock: str | None, speed: float, told: str, capsys: pytest.CaptureFixture[str]):
    assert demo(clock=clock, speed=speed) == 2
    assert told in capsys.readouterr().err


@contextmanager
def running_demo(folder: Path, *options: str, port: int) -> Iterator[subprocess.Popen[str]]:
    """Needs Web Chat, which `python -m bot.demo.fetch` gets."""
    if not is_there(ROOT / WEBCHAT):
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("Web Chat is missing")
    if not (folder / "var").exists():
        (folder / "var").mkdir()
        (folder / WEBCHAT).symlink_to(ROOT / WEBCHAT)
    process = subprocess.Popen(
        [sys.executable, "-c", "from bot.cli import main; main()", "demo", *options],
        env={**os.environ, "TOVHOLDER_PORT": str(port), "PYTHONPATH": str(ROOT)},
        cwd=folder,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def test_newcomer_starts_the_demo_on_a_busy_port_and_stops_it(tmp_path: Path):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with running_demo(tmp_path, "--clock", "2026-11-22T09:00", port=port) as process:
            assert process.stderr
            taken, loaded, coming, address = (process.stderr.readline() for _ in range(4))
            assert f"Port {port} er optaget" in taken
            assert "22-11-2026 kl. 09.00" in loaded
            assert "De næste påmindelser kommer 23-11-2026 kl. 08.00" in coming
            (other,) = re.findall(r"http://127\.0\.0\.1:(\d+)", address)
            page = HTTPConnection("127.0.0.1", int(other))
            page.request("GET", "/")
            assert "<h1>Tovholder</h1>" in page.getresponse().read().decode()
            page.close()
            process.send_signal(signal.SIGINT)
            rest = process.stderr.read()
            assert "Tovholder er stoppet." in rest
            assert "{" not in rest
    assert process.returncode == 0


def test_second_demo_takes_a_folder_of_its_own_and_says_so(tmp_path: Path):
    with (
        running_demo(tmp_path, port=0) as first,
        running_demo(tmp_path, "--clock", "2026-07-13T09:00", port=0) as second,
    ):
        assert first.stderr
        assert second.stderr
        loaded, taken = first.stderr.readline(), second.stderr.readline()
        if "En anden demo" in loaded:
            loaded, taken = taken, loaded
        assert "Denne har sit eget sted: var/demo-2." in taken
        assert (tmp_path / "var" / "demo-2" / "tovholder.db").exists()
        assert (tmp_path / "var" / "demo" / "tovholder.db").exists()
