"""The state that reminders are worked out from, and decisions about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from portfolio.identity import PersonId
from portfolio.ports.status_requests import StatusRequestStore
from portfolio.reminders.kinds import Absence, Key, Kind, Recipient, ReminderState, Snooze
from portfolio.working_time import WorkingTime

# A person's absences that have not ended.
MOST_ABSENCES = 20


class TooManyAbsencesError(Exception):
    """The person has as many absences to come as can be kept track of."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The plans made before: the reminders in them that still hold, who has today's message already, and when the last
    was made; None where none was."""

    already_planned: frozenset[Key] = frozenset()
    has_todays_message: frozenset[Recipient] = frozenset()
    since: datetime | None = None

    def last_look(self, now: datetime, work: WorkingTime) -> datetime:
        """The very first look is at today alone."""
        return self.since or datetime.combine(now.astimezone(work.zone).date(), time(), work.zone)


class ReminderReader(Protocol):
    async def state(
        self,
        now: datetime,
        numbers: Collection[str] | None = None,
        until: datetime | None = None,
        since: datetime | None = None,
    ) -> ReminderState:
        """Reads the state of now, with all that is to be reminded of until then, or two weeks ahead without `until`; of
        projects, and what is owed in them, only those numbered when `numbers` is given. What was owed before two weeks
        ago is read from `since` on."""


class ReminderStore(ReminderReader, StatusRequestStore, Protocol):
    """Keeps people's decisions about reminders. Every change is in the audit log, in the same transaction. Today is the
    municipality's day at `at`; an absence that is ended ends yesterday, or is removed where it hadn't begun yet."""

    async def set_absence(self, absence: Absence, by: PersonId, at: datetime) -> list[Absence]:
        """Ends the person's absences that share days with it, and gives them back as they were. One with the same first
        day is changed instead. Raises TooManyAbsencesError, with nothing changed."""

    async def end_absence(self, person: PersonId, first: date, by: PersonId, at: datetime) -> bool:
        """Ends the absence that begins on that day; False when there is none that lasts."""

    async def end_absences(self, person: PersonId, by: PersonId, at: datetime) -> list[Absence]:
        """Ends those that are under way today, and gives them back as they were; those to come stay."""

    async def shorten_absences(self, person: PersonId, last: date, by: PersonId, at: datetime) -> Absence | None:
        """Cuts off what lies after `last`, of all absences, and gives back the one that now ends then. None, and
        nothing changed, when the person isn't away on that day."""

    async def absences_of(self, person: PersonId, today: date) -> list[Absence]:
        """Reads those that have not ended before `today`."""

    async def away_between(self, first: date, last: date) -> list[Absence]:
        """Reads everybody's that have a day from the first to the last, the first to begin first."""

    async def snooze(self, wanted: Sequence[Snooze], by: PersonId, at: datetime) -> None:
        """Takes the place of earlier ones of the same person and subject; those that are so already change nothing."""

    async def snoozes_of(self, person: PersonId, today: date) -> list[Snooze]: ...

    async def end_snoozes(self, person: PersonId, subjects: Collection[str] | None, by: PersonId, at: datetime) -> int:
        """Ends those of these subjects, or all with None, that have not run out; returns how many there were."""

    async def switch(self, person: PersonId, kind: Kind, by: PersonId, at: datetime, *, on: bool) -> None: ...

    async def switched_off(self, person: PersonId) -> frozenset[Kind]: ...

    async def told_lately(self, person: PersonId, since: datetime) -> list[Key]:
        """The reminders that the person was sent since then, the newest message's first."""

    async def stop(self, keys: Sequence[Key], by: PersonId, at: datetime) -> None: ...

    async def resume(self, keys: Sequence[Key], by: PersonId, at: datetime) -> None: ...

    async def set_all_stopped(
        self, by: PersonId, at: datetime, *, are_stopped: bool, until: date | None = None
    ) -> None:
        """Stops all that is sent, until the day on which it is sent again; or resumes it."""

    async def set_rhythm(self, number: str, days: int | None, by: PersonId, at: datetime) -> bool:
        """Sets how often the project is asked for status; None for the usual. False when no such project is open."""
