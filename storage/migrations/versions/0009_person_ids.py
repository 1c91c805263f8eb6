"""People with an id of their own: what speaks of a person names that, since an address may become somebody else's. A
person may have several roles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

from storage.database import chunks

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_PEOPLE = sa.table(
    "people",
    *(sa.column(name) for name in ("id", "email", "name", "unit", "manager", "entra_id", "language", "standing")),
    sa.column("roles", sa.JSON),
)
# The columns that hold one person.
_COLUMNS = (
    *(("projects", "lead"), ("projects", "owner"), ("reports", "author"), ("benefits", "responsible")),
    *(("risks", "responsible"), ("org_units", "manager"), ("bodies", "chair"), ("bodies", "secretary")),
    *(
        ("people", "manager"),
        ("publications", "by"),
        ("deputies", "lead"),
        ("deputies", "deputy"),
        ("drafts", "person"),
    ),
    *(("deeds", "person"), ("audit", "by"), ("absences", "person"), ("snoozes", "person"), ("switched_off", "person")),
    *(("stopped", "by"), ("body_channels", "bound_by"), ("meeting_changes", "by"), ("rounds", "opened_by")),
    *(("runs", "decided_by"), ("conversations", "person")),
)
# Those that hold a person, or a body whose channel it is.
_RECIPIENTS = (("deliveries", "recipient"), ("reminded", "recipient"), ("stopped", "recipient"))
# Documents with people in them: the key of the row, and the fields that hold somebody, or EVERYWHERE where there are no
# words that people wrote.
_EVERYWHERE = frozenset[str]()
_PUBLICATION = ("project", "day", "version")
_DOCUMENTS = (
    ("bodies", ("name",), "members", _EVERYWHERE),
    ("audit", ("id",), "detail", _EVERYWHERE),
    ("deeds", ("number",), "data", _EVERYWHERE),
    ("publications", _PUBLICATION, "report", frozenset({"author"})),
    ("publications", _PUBLICATION, "snapshot", frozenset({"responsible"})),
    ("publications", _PUBLICATION, "before", frozenset({"responsible"})),
    ("runs", ("id",), "problems", frozenset({"who"})),
)
# The fields of a form that hold a person; the others may hold what people wrote.
_ANSWERS = frozenset({"lead", "deputy", "responsible"})


def upgrade() -> None:
    connection = op.get_bind()
    op.drop_index("ix_conversations_email", "conversations")
    op.execute("ALTER TABLE conversations RENAME COLUMN email TO person")
    op.create_index("ix_conversations_person", "conversations", ["person"])
    ids = _give_ids(connection)
    for table, column in _COLUMNS:
        _rename(connection, table, column, "")
    for table, column in _RECIPIENTS:
        _rename(connection, table, column, " AND NOT is_channel")
    for table, key, column, names in _DOCUMENTS:
        _rename_within(connection, table, key, column, ids, names)
    _rename_in_drafts(connection, ids)


def _give_ids(connection: sa.Connection) -> dict[str, str]:
    """Gives everybody an id, those too who are only mentioned. Returns the ids by address."""
    listed = [dict(row) for row in connection.execute(sa.text("SELECT * FROM people")).mappings()]
    people = [{**row, "id": uuid4().hex, "standing": "here", "roles": _roles(row.pop("role"))} for row in listed]
    known = {row["email"] for row in people}
    mentioned = sorted(set(_mentioned(connection)) - known)
    nothing: dict[str, Any] = {"unit": None, "manager": None, "roles": [], "entra_id": None, "language": None}
    people += [
        {"id": uuid4().hex, "email": email, "name": email, "standing": "mentioned", **nothing} for email in mentioned
    ]
    op.drop_table("people")
    op.create_table(
        "people",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text),
        sa.Column("unit", sa.Text),
        sa.Column("manager", sa.Text),
        sa.Column("roles", sa.JSON, nullable=False),
        sa.Column("entra_id", sa.Text),
        sa.Column("upn", sa.Text),
        sa.Column("language", sa.Text),
        sa.Column("standing", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )
    for column in ("email", "entra_id", "upn"):
        op.create_index(f"ix_people_{column}", "people", [column], unique=True)
    for rows in chunks(people):
        connection.execute(sa.insert(_PEOPLE), rows)
    return {row["email"]: row["id"] for row in people}


def _roles(role: str) -> list[str]:
    return [] if role == "employee" else [role]


def _mentioned(connection: sa.Connection) -> Iterator[str]:
    """Yields the addresses of those whom something else than the list of people names."""
    places = [(*place, "") for place in _COLUMNS] + [(*place, " AND NOT is_channel") for place in _RECIPIENTS]
    for table, column, which in places:
        named = f"SELECT DISTINCT {column} FROM {table} WHERE {column} LIKE '%@%'{which}"  # noqa: S608
        yield from connection.execute(sa.text(named)).scalars()
    for table, key, column, names in _DOCUMENTS:
        for _, document in _holding(connection, table, key, column):
            yield from filter(_is_address, _people_in(document, names))


def _is_address(text: str) -> bool:
    return text.count("@") == 1 and not any(letter.isspace() for letter in text) and "." in text.partition("@")[2]


def _rename(connection: sa.Connection, table: str, column: str, which: str) -> None:
    theirs = f"SELECT id FROM people WHERE people.email = {table}.{column}"  # noqa: S608
    known = f"{column} IN (SELECT email FROM people WHERE email IS NOT NULL)"  # noqa: S608
    if table == "people":  # a name of its own for the row that is changed
        theirs = "SELECT other.id FROM people AS other WHERE other.email = people.manager"
    connection.execute(sa.text(f"UPDATE {table} SET {column} = ({theirs}) WHERE {known}{which}"))  # noqa: S608


def _rename_within(
    connection: sa.Connection,
    table: str,
    key: tuple[str, ...],
    column: str,
    ids: dict[str, str],
    names: frozenset[str],
) -> None:
    target = sa.table(table, *(sa.column(name) for name in key), sa.column(column, sa.JSON))
    same = [target.c[name] == sa.bindparam(f"key_{name}") for name in key]
    statement = sa.update(target).where(*same).values({column: sa.bindparam("document")})
    held = ((row, _renamed(document, ids, names)) for row, document in _holding(connection, table, key, column))
    for rows in chunks(held):
        keyed = [{f"key_{name}": value for name, value in row.items()} | {"document": new} for row, new in rows]
        connection.execute(statement, keyed)


def _holding(
    connection: sa.Connection, table: str, key: tuple[str, ...], column: str
) -> list[tuple[dict[str, Any], Any]]:
    """Lists the documents that may hold an address, with the keys of their rows."""
    target = sa.table(table, *(sa.column(name) for name in key), sa.column(column, sa.JSON))
    may = sa.cast(sa.literal_column(column), sa.Text).like("%@%")
    rows = connection.execute(sa.select(target).where(may)).mappings().all()
    return [({name: row[name] for name in key}, row[column]) for row in rows]


def _rename_in_drafts(connection: sa.Connection, ids: dict[str, str]) -> None:
    drafts = sa.table("drafts", sa.column("id"), sa.column("answers", sa.JSON), sa.column("outcome"))
    statement = sa.update(drafts).where(drafts.c.id == sa.bindparam("key"))
    rows = connection.execute(sa.select(drafts)).all()
    for row in rows:
        answers = {
            name: ids.get(value, value) if name in _ANSWERS and isinstance(value, str) else value
            for name, value in row.answers.items()
        }
        outcome = _renamed_outcome(row.outcome, ids)
        if (answers, outcome) != (row.answers, row.outcome):
            connection.execute(statement.values(answers=answers, outcome=outcome), {"key": row.id})


def _renamed_outcome(outcome: str | None, ids: dict[str, str]) -> str | None:
    """The outcome of a form is a document in some forms, and a word or a moment in others."""
    if not outcome or "@" not in outcome:
        return outcome
    try:
        return json.dumps(_renamed(json.loads(outcome), ids, _EVERYWHERE))
    except ValueError:
        return ids.get(outcome, outcome)


def _renamed(document: Any, ids: dict[str, str], names: frozenset[str], *, is_person: bool = True) -> Any:
    match document:
        case str():
            return ids.get(document, document) if is_person else document
        case list():
            return [_renamed(item, ids, names, is_person=is_person) for item in document]
        case dict():
            return {
                name: _renamed(value, ids, names, is_person=not names or name in names)
                for name, value in document.items()
            }
        case _:
            return document


def _people_in(document: Any, names: frozenset[str], *, is_person: bool = True) -> Iterator[str]:
    match document:
        case str() if is_person:
            yield document
        case list():
            for item in document:
                yield from _people_in(item, names, is_person=is_person)
        case dict():
            for name, value in document.items():
                yield from _people_in(value, names, is_person=not names or name in names)
