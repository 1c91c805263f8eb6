"""The steps in docs/operations.md, typed as they stand there, in a blank folder."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.databases import Server

ROOT = Path(__file__).parents[1]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
PROJECTS = "61 projekter."
LOCAL = {"TOVHOLDER_MODE": "local", "TOVHOLDER_PORT": "0", "TOVHOLDER_OPERATIONS_PORT": "0"}
BACKED_UP = ".venv/bin/tovholder backup tovholder.backup\n"
STARTED = "Tovholder svarer på"


def steps_of(heading: str) -> str:
    """The commands of a section, in their order."""
    section = re.split(r"^#+ ", OPERATIONS.partition(f"# {heading}\n")[2], maxsplit=1, flags=re.MULTILINE)[0]
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```$", section, re.DOTALL | re.MULTILINE)
    commands = [textwrap.dedent(block) for block in blocks]
    assert commands
    return "".join(commands)


class Machine:
    """A folder with what is put there before the first step, and nothing else."""

    def __init__(self, folder: Path, url: str, **environment: str) -> None:
        self.folder = folder
        folder.mkdir()
        for name in ("Makefile", "pyproject.toml", "requirements.lock"):
            shutil.copy(ROOT / name, folder)
            os.utime(folder / name, (0, 0))  # what they ask to have installed is there already
        (folder / ".venv").mkdir()
        (folder / ".venv" / "bin").symlink_to(ROOT / ".venv" / "bin")
        (folder / ".venv" / "ready").touch()
        (folder / ".env").write_text(f"TOVHOLDER_DATABASE_URL={url}\n")
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("TOVHOLDER_", "PG"))}
        programs = max(map(str, Path("/usr/lib/postgresql").glob("*/bin")), default="")
        path = f"{clean['PATH']}:{programs}"
        self._environment = {**clean, **LOCAL, **environment, "PATH": path, "PYTHONPATH": str(ROOT)}

    def type(self, steps: str) -> str:
        """Types all of it, and stops the service if it has come to that. Gives what was said."""
        shell = subprocess.Popen(
            ["sh", "-eu", "-c", steps], cwd=self.folder, env=self._environment, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        said = []
        with shell:
            for line in shell.stdout or ():
                said.append(line)
                if line.startswith(STARTED):
                    os.killpg(shell.pid, signal.SIGTERM)
        everything = "".join(said)
        assert shell.returncode in (0, -signal.SIGTERM), everything
        return everything


@pytest.fixture(scope="module")
def old_machine(tmp_path_factory: pytest.TempPathFactory) -> Machine:
    """One with a portfolio, and a backup of it."""
    machine = Machine(tmp_path_factory.mktemp("machines") / "old", "sqlite+aiosqlite:///var/tovholder.db")
    machine.type(f".venv/bin/tovholder import portfolio {ROOT}/examples/portfolio.xlsx\n{BACKED_UP}")
    return machine


@pytest.fixture
def database_machine(postgresql_server: Server) -> Iterator[dict[str, str]]:
    """How the machine's own PostgreSQL is reached, which has no such database."""
    yield {"PGHOST": str(postgresql_server.folder), "PGUSER": "tovholder"}
    postgresql_server.drop("tovholder")


def test_portfolio_is_back_on_a_blank_machine_by_the_written_steps(old_machine: Machine, tmp_path: Path) -> None:
    new = Machine(tmp_path / "new", "sqlite+aiosqlite:///var/tovholder.db")
    shutil.copy(old_machine.folder / "tovholder.backup", new.folder)
    said = new.type(steps_of("With SQLite"))
    assert PROJECTS in said
    assert STARTED in said


@pytest.mark.postgresql
def test_portfolio_moves_to_postgresql_and_is_back_on_a_blank_machine_by_the_written_steps(
    old_machine: Machine, database_machine: dict[str, str], postgresql_server: Server, tmp_path: Path
) -> None:
    url = "postgresql+psycopg:///tovholder"
    old = f"sqlite+aiosqlite:///{old_machine.folder}/var/tovholder.db"
    moving = Machine(tmp_path / "moving", old, **database_machine)
    assert "Flyttet: " in moving.type(steps_of("Moving to PostgreSQL"))
    moved = Machine(tmp_path / "moved", url, **database_machine)
    moved.type(BACKED_UP)
    postgresql_server.drop("tovholder")
    new = Machine(tmp_path / "new", url, **database_machine)
    shutil.copy(moved.folder / "tovholder.backup", new.folder)
    said = new.type(steps_of("With PostgreSQL"))
    assert PROJECTS in said
    assert STARTED in said
