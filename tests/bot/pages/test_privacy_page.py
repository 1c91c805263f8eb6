"""The page about personal data tells the times that the service keeps to."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape

import pytest
from pydantic import SecretStr

from bot.pages import ModelUse, privacy_page
from bot.pages.data_map import kept_and_how_long
from bot.settings import Settings
from dialogs.privacy.keeping_words import period
from dialogs.texts import LANGUAGES, Texts
from dialogs.values.calendar_words import Language
from storage.data_map import DATA_MAP, Whose
from storage.retention import times
from tests.kit.bench import open_bench
from tests.kit.teams import FakeTeams


@pytest.mark.parametrize("language", LANGUAGES)
def test_employee_reads_how_long_each_thing_is_kept(language: Language) -> None:
    texts = Texts.of(language)
    page = privacy_page()
    for what, how_long in kept_and_how_long(texts):
        assert f"<tr><td>{escape(what)}</td><td>{escape(how_long)}</td></tr>" in page
    told = {how_long for _, how_long in kept_and_how_long(texts)}
    for _, rule in times():
        assert any(one.startswith(period(rule.time, texts)) for one in told), rule


@pytest.mark.parametrize("model", ModelUse)
def test_page_leaves_no_place_unfilled(model: ModelUse) -> None:
    assert "<!--" not in privacy_page(model)
    assert privacy_page(model).count("<table>") == len(LANGUAGES)


@pytest.mark.parametrize(
    ("model", "danish", "english"),
    [
        (ModelUse.NEVER, "Ingen sprogmodel læser med.", "No language model reads along."),
        (ModelUse.WITHOUT_NAMES, "Navne på personer og e-mailadresser bliver skjult", "names and e-mail addresses are"),
        (ModelUse.WITH_NAMES, "også med de navne på personer", "with the names of people"),
    ],
)
def test_employee_reads_whether_a_language_model_reads_along(model: ModelUse, danish: str, english: str) -> None:
    page = privacy_page(model)
    assert danish in page
    assert english in page
    others = [one for one in ModelUse if one is not model]
    assert not [one for one in others if Texts.of("da").say(f"data_model.{one.value}") in page]


@pytest.mark.parametrize(
    ("may_see_names", "told"), [(None, "Ingen sprogmodel"), (False, "bliver skjult først"), (True, "også med de navne")]
)
async def test_service_tells_it_by_its_settings(
    may_see_names: bool | None, told: str, local_settings: Settings
) -> None:
    values = {"model_url": "http://127.0.0.1:9/v1", "model_name": "model", "model_key": SecretStr("key")}
    model = {} if may_see_names is None else {**values, "model_may_see_names": may_see_names}
    async with (
        open_bench(local_settings.model_copy(update=model), FakeTeams()) as bench,
        bench.client.get(f"{bench.url}/privacy") as response,
    ):
        assert told in await response.text()


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
