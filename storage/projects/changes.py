"""What people changed of projects themselves, and how long it goes before what a file says."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from portfolio.audit import Action, AuditEntry
from portfolio.dates import PlanDate
from portfolio.identity import PersonId
from portfolio.projects.changes import Aspect, ProjectChange, Value, read_value, write_value
from portfolio.projects.project import CLOSED_PHASES
from portfolio.status.reporting import Overtaken
from storage.audit import write_down
from storage.by_project import newest
from storage.columns import KEY, ROW_ID, Instant, code, metadata
from storage.database import Database
from storage.projects.revision import take_turn
from storage.projects.summary_columns import renew_standing
from storage.projects.tables import milestones, projects
from storage.records import Row

project_changes = Table(
    "project_changes",
    metadata,
    Column("id", ROW_ID, primary_key=True, autoincrement=True),
    Column("project", KEY, ForeignKey("projects.number", ondelete="CASCADE"), nullable=False),
    Column("aspect", code(Aspect), nullable=False),
    Column("milestone", Text),
    Column("before", Text),
    Column("after", Text),
    Column("reason", Text),
    Column("by", Text, nullable=False),
    Column("at", Instant, nullable=False),
    # What the last file says of it, as long as that goes on saying so; then `is_held` and the change stands.
    Column("in_file", Text),
    Column("is_held", Boolean, nullable=False),
    Index(None, "project", "id"),
)

_C, _P, _M = project_changes.c, projects.c, milestones.c
_SHOWN = 5
NEWEST_CHANGES = newest(project_changes, _SHOWN, by=("id",))
_OF_MILESTONE = frozenset({Aspect.DUE, Aspect.REACHED})
_PARTS = ("first", "last", "unit")


class SqlProjectChangeStore:
    """Implements portfolio.ports.projects.ProjectChangeStore."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def change(self, change: ProjectChange, revision: int) -> int:
        was_closed = change.before in CLOSED_PHASES
        async with self._database.transaction() as connection:
            await take_turn(connection, change.project, revision, is_closed=was_closed)
            earlier = await _held(connection, change)
            in_file = earlier.in_file if earlier else write_value(change.before)
            await _let_go(connection, change)
            new = insert(project_changes).values(**_row(change), in_file=in_file, is_held=True)
            change_id = (await connection.execute(new.returning(_C.id))).scalar_one()
            await _store(connection, change, change.after)
            await write_down(connection, _entry(Action.PROJECT_CHANGED, change, change.by, change.at))
        return int(change_id)

    async def take_back(self, change_id: int, revision: int, by: PersonId, at: datetime) -> ProjectChange:
        async with self._database.transaction() as connection:
            row = (await connection.execute(select(project_changes).where(_C.id == change_id))).mappings().first()
            if row is None or not row["is_held"]:
                raise Overtaken
            change = change_of(row)
            await take_turn(connection, change.project, revision, is_closed=change.after in CLOSED_PHASES)
            await connection.execute(delete(project_changes).where(_C.id == change_id))
            await _hold_again(connection, change, row["in_file"])
            await _store(connection, change, change.before)
            await write_down(connection, _entry(Action.CHANGE_TAKEN_BACK, change, by, at))
        return replace(change, before=change.after, after=change.before)


def change_of(row: Mapping[Any, Any]) -> ProjectChange:
    aspect = Aspect(row["aspect"])
    before, after = (read_value(aspect, row[name]) for name in ("before", "after"))
    same = {name: row[name] for name in ("project", "reason", "by", "at", "milestone")}
    return ProjectChange(aspect=aspect, before=before, after=after, **same)


@dataclass(frozen=True, slots=True)
class _Held:
    """A change that goes before what the last file said."""

    id: int
    in_file: str | None


def _same(change: ProjectChange) -> tuple[Any, ...]:
    """The rows of the same aspect of the same thing."""
    return _C.project == change.project, _C.aspect == change.aspect, _C.milestone.is_not_distinct_from(change.milestone)


async def _held(connection: AsyncConnection, change: ProjectChange) -> _Held | None:
    held = select(_C.id, _C.in_file).where(*_same(change), _C.is_held)
    row = (await connection.execute(held.order_by(_C.id.desc()))).first()
    return _Held(row.id, row.in_file) if row else None


async def _let_go(connection: AsyncConnection, change: ProjectChange) -> None:
    await connection.execute(update(project_changes).where(*_same(change), _C.is_held).values(is_held=False))


async def _hold_again(connection: AsyncConnection, taken_back: ProjectChange, in_file: str | None) -> None:
    """Puts the change before in force again, where the file says still what it said then."""
    last = select(_C.id, _C.after).where(*_same(taken_back)).order_by(_C.id.desc())
    row = (await connection.execute(last)).first()
    if row and row.after == write_value(taken_back.before) != in_file:
        await connection.execute(update(project_changes).where(_C.id == row.id).values(is_held=True, in_file=in_file))


async def _store(connection: AsyncConnection, change: ProjectChange, value: Value) -> None:
    if change.aspect in _OF_MILESTONE:
        which = (_M.project == change.project, _M.title == change.milestone)
        stored = await connection.execute(update(milestones).where(*which).values(_columns(change.aspect, value)))
    else:
        statement = update(projects).where(_P.number == change.project)
        stored = await connection.execute(statement.values(_columns(change.aspect, value)))
    if stored.rowcount != 1:
        raise Overtaken
    await renew_standing(connection, [change.project])


def _columns(aspect: Aspect, value: Value) -> Row:
    match aspect:
        case Aspect.PHASE:
            return {"phase": value, "is_closed": value in CLOSED_PHASES}
        case Aspect.REACHED:
            return {"reached": value}
        case Aspect.END | Aspect.DUE:
            parts = (value.first, value.last, value.unit) if isinstance(value, PlanDate) else (None, None, None)
            return {f"{aspect}_{part}": one for part, one in zip(_PARTS, parts, strict=True)}


def _row(change: ProjectChange) -> Row:
    values = {"before": write_value(change.before), "after": write_value(change.after)}
    same = ("project", "aspect", "milestone", "reason", "by", "at")
    return {**values, **{name: getattr(change, name) for name in same}}


def _entry(action: Action, change: ProjectChange, by: PersonId, at: datetime) -> AuditEntry:
    """Says what of it changed, from what to what, without a milestone's title or the reason."""
    values = {"from": write_value(change.before), "to": write_value(change.after)}
    if action is Action.CHANGE_TAKEN_BACK:
        values = {"from": values["to"], "to": values["from"]}
    given = {name: value for name, value in values.items() if value is not None}
    return AuditEntry(at, by, action, change.project, {"what": change.aspect.value, **given})


# Importing

# The aspects of each table that an import writes, by the fields.
ASPECTS: Mapping[str, Mapping[str, Aspect]] = {
    "projects": {"phase": Aspect.PHASE, "end": Aspect.END},
    "milestones": {"due": Aspect.DUE, "reached": Aspect.REACHED},
}
Identity = tuple[Any, ...]


# By the field: the change's id, and what the file said before.
Held = Mapping[str, tuple[int, str | None]]
NOTHING_HELD: Held = {}


async def held_changes(connection: AsyncConnection, table: str, numbers: Collection[str]) -> Mapping[Identity, Held]:
    """Reads the changes that go before what a file said, of the rows that an import is about to compare."""
    fields = {aspect: name for name, aspect in ASPECTS.get(table, {}).items()}
    if not fields or not numbers:
        return {}
    rows = select(project_changes).where(_C.is_held, _C.project.in_(numbers), _C.aspect.in_(fields))
    held: dict[Identity, dict[str, tuple[int, str | None]]] = {}
    for row in (await connection.execute(rows)).mappings():
        identity = (row["project"],) if table == "projects" else (row["project"], row["milestone"])
        held.setdefault(identity, {})[fields[row["aspect"]]] = (row["id"], row["in_file"])
    return held


async def end_changes(connection: AsyncConnection, ids: Collection[int]) -> None:
    """Lets the file go before these again."""
    if ids:
        await connection.execute(update(project_changes).where(_C.id.in_(ids)).values(is_held=False))
