"""`serve`, `migrate` and `doctor` as an operator meets them."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.cli.operations import doctor, migrate, serve
from bot.operating.doctor import examine
from portfolio.directory import DirectoryChanges
from portfolio.identity import BY_ITSELF
from portfolio.working_time import WorkingTime
from storage.database import open_database
from storage.directory.store import SqlDirectory
from tests.kit.databases import Server
from tests.kit.graph import FakeGraph
from tests.kit.teams import FakeTeams, registered


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """An empty folder and no settings."""
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TOVHOLDER_")]:
        monkeypatch.delenv(name)
    return monkeypatch


def test_service_without_registration_refuses_to_start(
    operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert serve() == 1
    said = capsys.readouterr().err
    assert "Tovholder er ikke startet" in said
    assert "APP_ID" in said


def test_service_refuses_a_database_it_does_not_know(
    operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    operator.setenv("TOVHOLDER_MODE", "local")
    operator.setenv("TOVHOLDER_DATABASE_URL", "mysql://user:hush@db/x")
    assert serve() == 1
    said = capsys.readouterr().err
    assert "DATABASE_URL" in said
    assert "hush" not in said


def test_service_refuses_a_folder_for_a_database(
    operator: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    operator.setenv("TOVHOLDER_MODE", "local")
    operator.setenv("TOVHOLDER_DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}")
    assert serve() == 1
    said = capsys.readouterr().err
    assert said.startswith("Tovholder er ikke startet.\nDatabasen svarer ikke (IsADirectoryError).")


@pytest.mark.postgresql
def test_service_leaves_the_migration_of_a_shared_database_to_the_operator(
    operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], postgresql_server: Server
) -> None:
    operator.setenv("TOVHOLDER_MODE", "local")
    operator.setenv("TOVHOLDER_DATABASE_URL", postgresql_server.create("unmigrated", "template0"))
    assert serve() == 1
    assert "tovholder migrate" in capsys.readouterr().err
    postgresql_server.drop("unmigrated")


def test_database_is_migrated_and_found_well(operator: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    operator.setenv("TOVHOLDER_MODE", "local")
    assert doctor() == 1
    assert "Kør: tovholder migrate" in capsys.readouterr().out
    assert migrate() == 0
    assert doctor(json=True) == 0
    found = json.loads(capsys.readouterr().out.splitlines()[-1])
    subjects = ("Indstillinger", "Database", "Påmindelser", "Slettede personer")
    assert [(finding["subject"], finding["well"]) for finding in found] == [(one, True) for one in subjects]


async def test_doctor_looks_at_everything_that_a_signed_turn_needs(
    operator: pytest.MonkeyPatch, teams: FakeTeams, sqlite_url: str
) -> None:
    for name, value in registered(teams, sqlite_url).items():
        operator.setenv(name, value)
    assert [finding for finding in await examine() if not finding.well] == []
    teams.token_status = 401
    operator.setenv("TOVHOLDER_OPENID_METADATA_URL", f"{teams.url}/nowhere")
    ill = {finding.subject: finding.advice for finding in await examine() if not finding.well}
    assert ill.keys() == {"Nøgler", "Legitimation"}


async def test_service_starts_answers_and_stops_when_asked(operator: pytest.MonkeyPatch, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("tovholder")
    settings = {"TOVHOLDER_MODE": "local", "TOVHOLDER_PORT": "0", "TOVHOLDER_OPERATIONS_PORT": "0"}
    service = await asyncio.create_subprocess_exec(
        command, "serve", cwd=tmp_path, env={**os.environ, **settings}, stderr=subprocess.PIPE
    )
    assert service.stderr is not None
    said = (await asyncio.wait_for(service.stderr.readline(), 60)).decode()
    async with aiohttp.ClientSession() as client, client.get(f"{said.split()[-1]}/readyz") as response:
        assert response.status == 200
    service.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(service.wait(), 10) == 0


async def test_doctor_says_whether_people_may_be_read_and_when_they_were(
    operator: pytest.MonkeyPatch, teams: FakeTeams, sqlite_url: str
) -> None:
    for name, value in registered(teams, sqlite_url).items():
        operator.setenv(name, value)
    async with FakeGraph().open() as graph:
        for name, value in {"GRAPH_SYNC": "daily", "GRAPH_URL": graph.url, "TOKEN_URL": graph.token_url}.items():
            operator.setenv(f"TOVHOLDER_{name}", value)
        assert {"Microsoft Graph"} <= {finding.subject for finding in await examine() if finding.well}
        graph.is_permitted = False
        ill = {finding.subject: finding.advice for finding in await examine() if not finding.well}
        assert "User.Read.All" in ill["Microsoft Graph"]
        graph.is_permitted = True
        await _synced(sqlite_url, datetime.now(UTC))
        assert [one.well for one in await examine() if one.subject == "Personer"] == [True]
        await _synced(sqlite_url, datetime.now(UTC) - timedelta(days=3))
        (people,) = [one for one in await examine() if one.subject == "Personer"]
        assert "Kør" not in people.advice
        assert "tovholder sync people" in people.advice


async def _synced(url: str, at: datetime) -> None:
    database = open_database(url)
    told = DirectoryChanges(delta_link="https://graph.example/delta")
    await SqlDirectory(database, WorkingTime(UTC)).apply(told, BY_ITSELF, at)
    await database.close()
