"""What docs/questions.md says can be asked is understood, and answered with the kind that it says."""

from __future__ import annotations

import importlib.util
import sys
from datetime import datetime
from pathlib import Path
from types import ModuleType
from zoneinfo import ZoneInfo

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from dialogs.texts import LANGUAGES
from portfolio.principal import speaking_as
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from tests.kit.fakes import FakeCourier
from tests.kit.stores import sql_stores

MAKER = Path(__file__).parents[3] / "docs" / "make_questions.py"
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


def _made() -> ModuleType:
    specification = importlib.util.spec_from_file_location("make_questions", MAKER)
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    sys.modules[specification.name] = module  # its dataclasses look for it
    specification.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    return _made()


def test_page_is_that_of_the_catalogue(maker: ModuleType) -> None:
    assert maker.DOCUMENT.read_text(encoding="utf-8") == maker.document(), "run `make questions`"


@pytest.mark.parametrize("section", [section["da"] for section in _made().SECTIONS if "goes_on" not in section])
async def test_reader_who_tries_an_example_gets_what_the_page_says(
    section: str, maker: ModuleType, example: Database
) -> None:
    assistant = Assistant(SqlPortfolioReader(example), understand)
    (asked,) = (one for one in maker.SECTIONS if one["da"] == section)
    wrong = []
    for one in maker.examples(asked):
        for language, text in (("da", one.danish), ("en", one.english)):
            answer = await assistant.document(text, Turn(speaking_as(None), language, NOON))
            if answer["kind"] != one.kind:
                wrong.append(f"{text}: {answer['kind']}, should be {one.kind}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_reader_who_goes_on_from_an_answer_gets_what_the_page_says(
    language: str, maker: ModuleType, example: Database
) -> None:
    stores = sql_stores(example, NOON.tzinfo, FakeCourier())
    assistant, (person, *_) = Assistant(stores.reader, understand, stores), (await stores.reader.vocabulary()).people
    wrong, at = [], LANGUAGES.index(language)
    for section in maker.SECTIONS:
        for one in (one for one in maker.examples(section) if one.after):
            text = (one.danish, one.english)[at]
            turn = Turn(speaking_as(person), language, NOON, conversation=text)
            await assistant.answer(one.after[at], turn)
            answer = await assistant.written(await assistant.answer(text, turn))
            if answer["kind"] != one.kind:
                wrong.append(f"{text}: {answer['kind']}, should be {one.kind}")
    assert not wrong, "\n".join(wrong)
