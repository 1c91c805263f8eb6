"""Web Chat is taken from npm once, and only when it is the very file that was tried."""

from __future__ import annotations

import hashlib
import os
import tarfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest

from bot.demo import fetch as fetching
from bot.demo.fetch import BUNDLE, PACKAGE, SHA256, VERSION, FetchError, fetch, is_there, main

FILES = {name: f"content of {name}".encode() for name in SHA256}


def install_npm(monkeypatch: pytest.MonkeyPatch, folder: Path, files: Mapping[str, bytes]) -> None:
    """An `npm pack` that needs no network: it copies a package that holds these files."""
    archive = folder / "package.tgz"
    with tarfile.open(archive, "w:gz") as package:
        for name, content in files.items():
            member = tarfile.TarInfo(f"package/dist/{name}")
            member.size = len(content)
            package.addfile(member, BytesIO(content))
    npm = folder / "npm"
    npm.write_text(f'#!/bin/sh\n/bin/cp {archive} "$6/{PACKAGE}-{VERSION}.tgz"\n')
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def _pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        fetching, "SHA256", {name: hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
    )


@pytest.mark.usefixtures("_pinned")
def test_newcomer_gets_the_bundle_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    install_npm(monkeypatch, tmp_path, {**FILES, "other.js": b"left out"})
    target = tmp_path / "webchat"
    assert fetch(target)
    assert is_there(target)
    assert sorted(path.name for path in target.iterdir()) == sorted(FILES)
    monkeypatch.setenv("PATH", "")
    assert not fetch(target)


@pytest.mark.usefixtures("_pinned")
def test_newcomer_with_a_damaged_file_gets_it_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    install_npm(monkeypatch, tmp_path, FILES)
    fetch(tmp_path / "webchat")
    (tmp_path / "webchat" / BUNDLE).write_text("damaged")
    assert fetch(tmp_path / "webchat")
    assert is_there(tmp_path / "webchat")


def test_newcomer_never_runs_another_file_than_the_one_pinned(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    install_npm(monkeypatch, tmp_path, FILES)
    with pytest.raises(FetchError, match="ikke den fil"):
        fetch(tmp_path / "webchat")
    assert not (tmp_path / "webchat").exists()


def test_newcomer_is_told_of_a_package_without_the_bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    install_npm(monkeypatch, tmp_path, {})
    with pytest.raises(FetchError, match="mangler"):
        fetch(tmp_path / "webchat")


def test_newcomer_without_net_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\nexit 1\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(FetchError, match="er der net"):
        fetch(tmp_path / "webchat")


def test_newcomer_without_node_is_offered_the_terminal_in_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", "")
    assert main() == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert "Node" in line
    assert "tovholder chat" in line
