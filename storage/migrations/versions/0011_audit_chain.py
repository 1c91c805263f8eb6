"""The audit log as a chain: its rows are numbered without gaps, and each carries a hash of itself and of the one
before. The titles of milestones and benefits that it named become codes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

from portfolio.audit_chain import START, Row, written, written_detail
from portfolio.reminders.keys import coded_subject
from storage.columns import Instant

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_PAGE = 2000


def _audit(name: str, *more: str) -> sa.TableClause:
    plain: list[sa.ColumnClause[Any]] = [sa.column(column) for column in ("by", "action", "project", *more)]
    return sa.table(name, sa.column("at", Instant), sa.column("detail", sa.JSON), *plain)


_BEFORE, _AFTER = _audit("audit_before", "id"), _audit("audit", "number", "hash")
_HEAD = sa.table("audit_head", *(sa.column(name) for name in ("id", "number", "hash", "removed", "removed_hash")))


def upgrade() -> None:
    connection = op.get_bind()
    op.drop_index("ix_audit_project_id", "audit")
    op.rename_table("audit", "audit_before")
    if connection.dialect.name == "postgresql":
        op.execute("ALTER TABLE audit_before RENAME CONSTRAINT pk_audit TO pk_audit_before")
    _create()
    number, before = 0, START
    for page in _pages(connection):
        rows = []
        for old in page:
            number += 1
            detail = dict(sorted(_coded(old.detail).items()))
            row = Row(number, written(old.at), old.by, old.action, old.project, written_detail(detail))
            before = row.digest(before)
            values = {"at": old.at, "by": old.by, "action": old.action, "project": old.project, "detail": detail}
            rows.append({"number": number, **values, "hash": before})
        connection.execute(sa.insert(_AFTER), rows)
    head = {"id": 1, "number": number, "hash": before, "removed": 0, "removed_hash": START}
    connection.execute(sa.insert(_HEAD), head)
    op.drop_table("audit_before")
    op.create_index("ix_audit_project_number", "audit", ["project", "number"])
    op.create_index("ix_audit_action_number", "audit", ["action", "number"])


def _create() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("action", sa.String(20), nullable=False),
        sa.Column("project", sa.Text().with_variant(sa.Text(collation="C"), "postgresql")),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("removed", sa.BigInteger, nullable=False),
        sa.Column("removed_hash", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _pages(connection: sa.Connection) -> Iterator[list[Any]]:
    last = 0
    rows = sa.select(_BEFORE).order_by(_BEFORE.c.id).limit(_PAGE)
    while page := list(connection.execute(rows.where(_BEFORE.c.id > last))):
        yield page
        last = page[-1].id


def _coded(detail: dict[str, str]) -> dict[str, str]:
    return {name: coded_subject(value) if name == "subject" else value for name, value in detail.items()}
