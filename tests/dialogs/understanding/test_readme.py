"""The answers shown in the README are the ones people get."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from portfolio.principal import speaking_as
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader

README = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"<!-- answer: (.+?) -->\n```\n(.+?)\n```", README, re.DOTALL)
NOON = datetime(2026, 11, 22, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.mark.parametrize(("question", "answer"), SHOWN)
async def test_a_reader_who_tries_the_readme_gets_what_it_shows(question: str, answer: str, example: Database) -> None:
    reply = await Assistant(SqlPortfolioReader(example), understand).ask(question, Turn(speaking_as(None), "da", NOON))
    assert reply.text == answer


def test_the_readme_shows_answers() -> None:
    assert len(SHOWN) == 2
