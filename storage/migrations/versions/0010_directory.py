"""People whom a directory speaks for, what they were called by before, and how far the directory was read."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("people", sa.Column("is_from_directory", sa.Boolean, nullable=False, server_default=sa.false()))
    op.create_table(
        "former_addresses",
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("address", name="pk_former_addresses"),
    )
    op.create_index("ix_former_addresses_person", "former_addresses", ["person"])
    op.create_table(
        "directory_sync",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("delta_link", sa.Text),
        *(sa.Column(name, sa.DateTime(timezone=True)) for name in ("tried_at", "ran_at", "synced_at")),
        *(sa.Column(name, sa.Integer) for name in ("leaving", "here")),
        sa.PrimaryKeyConstraint("id", name="pk_directory_sync"),
    )
