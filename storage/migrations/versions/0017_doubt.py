"""What is in doubt of a last answer, since something was said after it that wasn't understood."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("last_answers", sa.Column("doubt", sa.String(20)))
