"""`import people` and `sync people` as an operator meets them."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC
from pathlib import Path
from typing import Any

import pytest

from bot.cli import app
from bot.cli.syncing import import_people, sync_people
from portfolio.directory import DirectoryChanges, DirectoryEntry
from portfolio.identity import BY_IMPORT
from portfolio.organisation import OrgUnit
from portfolio.whole import Portfolio
from portfolio.working_time import WorkingTime
from storage.accounts import SqlAccountStore
from storage.database import open_database
from storage.directory.store import SqlDirectory
from storage.whole import SqlPortfolioWriter
from tests.kit.graph import FakeGraph, id_of, user
from tests.kit.teams import APP_ID, SECRET, TENANT
from tests.world.municipality import CAST
from tests.world.people import GRY, SOREN
from tests.world.portfolio import NOW

NAMES = ("Vagn Holm", "Gry Thorlund", "Søren Holm", "Ib Dam", "Mette Lindegaard", "Inge Sandal")
HEADERS = ("E-mail", "UPN", "Entra-id", "Navn", "Fagområde", "Leder", "Aktiv")
NOTHING: dict[str, list[str]] = {"joined": [], "left": [], "moved": [], "changed": []}
Run = Callable[..., tuple[int, dict[str, Any]]]
Sync = Callable[..., Awaitable[tuple[int, dict[str, Any]]]]


def address(name: str) -> str:
    return f"{name.split()[0].lower()}@birkefjord.example"


def lists(document: dict[str, Any]) -> dict[str, list[str]]:
    return {name: document[name] for name in NOTHING}


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_url: str) -> str:
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("TOVHOLDER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", sqlite_url)
    return sqlite_url


@pytest.fixture
def run(url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Imports rows of people, and gives the exit code and the document."""

    def importing(*rows: tuple[str, ...], **options: Any) -> tuple[int, dict[str, Any]]:
        file = tmp_path / "people.csv"
        file.write_text("\n".join(";".join(row) for row in (HEADERS, *rows)), encoding="utf-8")
        code = import_people(file, json=True, **options)
        return code, json.loads(capsys.readouterr().out)

    return importing


def row(name: str, **otherwise: str) -> tuple[str, ...]:
    told = {"E-mail": address(name), "UPN": address(name), "Entra-id": id_of(name), "Navn": name, "Aktiv": "ja"}
    return tuple((told | otherwise).get(header, "") for header in HEADERS)


def everybody(**otherwise: tuple[str, ...] | None) -> list[tuple[str, ...]]:
    """All of them, but for those named by their first name."""
    told = {name.split()[0]: row(name) for name in NAMES} | otherwise
    return [one for one in told.values() if one is not None]


def test_people_join_and_the_same_again_changes_nothing(run: Run) -> None:
    code, document = run(*everybody())
    assert (code, document["stored"]) == (0, True)
    assert lists(document) == NOTHING | {"joined": sorted(address(name) for name in NAMES)}
    code, again = run(*everybody(), full=True)
    assert (code, lists(again)) == (0, NOTHING)


def test_dry_run_tells_all_that_would_happen_and_stores_nothing(run: Run) -> None:
    run(*everybody())
    changed = everybody(
        Søren=row("Søren Holm", **{"E-mail": "soeren.kjaer@birkefjord.example", "Navn": "Søren Kjær"}),
        Gry=row("Gry Thorlund", Leder=address("Vagn Holm")),
        Ib=None,
        Ny=row("Ny Person"),
    )
    expected = {
        "joined": ["ny@birkefjord.example"],
        "left": [address("Ib Dam")],
        "moved": [address("Gry Thorlund")],
        "changed": ["soeren.kjaer@birkefjord.example"],
    }
    code, document = run(*changed, full=True, dry_run=True)
    assert (code, document["stored"], lists(document)) == (0, False, expected)
    code, document = run(*changed, full=True)
    assert (code, document["stored"], lists(document)) == (0, True, expected)
    assert lists(run(*changed, full=True)[1]) == NOTHING


def test_who_is_left_out_stays_without_full_and_leaves_with_a_no(run: Run) -> None:
    run(*everybody())
    assert lists(run(*everybody(Ib=None))[1]) == NOTHING
    code, document = run(row("Ib Dam", Aktiv="nej"))
    assert (code, document["left"]) == (0, [address("Ib Dam")])
    assert run(row("Ib Dam"))[1]["joined"] == [address("Ib Dam")]


def test_more_than_a_fifth_leaving_needs_a_yes(run: Run, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(*everybody())
    few = everybody(Ib=None, Mette=None)
    code, document = run(*few, full=True)
    assert (code, document["stored"], document["too_many_leaving"], len(document["left"])) == (1, False, True, 2)
    assert import_people(tmp_path / "people.csv", full=True) == 1
    assert "2 af 6 ville fratræde" in capsys.readouterr().err
    code, document = run(*few, full=True, dry_run=True)
    assert (code, document["too_many_leaving"]) == (0, True)
    code, document = run(*few, full=True, yes=True)
    assert (code, document["stored"], len(document["left"])) == (0, True, 2)


@pytest.mark.parametrize(("answer", "code"), [("ja\n", 0), ("Ja \n", 0), ("nej\n", 1), ("", 1)])
def test_somebody_at_a_terminal_is_asked(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answer: str,
    code: int,
) -> None:
    run(*everybody())
    run(*everybody(Ib=None, Mette=None), full=True)

    class Terminal:
        def isatty(self) -> bool:
            return True

        def readline(self) -> str:
            return answer

    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert import_people(tmp_path / "people.csv", full=True) == code
    said = capsys.readouterr()
    assert "Skriv ja" in said.err
    assert ("Personerne er opdateret" in said.out) == (code == 0)


def test_refused_row_refuses_all_and_nobody_can_be_said_to_have_left(run: Run) -> None:
    bad = everybody(Ib=row("Ib Dam", **{"Entra-id": "abc"}))
    code, document = run(*bad)
    assert (code, document["stored"], lists(document)) == (1, False, NOTHING)
    assert [(one["row"], one["column"]) for one in document["refused"]] == [(5, "Entra-id")]
    code, document = run(*bad, partial=True)
    assert (code, document["stored"], len(document["joined"])) == (1, True, 5)
    code, document = run(*bad, partial=True, full=True)
    assert (code, document["stored"]) == (1, False)


def test_address_of_somebody_who_is_here_is_refused_with_its_row(run: Run) -> None:
    run(*everybody())
    taking = row("Ny Person", **{"E-mail": address("Ib Dam")})
    code, document = run(taking)
    assert (code, document["stored"]) == (1, False)
    assert [(one["row"], one["column"], one["value"], one["code"]) for one in document["refused"]] == [
        (2, "E-mail", address("Ib Dam"), "address_taken")
    ]
    code, document = run(row("Gry Thorlund", Navn="Gry Dahl"), taking, partial=True)
    assert (code, document["stored"], document["changed"]) == (1, True, [address("Gry Thorlund")])
    code, document = run(*everybody(Ib=None), taking, full=True)
    assert (code, document["left"], document["joined"]) == (0, [address("Ib Dam")], [address("Ib Dam")])


def test_file_that_holds_no_people_is_refused(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "odd.csv"
    file.write_text("Titel;Budget\nx;1\n", encoding="utf-8")
    assert import_people(file) == 1
    assert import_people(tmp_path / "nothing.csv") == 2


async def _store(url: str, portfolio: Portfolio) -> None:
    database = open_database(url)
    await SqlPortfolioWriter(database).apply(portfolio)
    await database.close()


def test_what_somebody_had_is_listed_to_be_handed_over(
    run: Run, url: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asyncio.run(_store(url, CAST))
    code, document = run(row("Søren Holm", **{"E-mail": SOREN.address, "Aktiv": "nej"}))
    assert code == 0
    (left,) = document["handover"]
    assert (left["person"], left["projects"], left["bodies"], left["roles"]) == (
        SOREN.email,
        ["P001", "P002"],
        ["Project Board"],
        ["project_lead"],
    )
    file = tmp_path / "gry.csv"
    file.write_text(f"E-mail;Aktiv\n{GRY.email};nej\n", encoding="utf-8")
    assert import_people(file, dry_run=True) == 0
    said = capsys.readouterr().out
    assert f"Skal overdrages efter Gry Thorlund ({GRY.email}):" in said
    assert "ejer projekterne P001, P003, P007" in said
    assert "har rollen Chef" in said


@pytest.fixture
async def graph(url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeGraph]:
    async with FakeGraph().open() as graph:
        graph.add(*(user(name) for name in NAMES))
        for name, value in {
            "APP_ID": APP_ID,
            "APP_TENANT_ID": TENANT,
            "APP_PASSWORD": SECRET,
            "TOKEN_URL": graph.token_url,
            "GRAPH_URL": graph.url,
        }.items():
            monkeypatch.setenv(f"TOVHOLDER_{name}", value)
        yield graph


@pytest.fixture
def sync(graph: FakeGraph, capsys: pytest.CaptureFixture[str]) -> Sync:
    async def syncing(**options: Any) -> tuple[int, dict[str, Any]]:
        code = await asyncio.to_thread(sync_people, json=True, **options)
        said = capsys.readouterr().out
        return code, json.loads(said[said.index("{\n") :])  # without the log

    return syncing


async def test_people_are_synced_and_then_only_what_changed(graph: FakeGraph, sync: Sync) -> None:
    code, document = await sync(dry_run=True)
    assert (code, document["stored"], len(document["joined"])) == (0, False, 6)
    code, document = await sync()
    assert (code, document["stored"], len(document["joined"])) == (0, True, 6)
    graph.asked.clear()
    assert lists((await sync())[1]) == NOTHING
    assert "$deltatoken" in graph.asked[0].query
    assert len(graph.asked) == 1


async def test_remarried_moved_left_and_new_people_are_told_apart(graph: FakeGraph, sync: Sync) -> None:
    await sync()
    graph.touch("Søren Holm", mail="skj@birkefjord.example", userPrincipalName="skj@birkefjord.example")
    graph.lead("Gry Thorlund", "Vagn Holm")
    graph.remove("Ib Dam")
    graph.add(user("Ny Person", mail="ib@birkefjord.example"))  # Ib's address, a day later
    expected = {
        "joined": ["ib@birkefjord.example"],
        "left": [address("Ib Dam")],
        "moved": [address("Gry Thorlund")],
        "changed": ["skj@birkefjord.example"],
    }
    assert lists((await sync(dry_run=True))[1]) == expected
    assert lists((await sync())[1]) == expected
    assert lists((await sync())[1]) == NOTHING


async def test_account_that_is_opened_again_is_the_same_persons(graph: FakeGraph, sync: Sync, url: str) -> None:
    await sync()
    graph.touch("Ib Dam", accountEnabled=False)
    assert (await sync())[1]["left"] == [address("Ib Dam")]
    graph.touch("Ib Dam", accountEnabled=True, displayName="Ib Dam-Holm")
    assert (await sync())[1]["joined"] == [address("Ib Dam")]
    database = open_database(url)
    found = await SqlAccountStore(database).person_by_entra_id(id_of("Ib Dam"))
    await database.close()
    assert found is not None
    assert found.name == "Ib Dam-Holm"


async def test_link_that_graph_forgot_reads_everybody_anew(graph: FakeGraph, sync: Sync) -> None:
    await sync()
    graph.touch("Gry Thorlund", displayName="Gry Dahl")
    graph.remove("Ib Dam")
    graph.forget()
    assert lists((await sync())[1]) == NOTHING | {"changed": [address("Gry Thorlund")], "left": [address("Ib Dam")]}


async def test_many_leaving_at_once_in_graph_need_a_yes_too(graph: FakeGraph, sync: Sync) -> None:
    await sync()
    graph.remove("Ib Dam")
    graph.forget()
    graph.remove("Mette Lindegaard")
    graph.forget()
    code, document = await sync()
    assert (code, document["stored"], document["too_many_leaving"]) == (1, False, True)
    code, document = await sync(yes=True)
    assert (code, len(document["left"])) == (0, 2)


async def test_conflict_in_graph_is_told_and_tried_again(graph: FakeGraph, sync: Sync) -> None:
    await sync()
    graph.add(user("Ny Person", mail=address("Ib Dam")))
    for _ in range(2):
        code, document = await sync()
        assert (code, document["stored"], lists(document)) == (1, True, NOTHING)
        assert [(one["sheet"], one["column"]) for one in document["refused"]] == [("Microsoft Graph", "E-mail")]
    graph.touch("Ny Person", mail="ny@birkefjord.example")
    code, document = await sync()
    assert (code, document["joined"]) == (0, ["ny@birkefjord.example"])


async def test_department_that_is_made_later_is_given_then(graph: FakeGraph, sync: Sync, url: str) -> None:
    graph.touch("Gry Thorlund", department="Havnen")
    _, document = await sync()
    assert document["unknown_departments"] == {"Havnen": 1}
    await _store(url, Portfolio(org_units=(OrgUnit("Havnen"),)))
    assert (await sync())[1]["moved"] == [address("Gry Thorlund")]


async def test_graph_that_lets_nobody_in_changes_nothing(
    graph: FakeGraph, sync: Sync, capsys: pytest.CaptureFixture[str]
) -> None:
    graph.is_permitted = False
    assert await asyncio.to_thread(sync_people) == 1
    assert "User.Read.All" in capsys.readouterr().err


def test_sync_without_a_registration_says_what_is_missing(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert sync_people() == 1
    assert "APP_ID" in capsys.readouterr().err


def test_person_who_left_is_nobody_to_the_commands(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    async def leave() -> None:
        await _store(url, CAST)
        database = open_database(url)
        gone = DirectoryChanges((DirectoryEntry(email=SOREN.email, is_active=False),), is_full=False)
        await SqlDirectory(database, WorkingTime(UTC)).apply(gone, BY_IMPORT, NOW)
        await database.close()

    asyncio.run(leave())
    for line in (f'ask "mine projekter" --as {SOREN.email}', f"chat --as {SOREN.email}"):
        with pytest.raises(SystemExit) as exit_:
            app(line)
        assert exit_.value.code == 2
        assert SOREN.address in capsys.readouterr().err
