"""What an operator meets with `tovholder package`."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from bot.cli.packaging import package

APP_ID = "6f1c2f5e-53a1-4b8c-9d6a-0d3f3b1c7a20"


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """Stands in an empty folder with working settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOVHOLDER_APP_ID", APP_ID)
    monkeypatch.setenv("TOVHOLDER_PUBLIC_URL", "https://tovholder.example.dk")
    return monkeypatch


def test_operator_gets_the_package_of_this_deployment(operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    assert package(out=Path("app.zip")) == 0
    assert capsys.readouterr().out == "app.zip\n"
    manifest = json.loads(zipfile.ZipFile("app.zip").read("manifest.json"))
    assert (manifest["id"], manifest["validDomains"]) == (APP_ID, ["tovholder.example.dk"])


@pytest.mark.parametrize("missing", ["TOVHOLDER_APP_ID", "TOVHOLDER_PUBLIC_URL"])
def test_operator_is_told_which_setting_is_missing(
    operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
):
    operator.delenv(missing)
    assert package(out=Path("app.zip")) == 1
    message = capsys.readouterr().err
    assert message.startswith("Pakken er ikke lavet.")
    assert missing in message
    assert "Sæt den til" in message
    assert not Path("app.zip").exists()


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("TOVHOLDER_APP_ID", "tovholder"),
        ("TOVHOLDER_PUBLIC_URL", "http://tovholder.example.dk"),
        ("TOVHOLDER_PUBLIC_URL", "tovholder.example.dk"),
        ("TOVHOLDER_PUBLIC_URL", "https:///"),
    ],
)
def test_operator_is_told_which_setting_can_not_be_used(
    operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], setting: str, value: str
):
    operator.setenv(setting, value)
    assert package() == 1
    assert setting in capsys.readouterr().err


def test_operator_is_told_when_the_file_can_not_be_written(
    operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    assert package(out=Path("no/such/folder/app.zip")) == 1
    assert "no/such/folder/app.zip kunne ikke skrives" in capsys.readouterr().err
