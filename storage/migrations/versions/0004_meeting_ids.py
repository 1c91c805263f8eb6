"""Meetings with an id of their own: what became of each is its state, and what speaks of a meeting names its id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CODE = sa.String(20)
INSTANT = sa.DateTime(timezone=True)
IS_HELD = sa.text("state != 'cancelled'")
CHANGED = "meeting_changed"
_A_MOMENT = timedelta(microseconds=1)

Place = tuple[str, datetime]
Row = dict[str, Any]


class _Meeting:
    """A meeting as the third version had it, with its changes in their order, and the id it gets."""

    def __init__(self, row: Row, changes: Sequence[Row] = (), *, is_cancelled: bool = False) -> None:
        self.row = row
        self.changes = changes
        self.is_cancelled = is_cancelled
        self.first_start: datetime = (changes or [row])[0]["start"]
        self.id = 0

    @property
    def place(self) -> Place:
        return self.row["body"], self.row["start"]

    @property
    def state(self) -> str:
        if self.is_cancelled:
            return "cancelled"
        return "held" if self.row["start"] == self.first_start else "moved"


def upgrade() -> None:
    stored, changes, rounds = (_all_of(table) for table in ("meetings", "meeting_changes", "rounds"))
    for table in ("meeting_changes", "rounds", "meetings"):
        op.drop_table(table)
    meetings = _recognised(stored, changes)
    held_rounds = _rounds(rounds, meetings)
    for meeting_id, meeting in enumerate(meetings, 1):
        meeting.id = meeting_id
    _tell_apart(meetings)
    _create_meetings(meetings)
    _create_changes(meetings)
    _create_rounds([{**row, "meeting": meeting.id} for row, meeting in held_rounds])
    _rewrite_keys(_Names(meetings))


def _all_of(table: str) -> list[Row]:
    rows = op.get_bind().execute(sa.text(f"SELECT * FROM {table}")).mappings()  # noqa: S608
    return [{name: _moment(value) if name in _MOMENTS else value for name, value in row.items()} for row in rows]


_MOMENTS = frozenset({"start", "end", "moved_to", "at", "meeting", "opened_at", "deadline", "closed_at"})


def _moment(value: Any) -> datetime | None:
    """SQLite gives a text without a zone; both give UTC."""
    if value is None:
        return None
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


# Meetings and their changes


def _recognised(stored: Iterable[Row], changes: Iterable[Row]) -> list[_Meeting]:
    """Each meeting with the moves that brought it where it is. Those that are nowhere any more are brought back as
    cancelled ones; their end, place and topic are not known."""
    standing = {(row["body"], row["start"]): row for row in stored}
    meetings = []
    for moves in sorted(_moves(changes), key=lambda moves: moves[-1]["at"], reverse=True):
        last = moves[-1]
        row = standing.pop((last["body"], last["moved_to"]), None) if last["moved_to"] else None
        gone = {"body": last["body"], "start": last["moved_to"] or last["start"], "end": None}
        meetings.append(_Meeting(row or {**gone, "place": None, "topic": None}, moves, is_cancelled=row is None))
    meetings += [_Meeting(row) for row in standing.values()]
    return sorted(meetings, key=lambda meeting: (meeting.row["start"], meeting.row["body"]))


def _moves(changes: Iterable[Row]) -> list[list[Row]]:
    """The changes of each meeting in order: one begins where the one before it ended."""
    open_ends: dict[tuple[str, datetime | None], list[Row]] = {}
    chains = []
    for change in sorted(changes, key=lambda change: change["at"]):
        chain = open_ends.pop((change["body"], change["start"]), [])
        if not chain:
            chains.append(chain)
        chain.append(change)
        if change["moved_to"] is not None:
            open_ends[change["body"], change["moved_to"]] = chain
    return chains


def _tell_apart(meetings: Iterable[_Meeting]) -> None:
    """By `first_start`, which is what files know them by. Where two claim one time, as a later move took the place of
    an earlier one in the old table, the one that was never moved has it."""
    taken: set[Place] = set()
    for meeting in sorted(meetings, key=lambda meeting: bool(meeting.changes)):
        body = meeting.row["body"]
        while (body, meeting.first_start) in taken:
            meeting.first_start += _A_MOMENT
        taken.add((body, meeting.first_start))


def _rounds(rounds: Iterable[Row], meetings: list[_Meeting]) -> list[tuple[Row, _Meeting]]:
    """Each round with its meeting. For one whose meeting is lost, a cancelled meeting is added."""
    at_place = _by_place(meetings)
    found = []
    for row in rounds:
        place = row.pop("body"), row.pop("meeting")
        if place not in at_place:
            lost = {"body": place[0], "start": place[1], "end": None, "place": None, "topic": None}
            at_place[place] = _Meeting(lost, is_cancelled=True)
            meetings.append(at_place[place])
        found.append((row, at_place[place]))
    return found


def _by_place(meetings: Iterable[_Meeting]) -> dict[Place, _Meeting]:
    """Where each meeting stands; one that is held goes before one that was cancelled there."""
    return {meeting.place: meeting for meeting in sorted(meetings, key=lambda meeting: not meeting.is_cancelled)}


def _create_meetings(meetings: Iterable[_Meeting]) -> None:
    table = op.create_table(
        "meetings",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("start", INSTANT, nullable=False),
        sa.Column("end", INSTANT),
        sa.Column("place", sa.Text),
        sa.Column("topic", sa.Text),
        sa.Column("first_start", INSTANT, nullable=False),
        sa.Column("uid", sa.Text),
        sa.Column("state", CODE, nullable=False, server_default="held"),
        sa.Column("revision", sa.Integer, nullable=False, server_default="0"),
        sa.PrimaryKeyConstraint("id", name="pk_meetings"),
    )
    op.create_index("ix_meetings_start", "meetings", ["start"])
    op.create_index("ix_meetings_body_first_start", "meetings", ["body", "first_start"], unique=True)
    op.create_index(
        "uq_meetings_held", "meetings", ["body", "start"], unique=True, sqlite_where=IS_HELD, postgresql_where=IS_HELD
    )
    op.bulk_insert(table, [_row_of(meeting) for meeting in meetings])
    _go_on_counting("meetings")


def _row_of(meeting: _Meeting) -> Row:
    known = {"id": meeting.id, "first_start": meeting.first_start, "state": meeting.state}
    return {**meeting.row, **known, "revision": len(meeting.changes)}


def _create_changes(meetings: Iterable[_Meeting]) -> None:
    table = op.create_table(
        "meeting_changes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("meeting", ID, nullable=False),
        sa.Column("start", INSTANT, nullable=False),
        sa.Column("moved_to", INSTANT),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_meeting_changes_meeting"),
        sa.PrimaryKeyConstraint("id", name="pk_meeting_changes"),
    )
    op.create_index("ix_meeting_changes_meeting", "meeting_changes", ["meeting"])
    op.create_index("ix_meeting_changes_at", "meeting_changes", ["at"])
    names = ("start", "moved_to", "at", "by")
    rows = [
        {"meeting": meeting.id, **{name: change[name] for name in names}}
        for meeting in meetings
        for change in meeting.changes
    ]
    op.bulk_insert(table, rows)


def _create_rounds(rows: list[Row]) -> None:
    table = op.create_table(
        "rounds",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("meeting", ID, nullable=False),
        *(sa.Column(name, INSTANT, nullable=False) for name in ("opened_at", "deadline")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("opened_by", "conversation", "language")),
        sa.Column("activity", sa.Text),
        sa.Column("closed_at", INSTANT),
        sa.Column("is_behind", sa.Boolean, nullable=False),
        sa.ForeignKeyConstraint(["meeting"], ["meetings.id"], name="fk_rounds_meeting"),
        sa.PrimaryKeyConstraint("id", name="pk_rounds"),
    )
    op.create_index("ix_rounds_meeting", "rounds", ["meeting"], unique=True)
    op.create_index("ix_rounds_closed_at", "rounds", ["closed_at"])
    op.bulk_insert(table, [{**row, "is_behind": bool(row["is_behind"])} for row in rows])


def _go_on_counting(table: str) -> None:
    """PostgreSQL counts by itself from what it was given last; SQLite looks at the rows."""
    if op.get_bind().dialect.name == "postgresql":
        counter = f"pg_get_serial_sequence('{table}', 'id')"
        op.execute(f"SELECT setval({counter}, coalesce(max(id), 0) + 1, false) FROM {table}")  # noqa: S608


# What names a meeting by its body and start


class _Names:
    """The meetings by what they were called: a body and a start."""

    def __init__(self, meetings: Iterable[_Meeting]) -> None:
        self._left = {
            _named(change["body"], change["start"]): meeting for meeting in meetings for change in meeting.changes
        }
        self._standing = {_named(*place): meeting for place, meeting in _by_place(meetings).items()}

    def standing(self, name: str) -> _Meeting | None:
        """The one that is there now, else the one that left."""
        return self._standing.get(name) or self._left.get(name)

    def left(self, name: str) -> _Meeting | None:
        """The one that was moved from there or cancelled, which is what people are told of."""
        return self._left.get(name) or self._standing.get(name)


def _named(body: str, start: datetime) -> str:
    return f"{body}|{start.timestamp():.0f}"


def _key(meeting: _Meeting) -> str:
    return f"meeting:{meeting.id}"


def _rewrite_keys(names: _Names) -> None:
    for table in ("reminded", "stopped"):
        _rewrite_subjects(table, names)
    _rewrite_slots(names)
    _rewrite_snoozes(names)
    _rewrite_drafts(names)


def _rewrite_subjects(table: str, names: _Names) -> None:
    named = f"SELECT DISTINCT kind, subject FROM {table} WHERE kind IN ('meeting_soon', '{CHANGED}')"  # noqa: S608
    for kind, subject in op.get_bind().execute(sa.text(named)).all():
        if meeting := names.left(subject) if kind == CHANGED else names.standing(subject):
            renaming = sa.text(f"UPDATE {table} SET subject = :new WHERE kind = :kind AND subject = :old")  # noqa: S608
            op.get_bind().execute(renaming, {"new": _key(meeting), "kind": kind, "old": subject})


_SLOT = re.compile(r"(?P<day>[^!]+)!(?P<subject>.+)!(?P<occasion>[^!]+)", re.DOTALL)


def _rewrite_slots(names: _Names) -> None:
    """What was told at once has the meeting in its place."""
    slots = op.get_bind().execute(sa.text("SELECT DISTINCT slot FROM deliveries WHERE slot LIKE '%!%!%'")).scalars()
    for slot in slots.all():
        parts = _SLOT.fullmatch(slot)
        if parts and (meeting := names.left(parts["subject"])):
            new = f"{parts['day']}!{_key(meeting)}!{parts['occasion']}"
            renaming = sa.text("UPDATE deliveries SET slot = :new WHERE slot = :old")
            op.get_bind().execute(renaming, {"new": new, "old": slot})


def _rewrite_snoozes(names: _Names) -> None:
    """Of two by one person for the same meeting, the later holds."""
    rows = op.get_bind().execute(sa.text("SELECT person, subject, until FROM snoozes")).all()
    named = [(row.person, row.subject, row.until, names.standing(row.subject)) for row in rows]
    removing = sa.text("DELETE FROM snoozes WHERE person = :person AND subject = :subject")
    latest: dict[tuple[str, str], Any] = {}
    for person, subject, until, meeting in named:
        if meeting:
            op.get_bind().execute(removing, {"person": person, "subject": subject})
            latest[person, _key(meeting)] = max(until, latest.get((person, _key(meeting)), until))
    adding = sa.text("INSERT INTO snoozes (person, subject, until) VALUES (:person, :subject, :until)")
    for (person, subject), until in latest.items():
        op.get_bind().execute(adding, {"person": person, "subject": subject, "until": until})


def _rewrite_drafts(names: _Names) -> None:
    """A form on a meeting that isn't known, or a second one of the same person on the same meeting, is given up."""
    wanted = "SELECT * FROM drafts WHERE kind = 'move_meeting' ORDER BY touched_at DESC, id"
    saving = sa.text(
        "UPDATE drafts SET subject = :subject, revision = :revision, asking = :asking, outcome = :outcome"
        " WHERE id = :id"
    )
    open_ones: set[tuple[str, str, str]] = set()
    for row in op.get_bind().execute(sa.text(wanted)).mappings().all():
        start, _, body = row["subject"].partition("|")
        values = _form((body, datetime.fromisoformat(start)), names)
        same = (row["person"], row["conversation"], values["subject"])
        is_open = row["outcome"] is None and values["subject"] != _NONE and same not in open_ones
        if is_open:
            open_ones.add(same)
        ended = {"asking": None, "outcome": row["outcome"] or ""}
        kept = {"asking": row["asking"], "outcome": None}
        op.get_bind().execute(saving, {"id": row["id"], **values, **(kept if is_open else ended)})


_NONE = "0"


def _form(place: Place, names: _Names) -> Mapping[str, Any]:
    """What a form is on that was opened of the meeting there, and which of its changes had been seen: one that was
    moved from there or cancelled since isn't moved without another look."""
    meeting = names.standing(_named(*place))
    if meeting is None:
        return {"subject": _NONE, "revision": 0}
    is_as_seen = meeting.place == place and not meeting.is_cancelled
    return {"subject": str(meeting.id), "revision": len(meeting.changes) - (not is_as_seen)}
