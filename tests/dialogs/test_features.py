"""A feature that is added must be whole: its orders, buttons, forms and questions lead somewhere, and have words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import pytest

import dialogs
from dialogs.assistant import Assistant
from dialogs.cards.buttons import Ask, Change, OpenProject, Show, Unchanged
from dialogs.cards.elements import button, card
from dialogs.feature import Feature
from dialogs.features import FEATURES
from dialogs.forms.filling import Forms
from dialogs.texts import FILES, LANGUAGES, Texts
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.button import Button, Thing, references
from dialogs.turn.orders import Greet, Order, RepeatStatus, Thank
from dialogs.turn.reply import ForAll, Reply
from dialogs.turn.visit import Stores, Visit
from portfolio.bodies import Meeting
from portfolio.deeds import Deed
from portfolio.deliveries import RunReport
from portfolio.drafts import FormDraft
from portfolio.questions.question import Target
from portfolio.rounds import Round
from tests.kit.cards import heading
from tests.kit.fakes import Readings
from tests.kit.pressing import BUTTONS
from tests.kit.talk import Talk
from tests.world.people import SOREN
from tests.world.portfolio import NOW

ROOM = Path(dialogs.__file__).parent
# Answered by the assistant itself: questions are asked by these, and small talk needs nobody to do it.
ASKED_BY = {Show, Change, OpenProject, Ask}
SMALL_TALK = {Greet.command, Thank.command}


def commands(order: type[Order]) -> set[str]:
    """The commands of an order and all its kinds, but for those that others build on."""
    below = {command for kind in order.__subclasses__() for command in commands(kind)}
    return below | {order.command} if hasattr(order, "command") else below


def taken(by: Callable[[Feature], Mapping[Any, Any]]) -> Counter[Any]:
    return Counter(name for feature in FEATURES for name in by(feature))


def test_each_order_button_form_and_question_is_one_features():
    told = taken(lambda feature: {**feature.orders, **feature.shows})
    assert {order.command for order in told} == commands(Order) - SMALL_TALK
    assert max(told.values()) == 1
    assert taken(lambda feature: feature.answers) == Counter(Target)
    assert max(taken(lambda feature: feature.forms).values()) == 1
    presses = taken(lambda feature: feature.presses) + Counter(list(Forms({}).presses)) + Counter(ASKED_BY)
    assert max(presses.values()) == 1
    assert max(Counter(kind.verb for kind in presses).values()) == 1


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_each_handler_takes_the_orders_that_lead_to_it(feature: Feature):
    for order, handler in feature.orders.items():
        _, taken_type, _ = get_type_hints(handler).values()
        assert issubclass(order, taken_type), order
    for order, show in feature.shows.items():
        _, _, taken_type, _ = get_type_hints(show).values()
        assert issubclass(order, taken_type), order


@pytest.mark.parametrize("kind", BUTTONS.presses, ids=lambda kind: kind.verb)
def test_each_handler_takes_the_button_that_leads_to_it_and_what_it_names(kind: type[Button]):
    handler = BUTTONS.presses[kind]
    _, button, *things, _ = get_type_hints(handler).values()
    assert button is kind or isinstance(button, TypeVar)  # a form's handlers are of any of its buttons
    held = {
        Thing.DRAFT: FormDraft,
        Thing.DEED: Deed,
        Thing.ROUND: Round,
        Thing.MEETING: Meeting | None,
        Thing.RUN: RunReport,
    }
    assert things == [held[thing] for thing in references(kind).values() if thing in held]


def test_each_feature_is_the_folder_of_its_name():
    assert [feature.name for feature in FEATURES if not (ROOM / feature.name / "__init__.py").exists()] == []
    assert max(Counter(feature.name for feature in FEATURES).values()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_order_and_form_has_a_name_that_people_read(language: str):
    texts = Texts.of(language)
    names = [f"command.{order.command}" for feature in FEATURES for order in (*feature.orders, *feature.shows)]
    names += [f"form_kind.{kind}" for feature in FEATURES for kind in feature.forms]
    assert [name for name in names if not texts.has(name)] == []


@dataclass(frozen=True)
class Rung:
    """The answer of a made-up feature: a bell."""

    times: int

    def reply(self, audience: Audience) -> Reply:
        again = button("Igen", Unchanged("P001", self.times + 1))
        return ForAll(card(f"Ding × {self.times}", [], audience.texts, "Ding", [again]), "Ding")


async def ring(_visit: Visit, _order: Order) -> Answer:
    return Rung(1)


async def ring_again(_visit: Visit, button: Unchanged) -> Answer:
    return Rung(button.revision)


async def test_feature_that_is_only_named_in_the_list_is_ordered_and_pressed(cast_stores: Stores, readings: Readings):
    bell = Feature("bell", orders={RepeatStatus: ring}, presses={Unchanged: ring_again})
    readings.meaning["ring"] = RepeatStatus()
    talk = Talk(Assistant(cast_stores.reader, readings, cast_stores, [bell]), SOREN, NOW)
    assert heading(await talk.say("ring")) == "Ding × 1"
    assert heading(await talk.press("Igen")) == "Ding × 2"


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_feature_has_its_texts_in_one_file(language: str):
    names = {feature.name for feature in FEATURES}
    files = {path.stem for path in (ROOM / "texts" / language).glob("*.toml")}
    assert names - files == set()
    assert files == set(FILES)
