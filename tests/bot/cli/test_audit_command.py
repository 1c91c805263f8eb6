"""`tovholder audit` as an operator types it."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import AsyncIterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.cli.auditing import show, verify
from portfolio.audit import Action, AuditEntry
from storage.audit import SqlAuditLog
from storage.database import Database, open_database
from storage.whole import SqlPortfolioWriter
from tests.kit.wire import PORTFOLIO
from tests.world.people import IDA, MAJA, OLE

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 6, 9, 10, tzinfo=ZONE)
GONE = "f" * 32
ENTRIES = (
    AuditEntry(NOW, MAJA.id, Action.REPORT_PUBLISHED, "P001", {"day": "2026-06-09", "overall": "green"}),
    AuditEntry(NOW.replace(day=10), IDA.id, Action.HANDED_OVER, "P001", {"from": MAJA.id, "to": OLE.id}),
    AuditEntry(NOW.replace(day=11), GONE, Action.REMINDERS_DENIED),  # type: ignore[arg-type]
)


@pytest.fixture
async def database(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory, database_url: str
) -> AsyncIterator[Database]:
    """Three lines of the log, on either database."""
    monkeypatch.chdir(tmp_path_factory.mktemp("empty"))
    for name in [name for name in os.environ if name.startswith("TOVHOLDER_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TOVHOLDER_MODE", "local")
    monkeypatch.setenv("TOVHOLDER_DATABASE_URL", database_url)
    database = open_database(database_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await SqlAuditLog(database).note(*ENTRIES)
    yield database
    await database.close()


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]):
    """Runs a command: what it ends with and prints. In a thread of its own, as it has its own event loop."""

    async def run(command, **options: object) -> tuple[int, str]:
        code = await asyncio.to_thread(command, **options)
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


async def test_log_is_shown_a_line_each_in_words(database: Database, typed):
    code, said = await typed(show)
    assert code == 0
    assert said.splitlines() == [
        "1 · 09-06-2026 10.00.00 · Maja Holm meldte status · P001 · dag: 2026-06-09 · samlet: green",
        "2 · 10-06-2026 10.00.00 · Ida Lund overdrog et projekt · P001 · fra: Maja Holm · til: Ole Krag",
        "3 · 11-06-2026 10.00.00 · tidligere medarbejder måtte ikke bestemme over alles påmindelser",
        said.splitlines()[3],
    ]
    assert said.splitlines()[3].endswith("driften læste revisionsloggen · personer: alle · hvad: log")


async def test_what_somebody_did_and_what_was_done_about_them_is_shown(database: Database, typed):
    code, said = await typed(show, person=OLE.address)
    assert (code, [line.split(" · ")[0] for line in said.splitlines()]) == (0, ["2", "4"])
    assert "driften læste revisionsloggen · personer: Ole Krag" in said
    assert [line.split(" · ")[0] for line in (await typed(show, person=GONE))[1].splitlines()] == ["3", "5"]
    assert await typed(show, person="nobody@x.dk") == (1, "Der er ingen person med e-mailen »nobody@x.dk«.\n")


async def test_days_are_those_of_the_place(database: Database, typed):
    _, said = await typed(show, since="2026-06-10", until="2026-06-10")
    assert [line.split(" · ")[0] for line in said.splitlines()] == ["2"]
    assert await typed(show, until="2020-01-01") == (0, "Der er ingen linjer i revisionsloggen at vise.\n")
    assert (await typed(show, since="i går"))[0] == 2


async def test_document_is_one_json(database: Database, typed):
    code, said = await typed(show, since="2026-06-10", until="2026-06-11", json=True)
    document = json.loads(said)
    assert (code, document["since"], document["person"]) == (0, "2026-06-10", None)
    assert document["rows"][0] == {
        "number": 2, "at": "2026-06-10T10:00:00+02:00", "by": IDA.id, "name": "Ida Lund", "action": "handed_over",
        "project": "P001", "detail": {"from": MAJA.id, "to": OLE.id},
    }  # fmt: skip
    assert [row["number"] for row in document["rows"]] == [2, 3]
    assert json.loads((await typed(show, until="2020-01-01", json=True))[1])["rows"] == []


async def test_untouched_log_is_whole_and_as_the_office_was_told(database: Database, typed):
    head = (await SqlAuditLog(database).head()).told.write()
    said = f"Revisionsloggen er hel: 3 linjer, den sidste er nummer 3. Kontroltal: {head}\n"
    assert await typed(verify) == (0, said)
    assert await typed(verify, head=head) == (0, f"{said}Den passer med det, porteføljekontoret fik at vide.\n")
    code, document = await typed(verify, json=True)
    assert (code, json.loads(document)) == (
        0, {"whole": True, "rows": 3, "head": head, "removed": 0, "count": 0, "faults": []},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE audit SET project = 'P002' WHERE number = 2", "Linje 2 er ændret, eller linjen før den er"),
        ("DELETE FROM audit WHERE number = 2", "Linje 2 mangler."),
        ("DELETE FROM audit WHERE number > 1", "Linje 2 til 3 mangler."),
        ("UPDATE audit SET number = 9 WHERE number = 3", "Linje 9 er føjet til."),
        ("UPDATE audit SET by = 'x' WHERE number = 1", "Begyndelsen passer ikke: linje 1 er ændret"),
        ("UPDATE audit_head SET hash = 'x'", "Slutningen passer ikke: linje 3"),
        ("DELETE FROM audit_head", "Rækken, der husker loggens ender (audit_head), er væk."),
    ],
)
async def test_changed_log_is_told_line_by_line(statement: str, told: str, database: Database, typed):
    async with database.transaction() as connection:
        await connection.execute(text(statement))
    code, said = await typed(verify)
    assert code == 1
    assert said.startswith("Revisionsloggen er ikke, som Tovholder skrev den")
    assert told in said
    code, document = await typed(verify, json=True)
    assert (code, json.loads(document)["whole"]) == (1, False)


async def test_log_made_anew_and_cut_is_held_to_what_the_office_was_told(database: Database, typed):
    code, said = await typed(verify, head=f"2:{'a' * 16}")
    assert (code, "Linje 2 er en anden end den, porteføljekontoret fik kontroltallet for" in said) == (1, True)
    code, said = await typed(verify, head=f"9:{'a' * 16}")
    assert (code, "kontroltallet for linje 9, som ikke er der" in said) == (1, True)
    assert await SqlAuditLog(database).forget_before(NOW.replace(day=11)) == 2
    code, said = await typed(verify, head=f"1:{'a' * 16}")
    assert (code, "Linje 1 er slettet som for gammel, ligesom alle til og med 2" in said) == (1, True)
    assert "Linje 1 til 2 er slettet, fordi de var for gamle." in (await typed(verify))[1]
    assert (await typed(verify, head="3:abc"))[0] == 2
