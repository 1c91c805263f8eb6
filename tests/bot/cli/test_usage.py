"""What a newcomer meets who types a command line wrong."""

from __future__ import annotations

import subprocess
import sys

import pytest

from bot.cli import app


@pytest.mark.parametrize(
    ("line", "told", "read_more"),
    [
        ("impor portfolio x.xlsx", "Kommandoen »impor« findes ikke. Mente du import?", "tovholder --help"),
        ("import meals x.xlsx", "Kommandoerne er: people, portfolio.", "tovholder import --help"),
        ("ask --jsom", "Tilvalget --jsom findes ikke. Mente du --json?", "tovholder ask --help"),
        ("ask røde projekter", "»projekter« er for meget. Sæt anførselstegn", "tovholder ask --help"),
        ("ask --batch", "--batch mangler en værdi.", "tovholder ask --help"),
        ("ask x --as a --as b", "--as er angivet to gange.", "tovholder ask --help"),
        ("import portfolio", "FIL mangler.", "tovholder import portfolio --help"),
        ("demo --speed hurtigt", "»hurtigt« kan ikke bruges til --speed.", "tovholder demo --help"),
        ("ask x --json=måske", "»måske« kan ikke bruges til --json.", "tovholder ask --help"),
        ("serve nu", "»nu« er for meget.", "tovholder serve --help"),
    ],
)
def test_newcomer_is_told_in_danish_what_is_wrong_with_the_line(
    line: str, told: str, read_more: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as exit_:
        app(line)
    assert exit_.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert told in " ".join(said.err.split())
    assert said.err.endswith(f"Se hjælpen: {read_more}\n")


def test_help_is_danish_throughout(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (
        "",
        *(name for name in app if not name.startswith("-")),
        "import portfolio",
        "import people",
        "sync people",
    ):
        app(f"{command} --help", result_action="return_value")
    page = capsys.readouterr().out
    assert page.count("Brug: tovholder") == page.count("Eksempel:")
    assert not [
        word for word in ("Usage", "Commands", "Parameters", "required", "default", "STR", "PATH") if word in page
    ]


def test_reader_who_has_seen_enough_is_not_shown_an_error() -> None:
    command = [sys.executable, "-c", "from bot.cli import main; main()", "--help"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
