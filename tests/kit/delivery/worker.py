"""A process that sends what is due, or the whole service, until it is told to stop or dies."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from datetime import datetime

from bot.clock import SimulatedClock
from bot.sending import verdicts
from bot.server import build_app, listening, until_stopped
from bot.wiring import open_reminders, running
from storage.sending import queue as sending
from tests.kit.delivery.harness import settings_of


async def main(url: str, rate: float, now: str, hurry: float, *, serves: bool) -> None:
    sending.LEASE /= hurry
    verdicts.UNSURE_SECONDS /= hurry
    settings, clock = settings_of(url, rate), SimulatedClock(datetime.fromisoformat(now))
    if serves:
        async with running(settings, clock) as service, listening(build_app(service), "127.0.0.1", 0):
            await until_stopped()
        return
    async with open_reminders(settings, clock) as reminders:
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, reminders.dispatcher.stop)
        await reminders.send()


if __name__ == "__main__":
    asyncio.run(main(**json.loads(sys.argv[1])))
