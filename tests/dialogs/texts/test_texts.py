"""The two languages say the same, in files that whoever writes them can find their way in."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogs.texts import FILES, Texts
from portfolio.bodies import BodyKind
from portfolio.organisation import Role
from portfolio.projects.project import Phase, ProjectKind
from tests.kit.source import nodes_of

ROOT = Path(__file__).parents[3]
TEXTS = ROOT / "dialogs" / "texts"
ROOMS = ("bot", "dialogs", "portfolio", "storage", "manifest")
# Words that only the Danish texts say, but that are English, a code or an abbreviation where Python says them.
NOT_DANISH = frozenset({"da", "en", "handling", "kl", "kr", "lang", "mine", "net", "normal", "nr", "os", "sig", "var"})
# Danish in Python that nobody reads.
UNDERSTOOD = "words by which it is understood what people write"
LETTERS = "letters that are sorted or compared"
ADDRESS = "part of an address of the demo's chat page, which people may have kept"
DANISH_IN_PYTHON = {
    "portfolio/questions/question.py": "the least of something, as scripts read it",
    "dialogs/understanding": UNDERSTOOD,
    "dialogs/values": UNDERSTOOD,
    "dialogs/forms/said": UNDERSTOOD,
    "dialogs/forms/waiting.py": UNDERSTOOD,
    "bot/demo/terminal.py": UNDERSTOOD,
    "bot/importing/amounts.py": UNDERSTOOD,
    "bot/importing/cells.py": UNDERSTOOD,
    "bot/importing/dates.py": UNDERSTOOD,
    "bot/importing/columns.py": LETTERS,
    "bot/importing/csv_file.py": LETTERS,
    "storage/sorting.py": LETTERS,
    "bot/demo/cast.py": ADDRESS,
    "bot/teams/markup.py": "the HTML attribute »alt«",
}


def placeholders(texts: Texts) -> dict[str, set[str]]:
    written = texts.by_key
    return {key: {name for _, name, _, _ in string.Formatter().parse(text) if name} for key, text in written.items()}


def test_both_languages_have_the_same_texts_with_the_same_placeholders():
    assert placeholders(Texts.of("da")) == placeholders(Texts.of("en"))


def test_workbook_and_answers_use_the_same_danish_words():
    texts = Texts.of("da")
    kinds = [texts.name("kind", kind) for kind in ProjectKind]
    phases = [texts.name("phase", phase) for phase in Phase]
    roles = [texts.name("role", role) for role in Role]
    bodies = [texts.name("body_kind", kind) for kind in BodyKind]
    assert kinds == ["National", "Fælleskommunal", "Tværkommunal", "Egen tværgående", "Lokal"]
    assert phases == ["Idé", "Analyse", "Planlægning", "Gennemførelse", "Realisering", "Afsluttet", "Stoppet"]
    assert roles == [
        "Medarbejder",
        "Projektleder",
        "Leder",
        "Chef",
        "Direktør",
        "Sekretær",
        "Administrator",
        "Kampagneleder",
        "DPO",
    ]
    assert bodies == [
        "Styregruppe", "Programgruppe", "Project Board", "Direktion",
        "Chefforum", "IOD", "IT-sikkerhedsgruppe", "Andet",
    ]  # fmt: skip


@pytest.mark.parametrize("locale", [None, "", "da-DK", "sv-SE"])
def test_everyone_but_the_english_is_spoken_to_in_danish(locale: str | None):
    assert Texts.of(locale).language == "da"


@pytest.mark.parametrize("locale", ["en", "en-GB", "EN-us"])
def test_english_speaker_is_spoken_to_in_english(locale: str):
    assert Texts.of(locale).language == "en"


def test_texts_do_not_shout_or_beg():
    words = "\n".join(Texts.of("da").by_key.values()).lower()
    assert not re.search(r"!|venligst|ups", words)


def test_one_and_many_are_counted_in_words():
    texts = Texts.of("da")
    assert texts.count("people.projects", 1) == "1 projekt"
    assert texts.count("people.projects", 12) == "12 projekter"
    assert texts.count("people.projects", 0) == "0 projekter"


def test_text_stands_in_one_file():
    keys = [key for name in FILES for key in _keys(tomllib.loads((TEXTS / "da" / f"{name}.toml").read_text("utf-8")))]
    assert [key for key in keys if keys.count(key) > 1] == []


def _keys(sections: dict[str, dict[str, Any]]) -> list[str]:
    return [f"{section}.{key}" for section, entries in sections.items() for key in entries]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("name", FILES)
def test_writer_is_told_where_each_section_is_seen(name: str, language: str):
    begins = {"da": "# Vises", "en": "# Shown"}[language]
    lines = (TEXTS / language / f"{name}.toml").read_text("utf-8").splitlines()
    above = dict(zip(lines[1:], lines, strict=False)) | {lines[0]: ""}
    sections = [line for line in lines if line.startswith("[") and not line.startswith("[remark.")]
    sections += [line for line in lines if line.startswith("[remark.")][:1]  # the others come below it
    assert [section for section in sections if not above[section].startswith(begins)] == []


def words(text: str) -> set[str]:
    return set(re.findall(r"(?<!\w)[a-zæøåé]{2,}(?!\w)", re.sub(r"\{.*?\}", " ", text).lower()))


def only_danish() -> set[str]:
    """The words that the Danish texts use, and the English ones never."""
    danish, english = (words("\n".join(Texts.of(language).by_key.values())) for language in ("da", "en"))
    return danish - english - NOT_DANISH


def said_in(file: Path) -> Iterator[str]:
    """The strings of a file of code, without its docstrings and the keys of texts."""
    nodes = nodes_of(file)
    docstrings = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        is_string = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
        if is_string and not re.fullmatch(r"\w+\.\w+", node.value):
            yield node.value


def test_danish_that_people_read_stands_in_the_texts():
    danish = only_danish()
    strings = (
        (file.relative_to(ROOT).as_posix(), string)
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        for string in said_in(file)
    )
    found = [(place, one) for place, one in strings if words(one) & danish or re.search("[æøåÆØÅ]", one)]
    assert [(place, one) for place, one in found if not place.startswith(tuple(DANISH_IN_PYTHON))] == []


@pytest.mark.parametrize("place", DANISH_IN_PYTHON)
def test_place_that_may_hold_danish_holds_no_sentences(place: str):
    """Words and patterns are understood; what begins with a capital and ends with a full stop is said."""
    path = ROOT / place
    files = list(path.rglob("*.py")) if path.is_dir() else [path]
    assert files
    sentences = [one for file in files for one in said_in(file) if re.fullmatch(r"[A-ZÆØÅ][^\\]*\s[^\\]*[.?]", one)]
    assert sentences == []
