"""What reminders need from the outside, as protocols."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from portfolio.bodies import Meeting
from portfolio.conversations import ConversationReference
from portfolio.deliveries import Claims, Held, Purpose, Queue, RunReport, Settlement, StoredRun, Trace
from portfolio.outlook.plan import Plan
from portfolio.reminders.kinds import Absence, Key, Kind, Recipient, ReminderState, Snooze
from portfolio.working_time import WorkingTime


@dataclass(frozen=True, slots=True)
class Memory:
    """What was planned before: the reminders that still hold, who has today's message already, and when it was last
    worked out; None where it never was."""

    told: frozenset[Key] = frozenset()
    served: frozenset[Recipient] = frozenset()
    since: datetime | None = None

    def last_look(self, now: datetime, work: WorkingTime) -> datetime:
        """The very first look is at today alone."""
        return self.since or datetime.combine(now.astimezone(work.zone).date(), time(), work.zone)


class ReminderReader(Protocol):
    async def state(
        self, now: datetime, numbers: Collection[str] | None = None, until: datetime | None = None
    ) -> ReminderState:
        """As it is now; of the projects, and what is owed in them, only those numbered when `numbers` is given. With
        all that is to be reminded of until then; two weeks ahead where `until` isn't given."""
        ...


class ReminderStore(ReminderReader, Protocol):
    """What people decided about their reminders. Every change is in the audit log, in the same transaction."""

    async def set_absence(self, absence: Absence, by: str, at: datetime) -> None:
        """One with the same person and first day is changed."""
        ...

    async def end_absences(self, person: str, today: date, by: str, at: datetime) -> list[Absence]:
        """Those that last beyond `today` end yesterday, or are removed when they have not begun; gives them back."""
        ...

    async def absences_of(self, person: str, today: date) -> list[Absence]:
        """Those that have not ended before `today`."""
        ...

    async def snooze(self, snoozes: Sequence[Snooze], by: str, at: datetime) -> None:
        """Takes the place of earlier ones of the same person and subject."""
        ...

    async def snoozes_of(self, person: str, today: date) -> list[Snooze]: ...

    async def end_snoozes(self, person: str, today: date, by: str, at: datetime) -> int:
        """How many there were."""
        ...

    async def switch(self, person: str, kind: Kind, by: str, at: datetime, *, on: bool) -> None: ...

    async def switched_off(self, person: str) -> frozenset[Kind]: ...

    async def told_lately(self, person: str, since: datetime) -> list[Key]:
        """The reminders that the person was sent since then, the newest message's first."""
        ...

    async def stop(self, keys: Sequence[Key], by: str, at: datetime) -> None: ...

    async def resume(self, keys: Sequence[Key], by: str, at: datetime) -> None: ...

    async def stop_all(self, by: str, at: datetime) -> None: ...

    async def resume_all(self, by: str, at: datetime) -> None: ...

    async def set_rhythm(self, number: str, days: int | None, by: str, at: datetime) -> bool:
        """How often the project is asked for status; None for the usual. False when there is no such open project."""
        ...


@dataclass(frozen=True, slots=True)
class BodyChannel:
    """The channel in which a body is reminded."""

    body: str
    reference: ConversationReference
    bound_by: str
    bound_at: datetime


class ChannelStore(Protocol):
    """Which channel is which body's; one each."""

    async def bind(self, body: str, reference: ConversationReference, by: str, at: datetime) -> BodyChannel | None:
        """The body's channel from now on; gives back the one that it takes the place of, if any. The channel's earlier
        body loses it."""
        ...

    async def unbind(self, body: str, by: str, at: datetime) -> bool:
        """False when it had none."""
        ...

    async def channel(self, body: str) -> BodyChannel | None: ...

    async def body_of(self, conversation: str) -> str | None:
        """The body whose channel that conversation is in, whatever the thread."""
        ...

    async def channels(self) -> list[BodyChannel]:
        """By body."""
        ...


class MeetingStore(Protocol):
    """Moving and cancelling meetings. Imports don't bring back what was moved or cancelled."""

    async def move(self, meeting: Meeting, start: datetime, end: datetime | None, by: str, at: datetime) -> bool:
        """Round and all. False when the meeting isn't there any more, or there is one at that time already."""
        ...

    async def cancel(self, meeting: Meeting, by: str, at: datetime) -> bool: ...

    async def restore(self, meeting: Meeting, by: str, at: datetime) -> bool:
        """A cancelled meeting is held after all, and its round goes on. Those who were told that it is cancelled are
        told so. False when it isn't cancelled, or there is another at that time."""
        ...


class DeliveryStore(Protocol):
    """Messages planned, sent, and what came of them."""

    async def memory(self, now: datetime, today: date, *, with_held: bool = True) -> Memory:
        """Without what waits for the office's yes, for those who decide on it."""
        ...

    async def store(self, plan: Plan, since: datetime | None, *, is_held: bool = False) -> StoredRun | None:
        """Stores the run with the messages that nobody stored before; None where nothing was left to store. However
        many do so at once, each reminder is stored once, and what isn't sent is counted once: by the first that looked
        at what fell due after `since`. Also notes that it was worked out at the plan's time."""
        ...

    async def exchange(self, settled: Sequence[Settlement], free: int, now: datetime, rate: float) -> Claims:
        """Stores what came of some, and claims at most `free` others, in the order in which they fell due, with their
        places in the common pace of `rate` messages a second."""
        ...

    async def announce(self, purpose: Purpose, run: int, recipients: Sequence[str], now: datetime) -> None:
        """Messages about a run; each recipient's once, however often it is asked for."""
        ...

    async def finished_runs(self) -> list[int]:
        """Those with nothing open that are not yet reported."""
        ...

    async def reported(self, run: int, at: datetime) -> None: ...

    async def report(self, run: int) -> RunReport | None: ...

    async def held(self, run: int | None = None) -> list[Held]:
        """The runs that wait for a yes; all, or that one."""
        ...

    async def release(self, run: int, by: str, at: datetime) -> int:
        """The yes: how many messages it let go, 0 when somebody decided already."""
        ...

    async def discard(self, run: int, by: str, at: datetime) -> int:
        """The no: its messages are not sent, now or later."""
        ...

    async def traces(self, person: str, since: datetime) -> list[Trace]:
        """Everything planned for the person since then, the newest first."""
        ...

    async def queue(self, now: datetime) -> Queue: ...

    async def is_open(self, run: int) -> bool:
        """Whether any of its messages is still to be sent."""
        ...
