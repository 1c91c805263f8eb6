"""One person goes through every feature there is, is shown all that is held on them, is erased, and is nowhere any
more: not in the database's files, nor in logs and other files, nor after an older backup was restored."""

from __future__ import annotations

import asyncio
import json
import logging
import shutil
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import structlog

from bot.cli import app
from bot.logs import configure
from bot.settings import Settings
from portfolio.organisation import Person, Role
from storage.copies import postgresql_dump
from storage.data_map import DATA_MAP
from storage.database import sqlite_file
from storage.privacy.finding import FINDS
from tests.kit import teams as kit_teams
from tests.kit.bench import Bench, open_bench
from tests.kit.databases import Server
from tests.kit.teams import CHANNEL, GROUP, FakeTeams
from tests.kit.wire import InTeams, Moment, met
from tests.world.people import IDA, MAJA, OLE, person

NAME, EMAIL, OLD = "Zorblax Kvistmark", "zorblax.kvistmark@kommune.example", "zk4711@kommune.example"
UPN, ENTRA = "zkupn@kommune.example", "e0e0e0e0-0000-4000-8000-00000000e0e0"
ZORBLAX = person(EMAIL, NAME, "Ældre", role=Role.PROJECT_LEAD, entra_id=ENTRA, upn=UPN)
MARKS = ("zorblax", "kvistmark", "zk4711", "zkupn", "e0e0e0e0-0000")
SAYS = f"{NAME} ({EMAIL}) følger op, og Zorblax' kolleger hjælper"
# What only the office's decisions on reminders, reminders that reach nobody, and changes of projects write there; all
# columns are tried in tests/storage/privacy.
UNTOUCHED = {
    *("runs.decided_by", "runs.problems", "stopped.by", "stopped.recipient", "stopped.subject", "status_requests.by"),
    *("project_changes.by", "project_changes.milestone", "project_changes.reason"),
}


@dataclass
class House:
    """A municipality's service on one kind of database, its folder, and a terminal beside it."""

    url: str
    folder: Path
    settings: Settings
    teams: FakeTeams
    clock: Moment
    log: StringIO
    capsys: pytest.CaptureFixture[str]

    async def type(self, *words: object) -> str:
        """Types a command while the service runs, which must come to its end."""
        code = await asyncio.to_thread(app, list(map(str, words)), result_action="return_value")
        said = self.capsys.readouterr()
        assert code == 0, said.err
        return said.out

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[Bench]:
        async with open_bench(self.settings, self.teams, self.clock) as bench:
            yield bench

    def written(self) -> bytes:
        """All that was written: the database, or a dump of it, the logs, and every file but the backup from before."""
        files = [file for file in self.folder.rglob("*") if file.is_file() and file.suffix not in (".before", ".xlsx")]
        content = b"".join(file.read_bytes() for file in files)
        if sqlite_file(self.url) is None:
            dump = self.folder / "dump.before"
            postgresql_dump.dump(self.url, dump, None, 1)
            content += subprocess.run(["pg_restore", "-f", "-", str(dump)], check=True, capture_output=True).stdout
        return content + self.log.getvalue().encode()

    def marks(self) -> list[str]:
        """The marks of the person that stand there, each with what stands around it."""
        text = self.written().decode(errors="replace").lower()
        places = {mark: text.find(mark) for mark in MARKS}
        return [f"{mark}: {text[max(0, at - 80) : at + 80]!r}" for mark, at in places.items() if at >= 0]


@pytest.fixture
def house(
    production: Settings,
    database_url: str,
    teams: FakeTeams,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> AsyncIterator[House]:
    folder = tmp_path / "house"
    folder.mkdir()
    if file := sqlite_file(database_url):
        shutil.move(file, folder / "tovholder.db")
        database_url = f"sqlite+aiosqlite:///{folder}/tovholder.db"
    monkeypatch.setitem(kit_teams.PEOPLE, "zorblax", ZORBLAX)
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", database_url)
    monkeypatch.setenv("TOVHOLDER_ERASED_FILE", str(folder / "erased.jsonl"))
    here = {"database_url": database_url, "erased_file": folder / "erased.jsonl"}
    settings = production.model_copy(update=here | {"public_url": "https://tovholder.kommune.example"})
    log, before, handlers = StringIO(), structlog.get_config(), list(logging.root.handlers)
    configure(log)
    structlog.configure(cache_logger_on_first_use=False)  # else later tests would log here
    yield House(database_url, folder, settings, teams, Moment(), log, capsys)
    structlog.configure(**before)
    logging.root.handlers = handlers


def _workbook(file: Path) -> Path:
    """Every sheet names the person wherever it can."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    me, words = OLD, SAYS.replace(EMAIL, OLD)
    sheets: dict[str, list[list[Any]]] = {
        "Fagområder": [["Navn", "Leder"], ["Ældre", me]],
        "Personer": [
            ["E-mail", "UPN", "Entra-id", "Navn", "Fagområde", "Leder", "Rolle"],
            [me, None, ENTRA, NAME, "Ældre", None, "Projektleder"],
            *([one.email, None, None, one.name, "Ældre", me, role] for one, role in _COLLEAGUES),
        ],
        "Projekter": [
            ["Nr", "Titel", "Projektleder", "Projektejer", "Fase", "Sagsnr", "Beskrivelse", "Aliaser", "Budget"],
            ["P001", "Skærmbesøg hjemme", me, IDA.email, "Gennemførelse", f"S-{NAME}", words, "Skærmbesøg", 100],
            ["P002", "Varmestyring", OLE.email, me, "Gennemførelse", None, "Følere", f"{NAME}s projekt", 200],
            ["P003", f"Rapport til {NAME}", MAJA.email, OLE.email, "Afsluttet", None, None, None, 300],
        ],
        "Statusser": [
            ["Nr", "Dato", "Samlet", "Kommentar", "Næste skridt", "Af"],
            ["P001", date(2026, 5, 1), "Grøn", words, words, me],
        ],
        "Milepæle": [["Nr", "Titel", "Dato"], ["P001", f"Møde med {NAME}", date(2026, 9, 1)]],
        "Gevinster": [["Nr", "Titel", "Ansvarlig", "Enhed"], ["P001", f"{NAME}s gevinst", me, f"{NAME}-point"]],
        "Risici": [["Nr", "Titel", "Type", "Ansvarlig", "Håndtering"], ["P001", f"{NAME} alene", "Risiko", me, words]],
        "Fora": [["Navn", "Type", "Formand", "Sekretær", "Medlemmer"],
                 ["Project Board", "Project Board", me, me, f"{me};{OLE.email};{MAJA.email}"]],
        "Møder": [["Forum", "Start", "Slut", "Sted", "Emne"],
                  ["Project Board", "2026-06-18 10:30", None, f"{NAME}s kontor", f"{NAME} fortæller"]],
    }  # fmt: skip
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


_COLLEAGUES: tuple[tuple[Person, str], ...] = ((MAJA, "Projektleder"), (OLE, "Projektleder"), (IDA, "Sekretær"))


async def import_all(house: House) -> None:
    """The workbook has an address that the directory has changed since."""
    await house.type("import", "portfolio", _workbook(house.folder / "portfolio.xlsx"))
    people = house.folder / "people.csv.before"
    people.write_text(f"E-mail;UPN;Entra-id;Navn;Fagområde\n{EMAIL};{UPN};{ENTRA};{NAME};Ældre\n", encoding="utf-8")
    await house.type("import", "people", people.rename(house.folder / "people.xlsx.csv"))
    (house.folder / "people.xlsx.csv").unlink()


async def live_through(house: House, bench: Bench) -> None:
    """Every feature, by the person or about them."""
    await met(bench, "zorblax", "maja", "ole", "ida")
    me, there, channel = InTeams(bench, "zorblax"), InTeams(bench, "zorblax", GROUP), InTeams(bench, "zorblax", CHANNEL)
    maja, ida = InTeams(bench, "maja"), InTeams(bench, "ida")
    added = [{"id": kit_teams.BOT["id"]}]
    await bench.post(bench.teams.activity("conversationUpdate", "zorblax", membersAdded=added))
    # Status by card, step by step, in one line and in a group; taken back and corrected.
    await me.say("meld status på skærmbesøg")
    await me.press(me.shown, "Meld status", overall="amber", comment=SAYS, next_step=SAYS)
    await me.say("fortryd")
    await me.say("ja")
    for said in ("meld status på skærmbesøg", "trin for trin", "den er gul", SAYS, "spring over", "spring over", "ja"):
        await me.say(said)
    await there.say(f"status på skærmbesøg: rød, {SAYS}")
    await me.say("ja")
    await me.say("meld status på skærmbesøg")
    await me.press(me.shown, "Meld status", overall="amber", comment=SAYS, decision_wanted=SAYS)
    # Others write of them, and half a form waits.
    await maja.say(f"status på varmestyring: gul, spurgte {NAME}")
    await me.say("meld status på varmestyring")
    await me.say("trin for trin")
    await me.say("den er gul")
    await me.say(SAYS)
    # Deputies, hand-overs, absence, reminders, language, meetings, channels, rounds.
    await me.say("Ole Krag er min stedfortræder i næste uge")
    await me.say("ja")
    await me.say("mind mig om skærmbesøg på torsdag")
    await me.say("slå kommende møder fra")
    await me.say("jeg er væk i uge 28")
    await me.say("på dansk")
    await channel.say("brug denne kanal til Project Board")
    await channel.say("ja")
    await me.say("ja")
    await channel.say("start statusrunde for Project Board")
    await channel.say("ja")
    await me.say("flyt mødet i Project Board den 18. juni til den 19. juni kl. 10")
    await me.say("ja")
    bench.teams.refuse(InTeams(bench, "ole").own_chat, *[503] * 50)
    await ida.say(f"overdrag varmestyring til {NAME}")
    await ida.say("ja")
    # A link to a list of theirs.
    await there.say("eksportér mine projekter")
    # Refused, forged, failed and too long.
    await me.say("stop alle påmindelser")
    await bench.post(bench.teams.press({"verb": "stop", "data": {"subjects": [NAME]}}, sender="zorblax"))
    bench.teams.refuse(me.own_chat, 502, 502, 502)
    await me.say("hvad ved du om mig")
    await there.say("hvilke projekter leder jeg")
    await there.say("hvor mange af dem er gule")
    await me.say(f"{NAME} " * 2000)
    # Looked at, and asked to be erased.
    await ida.say("forhåndsvisning af påmindelser")
    await me.say("slet mine data")
    await me.say("ja")


async def remind_all(house: House, bench: Bench) -> None:
    """Messages that were sent, failed, and wait."""
    planner, dispatcher = bench.service.reminders.planner, bench.service.reminders.dispatcher
    for days in (0, 3, 7):
        house.clock.passes(timedelta(days=days))
        await planner.look(house.clock())
    assert dispatcher is not None


async def found(house: House) -> dict[str, Any]:
    return json.loads(await house.type("person", "show", EMAIL, "--json"))


def places(document: dict[str, Any]) -> set[str]:
    """The columns by which `person show` found the person."""
    shown = set()
    by = {line.name for line in DATA_MAP if line.shown in FINDS}
    for row in document["held"]:
        names = {f"{row['table']}.{name}" for name in (*row["values"], *row["parts"], *row["texts"])}
        shown |= names & by
    return shown


async def figures(house: House) -> list[Any]:
    """What the history of the projects adds up to."""
    asked = ("alle projekter", "hvor mange projekter er røde", "samlet budget for alle projekter", "gule projekter")
    answers = [json.loads(await house.type("ask", text, "--today", "2026-06-20", "--json")) for text in asked]
    return [(one["kind"], one["total"], one["projects"], one["value"]) for one in answers]


async def test_person_who_went_through_everything_is_nowhere_once_erased(house: House):
    await import_all(house)
    async with house.serving() as bench:
        await live_through(house, bench)
        await remind_all(house, bench)
        document = await found(house)
        may_hold = {line.name for line in DATA_MAP if line.shown in FINDS and line.table.name != "audit"}
        assert may_hold - places(document) - UNTOUCHED == set()
        assert {"person_shown", "report_published", "erasure_asked"} <= {line["action"] for line in document["log"]}
        before = await figures(house)
        await house.type("backup", house.folder / "tovholder.before")
        assert len(house.marks()) == len(MARKS)
        await house.type("person", "erase", EMAIL, "--yes")
        assert await figures(house) == before
        # The service that ran all the while knows them no more.
        shown = await asked_of(bench, "hvem leder skærmbesøg", "maja")
        assert "tidligere medarbejder" in shown.lower()
        assert not any(mark in shown.lower() for mark in MARKS)
    assert house.marks() == []
    assert "er hel" in await house.type("audit", "verify")
    assert house.log.getvalue()


async def asked_of(bench: Bench, text: str, sender: str) -> str:
    one = InTeams(bench, sender)
    await one.say(text)
    return json.dumps(one.shown, ensure_ascii=False)


async def test_backup_from_before_brings_nobody_back(
    house: House, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    await import_all(house)
    async with house.serving() as bench:
        await live_through(house, bench)
    backup = house.folder / "tovholder.before"
    await house.type("backup", backup)
    await house.type("person", "erase", EMAIL, "--yes")
    new = house.folder / "new"
    if sqlite_file(house.url):
        house.url = f"sqlite+aiosqlite:///{new}/tovholder.db"
    else:
        server: Server = request.getfixturevalue("postgresql_server")
        house.url = server.create("restored", "template0")
        request.addfinalizer(lambda: server.drop("restored"))
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", house.url)
    await house.type("restore", backup)
    assert house.marks() == []
    assert "er hel" in await house.type("audit", "verify")


async def test_erased_person_who_writes_again_is_somebody_unknown(house: House):
    await import_all(house)
    async with house.serving() as bench:
        await met(bench, "zorblax", "maja")
        me = InTeams(bench, "zorblax")
        await me.say("mine påmindelser")
        await house.type("person", "erase", EMAIL, "--yes")
        await me.say("meld status på skærmbesøg")
        said = json.dumps(me.shown, ensure_ascii=False)
    assert "ikke på listen" in said or "kender dig ikke" in said or "ved ikke, hvem du er" in said, said
