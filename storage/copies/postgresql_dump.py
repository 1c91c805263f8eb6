"""Dumps of a PostgreSQL database, made and put back by its own programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from psycopg.conninfo import make_conninfo
from psycopg.pq import Conninfo
from sqlalchemy import make_url

from storage.copies.files import CopyError, Progress

# Where Debian puts the programs of each version.
_PROGRAMS = Path("/usr/lib/postgresql")
_A_TABLE = re.compile(r"(?:dumping contents of|processing data for) table")
_TABLE_DATA = re.compile(r"^\d+; .* TABLE DATA ")
_SCHEMA_DATA = re.compile(r" TABLE DATA \S+ alembic_version ")
_OTHER_VERSION = "unsupported version"  # of the dump, which newer programs can read
_LONGEST_REASON = 300
# They would ask for a password where nobody is, and wait for a server that doesn't answer.
_ALWAYS = ("--no-password", "--verbose", "--no-owner", "--no-privileges")
_SURROUNDINGS = {"LC_ALL": "C", "PGCONNECT_TIMEOUT": "15"}


def dump(url: str, target: Path, progress: Progress | None = None, tables: int = 0) -> None:
    """Writes the database as it is at this moment; others go on working in it. Raises CopyError."""
    command = [_program("pg_dump"), *_ALWAYS, "--format=custom", f"--file={target.absolute()}"]
    _run(command, url, progress, tables)


def revision_of(file: Path) -> str | None:
    """The schema of a dump of Tovholder's tables; None where it holds none. Raises CopyError where it is damaged."""
    restore = _program("pg_restore")
    try:
        _run(
            [restore, f"--file={os.devnull}", str(file.absolute())]
        )  # a dump that was cut off can't be read to its end
    except CopyError as error:
        if _OTHER_VERSION in error.details.get("reason", ""):
            raise
        raise CopyError("damaged") from error
    script = _run([restore, "--data-only", "--table=alembic_version", "--file=-", str(file.absolute())])
    found = re.search(r"^COPY \S+alembic_version \(version_num\) FROM stdin;\n(\S+)\n\\\.$", script, re.MULTILINE)
    return found[1] if found else None


def restore(file: Path, url: str, progress: Progress | None = None) -> None:
    """Puts all of it into a blank database, or nothing, but for the row that names its schema: without that, nothing
    takes the database for one that may be used. Raises CopyError."""
    program = _program("pg_restore")
    listed = _run([program, "--list", str(file.absolute())]).splitlines()
    wanted = [line for line in listed if not _SCHEMA_DATA.search(line)]
    with tempfile.NamedTemporaryFile("w", suffix=".list") as contents:
        contents.write("\n".join(wanted))
        contents.flush()
        into = make_conninfo(dbname=_parameters(url).get("dbname", ""))
        command = [program, *_ALWAYS, "--single-transaction", "--exit-on-error"]
        command += [f"--use-list={contents.name}", f"--dbname={into}", str(file.absolute())]
        _run(command, url, progress, sum(bool(_TABLE_DATA.match(line)) for line in wanted))


def _program(name: str) -> str:
    """Finds the program, the newest of several. Raises CopyError."""
    found = shutil.which(name)
    if found is None:
        versions = sorted(_PROGRAMS.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
        found = str(versions[-1]) if versions else None
    if found is None:
        raise CopyError("no_program", program=name)
    return found


def _run(command: Sequence[str], url: str | None = None, progress: Progress | None = None, steps: int = 0) -> str:
    """Gives what the program printed. Raises CopyError with what it complained of."""
    environment = {**os.environ, **_SURROUNDINGS, **(_variables(url) if url else {})}
    done, complaints = 0, []
    with (
        tempfile.TemporaryFile() as printed,
        subprocess.Popen(  # noqa: S603 - one of PostgreSQL's programs
            command, env=environment, stdout=printed, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
        ) as running,
    ):
        for line in running.stderr or ():
            if "error:" in line:
                complaints.append(line.strip())
            elif _A_TABLE.search(line) and progress:
                done += 1
                progress(done, max(done, steps))
        running.wait()
        if running.returncode:
            reason = " ".join(complaints)[:_LONGEST_REASON] or f"{Path(command[0]).name}: {running.returncode}"
            raise CopyError("program_failed", reason=reason)
        printed.seek(0)
        return printed.read().decode(errors="replace")


def _variables(url: str) -> dict[str, str]:
    """Tells how to reach the database, as the programs read it from their surroundings: nobody sees those of another's
    process, as they would see its command line."""
    known = {option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar}
    return {known[name]: value for name, value in _parameters(url).items() if name in known}


def _parameters(url: str) -> dict[str, str]:
    target = make_url(url)
    _, parameters = target.get_dialect()().create_connect_args(target)
    return {name: str(value) for name, value in parameters.items()}
