"""A last answer may be in doubt: something else was turned to since, which wasn't understood."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("last_answers", sa.Column("is_doubted", sa.Boolean, nullable=False, server_default=sa.false()))
