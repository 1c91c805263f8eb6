"""Stores what a directory tells of people, all or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, delete, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.deliveries import Purpose
from portfolio.departures import Departure
from portfolio.directory import DirectoryChanges
from portfolio.directory_changes import ADDRESSES, MOVING, PeopleChanges, PersonChange, Synced, changes_of, needs_whole
from portfolio.identity import PersonId
from portfolio.organisation import Person, Standing
from portfolio.working_time import WorkingTime
from storage.audit import write_down
from storage.database import Database, chunks
from storage.directory.departures import end_what_was_theirs, read_departures
from storage.directory.merging import merge
from storage.directory.tables import directory_sync
from storage.directory.telling import tell_office, who_left_in
from storage.organisation import PEOPLE, former_addresses, people
from storage.questions.vocabulary import read_vocabulary
from storage.version import lock_portfolio, raise_version

_S = directory_sync.c
# Of a process that took the day's reading upon itself and didn't come to its end, another takes it over after so long;
# so long after a failure it is tried again, too.
TRIED_AGAIN = timedelta(hours=1)
_SET = update(people).where(people.c.id == bindparam("whose"))
_UNIQUE = (*ADDRESSES, "entra_id")


@dataclass(frozen=True, slots=True)
class SyncState:
    """Tells how far the directory was read; see storage.directory.tables."""

    delta_link: str | None = None
    ran_at: datetime | None = None
    synced_at: datetime | None = None
    leaving: int | None = None
    here: int | None = None


class NotTakenError(Exception):
    """The directory's word isn't stored, as it contradicts what is known, or too many would leave."""

    def __init__(self, synced: Synced) -> None:
        super().__init__("What the directory tells isn't stored")
        self.synced = synced


class ConflictingError(NotTakenError):
    pass


class TooManyLeavingError(NotTakenError):
    pass


class SqlDirectory:
    """Implements portfolio.ports.directory.DirectoryReader, too."""

    def __init__(self, database: Database, work: WorkingTime) -> None:
        self._database = database
        self._work = work

    async def plan(self, told: DirectoryChanges, at: datetime) -> Synced:
        """Finds what `apply` would change."""
        async with self._database.snapshot() as connection:
            synced, _ = await self._compare(connection, told, at)
        return synced

    async def apply(
        self,
        told: DirectoryChanges,
        by: PersonId,
        at: datetime,
        *,
        is_partial: bool = False,
        may_lose_many: bool = False,
        tells_office: bool = False,
    ) -> Synced:
        """Stores it in one transaction, with what ends for those who leave, and how far a directory was read. Raises
        ConflictingError, unless it `is_partial`, and TooManyLeavingError, unless it may; then nothing is stored."""
        async with self._database.transaction() as connection:
            await lock_portfolio(connection)
            synced, known = await self._compare(connection, told, at)
            changes = synced.changes
            if changes.conflicts and not is_partial:
                raise ConflictingError(synced)
            if not may_lose_many and changes.are_too_many_leaving(tells_each=told.tells_each):
                raise TooManyLeavingError(synced)
            await _store(connection, changes, known)
            await _date_departures(connection, at)
            left = [change.after.id for change in changes.left]
            ended = await end_what_was_theirs(connection, left, by, at, self._today(at))
            if changes.all or changes.merged:
                await raise_version(connection)
            await self._note(connection, told, changes, at)
            if tells_office and any(departure.is_something_left for departure in synced.departures):
                await tell_office(connection, Purpose.DEPARTURES, at, self._work.next_open(at))
            await write_down(connection, *ended, *_entries(changes, by, at))
        return synced

    async def needs_whole(self, told: DirectoryChanges) -> bool:
        """Says whether what has changed doesn't tell enough, so that all must be read."""
        async with self._database.connect() as connection:
            return not told.is_full and needs_whole(told.entries, await _people(connection))

    def _today(self, at: datetime) -> date:
        return at.astimezone(self._work.zone).date()

    async def _compare(
        self, connection: AsyncConnection, told: DirectoryChanges, at: datetime
    ) -> tuple[Synced, list[Person]]:
        known = await _people(connection)
        units = (await read_vocabulary(connection, 0)).org_units
        changes = changes_of(told.entries, known, units, is_full=told.is_full, removed=told.removed)
        leaving = [change.before for change in changes.left if change.before]
        everybody = (*known, *(change.after for change in changes.joined))
        addresses = {person.id: person.address or person.entra_id or "" for person in everybody}
        departures = await read_departures(connection, leaving, self._today(at))
        return Synced(changes, tuple(departures), addresses), known

    async def _note(
        self, connection: AsyncConnection, told: DirectoryChanges, changes: PeopleChanges, at: datetime
    ) -> None:
        """Notes how far the directory was read. What could not be taken as it was told is told again next time, when
        all is read; so it is after a file, of which the directory knows nothing."""
        if told.delta_link is None:
            await connection.execute(update(directory_sync).values(delta_link=None))
            return
        link = None if changes.leaves_over else told.delta_link
        done = {"delta_link": link, "ran_at": at, "synced_at": at, "leaving": None, "here": None}
        await self._put(connection, done)

    async def _put(self, connection: AsyncConnection, values: Mapping[str, Any]) -> None:
        row = self._database.insert(directory_sync).values({"id": 1, **values})
        await connection.execute(row.on_conflict_do_update(index_elements=["id"], set_=values))

    # The daily reading

    async def state(self) -> SyncState:
        row = (await self._database.execute(select(directory_sync))).mappings().first()
        return SyncState() if row is None else SyncState(**{name: row[name] for name in SyncState.__slots__})

    async def take_upon(self, now: datetime, since: datetime) -> bool:
        """Takes the reading of the time from `since` on upon this process; of several at once, one alone may."""
        first = self._database.insert(directory_sync).values(id=1).on_conflict_do_nothing()
        is_due = or_(_S.ran_at.is_(None), _S.ran_at < since)
        is_free = or_(_S.tried_at.is_(None), _S.tried_at <= now - TRIED_AGAIN)
        async with self._database.transaction() as connection:
            await connection.execute(first)
            taken = update(directory_sync).where(is_due, is_free).values(tried_at=now)
            return (await connection.execute(taken)).rowcount == 1

    async def hold_back(self, changes: PeopleChanges, at: datetime) -> None:
        """Notes that too many would have left, and tells the office where that is news."""
        async with self._database.transaction() as connection:
            known = (await connection.execute(select(_S.leaving).with_for_update())).scalar()
            await self._put(connection, {"ran_at": at, "leaving": len(changes.left), "here": changes.here})
            if known is None:
                await tell_office(connection, Purpose.HELD_BACK, at, self._work.next_open(at))

    async def held_back(self) -> tuple[int, int] | None:
        state = await self.state()
        return None if state.leaving is None or state.here is None else (state.leaving, state.here)

    async def departures_in(self, run: int, now: datetime) -> Sequence[Departure]:
        async with self._database.snapshot() as connection:
            left = await who_left_in(connection, run)
            found = await read_departures(connection, left, self._today(now))
        return [departure for departure in found if departure.is_something_left]


async def _people(connection: AsyncConnection) -> list[Person]:
    rows = (await connection.execute(select(people).order_by(people.c.name, people.c.id))).mappings()
    return [PEOPLE.from_row(row) for row in rows]


async def _store(connection: AsyncConnection, changes: PeopleChanges, known: Sequence[Person]) -> None:
    """Takes all addresses that change from whoever has them before it gives any, as people may exchange theirs."""
    existing = [change for change in changes.all if change.before]
    for name in _UNIQUE:
        losing = [change.after.id for change in existing if name in change.fields]
        for ids in chunks(losing):
            await connection.execute(update(people).where(people.c.id.in_(ids)).values({name: None}))
    for rows in chunks([_for_update(change.after) for change in existing]):
        await connection.execute(_SET, rows)
    for rows in chunks([PEOPLE.row(change.after) for change in changes.joined if not change.before]):
        await connection.execute(insert(people), rows)
    for ids in chunks(sorted(changes.vouched)):
        await connection.execute(update(people).where(people.c.id.in_(ids)).values(is_from_directory=True))
    await merge(connection, changes.merged)
    await _remember_addresses(connection, changes, known)


async def _date_departures(connection: AsyncConnection, at: datetime) -> None:
    has_left, is_dated = people.c.standing == Standing.LEFT, people.c.left_at.is_not(None)
    await connection.execute(update(people).where(has_left, ~is_dated).values(left_at=at))
    await connection.execute(update(people).where(~has_left, is_dated).values(left_at=None))


def _for_update(person: Person) -> dict[str, Any]:
    row = PEOPLE.row(person)
    return {"whose": row.pop("id"), **row}


async def _remember_addresses(connection: AsyncConnection, changes: PeopleChanges, known: Sequence[Person]) -> None:
    """Keeps what people were called by, as long as nobody else is called so."""
    now = {person.id: person for person in known} | {change.after.id: change.after for change in changes.all}
    current = {value for person in now.values() for value in _addresses(person)}
    given = {value for change in (*changes.changed, *changes.joined) for value in _addresses(change.after)}
    given_up = {
        value: change.after.id
        for change in (*changes.changed, *changes.joined)
        if change.before
        for value in _addresses(change.before)
        if value not in current
    }
    for values in chunks(sorted(given | given_up.keys())):
        await connection.execute(delete(former_addresses).where(former_addresses.c.address.in_(values)))
    for rows in chunks([{"address": value, "person": person} for value, person in given_up.items()]):
        await connection.execute(insert(former_addresses), rows)


def _addresses(person: Person) -> list[str]:
    return [value for name in ADDRESSES if (value := getattr(person, name))]


def _entries(changes: PeopleChanges, by: PersonId, at: datetime) -> list[AuditEntry]:
    def entry(action: Action, change: PersonChange, fields: frozenset[str] = frozenset()) -> AuditEntry:
        told = {"fields": ",".join(sorted(fields))} if fields else {}
        return AuditEntry(at, by, action, detail={"person": change.after.id, **told})

    merged = [
        AuditEntry(at, by, Action.PERSON_MERGED, detail={"person": into, "mentioned": mention})
        for mention, into in changes.merged.items()
    ]
    return [
        *(entry(Action.PERSON_JOINED, change) for change in changes.joined),
        *(entry(Action.PERSON_LEFT, change) for change in changes.left),
        *(entry(Action.PERSON_MOVED, change, change.fields & MOVING) for change in changes.moved),
        *(entry(Action.PERSON_CHANGED, change, change.fields - MOVING) for change in changes.altered),
        *merged,
    ]
