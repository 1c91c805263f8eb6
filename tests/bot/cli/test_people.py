"""`tovholder person`."""

from __future__ import annotations

import pytest

from bot.cli.people import unlink
from tests.world.people import MAJA


@pytest.fixture(autouse=True)
def _on_the_small_portfolio(seeded_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", seeded_url)


def test_operator_parts_an_account_from_a_person(capsys: pytest.CaptureFixture[str]):
    assert unlink(str(MAJA.email)) == 0
    assert "Maja Holm har ikke længere en Teams-konto" in capsys.readouterr().out
    assert unlink(MAJA.address.upper()) == 0
    assert "Maja Holm havde ingen Teams-konto" in capsys.readouterr().out


def test_operator_who_mistypes_an_address_is_told_so(capsys: pytest.CaptureFixture[str]):
    assert unlink("ingen@kommune.example") == 2
    assert "ingen@kommune.example" in capsys.readouterr().err
