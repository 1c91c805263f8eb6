"""What is said in turns is sent like reminders: a message may hold its words, and then belongs to no run. The card of
a round is drawn by one process at a time."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # SQLite makes a table anew to change a column, which it can't while another refers to it.
    with op.batch_alter_table("reminded") as batch:
        batch.drop_constraint("fk_reminded_delivery", type_="foreignkey")
    with op.batch_alter_table("deliveries") as batch:
        batch.alter_column("run", existing_type=sa.BigInteger().with_variant(sa.Integer, "sqlite"), nullable=True)
        batch.add_column(sa.Column("said", sa.JSON))
    with op.batch_alter_table("reminded") as batch:
        batch.create_foreign_key("fk_reminded_delivery", "deliveries", ["delivery"], ["id"])
    op.add_column("rounds", sa.Column("drawn_until", sa.DateTime(timezone=True)))
