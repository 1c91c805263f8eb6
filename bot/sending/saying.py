"""Sends what was just stored to be said at once; what doesn't get through is left to the dispatcher."""

from __future__ import annotations

from dataclasses import dataclass

import structlog

from bot.clock import Clock
from bot.sending.dispatcher import settled
from bot.sending.rechecking import Checked
from bot.sending.sender import Sender
from portfolio.deliveries import Delivery, Finished
from portfolio.ports.errors import DatabaseError
from portfolio.ports.sending import DeliveryStore
from portfolio.reminders.kinds import Outcome

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Voice:
    """Says things outside the common pace, as answers are."""

    store: DeliveryStore
    sender: Sender
    clock: Clock
    rate: float

    async def say(self, delivery: Delivery) -> bool:
        """Returns whether it got through; raises nothing. Where that can't be stored, it is sent once more."""
        settlement = await settled(delivery, self.sender.send(delivery, Checked(), _now))
        try:
            await self.store.exchange([settlement], 0, self.clock(), self.rate)
        except DatabaseError as error:
            log.warning("saying_not_settled", error=error.reason, delivery=delivery.id)
        return isinstance(settlement.verdict, Finished) and settlement.verdict.outcome is Outcome.SENT


async def _now() -> None:
    """Waits for no turn."""
