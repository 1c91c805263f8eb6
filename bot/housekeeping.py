"""Closes what is due, and forgets what is over, while the service runs."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime, timedelta
from functools import partial

import structlog

from bot.clock import Clock, SimulatedClock, real_clock
from bot.settings import Settings
from dialogs.assistant import Assistant
from dialogs.forms.expiry import forget_drafts
from dialogs.rounds.handlers import catch_up, close_due
from dialogs.turn.visit import Stores
from portfolio.identity import BY_ITSELF, PersonId
from portfolio.ports.errors import DatabaseError
from portfolio.ports.retention import Retention
from storage.privacy.erased_list import UnreadableListError, UnwritableListError
from storage.privacy.store import SqlPrivacyStore

EVERY_SECONDS = 30.0
# A clock that lets a month pass in a minute is still looked at on every morning.
SHORTEST_PAUSE = 0.2
FORGETTING_SECONDS = 600.0
# What is kept for so long at most is looked for at every look, all else once a day.
SHORT = timedelta(days=7)

# Erases people, with all that is theirs; so many at a time, since everybody who writes waits for it.
Erase = Callable[[Sequence[PersonId], datetime], Awaitable[object]]
ERASED_AT_A_TIME = 20

log = structlog.get_logger()


def erasing(store: SqlPrivacyStore) -> Erase:
    """Returns what erases people by itself. Raises DatabaseError where the list of the erased is away, so that it is
    told of and tried again as any store's fault."""

    async def erase(people: Sequence[PersonId], now: datetime) -> None:
        try:
            await store.erase(people, BY_ITSELF, now)
        except (UnreadableListError, UnwritableListError) as error:
            raise DatabaseError(type(error).__name__) from error

    return erase


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


class Forgetting:
    """Forgets what the data map gives a time: at every look what is kept for days, and once a day all. It begins anew
    where the database was away. Logs how many rows were forgotten, and nothing of what they held."""

    def __init__(
        self, retention: Retention, stores: Stores, assistant: Assistant, settings: Settings, erase: Erase | None = None
    ) -> None:
        self._retention = retention
        self._erase = erase
        self._stores = stores
        self._assistant = assistant
        self._settings = settings
        self._done_on: date | None = None

    async def look(self, moment: datetime) -> None:
        now, real_now = moment.astimezone(self._settings.zone), real_clock()
        is_daily = self._done_on != now.date()
        forgotten = Counter(await self._retention.forget(now, real_now, None if is_daily else SHORT))
        forgotten["drafts"] = await forget_drafts(
            self._stores, now, partial(self._assistant.audience, now, self._settings.language)
        )
        if is_daily:
            forgotten["people"] = await self._retention.forget_unmentioned()
            forgotten["people"] += await self._erase_who_left(now, real_now)
            self._done_on = now.date()
        if +forgotten:
            log.info("forgotten", **+forgotten)

    async def _erase_who_left(self, now: datetime, real_now: datetime) -> int:
        if self._erase is None:
            return 0
        left = await self._retention.to_be_erased(now, real_now)
        for first in range(0, len(left), ERASED_AT_A_TIME):
            await self._erase(left[first : first + ERASED_AT_A_TIME], now)
        return len(left)


def pause_on(clock: Clock) -> float:
    """Returns seconds of real time: a clock that runs fast reaches deadlines sooner."""
    speed = clock.speed if isinstance(clock, SimulatedClock) else 1.0
    return max(SHORTEST_PAUSE, min(EVERY_SECONDS, EVERY_SECONDS / speed))
