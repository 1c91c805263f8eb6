"""Whatever common word is put into a question: the answer shows it, or says that it wasn't understood.

Try more of them with `WORDS_TRIED=100000 WORDS_SEED=7 pytest -s tests/dialogs/understanding/test_every_word.py`.
"""

from __future__ import annotations

import asyncio
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dialogs.features import understand
from dialogs.turn.readings import Asked, Reading
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import LANGUAGES, phrasebook, read_phrases
from dialogs.values.letters import fold
from portfolio.organisation import Person
from storage.questions.reader import SqlPortfolioReader
from tests.dialogs.understanding.check import questions
from tests.dialogs.understanding.conftest import WORKBOOK, closing_database
from tests.dialogs.understanding.test_elsewhere import FOLDER, MUNICIPALITIES, asked_in

TRIED = int(os.environ.get("WORDS_TRIED", "4000"))
SEED = int(os.environ.get("WORDS_SEED", "1"))
FEWEST_TOLD = 0.975
ENGLISH = re.compile(r"\b(?:the|which|what|who|projects|are|is|show|how|my)\b", re.IGNORECASE)
# What is said by these is so anyway: it is projects that are asked for, and those that run.
SAID_ANYWAY = (("target", "projects"), ("hint", "projects"), ("scope", "open"), ("period", "active"), ("when", "now"))


@dataclass(frozen=True, slots=True)
class Understood:
    """A question that is understood, of one municipality's portfolio."""

    text: str
    day: date
    lexicon: Lexicon
    asker: Person | None
    reading: Asked

    def read(self, text: str) -> Reading:
        return understand(text, self.lexicon, self.asker, self.day)


@pytest.fixture(scope="module")
def lexicons(imported: Callable[[Path], str]) -> dict[str, Lexicon]:
    """The names of each portfolio that there are questions for."""

    async def read(url: str) -> Lexicon:
        async with closing_database(url) as database:
            return Lexicon.of(await SqlPortfolioReader(database).vocabulary())

    workbooks = {"": WORKBOOK, **{name: FOLDER / f"{name}.xlsx" for name in MUNICIPALITIES}}
    return {name: asyncio.run(read(imported(workbook))) for name, workbook in workbooks.items()}


def understood(lexicons: dict[str, Lexicon]) -> Iterator[Understood]:
    every: list[tuple[str, dict[str, Any]]] = [("", question) for question in questions()]
    every += [(name, question) for name in MUNICIPALITIES for question in asked_in(name)]
    for name, question in every:
        lexicon, day = lexicons[name], date.fromisoformat(question["today"])
        asker = next((one for one in lexicon.vocabulary.people if one.email == question.get("as")), None)
        reading = understand(question["text"], lexicon, asker, day)
        if isinstance(reading, Asked):
            yield Understood(question["text"], day, lexicon, asker, reading)


def may_be_passed_over() -> set[str]:
    """The particles that the phrase files list, as they are typed too, and what is said anyway."""
    files = [read_phrases(language) for language in LANGUAGES]
    listed = [
        word
        for file in files
        for group in ("also", "unless_named", "joining")
        for word in file["filler"].get(group, [])
    ]
    listed += [phrase for file in files for section, value in SAID_ANYWAY for phrase in file[section].get(value, [])]
    short = {key for key, meant in phrasebook().typed.items() if phrasebook().particles.issuperset(meant)}
    return {fold(word) for word in listed} | phrasebook().particles | short


def common_words(language: str) -> list[str]:
    lines = (Path(__file__).parent / "words" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_common_word_put_into_a_question_is_used_or_explained(language: str, lexicons: dict[str, Lexicon]) -> None:
    chance, passed_over = random.Random(SEED), may_be_passed_over()  # noqa: S311
    asked = [one for one in understood(lexicons) if bool(ENGLISH.search(one.text)) is (language == "en")]
    words = [word for word in common_words(language) if fold(word) not in passed_over]
    dropped: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for _ in range(TRIED):
        question, word = chance.choice(asked), chance.choice(words)
        parts = question.text.split()
        at = chance.randint(0, len(parts))
        text = " ".join([*parts[:at], word, *parts[at:]])
        if question.read(text) == question.reading:
            dropped[word] += 1
            examples[word] = text
    told = 1 - dropped.total() / TRIED
    report = "\n".join(f"{count} {word}: {examples[word]}" for word, count in dropped.most_common(200))
    print(f"{language}: {told:.2%} of {TRIED} told\n{report}")  # noqa: T201
    assert told >= FEWEST_TOLD, report
