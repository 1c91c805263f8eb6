"""Somebody may ask for a project's status between its deadlines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "status_requests",
        sa.Column("project", KEY, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("project", name="pk_status_requests"),
        sa.ForeignKeyConstraint(
            ["project"], ["projects.number"], name="fk_status_requests_project", ondelete="CASCADE"
        ),
    )
