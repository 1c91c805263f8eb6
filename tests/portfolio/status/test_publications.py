"""The outcome of a form says which report came of it, whatever the project is called."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from portfolio.status.reporting import PublicationKey

KEYS = st.builds(PublicationKey, st.text(), st.dates(), st.integers(1, 1000))


@given(KEYS)
def test_outcome_of_a_form_is_read_as_it_was_written(key: PublicationKey):
    assert PublicationKey.read(key.write()) == key


def test_outcome_of_a_form_is_written_as_it_always_was():
    assert PublicationKey("P001", date(2026, 6, 9), 2).write() == "P001|2026-06-09|2"


def test_form_that_led_to_no_report_has_another_outcome():
    assert PublicationKey.read("") is None
