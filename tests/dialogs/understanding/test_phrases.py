"""The phrase files say what a Danish colleague would expect of them."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from dialogs.understanding.language.phrasebook import LANGUAGES, phrasebook, read_phrases
from dialogs.values.letters import stems_of
from portfolio.projects.project import Phase, ProjectKind
from portfolio.projects.status import Light, Rag
from portfolio.questions.catalogue import ATTRIBUTES, SORTS, Kind

FOLDER = Path(__file__).parents[3] / "dialogs" / "understanding" / "phrases"
AMOUNTS = [one.name for one in ATTRIBUTES.values() if one.is_amount]
LACKING = [one.name for one in ATTRIBUTES.values() if one.may_lack]
PERIODS = [one.name for one in ATTRIBUTES.values() if one.kind is Kind.DAYS]
FILES = {language: read_phrases(language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_twice_under_one_meaning(language: str) -> None:
    twice = {
        (section, value): [phrase for phrase, count in Counter(phrases).items() if count > 1]
        for section, values in FILES[language].items()
        for value, phrases in values.items()
    }
    assert not {place: phrases for place, phrases in twice.items() if phrases}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_has_words(language: str) -> None:
    phrases = [phrase for values in FILES[language].values() for phrases in values.values() for phrase in phrases]
    assert all(stems_of(phrase) or phrase in {",", "&"} for phrase in phrases)


@pytest.mark.parametrize(
    ("section", "meanings"),
    [
        ("colour", Rag), ("light", Light), ("kind", ProjectKind), ("amount", AMOUNTS), ("attribute", LACKING),
        ("sort", [*SORTS, *(f"-{sort}" for sort in SORTS)]),
        ("phase", [*Phase, "closed_or_stopped"]), ("period", PERIODS),
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_section_names_only_what_a_question_can_hold(language: str, section: str, meanings: list[str]) -> None:
    assert set(FILES[language][section]) <= {str(meaning) for meaning in meanings}


def test_danish_covers_every_colour_light_kind_and_phase() -> None:
    danish = FILES["da"]
    assert set(danish["colour"]) == set(Rag)
    assert set(danish["light"]) == set(Light)
    assert set(danish["kind"]) == set(ProjectKind)
    assert set(danish["phase"]) == {*Phase, "closed_or_stopped"}


def test_the_longest_phrase_wins() -> None:
    stems = stems_of("hvilke projekter er over budget")
    end, meanings = phrasebook().matcher.longest(stems, 3) or (0, [])
    assert (end, meanings[0].value) == (5, "over_budget")


@pytest.mark.parametrize("language", LANGUAGES)
def test_meaning_stands_in_one_file(language: str) -> None:
    files = [tomllib.loads(file.read_text(encoding="utf-8")) for file in (FOLDER / language).glob("*.toml")]
    places = Counter((section, value) for file in files for section, values in file.items() for value in values)
    assert [place for place, count in places.items() if count > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_writer_is_told_what_each_section_is(language: str) -> None:
    for file in (FOLDER / language).glob("*.toml"):
        lines = file.read_text(encoding="utf-8").splitlines()
        above = dict(zip(lines[1:], lines, strict=False))
        untold = [line for line in lines if line.startswith("[") and not above.get(line, "").startswith("# ")]
        assert untold == [], file
