"""One process that sends."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import cast

from bot.sending.dispatcher import Dispatcher, Turn
from bot.sending.rechecking import Checked
from portfolio.deliveries import Claims, Delivery, Finished, Purpose, Settlement
from portfolio.ports.sending import DeliveryStore
from portfolio.reminders.kinds import Outcome, Recipient

NOW = datetime(2026, 6, 19, 6, tzinfo=UTC)
PACE = 250.0


def delivery(number: int) -> Delivery:
    to, hour = Recipient(f"{number}@birkefjord.example"), timedelta(hours=1)
    return Delivery(number, Purpose.RUN_REPORT, to, 1, NOW, NOW + hour, True, (), fence=1)


@dataclass
class Late:
    """A store whose messages should all have been on their way long ago."""

    waiting: list[Delivery]
    settled: list[Settlement] = field(default_factory=list)

    async def exchange(self, settled: Sequence[Settlement], free: int, now: datetime, rate: float) -> Claims:
        self.settled += settled
        claimed, self.waiting = self.waiting[:free], self.waiting[free:]
        return Claims(tuple(claimed), starts_in=-9.0, spacing=1 / rate)

    async def begin(self, _delivery: Delivery) -> bool:
        return True


async def test_messages_that_are_late_are_not_sent_all_at_once() -> None:
    store = Late([delivery(number) for number in range(40)])
    sent: list[float] = []

    async def send(one: Delivery, _checked: Checked, turn: Turn) -> Settlement:
        await turn()
        sent.append(asyncio.get_running_loop().time())
        if len(sent) == 40:
            dispatcher.stop()
        return Settlement(one, Finished(Outcome.SENT), got_through=True)

    async def check(deliveries: Sequence[Delivery], _now: datetime) -> dict[int, Checked]:
        return {one.id: Checked() for one in deliveries}

    dispatcher = Dispatcher(cast("DeliveryStore", store), check, send, lambda: NOW, PACE)
    async with asyncio.timeout(20):
        await dispatcher.run()
    assert min(after - before for before, after in pairwise(sent)) >= 1 / PACE / 1.21
    assert sorted(one.delivery.id for one in store.settled) == list(range(40))
