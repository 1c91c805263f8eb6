"""What a turn says, stored with all else that it stores."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from portfolio.deliveries import Delivery, Said
from portfolio.ports.sending import DeliveryStore


@dataclass(frozen=True, slots=True)
class Outbox:
    """Stores what is then sent at once: `send` says whether that got through, and leaves what didn't to be sent
    later."""

    deliveries: DeliveryStore
    send: Callable[[Delivery], Awaitable[bool]]

    async def store(self, said: Said, now: datetime) -> Delivery:
        return await self.deliveries.say(said, now, at_once=True)
