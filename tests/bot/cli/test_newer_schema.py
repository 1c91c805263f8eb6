"""Whatever an operator types on a database that a newer version has changed, it is refused and left alone."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import COMMANDS, app
from storage.database import sqlite_file

TYPED = {
    "chat": ["chat"],
    "ask": ["ask", "hvor mange projekter er der"],
    "ask a batch": ["ask", "--batch", "questions.jsonl"],
    "import": ["import", "portfolio", "examples.xlsx"],
    "import, but only look": ["import", "portfolio", "examples.xlsx", "--dry-run"],
    "remind": ["remind"],
    "remind, but only look": ["remind", "--dry-run"],
    "serve": ["serve"],
    "migrate": ["migrate"],
    "doctor": ["doctor"],
    "explain": ["doctor", "--delivery", "maja@birkefjord.example"],
    "backup": ["backup", "tovholder.backup"],
    "person": ["person", "unlink", "maja@birkefjord.example"],
    "sync": ["sync", "people", "--dry-run"],
    "audit": ["audit", "verify"],
    "audit show": ["audit", "show"],
    "move": ["move", "--to", "sqlite+aiosqlite:///new.db"],
}
# They use no database, or one of their own; and a backup of a newer version is a case of its own.
OTHERS = {"demo", "package", "restore"}


def test_every_command_is_tried_here() -> None:
    assert {line[0] for line in TYPED.values()} | OTHERS == set(COMMANDS)


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_database_of_a_newer_version_is_refused_and_left_alone(
    typed: list[str],
    sqlite_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    file = sqlite_file(sqlite_url)
    assert file is not None
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOVHOLDER_MODE", "local")
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", sqlite_url)
    Path("questions.jsonl").write_text(json.dumps({"text": "røde projekter"}))
    shutil.copy(Path(__file__).parents[3] / "examples" / "portfolio.xlsx", "examples.xlsx")
    before = file.read_bytes()
    assert app(typed, result_action="return_value") == 1
    said = capsys.readouterr()
    assert re.search("nyere (version|udgave) af Tovholder", said.out + said.err)
    assert file.read_bytes() == before
    assert not Path("tovholder.backup").exists()
