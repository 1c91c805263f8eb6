"""Somebody presses what they were shown, what is gone, what is others', and what nobody ever drew."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from dialogs.turn.audience import Scope
from dialogs.turn.reply import ForOne, Refusal
from portfolio.audit import Action
from storage.audit import audit
from storage.database import Database
from tests.dialogs.pressing.test_codec import DRAWN
from tests.kit.cards import press_of
from tests.kit.talk import Talk
from tests.world.people import GRY, IB, INGE, METTE, SOREN
from tests.world.pressed import tampered

Talking = Callable[..., Talk]


async def refused(database: Database) -> list[tuple[str, dict[str, str]]]:
    """Who was refused a button, as the audit log has it."""
    rows = await database.execute(audit.select().order_by(audit.c.number))
    return [(row.by, row.detail) for row in rows if row.action == Action.BUTTON_REFUSED]


async def pressed(talk: Talk, verb: object, data: object) -> tuple[Refusal | None, str]:
    reply = await talk.assistant.press(verb, data, talk.turn)
    return reply.refusal, reply.text.splitlines()[0]


@pytest.mark.parametrize(
    ("verb", "data", "what", "words"),
    [
        ("open", {"project": "P404"}, "project", "Det lykkedes ikke"),
        ("report", {"project": "P404"}, "project", "Det lykkedes ikke"),
        ("hand_over", {"project": "P001", "lead": "x"}, "person", "Det lykkedes ikke"),
        ("round_open", {"body": "Byrådet"}, "body", "Det lykkedes ikke"),
        ("round_view", {"round": "x"}, "round", "Runden findes ikke længere"),
        ("meeting_cancel", {"meeting": 404, "revision": 0}, "meeting", "Det lykkedes ikke"),
        ("form_submit", {"draft": "x", "version": 1}, "form", "Kortet kan ikke bruges længere"),
        ("run_release", {"run": 404}, "run", "Det lykkedes ikke"),
        ("undo", {"deed": "x"}, "deed", "Der er ikke noget at fortryde"),
        ("snooze", {"until": "2026-07-01", "subjects": ["x"]}, "reminder", "Det lykkedes ikke"),
        ("stop", {"keys": [["status_due", "P001", "x", False, "y"]]}, "reminder", "Det lykkedes ikke"),
    ],
)
async def test_what_isnt_there_is_forbidden_with_words_for_an_old_card(
    talking: Talking, cast_database: Database, verb: str, data: dict[str, Any], what: str, words: str
):
    refusal, said = await pressed(talking(INGE), verb, data)
    assert refusal is Refusal.FORBIDDEN
    assert said.startswith(words)
    assert await refused(cast_database) == [(INGE.id, {"verb": verb, "reason": "unknown", "what": what})]


async def test_in_a_group_the_one_who_pressed_is_told_alone(talking: Talking):
    """An old program sends a button as a message, whose answer all would read."""
    form = (await talking(SOREN, scope=Scope.GROUP).say("meld status på skærmbesøg")).card or {}
    ib = talking(IB, scope=Scope.GROUP)
    for verb, data in (press_of(form, "Meld status"), ("report", {"project": "P404"}), ("report", {"project": "P001"})):
        assert isinstance(await ib.assistant.press(verb, data, ib.turn), ForOne)


async def test_form_and_receipt_of_somebody_else_are_forbidden(talking: Talking, cast_database: Database):
    soren = talking(SOREN)
    form = await soren.say("meld status på skærmbesøg")
    verb, data = press_of(form.card or {}, "Meld status")
    receipt = await talking(SOREN, conversation="elsewhere").say("jeg er væk i uge 28")
    undo, deed = press_of(receipt.card or {}, "Fortryd")
    assert (await pressed(talking(METTE), verb, data))[0] is Refusal.FORBIDDEN
    assert (await pressed(talking(METTE), undo, deed))[0] is Refusal.FORBIDDEN
    assert await refused(cast_database) == [
        (METTE.id, {"verb": "form_submit", "reason": "others", "what": "form"}),
        (METTE.id, {"verb": "undo", "reason": "others", "what": "deed"}),
    ]


@pytest.mark.parametrize(
    ("verb", "data"),
    [
        ("report", {"project": "P001"}),
        ("unchanged", {"project": "P001", "revision": 0}),
        ("correct", {"project": "P001"}),
        ("hand_over", {"project": "P001"}),
        ("meeting_cancel", {"meeting": 2, "revision": 0}),
        ("round_open", {"body": "Project Board"}),
        ("stop", {"all": True}),
        ("resume", {"all": True}),
    ],
)
async def test_act_that_isnt_ones_own_is_forbidden_and_written_down_once(
    talking: Talking, cast_database: Database, verb: str, data: dict[str, Any]
):
    assert (await pressed(talking(IB), verb, data))[0] is Refusal.FORBIDDEN
    rows = await cast_database.execute(audit.select().where(audit.c.by == IB.id))
    (row,) = rows.all()
    assert row.action.name.endswith("_DENIED")


@pytest.mark.parametrize(
    ("verb", "data"),
    [("delete", {}), (None, None), (["open"], {}), ("open", {"project": ["P001"]}), ("stop", {})],
    ids=str,
)
async def test_what_no_card_carries_is_malformed(talking: Talking, cast_database: Database, verb: Any, data: Any):
    assert (await pressed(talking(INGE), verb, data))[0] is Refusal.MALFORMED
    ((person, detail),) = await refused(cast_database)
    assert (person, detail["reason"]) == (INGE.id, "malformed")
    assert detail["verb"] in ("unknown", "open", "stop")


async def test_role_that_somebody_made_up_changes_nothing(talking: Talking):
    plain, forged = talking(IB), talking(IB, conversation="other")
    data = {"project": "P001", "role": "secretary", "person": SOREN.id, "is_office": True}
    assert await pressed(forged, "report", data) == await pressed(plain, "report", {"project": "P001"})


async def test_tampered_buttons_are_answered_whoever_presses(talking: Talking, cast_database: Database):
    random = Random(7)  # noqa: S311
    people = [talking(person) for person in (SOREN, INGE, GRY, IB, None)]
    asked = 0
    for _ in range(600):
        verb, data = random.choice(DRAWN)
        talk = random.choice(people)
        reply = await talk.assistant.press(verb, tampered(random, data), talk.turn)
        assert reply.text
        asked += talk.person is not None and reply.refusal in (Refusal.MALFORMED, Refusal.FORBIDDEN)
    denied = [
        row for row in await cast_database.execute(audit.select()) if row.action.name.endswith(("_DENIED", "REFUSED"))
    ]
    assert asked == len(denied) > 200
