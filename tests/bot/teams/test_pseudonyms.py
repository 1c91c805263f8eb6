"""An outsider's account is known again for a day, and by nobody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.teams.pseudonyms import Pseudonyms

MORNING = datetime(2026, 6, 9, 7, tzinfo=UTC)


def test_account_has_one_pseudonym_a_day_in_one_process() -> None:
    now = MORNING
    pseudonyms, others = Pseudonyms(lambda: now), Pseudonyms(lambda: now)
    first = pseudonyms.of("entra-ole")
    now += timedelta(hours=12)
    assert pseudonyms.of("entra-ole") == first
    assert pseudonyms.of("entra-maja") != first
    assert others.of("entra-ole") != first
    now += timedelta(hours=12)
    assert pseudonyms.of("entra-ole") != first


def test_pseudonym_says_nothing_of_the_account_whatever_it_is_made_of() -> None:
    pseudonym = Pseudonyms(lambda: MORNING).of("entra-ole \ud83d æ @")
    assert len(pseudonym) == 16
    assert set(pseudonym) <= set("0123456789abcdef")
