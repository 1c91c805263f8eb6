"""A model is asked where all of it is set, at an address where something may be sent."""

from __future__ import annotations

from typing import Any

import pytest

from bot.model.setup import model_of, read_again_of
from bot.settings import Settings, SettingsError
from dialogs.understanding.second.reading import unread

WHOLE = {"model_url": "https://model.example.dk/v1", "model_name": "husets-model", "model_key": "hemmelig"}


def settings(**values: Any) -> Settings:
    return Settings(_env_file=None, mode="local", **values)


def test_none_is_asked_where_none_is_set() -> None:
    assert model_of(settings()) is None
    assert read_again_of(settings(model_may_see_names=True)) is unread


def test_model_is_asked_where_all_of_it_is_set() -> None:
    model = model_of(settings(**WHOLE))
    assert model is not None
    assert (model.url, model.name, model.key.get_secret_value()) == tuple(WHOLE.values())
    assert settings(**WHOLE).check({}) == []
    assert read_again_of(settings(**WHOLE)) is not unread


@pytest.mark.parametrize("url", ["http://127.0.0.1:11434/v1", "http://localhost:8080/v1/", "https://10.0.0.5:8000/v1"])
def test_model_may_be_in_the_house(url: str) -> None:
    assert settings(**WHOLE | {"model_url": url}).check({}) == []


@pytest.mark.parametrize("missing", WHOLE)
def test_half_a_model_is_refused_and_what_is_missing_named(missing: str) -> None:
    half = settings(**{name: value for name, value in WHOLE.items() if name != missing})
    (problem,) = half.check({})
    assert f"{missing.upper()} mangler" in problem
    with pytest.raises(SettingsError, match=f"{missing.upper()} mangler"):
        model_of(half)


@pytest.mark.parametrize(
    "url",
    [
        "http://model.example.dk/v1",
        "http://10.0.0.5/v1",
        "https://169.254.169.254/v1",
        "https://0.0.0.0/v1",
        "https://u:p@model.example.dk/v1",
        "https://model.example.dk/v1?api-version=1",
        "https://model.example.dk/v1#x",
        "model.example.dk",
        "ftp://model.example.dk",
        " ",
    ],
)
def test_nothing_is_sent_to_an_unsafe_address(url: str) -> None:
    unsafe = settings(**WHOLE | {"model_url": url})
    (problem,) = unsafe.check({})
    assert "MODEL_URL" in problem
    with pytest.raises(SettingsError):
        read_again_of(unsafe)


def test_key_is_never_shown() -> None:
    assert "hemmelig" not in repr(settings(**WHOLE))
