"""The language of an answer: the message's where it is plain, else the person's own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogs.turn.visit import Stores
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.speech import plain_language
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import METTE, SOREN

Talking = Callable[..., Talk]


@pytest.fixture
async def lexicon(cast_stores: Stores) -> Lexicon:
    return Lexicon.of(await cast_stores.reader.vocabulary())


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("hvilke projekter er røde", "da"),
        ("hvilke projekter er roede", "da"),
        ("hvornår er næste møde i Project Board", "da"),
        ("status på Digital post: gul, leverandøren er forsinket", "da"),
        ("which projects are red", "en"),
        ("who leads Digital post", "en"),
        ("show my projects please", "en"),
        ("Digital post", None),
        ("status", None),
        ("ok", None),
        ("", None),
        ("🔴", None),
        ("hvad er deadline for the project", None),
        ("hjælp", "da"),
        ("help", "en"),
        ("mine projekter", "da"),
        ("my projects", "en"),
        ("tak", "da"),
        ("my projekter", None),
        ("xyzzy hjælp", None),
    ],
)
def test_language_is_plain_only_where_most_of_the_words_are_one_languages(
    text: str, language: str | None, lexicon: Lexicon
):
    assert plain_language(text, lexicon) == language


@pytest.mark.parametrize("client", ["da-DK", "en-GB"])
async def test_question_is_answered_in_the_language_it_was_asked_in(client: str, talking: Talking):
    talk = talking(SOREN, language=client)
    assert "projekter" in heading(await talk.say("hvilke projekter er der"))
    assert "projects" in heading(await talk.say("which projects are there"))


@pytest.mark.parametrize(
    ("said", "client", "confirmed", "kept"),
    [
        ("English please", "da-DK", "I answer you in English", "projects"),
        ("svar på engelsk fremover", "da-DK", "I answer you in English", "projects"),
        ("på dansk, tak", "en-GB", "Jeg svarer dig på dansk", "projekter"),
        ("answer in Danish", "en-GB", "Jeg svarer dig på dansk", "projekter"),
    ],
)
async def test_language_that_was_asked_for_is_kept(said: str, client: str, confirmed: str, kept: str, talking: Talking):
    talk = talking(SOREN, language=client)
    assert heading(await talk.say(said)) == confirmed
    shown = await talk.say("projekter")
    assert kept in heading(shown)
    assert kept in heading(await talking(SOREN, language=client, conversation="another").say("projekter"))
    assert kept not in heading(await talking(METTE, language=client).say("projekter"))


@pytest.mark.parametrize("way", ["fortryd", "fortryd sproget", "undo", "button"])
async def test_language_that_was_chosen_is_taken_back_and_nothing_before_it(way: str, talking: Talking):
    talk = talking(SOREN)
    await talk.say("jeg er på ferie fra 6. juli til 24. juli")
    await talk.say("svar på engelsk")
    answer = await (talk.press("Undo") if way == "button" else talk.say(way))
    assert "before you chose" in answer.text or "før du valgte" in answer.text
    assert "projekter" in heading(await talk.say("projekter"))
    assert "6. juli" in (await talk.say("mine påmindelser")).text


async def test_language_is_what_was_chosen_before(talking: Talking):
    talk = talking(SOREN, language="en-GB")
    await talk.say("på dansk, tak")
    await talk.say("answer in English")
    assert heading(await talk.say("undo")) == "Jeg svarer dig på dansk"
    assert "projekter" in heading(await talk.say("projekter"))


async def test_language_chosen_once_more_is_nothing_to_take_back(talking: Talking):
    talk = talking(SOREN)
    await talk.say("på dansk, tak")
    assert "Fortryd" not in (await talk.say("på dansk, tak")).text
    assert heading(await talk.say("fortryd")).startswith("Jeg svarer dig, som før")
