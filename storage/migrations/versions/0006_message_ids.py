"""A message that was sent is known by its id in Teams, so that a reply to it can be told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("message", sa.Text))
    op.create_index("ix_deliveries_message", "deliveries", ["message"])
