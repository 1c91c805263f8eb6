"""A process that sends what is due, until it is told to stop or dies."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import datetime

from bot.clock import SimulatedClock
from bot.sending import verdicts
from bot.wiring import open_reminders
from storage.sending import queue as sending
from tests.kit.delivery.harness import settings_of


async def main(url: str, rate: float, now: str, hurry: float) -> None:
    sending.LEASE /= hurry
    verdicts.UNSURE_SECONDS /= hurry
    async with open_reminders(settings_of(url, rate), SimulatedClock(datetime.fromisoformat(now))) as reminders:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, reminders.dispatcher.stop)
        await reminders.send()


if __name__ == "__main__":
    asyncio.run(main(**json.loads(sys.argv[1])))
