"""Requests that went unanswered are counted: a message is given up after so many, not after a process died."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("unanswered", sa.Integer, nullable=False, server_default="0"))
    op.execute(sa.text("UPDATE deliveries SET unanswered = 1 WHERE was_begun"))
    op.drop_column("deliveries", "was_begun")
