"""Closes what is due, and forgets what is over, while the service runs."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import structlog

from bot.clock import Clock, SimulatedClock
from bot.settings import Settings
from dialogs.assistant import Assistant
from dialogs.forms.expiry import forget_drafts
from dialogs.rounds.handlers import catch_up, close_due
from dialogs.turn.visit import Stores
from portfolio.ports.conversations import ConversationStore
from portfolio.ports.errors import DatabaseError

EVERY_SECONDS = 30.0
# A clock that lets a month pass in a minute is still looked at on every morning.
SHORTEST_PAUSE = 0.2
REPEATS_FORGOTTEN_AFTER = timedelta(days=2)
# Whoever pressed has been told by then, or waits no more; the cards would fill the database.
WORDS_FORGOTTEN_AFTER = timedelta(minutes=10)
# For so long an old button still knows what could be done instead.
DEEDS_FORGOTTEN_AFTER = timedelta(days=7)
FORGETTING_SECONDS = 600.0
# For so long somebody may ask who did or saw something: longer than a strategy period, and still not for ever.
AUDIT_FORGOTTEN_AFTER = timedelta(days=5 * 365)

log = structlog.get_logger()


async def repeat(work: Callable[[datetime], Awaitable[object]], clock: Clock, pause: float, failure: str) -> None:
    """Does the work over and over, for the time it is then. Where the database is away, `failure` is logged."""
    while True:
        try:
            await work(clock())
        except DatabaseError as error:
            log.warning(failure, error=error.reason)
        await asyncio.sleep(pause)


async def close_rounds(stores: Stores, assistant: Assistant, settings: Settings, moment: datetime) -> None:
    """Closes the rounds that are due, and shows how they ended."""
    now = moment.astimezone(settings.zone)
    await close_due(stores, now, partial(assistant.audience, now, settings.language))
    await follow_rounds(stores, assistant, settings, now)


async def follow_rounds(stores: Stores, assistant: Assistant, settings: Settings, moment: datetime) -> None:
    """Shows on the rounds' cards what was stored since they were drawn."""
    now = moment.astimezone(settings.zone)
    await catch_up(stores, now, partial(assistant.audience, now, settings.language))


async def forget(
    conversations: ConversationStore, stores: Stores, assistant: Assistant, settings: Settings, moment: datetime
) -> None:
    """Forgets activities that nobody delivers again, deeds that nobody takes back, old forms, and the oldest lines of
    the audit log."""
    now = moment.astimezone(settings.zone)
    real_now = datetime.now(UTC)
    await conversations.forget_before(real_now - REPEATS_FORGOTTEN_AFTER)
    await conversations.forget_words_before(real_now - WORDS_FORGOTTEN_AFTER)
    await stores.deeds.forget_before(now - DEEDS_FORGOTTEN_AFTER)
    await stores.audit.forget_before(min(now, datetime.now(UTC)) - AUDIT_FORGOTTEN_AFTER)
    await forget_drafts(stores, now, partial(assistant.audience, now, settings.language))


def pause_on(clock: Clock) -> float:
    """Returns seconds of real time: a clock that runs fast reaches deadlines sooner."""
    speed = clock.speed if isinstance(clock, SimulatedClock) else 1.0
    return max(SHORTEST_PAUSE, min(EVERY_SECONDS, EVERY_SECONDS / speed))
