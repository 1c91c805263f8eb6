from __future__ import annotations

import time
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.values.numbers import NumberFault, UnreadableNumber, format_money, format_number, parse_number


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1.250.000,50", "1250000.50"),
        ("1250000.5", "1250000.5"),
        ("1,250,000.50", "1250000.50"),
        ("1,250,000", "1250000"),
        ("1 250 000,50", "1250000.50"),
        ("1\u00a0250\u00a0000", "1250000"),
        ("1'250'000", "1250000"),
        ("1.250", "1250"),
        ("1,250", "1.250"),
        ("12.5", "12.5"),
        ("0.125", "0.125"),
        ("1250.125", "1250.125"),
        ("1,3 mio.", "1300000"),
        ("1.3 mio", "1300000"),
        ("2 mio. kr.", "2000000"),
        ("2 millioner kroner", "2000000"),
        ("1,2 mia. kr.", "1200000000"),
        ("500.000 kr", "500000"),
        ("kr. 500.000", "500000"),
        ("500.000,- kr.", "500000"),
        ("500,-", "500"),
        ("DKK 450", "450"),
        ("450 t.kr.", "450000"),
        ("450 tkr", "450000"),
        ("12,5 %", "12.5"),
        ("12,5 pct.", "12.5"),
        ("-3", "-3"),
        ("−3", "-3"),
        ("+3", "3"),
        ("007", "7"),
        (" 42 ", "42"),
    ],
)
def test_people_write_numbers_in_many_ways(text: str, meant: str) -> None:
    assert parse_number(text) == Decimal(meant)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NumberFault.EMPTY),
        ("\u00a0", NumberFault.EMPTY),
        ("ukendt", NumberFault.UNKNOWN_FORM),
        ("1.25.0000", NumberFault.UNKNOWN_FORM),
        ("1,25,30", NumberFault.UNKNOWN_FORM),
        ("1 250 00", NumberFault.UNKNOWN_FORM),
        ("ca. 500", NumberFault.UNKNOWN_FORM),
        ("NaN", NumberFault.UNKNOWN_FORM),
        ("inf", NumberFault.UNKNOWN_FORM),
        ("1e5", NumberFault.UNKNOWN_FORM),
        ("٣", NumberFault.UNKNOWN_FORM),
        ("1" * 41, NumberFault.TOO_LONG),
    ],
)
def test_what_is_no_number_is_refused_with_its_reason(text: str, reason: NumberFault) -> None:
    with pytest.raises(UnreadableNumber) as refused:
        parse_number(text)
    assert refused.value.reason is reason


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2), st.sampled_from(["da", "en"]))
def test_money_written_by_us_is_read_back_as_it_was(value: Decimal, language: str) -> None:
    written = format_money(value, language, short=False)
    if language == "da" or "." in written:
        assert parse_number(written) == value


@given(st.text(max_size=60))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    with suppress(UnreadableNumber):
        assert parse_number(text).is_finite()


@pytest.mark.parametrize(
    ("value", "full", "short", "english"),
    [
        ("1250000", "1.250.000 kr.", "1,3 mio. kr.", "DKK 1,250,000"),
        ("2000000", "2.000.000 kr.", "2 mio. kr.", "DKK 2,000,000"),
        ("450000.5", "450.000,50 kr.", "450.001 kr.", "DKK 450,000.50"),
        ("1200000000", "1.200.000.000 kr.", "1,2 mia. kr.", "DKK 1,200,000,000"),
        ("-1500000", "-1.500.000 kr.", "-1,5 mio. kr.", "DKK -1,500,000"),
        ("0", "0 kr.", "0 kr.", "DKK 0"),
    ],
)
def test_money_is_written_as_danes_do(value: str, full: str, short: str, english: str) -> None:
    assert format_money(Decimal(value), "da", short=False) == full
    assert format_money(Decimal(value), "da", short=True) == short
    assert format_money(Decimal(value), "en", short=False) == english


def test_numbers_are_written_with_no_more_decimals_than_they_have() -> None:
    assert format_number(Decimal("12.50"), "da") == "12,5"
    assert format_number(Decimal(1250000), "da") == "1.250.000"
    assert format_number(Decimal("1E+3"), "en") == "1,000"


@pytest.mark.parametrize("garbage", ["1" * 100_000, "1." * 50_000, "1 " * 20, ",." * 20, "1.1" * 13])
def test_long_garbage_is_refused_at_once(garbage: str) -> None:
    began = time.process_time()
    with pytest.raises(UnreadableNumber):
        parse_number(garbage)
    assert time.process_time() - began < 0.05
