"""How far the directory was read."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from storage.columns import Instant, metadata

# One row, or none. `delta_link` asks for what changes after what is stored. The daily reading was begun at `tried_at`,
# came to its end at `ran_at`, and was last stored at `synced_at`; where it wasn't, so many of those here would have
# left.
directory_sync = Table(
    "directory_sync",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("delta_link", Text),
    Column("tried_at", Instant),
    Column("ran_at", Instant),
    Column("synced_at", Instant),
    Column("leaving", Integer),
    Column("here", Integer),
)
