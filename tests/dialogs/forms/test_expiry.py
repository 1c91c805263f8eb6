"""Forms that nobody goes on with are forgotten, and their authors are told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from dialogs.forms.expiry import forget_drafts
from dialogs.turn.audience import Audience
from dialogs.turn.visit import Stores
from tests.kit.fakes import FakeCourier
from tests.kit.talk import Talk
from tests.world.people import GRY, SOREN


async def test_lead_is_told_when_a_draft_is_forgotten_after_a_week(
    talking: Callable[..., Talk], cast_stores: Stores, courier: FakeCourier
):
    lead, owner = talking(SOREN), talking(GRY)
    await lead.say("meld status på skærmbesøg")
    await lead.press("Gem kladde", comment="Halvt færdig")
    await owner.say("meld status på skærmbesøg")  # opened, and nothing written in it

    async def audience() -> Audience:
        return await lead.assistant.audience(lead.now, "da")

    assert await forget_drafts(cast_stores, lead.now + timedelta(days=6), audience) == 0
    assert courier.told == []
    assert await forget_drafts(cast_stores, lead.now + timedelta(days=8), audience) == 1
    ((told, reply),) = courier.told
    assert told == SOREN.id
    assert "»Status på Skærmbesøg i hjemmeplejen« blev ikke sendt i 7 dage og er slettet" in reply.text
    assert await cast_stores.drafts.unfinished(SOREN.id, None) == []
