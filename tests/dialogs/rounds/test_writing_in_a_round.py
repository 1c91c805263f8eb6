"""Somebody writes a report on the round's card while others answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from dialogs.rounds.handlers import catch_up
from dialogs.turn.audience import Audience, Scope
from dialogs.turn.visit import Stores
from tests.kit.fakes import FakeCourier
from tests.kit.talk import Talk
from tests.world.people import AAGE, INGE, SOREN

BOARD = {"scope": Scope.CHANNEL, "conversation": "19:board"}


async def test_lead_who_writes_on_the_card_is_not_interrupted_by_another_answer(
    talking: Callable[..., Talk], cast_stores: Stores, courier: FakeCourier
):
    secretary, writer, other = talking(INGE, **BOARD), talking(AAGE, **BOARD), talking(SOREN)

    async def audience() -> Audience:
        return await secretary.assistant.audience(secretary.now, "da")

    await secretary.say("start statusrunde for Project Board")

    await secretary.say("ja")
    await writer.say("meld status på byggesager")
    await other.say("uændret status på skærmbesøg")
    assert courier.updated == []
    await catch_up(cast_stores, writer.now + timedelta(minutes=1), audience)
    assert courier.updated == []
    await catch_up(cast_stores, writer.now + timedelta(minutes=4), audience)
    ((_, _, card),) = courier.updated
    assert "1 af 4 har svaret" in card.text
    await catch_up(cast_stores, writer.now + timedelta(minutes=5), audience)
    assert len(courier.updated) == 1


async def test_own_answer_is_seen_at_once(talking: Callable[..., Talk], courier: FakeCourier):
    secretary, writer = talking(INGE, **BOARD), talking(AAGE, **BOARD)
    await secretary.say("start statusrunde for Project Board")
    await secretary.say("ja")
    await writer.say("meld status på byggesager")
    await writer.press("Meld status", comment="Vi har fundet en hjemmel")
    assert "1 af 4 har svaret" in courier.updated[-1][2].text
