"""Whatever is suggested to somebody works for them, be it by help, by the welcome, or where they weren't understood."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dialogs.assistant import Assistant
from dialogs.cards.buttons import Ask
from dialogs.features import understand
from dialogs.turn.audience import Scope
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Stores
from portfolio.organisation import Person
from tests.dialogs.conftest import HERE
from tests.kit.cards import elements_of, heading
from tests.kit.talk import Talk
from tests.world.municipality import EVERYONE
from tests.world.people import AAGE, GRY, IB, INGE, METTE, SOREN, VAGN

Talking = Callable[..., Talk]
CAST = [*EVERYONE, None]
NOT_UNDERSTOOD = {
    "da": ["hvor mange biler har Gry Thorlund", "hvad koster digital post i strøm", "røde cykler", "qwxz plk",
           "hils Søren", "hvad siger Project Board om vejret", "er milepælen pæn", "forsinkede busser", "hvorfor"],
    "en": ["how many cars does Gry Thorlund have", "red bicycles", "qwxz plk", "does digital post use electricity"],
}  # fmt: skip


def name_of(person: Person | None) -> str:
    return person.name.split()[0] if person else "nobody"


def offered(reply: Reply) -> list[str]:
    actions = elements_of(reply.card or {}, "Action.Execute")
    return [action["data"]["text"] for action in actions if action["verb"] == Ask.verb]


async def failing(talk: Talk, questions: list[str]) -> list[str]:
    """Find those that somebody would press in vain."""
    found = []
    for question in questions:
        reply = await talk.say(question)
        if reply.is_unclear or reply.refusal:
            found.append(f"{question} -> {reply.text}")
    return found


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("person", CAST, ids=name_of)
async def test_all_that_help_and_welcome_suggest_works(talking: Talking, person: Person | None, language: str):
    talk = talking(person, language=language)
    greeting = {"da": "hej", "en": "hello"}[language]
    cards = [await talk.assistant.welcome(talk.turn), await talk.say("hjælp" if language == "da" else "help")]
    cards += [await talk.say(greeting), await talk.say("hvem er du" if language == "da" else "who are you")]
    questions = list(dict.fromkeys(question for card in cards for question in offered(card)))
    assert len(questions) >= 10
    assert await failing(talk, questions) == []


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("person", CAST, ids=name_of)
async def test_all_that_is_offered_instead_works(talking: Talking, person: Person | None, language: str):
    talk = talking(person, language=language)
    for words in NOT_UNDERSTOOD[language]:
        reply = await talk.say(words)
        assert reply.is_unclear, words
        assert len(offered(reply)) == 3, words  # two questions, and what it can
        assert await failing(talk, offered(reply)) == [], words


@pytest.mark.parametrize(
    ("words", "said", "first"),
    [
        ("hvad koster digital post i strøm", "»digital post«", "Hvad er status på Digital post?"),
        ("hils Gry Thorlund", "»Gry Thorlund«", "Hvilke projekter leder Gry Thorlund?"),
        ("røde cykler", "»røde«", "Hvilke projekter er røde?"),
        ("hvad siger Project Board om vejret", "»Project Board«", "Hvornår mødes Project Board?"),
    ],
)
async def test_what_was_understood_is_said_and_made_a_question_of(talking: Talking, words: str, said: str, first: str):
    reply = await talking(IB).say(words)
    assert f"Jeg forstod {said}" in reply.text
    assert offered(reply)[0] == first


async def test_offers_are_made_of_the_words_and_not_the_same_for_all(talking: Talking):
    texts = {(await talking(person).say("qwxz plk")).text for person in (SOREN, INGE, IB, None)}
    assert len(texts) >= 3
    assert offered(await talking(SOREN).say("qwxz plk")) != offered(await talking(SOREN).say("røde cykler"))


async def test_name_that_is_misspelt_is_offered(talking: Talking):
    reply = await talking(IB).say("hvad med byggesakker og vejret")
    assert any("Byggesager på nettet" in question for question in offered(reply))


@pytest.mark.parametrize(
    ("person", "suggested"),
    [
        (SOREN, "Hvad mangler jeg?"),
        (AAGE, "Mine projekter"),
        (INGE, "Hvad sender du de næste 14 dage?"),
        (GRY, "Hvilke projekter ejer jeg?"),
        (VAGN, "Hvornår mødes Direktionen?"),
        (IB, "Hvad må jeg?"),
    ],
    ids=lambda one: name_of(one) if isinstance(one, Person) else "",
)
async def test_each_is_helped_by_their_part(talking: Talking, person: Person, suggested: str):
    reply = await talking(person).say("hjælp")
    own = reply.text[reply.text.index("Dit eget:") : reply.text.index("\nStatus:")]
    assert suggested in own


async def test_help_and_welcome_say_what_waits(talking: Talking):
    talk = talking(METTE)
    assert "1 ting venter på dig." in (await talk.say("hjælp")).text
    assert "1 ting venter på dig." in (await talk.assistant.welcome(talk.turn)).text


async def test_stranger_is_told_how_to_be_added(talking: Talking):
    talk = talking(None)
    for reply in (await talk.assistant.welcome(talk.turn), await talk.say("hjælp")):
        assert "Bed en administrator om at lægge dig ind under Personer" in reply.text
        assert "Hvad mangler jeg?" not in reply.text


async def test_group_reads_nothing_of_what_waits_for_one(talking: Talking):
    text = (await talking(METTE, scope=Scope.GROUP).say("hjælp")).text
    assert "venter på dig" not in text
    assert "Dit eget" not in text


@pytest.mark.parametrize(
    "words", ["hvem er du", "er du en robot?", "hvad er du for noget", "who are you", "are you human"]
)
async def test_tovholder_says_who_it_is(talking: Talking, words: str):
    reply = await talking(IB).say(words)
    assert heading(reply) in {"Jeg er Tovholder", "I am Tovholder"}


async def test_help_without_stores_still_helps(cast_stores: Stores):
    talk = Talk(Assistant(cast_stores.reader, understand), SOREN, HERE)
    assert offered(await talk.say("hjælp"))
