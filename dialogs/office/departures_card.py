"""What is to be handed over after people who left, and that more would have left than is believed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dialogs.cards.elements import card_reply, container, line, listed_part, short_reply, together
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import LONGEST_TITLE, number_of
from dialogs.wording.values import more_words
from portfolio.departures import Departure

MOST_PEOPLE, MOST_NAMES = 8, 10
LONGEST_LINE = 600


def departures_card(departures: Sequence[Departure], audience: Audience) -> Reply:
    texts = audience.texts
    heading = texts.count("departures.heading", len(departures), number=number_of(len(departures), audience))
    intro = [texts.say("departures.intro")]
    parts = [_part(departure, audience) for departure in departures[:MOST_PEOPLE]]
    elements, words = together(*parts)
    more = more_words(len(departures) - MOST_PEOPLE, audience, "departures.more")
    led = next((number for departure in departures for number in departure.leads), None)
    how = [texts.say("departures.how", number=one_line(led, LONGEST_TITLE))] if led else []
    below = [*more, *how]
    body = [*(line(plain(text)) for text in intro), *elements, *(line(plain(text)) for text in below)]
    return card_reply(ForOne, heading, [*intro, *words, *below], body, texts)


def held_back_card(leaving: int, here: int, audience: Audience) -> Reply:
    texts = audience.texts
    numbers = {"leaving": number_of(leaving, audience), "here": number_of(here, audience)}
    return short_reply(ForOne, texts.say("held_back.heading"), texts.say("held_back.text", **numbers), texts)


def _part(departure: Departure, audience: Audience) -> tuple[list[dict[str, object]], list[str]]:
    rows = [
        (container([line(plain(words, LONGEST_LINE))], spacing="Small"), words) for words in _held(departure, audience)
    ]
    return listed_part(one_line(departure.person.name, LONGEST_TITLE), rows)


def _held(departure: Departure, audience: Audience) -> Iterator[str]:
    """Yields what somebody has, a sentence for each kind of thing."""
    texts = audience.texts
    projects = {
        name: [f"{number} {one_line(audience.names.project(number), LONGEST_TITLE)}" for number in numbers]
        for name, numbers in (
            ("leads", departure.leads),
            ("owns", departure.owns),
            ("risks", departure.risks),
            ("benefits", departure.benefits),
        )
    }
    roles = [texts.name("role", role) for role in departure.person.roles]
    for name, names in (
        *projects.items(),
        ("bodies", departure.bodies),
        ("departments", departure.departments),
        ("roles", roles),
    ):
        if names:
            shown = ", ".join(one_line(one, LONGEST_TITLE) for one in names[:MOST_NAMES])
            left = more_words(len(names) - MOST_NAMES, audience, "departures.more_of_it")
            yield texts.say(f"departures.{name}", names=", ".join([shown, *left]))
