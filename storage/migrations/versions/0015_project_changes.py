"""People close projects, move their ends and reach milestones here, and say why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "project_changes",
        sa.Column("id", ID, autoincrement=True, nullable=False),
        sa.Column("project", KEY, nullable=False),
        sa.Column("aspect", sa.String(20), nullable=False),
        sa.Column("milestone", sa.Text),
        sa.Column("before", sa.Text),
        sa.Column("after", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_file", sa.Text),
        sa.Column("is_held", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_project_changes"),
        sa.ForeignKeyConstraint(
            ["project"], ["projects.number"], name="fk_project_changes_project", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_project_changes_project_id", "project_changes", ["project", "id"])
