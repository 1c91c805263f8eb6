"""What people stored can be taken back: it is remembered for a while, and a report that is taken back says so. All
reminders may be stopped until a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "deeds",
        sa.Column("number", ID, autoincrement=True, nullable=False),
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_undone", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_deeds"),
        sa.UniqueConstraint("id", name="uq_deeds_id"),
    )
    op.create_index("ix_deeds_person_number", "deeds", ["person", "number"])
    op.add_column("sending", sa.Column("stopped_until", sa.Date))
    op.add_column("publications", sa.Column("is_withdrawn", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("publications", sa.Column("before", sa.JSON))
