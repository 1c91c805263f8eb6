"""What tests of backups have in common."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.settings import Settings


def settings_of(url: str) -> Settings:
    return Settings(_env_file=None, mode="local", database_url=url)


def url_of(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


def changed(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(statement)
