"""What scripts are told of an answer that was given: what was ordered, and whether it is asked first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dialogs.features import FEATURES
from portfolio.organisation import Person
from tests.kit.pressing import KINDS
from tests.kit.talk import Talk
from tests.world.people import IB, INGE, SOREN

Talking = Callable[..., Talk]


async def told(talk: Talk, text: str) -> dict[str, Any]:
    """The document of what was said, which is said for good."""
    answered = await talk.assistant.answer(text, talk.turn)
    talk.replies.append(answered.reply)
    return await talk.assistant.written(answered)


@pytest.mark.parametrize(
    ("person", "text", "kind", "understood"),
    [
        (SOREN, "meld status på Skærmbesøg", "command", {"command": "report_status", "projects": ["P001"]}),
        (SOREN, "Skærmbesøg er grøn, 50 %", "confirm", {"command": "report_status", "projects": ["P001"]}),
        (SOREN, "jeg er væk til fredag", "command", {"command": "absent"}),
        (SOREN, "overdrag Digital post til Mette", "confirm", {"command": "hand_over", "projects": ["P002"]}),
        (SOREN, "aflys mødet i Project Board", "command", {"command": "cancel_meeting"}),
        (INGE, "aflys mødet i Project Board", "confirm", {"command": "cancel_meeting"}),
        (INGE, "stop alle påmindelser", "confirm", {"command": "stop_reminders"}),
        (INGE, "pause til mandag", "command", {"command": "pause"}),
        (IB, "mine påmindelser", "command", {"command": "my_reminders"}),
        (IB, "fortryd", "command", {"command": "take_back"}),
        (IB, "hej", "greeting", {"command": "greeting"}),
        (IB, "mange tak", "greeting", {"command": "thanks"}),
        (SOREN, "hvilke projekter er røde", "projects", {"overall": ["red"]}),
    ],
)
async def test_document_says_what_was_ordered_and_whether_it_is_asked_first(
    person: Person, text: str, kind: str, understood: dict[str, Any], talking: Talking
):
    document = await told(talking(person), text)
    assert (document["kind"], document["understood"]) == (kind, understood)


@pytest.mark.parametrize(("person", "kind"), [(SOREN, "command"), (INGE, "command"), (IB, "project")])
async def test_colour_is_a_status_where_the_person_may_report_it(person: Person, kind: str, talking: Talking):
    talk = talking(person)
    assert (await talk.assistant.document("skærmbesøg er gul", talk.turn))["kind"] == kind


async def test_yes_is_told_as_something_done_and_a_form_by_what_it_is_for(talking: Talking):
    talk = talking(SOREN)
    await told(talk, "Skærmbesøg er grøn, 50 %")
    await talk.press("Ret")
    assert (await told(talk, "trin for trin"))["understood"] == {"command": "report_status"}
    assert (await told(talk, "kassér kladden"))["kind"] == "command"


async def test_button_orders_as_words_do(talking: Talking):
    talk = talking(SOREN)
    await talk.say("Digital post")
    pressed = await talk.assistant.answer_press("report", {"project": "P002"}, talk.turn)
    assert (await talk.assistant.written(pressed))["understood"] == {"command": "report_status"}
    stopping = await talking(INGE).assistant.answer_press("stop", {"all": True}, talking(INGE).turn)
    document = await talk.assistant.written(stopping)
    assert (document["kind"], document["understood"]) == ("confirm", {"command": "stop_reminders"})


def test_command_of_every_button_is_an_orders_too():
    orders = {order.command for feature in FEATURES for order in feature.orders}
    commands = {kind.verb: kind.command for kind in KINDS.values() if kind.command}
    assert len(commands) > 15
    assert set(commands.values()) <= orders


async def test_question_whether_to_take_back_is_told_as_one(talking: Talking):
    talk = talking(SOREN)
    await talk.say("jeg er væk til fredag")
    document = await told(talk, "det var forkert")
    assert (document["kind"], document["understood"]["command"]) == ("confirm", "take_back")


async def test_question_beside_a_form_keeps_its_own_document(talking: Talking):
    talk = talking(SOREN)
    await talk.say("meld status på Skærmbesøg")
    await talk.say("trin for trin")
    document = await told(talk, "hvilke projekter er røde?")
    assert (document["kind"], document["projects"]) == ("projects", ["P003"])
    assert "Skærmbesøg" in document["text"]
