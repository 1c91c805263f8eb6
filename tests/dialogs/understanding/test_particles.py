"""A word is passed over only where it has a known part in the sentence; all others are used, or said not to be."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs.features import understand
from dialogs.turn.readings import Asked, Unclear
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.phrasebook import LANGUAGES, read_phrases
from dialogs.values.letters import fold
from portfolio.projects.status import Rag
from portfolio.questions.question import which

TODAY = date(2026, 11, 22)
CHANGING = (
    "hver", "pr", "per", "mindst", "højst", "sidst", "sidste", "første", "flere", "færre", "mere", "under", "over",
    "siden", "efter", "før", "ellers", "andre", "næsten", "enten", "hvis", "aldrig", "undtagen", "hvorfor", "næste",
    "måske",
)  # fmt: skip


@pytest.mark.parametrize("word", CHANGING)
def test_word_that_changes_the_meaning_is_not_among_the_particles_that_may_stand_anywhere(word: str) -> None:
    anywhere = {phrase for name in ("small", "shade") for phrase in read_phrases("da")["particle"][name]}
    assert word not in anywhere


@pytest.mark.parametrize("language", LANGUAGES)
def test_particles_are_few(language: str) -> None:
    single = {fold(one) for group in read_phrases(language)["particle"].values() for one in group if " " not in one}
    assert len(single) <= 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hvilke projekter mangler penge", ("penge",)),
        ("hvem arbejder i dag med røde projekter", ()),
        ("hvilke projekter vis er røde", ("vis",)),
        ("hvilke ligger i røde projekter", ("ligger i",)),
        ("projekter eller røde", ("eller",)),
        ("tak for hvilke kage røde projekter", ("kage",)),
        ("which projects show are red", ("show",)),
        ("projects or red", ("or",)),
    ],
)  # fmt: skip
def test_word_out_of_place_is_said_not_to_be_understood(text: str, words: tuple[str, ...], lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Unclear), reading
    assert reading.words == words or not words


@pytest.mark.parametrize(
    "text",
    [
        "ka du vise de røde", "gi mig lige de røde projekter", "jeg vil ha de røde", "sku vi ha nogle røde",
        "er der nogn røde", "er der nogle røde ik", "lad mig se de røde", "viis de røde", "hva for nogle er røde",
        "kan du finde de røde frem", "print listen over røde projekter", "hvilke projekter er røøde",
        "vil du være så venlig at vise de røde", "kun røde projekter", "hvilke projekter lyser rødt",
        "hvilke projekter står i rødt", "gimme the red projects", "could you please list the red ones, thanks",
    ],
)  # fmt: skip
def test_it_reads_what_people_type_on_a_phone(text: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert reading.question.where == which(overall=(Rag.RED,))


@pytest.mark.parametrize(
    "text",
    [
        "hvordan går d med skærmbesøg", "hvordan gårdet med skærmbesøg", "hvordan går det med skærm besøg",
        "hej kan du fortælle hvem der leder skærmbesøg", "øh hvem var det nu der ledte skærmbesøg",
        "jeg kan ikke huske hvem der leder skærmbesøg",
    ],
)  # fmt: skip
def test_one_project_is_asked_about_on_a_phone(text: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert reading.question.where == which(projects=("P001",))


@pytest.mark.parametrize(
    "text",
    ["uge", "aflys", "klima og frisurer", "hvem vandt kampen"],
)
def test_everyday_word_is_no_misspelt_name(text: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Unclear), reading
    assert reading.near == ()


@pytest.mark.parametrize(("text", "area"), [("klima og resurser", "Klima og ressourcer")])
def test_name_may_be_spelt_in_another_way(text: str, area: str, lexicon: Lexicon) -> None:
    reading = understand(text, lexicon, None, TODAY)
    assert isinstance(reading, Asked), reading
    assert reading.question.where == which(focus_areas=(area,))
