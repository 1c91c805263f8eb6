"""When people left, from which it is counted how long they are kept. Of those who had left before, it is counted from
this migration: nobody wrote down when they did."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("left_at", sa.DateTime(timezone=True)))
    people = sa.table("people", sa.column("standing"), sa.column("left_at", sa.DateTime(timezone=True)))
    op.execute(people.update().where(people.c.standing == "left").values(left_at=datetime.now(UTC)))
