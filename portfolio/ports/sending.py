"""Messages planned, claimed and accounted for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import Protocol

from portfolio.deliveries import Claims, Delivery, Held, Purpose, Queue, RunReport, Said, Settlement, StoredRun, Trace
from portfolio.identity import PersonId
from portfolio.outlook.plan import Plan
from portfolio.ports.reminders import Memory
from portfolio.reminders.kinds import Key


class DeliveryStore(Protocol):
    """Keeps messages that are planned and sent, and their outcomes."""

    async def memory(self, now: datetime, today: date, *, with_held: bool = True) -> Memory:
        """Reads what was planned; those who decide on what waits for the office's yes leave that out."""

    async def store(self, plan: Plan, since: datetime | None, *, is_held: bool = False) -> StoredRun | None:
        """Stores the run with the messages that nobody stored before; None where nothing was left to store. However
        many do so at once, each reminder is stored once, and what isn't sent is counted once: by the first that looked
        at what fell due after `since`. Also notes that it was worked out at the plan's time."""

    async def exchange(self, settled: Sequence[Settlement], free: int, now: datetime, rate: float) -> Claims:
        """Stores what came of some, and claims at most `free` others, in the order in which they fell due, with their
        places in the common pace of `rate` messages a second."""

    async def say(self, said: Said, now: datetime, *, at_once: bool = False) -> Delivery:
        """Stores it, to be sent within a day: by this process, which says it `at_once`, or else before all reminders,
        whoever sends them."""

    async def begin(self, delivery: Delivery) -> bool:
        """Notes that a request is about to be written, which stays unanswered until its outcome is stored. Returns
        False where the message isn't this process's any more."""

    async def announce(
        self, purpose: Purpose, about: int | date, recipients: Sequence[PersonId], now: datetime
    ) -> None:
        """Stores messages about a run, or the week that began on that Monday; each recipient's once, however often it
        is asked for."""

    async def finished_runs(self) -> list[int]:
        """Lists those with nothing open that are not yet reported."""

    async def reported(self, run: int, at: datetime) -> None: ...

    async def report(self, run: int) -> RunReport | None: ...

    async def reports(self, first: date, last: date, zone: tzinfo) -> list[RunReport]:
        """The reports of the runs from the first day to the last, in their order."""

    async def held(self, run: int | None = None) -> list[Held]:
        """The runs that wait for a yes; all, or that one."""

    async def release(self, run: int, by: PersonId, at: datetime) -> int:
        """The yes: how many messages it let go, 0 when somebody decided already."""

    async def discard(self, run: int, by: PersonId, at: datetime) -> int:
        """The no: its messages are not sent, now or later."""

    async def traces(self, person: PersonId, since: datetime) -> list[Trace]:
        """Everything planned for the person since then, the newest first."""

    async def reminded_in(self, message: str, person: PersonId) -> list[Key]:
        """Lists the reminders in the message with that id in Teams, which was sent to the person, or to a channel."""

    async def queue(self, now: datetime) -> Queue: ...

    async def open_runs(self) -> list[int]:
        """Lists those with messages still to be sent, but for those that wait for the office's yes."""
