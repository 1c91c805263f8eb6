"""The page about personal data tells the times that the service keeps to."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape

import pytest

from bot.pages import privacy_page
from bot.pages.data_map import kept_and_how_long
from dialogs.privacy.keeping_words import period
from dialogs.texts import LANGUAGES, Texts
from dialogs.values.calendar_words import Language
from storage.data_map import DATA_MAP, Whose
from storage.retention import times


@pytest.mark.parametrize("language", LANGUAGES)
def test_employee_reads_how_long_each_thing_is_kept(language: Language) -> None:
    texts = Texts.of(language)
    page = privacy_page()
    for what, how_long in kept_and_how_long(texts):
        assert f"<tr><td>{escape(what)}</td><td>{escape(how_long)}</td></tr>" in page
    told = {how_long for _, how_long in kept_and_how_long(texts)}
    for _, rule in times():
        assert any(one.startswith(period(rule.time, texts)) for one in told), rule


def test_page_leaves_no_place_unfilled() -> None:
    assert "<!--" not in privacy_page()
    assert privacy_page().count("<table>") == len(LANGUAGES)


def test_times_stand_nowhere_but_in_the_tables() -> None:
    """A time that is written by hand is forgotten when the map changes."""
    by_hand = re.sub(r"<table>.*?</table>", "", privacy_page(), flags=re.DOTALL)
    assert re.findall(r"\d+ (?!timer|hours)(?:minut|dag|måned|år|minute|day|month|year)", by_hand) == []


def test_everything_that_goes_by_itself_is_about_people() -> None:
    """So nothing on the page is of no concern to whoever reads it."""
    for line, _ in times():
        assert {one.whose for one in DATA_MAP if one.table is line.table} != {Whose.NOBODY}, line.table.name


@pytest.mark.parametrize(
    ("time", "danish", "english"),
    [
        (timedelta(minutes=1), "1 minut", "1 minute"),
        (timedelta(minutes=10), "10 minutter", "10 minutes"),
        (timedelta(days=1), "1 dag", "1 day"),
        (timedelta(days=30), "30 dage", "30 days"),
        (timedelta(days=365), "1 år", "1 year"),
        (timedelta(days=400), "400 dage", "400 days"),
        (timedelta(days=730), "2 år", "2 years"),
    ],
)
def test_time_is_told_in_the_unit_it_is_a_whole_number_of(time: timedelta, danish: str, english: str) -> None:
    assert (period(time, Texts.of("da")), period(time, Texts.of("en"))) == (danish, english)
