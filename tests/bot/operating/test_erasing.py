"""`tovholder person show` and `person erase`, and backups from before that."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.operating.doctor import Finding, examine
from portfolio.projects.project import Phase, Project
from portfolio.projects.status import Rag, StatusReport
from portfolio.whole import Portfolio
from storage.accounts import SqlAccountStore
from storage.database import Database, open_database
from storage.privacy.erased_list import ErasedList
from storage.whole import SqlPortfolioWriter
from tests.kit.rows import contents_of
from tests.world.people import IDA, MAJA, OLE, mentioned
from tests.world.portfolio import NOW

Typed = Callable[..., tuple[int, str]]
MENTIONED = mentioned("konsulent@firma.example")
HERE = Portfolio(
    projects=(
        Project("P001", "Skærmbesøg", lead=MAJA.id, owner=OLE.id, phase=Phase.EXECUTION, description="Spørg Maja Holm"),
        Project("P002", "Arkiv", lead=MAJA.id, owner=MENTIONED.id, phase=Phase.CLOSED),
    ),
    reports=(
        StatusReport("P001", date(2026, 6, 1), Rag.RED, comment="Maja Holms plan holder", author=MAJA.id),
        StatusReport("P001", date(2026, 6, 8), Rag.AMBER, comment="Krag har overblik", author=OLE.id),
    ),
    people=(MAJA, replace(OLE, entra_id=None, manager=MAJA.id), IDA),
    mentioned=(MENTIONED,),
)
MARKS = ("maja", "holm", "entra-maja")


@pytest.fixture
def url(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A portfolio on each kind of database in turn, with a list of the erased in the folder of the test."""
    monkeypatch.setenv("TOVHOLDER_ERASED_FILE", str(tmp_path / "erased.jsonl"))
    asyncio.run(_filled(database_url))
    return database_url


async def _filled(url: str) -> None:
    database = open_database(url)
    await SqlPortfolioWriter(database).apply(HERE)
    await SqlAccountStore(database).link_person(OLE.id, "entra-ole", NOW)
    await database.close()


def examined() -> dict[str, Finding]:
    """What the doctor finds on the database of the command before."""
    return {finding.subject: finding for finding in asyncio.run(examine())}


def test_all_that_is_held_on_a_person_is_shown_by_what_it_is_for(url: str, typed: Typed):
    code, said = typed(url, "person", "show", "Maja.Holm@kommune.example")
    assert code == 0
    lines = said.splitlines()
    assert lines[0].startswith("Det, Tovholder har gemt om Maja Holm, ")
    assert [line for line in lines if line and line[0] != " " and "Gemmes" not in line][1:] == [
        "At vide, hvem der arbejder i kommunen, og hvem der må hvad:",
        "At følge kommunens digitaliseringsprojekter, og hvem der har ansvar for dem:",
    ]  # fmt: skip
    for row in (
        "P001 Skærmbesøg · projektleder · beskrivelse: Spørg Maja Holm",
        "P002 Arkiv · projektleder",
        "P001 Skærmbesøg · 01-06-2026 · meldt af · kommentar: Maja Holms plan holder",
    ):
        assert f"  - {row}" in lines
    assert "Entra-id: entra-maja" in said
    assert "driften så, hvad der er gemt om en person" in lines[-1]
    assert "overblik" not in said


def test_scripts_get_one_document(url: str, typed: Typed):
    document = json.loads(typed(url, "person", "show", MAJA.email, "--json")[1])
    assert (document["person"]["id"], document["person"]["email"]) == (MAJA.id, MAJA.email)
    report = next(row for row in document["held"] if row["table"] == "reports")
    assert report["key"] == {"project": "P001", "day": "2026-06-01"}
    assert (report["parts"], report["texts"]) == (["author"], {"comment": ["Maja Holms plan holder"]})
    assert (report["purpose"], report["kept"], report["erased"]) == (
        "portfolio", [{"while": "in_portfolio"}], "changes",
    )  # fmt: skip
    assert [line["action"] for line in document["log"]] == ["person_shown"]


@pytest.mark.parametrize("known_by", [MENTIONED.email, "OLE.KRAG@kommune.example", "entra-ole", OLE.id])
def test_people_are_found_by_whatever_tells_who_they_are(url: str, typed: Typed, known_by: str):
    assert typed(url, "person", "show", known_by)[0] == 0


@pytest.mark.parametrize("command", ["show", "erase"])
def test_somebody_whom_nobody_knows_is_said_not_to_be_there(url: str, typed: Typed, command: str):
    code, said = typed(url, "person", command, "ingen@kommune.example")
    assert (code, "»ingen@kommune.example«" in said, "Intet er ændret" in said) == (2, True, True)


def test_what_goes_is_shown_without_doing_it(url: str, typed: Typed):
    code, said = typed(url, "person", "erase", MAJA.email, "--dry-run")
    assert code == 0
    assert "Slettes: person (1)." in said
    assert "Rettes, så personen ikke er nævnt: person (1), projekt (1), statusmelding (1)." in said
    assert "Bliver stående som »tidligere medarbejder«: projekt (1)." in said
    assert "Personen leder 1 åbent projekt (P001)" in said
    assert "Maja Holm" in typed(url, "person", "show", MAJA.email)[1]


def test_script_erases_without_being_asked(url: str, typed: Typed):
    assert typed(url, "person", "erase", MAJA.email)[0] == 0
    assert typed(url, "person", "show", MAJA.email)[0] == 2


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("answer", "code"), [("ja\n", 0), ("Ja", 0), ("nej\n", 1), ("\n", 1), ("", 1)])
def test_operator_at_a_terminal_is_asked(
    url: str, typed: Typed, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
):
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert typed(url, "person", "erase", MAJA.email)[0] == code
    assert typed(url, "person", "show", MAJA.email)[0] == (0 if code else 2)


def test_erased_person_is_nobody_any_more(url: str, typed: Typed, tmp_path: Path):
    code, said = typed(url, "person", "erase", MAJA.email, "--yes")
    assert (code, f"står på listen {tmp_path}/erased.jsonl" in said) == (0, True)
    assert ErasedList(tmp_path / "erased.jsonl").read() == {MAJA.id}
    assert typed(url, "person", "show", MAJA.email)[0] == 2
    answer = json.loads(typed(url, "ask", "hvem leder skærmbesøg", "--json")[1])
    assert (answer["projects"], answer["people"]) == (["P001"], [])
    assert "tidligere medarbejder" in answer["text"]
    assert MAJA.id not in answer["text"]
    assert "tidligere medarbejder" in typed(url, "ask", "vis skærmbesøg")[1]
    assert typed(url, "audit", "verify")[0] == 0
    assert (
        "driften slettede, hvad der var gemt om en person · person: tidligere medarbejder"
        in typed(url, "audit", "show")[1]
    )
    assert marks_in(url, typed, tmp_path) == []


def marks_in(url: str, typed: Typed, folder: Path) -> list[str]:
    """What of the person a backup holds, and all the other files of the test."""
    if url.startswith("sqlite"):
        content = b"".join(file.read_bytes() for file in folder.iterdir() if file.suffix != ".before")
    else:
        content = asyncio.run(_rows_of(url)).encode()
    return [mark for mark in MARKS if mark.encode() in content.lower()]


async def _rows_of(url: str) -> str:
    return str(await contents_of(url))


def test_who_was_erased_stays_so_when_an_older_backup_is_restored(
    url: str, typed: Typed, blank: Callable[[str], str], tmp_path: Path
):
    backup = tmp_path / "tovholder.before"
    assert typed(url, "backup", backup)[0] == 0
    assert typed(url, "person", "erase", MAJA.email, "--yes")[0] == 0
    new = blank(url)
    code, said = typed(new, "restore", backup)
    assert (code, "1 person står på listen over slettede" in said) == (0, True)
    assert typed(new, "person", "show", MAJA.email)[0] == 2
    assert marks_in(new, typed, tmp_path / "elsewhere") == []
    assert typed(new, "audit", "verify")[0] == 0
    assert "Tovholder selv slettede, hvad der var gemt om en person" in typed(new, "audit", "show")[1]
    assert "P001" in typed(new, "ask", "røde og gule projekter", "--json")[1]


def test_restore_without_the_list_says_so(url: str, typed: Typed, blank: Callable[[str], str], tmp_path: Path):
    backup = tmp_path / "tovholder.before"
    assert typed(url, "backup", backup)[0] == 0
    code, said = typed(blank(url), "restore", backup)
    assert (code, "Der er ingen liste over slettede personer" in said) == (0, True)


def test_list_that_cannot_be_read_keeps_all_as_it_was(
    url: str, typed: Typed, blank: Callable[[str], str], tmp_path: Path
):
    backup, listed = tmp_path / "tovholder.before", tmp_path / "erased.jsonl"
    assert typed(url, "backup", backup)[0] == 0
    listed.write_text("{\n")
    code, said = typed(url, "person", "erase", MAJA.email, "--yes")
    assert (code, f"Linje 1 i listen over slettede, {listed}, kan ikke læses" in said) == (1, True)
    assert typed(url, "person", "show", MAJA.email)[0] == 0
    new = blank(url)
    code, said = typed(new, "restore", backup)
    assert (code, "Intet er lagt tilbage" in said) == (1, True)
    typed(url, "audit", "show")
    assert "Linje 1" in examined()["Slettede personer"].advice


def test_list_that_cannot_be_written_keeps_the_person(
    url: str, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("TOVHOLDER_ERASED_FILE", str(tmp_path))
    code, said = typed(url, "person", "erase", MAJA.email, "--yes")
    assert (code, "Intet er slettet" in said) == (1, True)
    assert typed(url, "person", "show", MAJA.email)[0] == 0


def test_doctor_misses_those_who_are_not_on_the_list(url: str, typed: Typed, tmp_path: Path):
    assert typed(url, "person", "erase", MAJA.email, "--yes")[0] == 0
    assert examined()["Slettede personer"].well
    (tmp_path / "erased.jsonl").unlink()
    assert "1 person, der er slettet, står ikke på listen" in examined()["Slettede personer"].advice


def test_list_stands_beside_the_file_unless_it_is_said_where(
    sqlite_url: str, typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("TOVHOLDER_ERASED_FILE", raising=False)
    asyncio.run(_filled(sqlite_url))
    assert typed(sqlite_url, "person", "erase", OLE.email, "--yes")[0] == 0
    assert ErasedList(tmp_path / "tovholder.erased.jsonl").read() == {OLE.id}


def test_person_whom_the_next_file_names_is_somebody_new(url: str, typed: Typed):
    assert typed(url, "person", "erase", MAJA.email, "--yes")[0] == 0
    asyncio.run(_filled_again(url))
    document = json.loads(typed(url, "person", "show", MAJA.email, "--json")[1])
    assert document["person"]["id"] != MAJA.id


async def _filled_again(url: str) -> None:
    database: Database = open_database(url)
    again = mentioned("someone@else.example").id
    await SqlPortfolioWriter(database).apply(Portfolio(people=(replace(MAJA, id=again),)))
    await database.close()
