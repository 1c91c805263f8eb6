"""Sends what is due: claims it, looks at it once more, keeps to the common pace, and stores what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import structlog

from bot.clock import Clock
from bot.metrics import REMINDER_MESSAGES
from bot.sending.rechecking import Checked
from bot.sending.verdicts import given_up
from portfolio.deliveries import Claims, Delivery, Finished, Postponed, Reason, Settlement
from portfolio.ports.errors import DatabaseError
from portfolio.ports.sending import DeliveryStore
from portfolio.reminders.kinds import Outcome

# Messages under way at once. With more, more could be sent twice, should this process die.
PLACES = 32
# Outcomes are stored together that come within this time, in seconds.
GATHERED = 0.1
STOPPING_SECONDS = 6.0
_LATER_SECONDS = 1.0
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.2, 2.0
# After this process stood still, late messages go out at no more than this multiple of the common pace.
_CATCHING_UP = 1.2

# Waits until it is the message's turn. Raises NotNowError.
Turn = Callable[[], Awaitable[None]]
Send = Callable[[Delivery, Checked, Turn], Awaitable[Settlement]]
Check = Callable[[Sequence[Delivery], datetime], Awaitable[dict[int, Checked]]]

log = structlog.get_logger()


class NotNowError(Exception):
    """Messages are held back, for so many seconds, or this process is about to end."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class _Place:
    """The earliest time to send a message, by the loop's clock; none follows another closer than `gap` seconds."""

    at: float
    gap: float


@dataclass(eq=False)
class Dispatcher:
    """Stores outcomes and claims messages in one loop; each message is sent by a task of its own. A message's place is
    free again only when its outcome is stored. `clock` is the time that reminders are worked out by."""

    store: DeliveryStore
    check: Check
    send: Send
    clock: Clock
    rate: float
    _tasks: dict[asyncio.Task[None], Delivery] = field(default_factory=dict)
    _written: set[int] = field(default_factory=set)
    _settled: list[Settlement] = field(default_factory=list)
    _wake_up: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)
    _held_back_until: float = 0.0
    _free_at: float = 0.0

    async def run(self) -> None:
        while not self._stopping.is_set():
            claims = await self._exchange()
            self._begin(claims, await self._check(claims.deliveries))
            await self._rest(GATHERED if claims.deliveries or self._tasks else max(claims.idle, GATHERED))
        await self._finish()

    def stop(self) -> None:
        """Begins nothing more; `run` returns when the messages under way are finished, or after six seconds."""
        self._stopping.set()
        self._wake_up.set()

    async def _finish(self) -> None:
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOPPING_SECONDS)
            for task in late:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
        if self._settled:
            await self._exchange()

    async def _exchange(self) -> Claims:
        """Stores outcomes and claims messages; tries until the database is there, and keeps the outcomes meanwhile."""
        pause = _SHORTEST_PAUSE
        while True:
            settled = list(self._settled)
            free = 0 if self._stopping.is_set() else PLACES - len(self._tasks)
            try:
                claims = await self.store.exchange(settled, free, self.clock(), self.rate)
            except DatabaseError as error:
                log.warning("deliveries_not_stored", error=error.reason, waiting=len(settled))
                if self._stopping.is_set():
                    return Claims()
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                del self._settled[: len(settled)]
                return claims

    async def _check(self, deliveries: Sequence[Delivery]) -> dict[int, Checked]:
        """Looks at deliveries once more. Leaves out those that couldn't be looked at: they are claimed again later."""
        if not deliveries:
            return {}
        try:
            return await self.check(deliveries, self.clock())
        except DatabaseError as error:
            log.warning("deliveries_not_checked", error=error.reason)
            return {}

    def _begin(self, claims: Claims, checked: dict[int, Checked]) -> None:
        starts = asyncio.get_running_loop().time() + claims.starts_in
        for number, delivery in enumerate(claims.deliveries):
            place = _Place(starts + number * claims.spacing, claims.spacing / _CATCHING_UP)
            task = asyncio.create_task(self._deliver(delivery, checked.get(delivery.id), place))
            self._tasks[task] = delivery
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        del self._tasks[task]
        self._wake_up.set()

    async def _rest(self, seconds: float) -> None:
        """Waits until a message is finished, and then a moment longer for others that finish with it."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._wake_up.wait()
                if not self._stopping.is_set():
                    await asyncio.sleep(min(seconds, GATHERED, PLACES / self.rate / 4))
        self._wake_up.clear()

    async def _deliver(self, delivery: Delivery, checked: Checked | None, place: _Place) -> None:
        try:
            settlement = await settled(delivery, self._try(delivery, checked, place))
        except asyncio.CancelledError:
            begun = delivery.id in self._written
            settlement = Settlement(delivery, Postponed(0.0, Reason.NO_ANSWER, is_free=not begun, is_unsure=begun))
        if settlement.pause is not None:
            self._held_back_until = asyncio.get_running_loop().time() + settlement.pause
        if isinstance(settlement.verdict, Finished) and delivery.said is None:
            REMINDER_MESSAGES.labels(settlement.verdict.outcome.value).inc()
        self._written.discard(delivery.id)
        self._settled.append(settlement)

    async def _try(self, delivery: Delivery, checked: Checked | None, place: _Place) -> Settlement:
        if checked is None:
            return _later(delivery)
        outcome = self._outcome_without_try(delivery, checked)
        if outcome is not None:
            return Settlement(delivery, outcome, checked.dropped)
        try:
            return await self.send(delivery, checked, partial(self._take_turn, delivery, place))
        except NotNowError as error:
            return _later(delivery, error.seconds)

    async def _take_turn(self, delivery: Delivery, place: _Place) -> None:
        """Waits for the message's place, and notes that its request goes out: a process that dies before that leaves
        no doubt behind."""
        await self._wait_for(place)
        try:
            is_mine = await self.store.begin(delivery)
        except DatabaseError as error:
            log.warning("delivery_not_begun", error=error.reason, delivery=delivery.id)
            is_mine = False
        if not is_mine:
            raise NotNowError(_LATER_SECONDS)
        self._written.add(delivery.id)

    async def _wait_for(self, place: _Place) -> None:
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set() and (at := max(place.at, self._free_at)) > loop.time():
            with suppress(TimeoutError):
                async with asyncio.timeout_at(at):
                    await self._stopping.wait()
        pause = self._held_back_until - loop.time()
        if self._stopping.is_set() or pause > 0:
            raise NotNowError(max(pause, 0.0))
        self._free_at = loop.time() + place.gap

    def _outcome_without_try(self, delivery: Delivery, checked: Checked) -> Finished | None:
        """Returns the outcome of a delivery that needs no try any more, else None."""
        if delivery.keys and not checked.due:
            return Finished(checked.foremost)
        return given_up(delivery, self.clock())


async def settled(delivery: Delivery, trying: Awaitable[Settlement]) -> Settlement:
    """Settles a try that fails as failed."""
    try:
        return await trying
    except Exception:  # the one place where a delivery's faults end: the others go on
        log.exception("delivery_failed", delivery=delivery.id, run=delivery.run)
        return Settlement(delivery, Finished(Outcome.FAILED, Reason.FAULT))


def _later(delivery: Delivery, seconds: float = _LATER_SECONDS) -> Settlement:
    return Settlement(delivery, Postponed(seconds, Reason.THROTTLED, is_free=True))
