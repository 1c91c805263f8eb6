"""What each person was answered last in each conversation is remembered for an hour, so that they can go on from it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "last_answers",
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("conversation", sa.Text, nullable=False),
        sa.Column("question", sa.JSON, nullable=False),
        sa.Column("shown", sa.JSON, nullable=False),
        sa.Column("listed", sa.JSON, nullable=False),
        sa.Column("total", sa.Integer),
        sa.Column("offset", sa.Integer, nullable=False),
        sa.Column("before", sa.JSON),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("person", "conversation", name="pk_last_answers"),
    )
    op.create_index("ix_last_answers_at", "last_answers", ["at"])
