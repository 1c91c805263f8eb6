"""People ask what the portfolio's words mean, and are told by the rules that hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from dialogs.glossary.card import Explained
from dialogs.texts import LANGUAGES, Texts
from dialogs.turn.audience import Audience
from dialogs.understanding.orders.cues import groups_called
from portfolio.projects import signals
from portfolio.projects.status import DEFAULT_RHYTHM_DAYS
from tests.kit.cards import faults, heading
from tests.kit.talk import Talk
from tests.world.people import IB, SOREN

Talking = Callable[..., Talk]
WORDS = sorted(group.removeprefix("word_") for group in groups_called("word_"))


async def document(talk: Talk, text: str) -> dict[str, object]:
    return await talk.assistant.document(text, talk.turn)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("hvad betyder gul", "amber"),
        ("hvad betyder det at et projekt er gult", "amber"),
        ("Hvad betyder farven rød?", "red"),
        ("hvad vil det sige at et projekt er grønt", "green"),
        ("hvad betyder ingen status", "none"),
        ("hvad er en milepæl", "milestone"),
        ("hvad er et fokusområde", "focus_area"),
        ("hvad menes med egen tværgående", "cross_cutting"),
        ("hvornår er et projekt forsinket", "late"),
        ("hvornår bliver et projekt rødt", "red"),
        ("hvornår mangler et projekt status", "missing_status"),
        ("hvad betyder mangler status", "missing_status"),
        ("hvad er uenig med tallene", "disputed"),
        ("hvad betyder over budget", "over_budget"),
        ("kan du forklare farverne", "colours"),
        ("hvad er en stedfortræder", "deputy"),
        ("hvad er en statusrunde", "round"),
        ("hvad vil gul sige", "amber"),
        ("hvad er reglerne for rød", "red"),
        ("hvornår skifter et projekt til rødt", "red"),
        ("hvad er et projekt", "project"),
        ("what does amber mean", "amber"),
        ("what does it mean that a project is red", "red"),
        ("what is a milestone", "milestone"),
        ("when is a project late", "late"),
        ("what is meant by missing status", "missing_status"),
        ("explain the phases", "phase"),
        ("what's a barrier?", "barrier"),
    ],
)
async def test_word_is_explained(talking: Talking, words: str, meant: str):
    told = await document(talking(IB), words)
    assert (told["kind"], told["understood"]) == ("help", {"command": "explain", "words": [meant]})


async def test_two_words_are_told_apart(talking: Talking):
    reply = await talking(IB).say("hvad er forskellen på en risiko og en barriere")
    assert heading(reply).startswith("Risiko: ")
    assert "Barriere: " in reply.text


@pytest.mark.parametrize(
    "words",
    [
        "hvad betyder gdpr", "what does gdpr mean", "hvad betyder livet", "hvad er en robot",
        "hvad er meningen med livet", "what does skærmbesøg mean", "hvad betyder grønne områder",
        "hvad er en god milepæl", "what is a good life", "hvad er et sprint", "hvad betyder jul",
    ],
)  # fmt: skip
async def test_word_that_is_none_of_the_portfolios_is_not_understood(talking: Talking, words: str):
    assert (await document(talking(SOREN), words))["kind"] == "unclear"


@pytest.mark.parametrize(
    "words",
    [
        "hvad er rødt", "hvad er forsinket", "vis mig de røde", "kan du vise mig de gule", "show me the red projects",
         "hvilke projekter er gule", "hvad er budgettet",
        "hvad er over budget", "projekter med rød risiko som Søren Æbelø-Østergård står for", "what is the mean budget",
        "what are the red projects", "forklar skærmbesøg", "hvad er status på skærmbesøg", "what is late",
    ],
)  # fmt: skip
async def test_question_on_the_portfolio_stays_one(talking: Talking, words: str):
    told = await document(talking(SOREN), words)
    assert told["kind"] not in {"help", "unclear"}


def test_limits_are_those_of_the_rules(audience: Audience):
    amber, late = (Explained((word,)).reply(audience).text for word in ("amber", "missing_status"))
    assert f"{int(signals.RED_SHARE * 100)} %" in amber
    assert f"{int(signals.RED_KRONER / 1_000_000)} mio. kr." in amber
    assert f"mindst {signals.AMBER_MONTHS} måned" in amber
    assert timedelta(days=DEFAULT_RHYTHM_DAYS) == timedelta(days=28)
    assert "28 dage" in late


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", WORDS)
def test_every_word_has_an_explanation_that_fits_a_card(audience: Audience, word: str, language: str):
    reader = Audience(Texts.of(language), audience.names, audience.now, audience.asker)
    card = Explained((word,)).reply(reader).card
    assert card is not None
    assert faults(card) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("word", WORDS)
async def test_every_question_to_try_is_answered(talking: Talking, word: str, language: str):
    question = Texts.of(language).say(f"glossary.{word}.ask")
    reply = await talking(SOREN, language=language).say(question)
    assert not reply.is_unclear
    assert reply.refusal is None
