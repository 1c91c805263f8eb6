"""Numbers said in words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.values.number_words import in_digits, number_of_words, place_of_word
from dialogs.values.numbers import parse_number, write_number


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("nul", 0), ("en", 1), ("et", 1), ("tolv", 12), ("tyve", 20), ("enogtyve", 21), ("femogtredive", 35),
        ("halvtreds", 50), ("tooghalvtreds", 52), ("tres", 60), ("fem og halvfjerds", 75), ("firs", 80),
        ("nioghalvfems", 99), ("hundrede", 100), ("et hundrede", 100), ("to hundrede og halvtreds", 250),
        ("halvtredsindstyve", 50), ("Twenty-five", 25), ("fifty two", 52), ("one hundred", 100),
        ("a hundred and five", 105),
        ("tolv komma fem", "12.5"), ("to komma nul fem", "2.05"), ("tolv komma femogtyve", "12.25"),
        ("tolv en halv", "12.5"), ("tolv og en halv", "12.5"), ("halvanden", "1.5"), ("twelve and a half", "12.5"),
        ("en million", 1_000_000), ("halvanden million", 1_500_000), ("to millioner", 2_000_000), ("et tusind", 1000),
        ("two billion", 2_000_000_000), ("tre milliarder", 3_000_000_000), ("12 komma 5", "12.5"),
    ],
)  # fmt: skip
def test_number_is_heard_in_words(said: str, value: int | str):
    assert number_of_words(said) == Decimal(value)


@pytest.mark.parametrize(
    "said", ["", "60", "12,5", "komma", "halv", "tusind og en nat", "fem fem", "tolv komma", "x" * 100, "hundredemeter"]
)
def test_what_is_no_number_in_words_is_none(said: str):
    assert number_of_words(said) is None


def test_every_number_to_a_hundred_has_its_own_words():
    ones = ["en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni"]
    tens = {
        20: "tyve",
        30: "tredive",
        40: "fyrre",
        50: "halvtreds",
        60: "tres",
        70: "halvfjerds",
        80: "firs",
        90: "halvfems",
    }
    for size, ten in tens.items():
        assert [number_of_words(f"{one}og{ten}") for one in ones] == list(range(size + 1, size + 10))


def test_words_in_a_date_become_digits():
    assert in_digits("uge seksogtyve") == "uge 26"
    assert in_digits("den tredje juni") == "den 3. juni"
    assert (place_of_word("anden"), place_of_word("tenth"), place_of_word("gul")) == (2, 10, None)


@given(st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False), st.sampled_from(["da", "en"]))
def test_number_is_read_as_it_is_written_in_either_language(value: Decimal, language: str):
    assert parse_number(write_number(value, language), language) == value


@given(st.text(max_size=80))
def test_any_text_is_a_number_or_none(text: str):
    number_of_words(text)
