"""A database that knew people by their addresses is brought up to date: whatever speaks of a person names their id."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData, insert, select

from portfolio.audit import Action
from portfolio.identity import PersonId
from portfolio.organisation import Person, Standing
from portfolio.reminders.kinds import Recipient
from storage.audit import SqlAuditLog, audit
from storage.database import Database, open_database
from storage.deeds import SqlDeedStore
from storage.forms import SqlDraftStore
from storage.migrating import configuration, upgrade
from storage.organisation import SqlPeopleStore
from storage.questions.reader import SqlPortfolioReader
from storage.schema import metadata
from storage.sending.store import SqlDeliveryStore
from storage.status.store import SqlReportingStore
from tests.world.people import GRY, INGE, METTE, SOREN

NOW = datetime(2026, 6, 9, 8, 30, tzinfo=UTC)
DAY = date(2026, 6, 1)
# Who is on no list, and is only named.
GONE = "gone@birkefjord.example"
AWAY = "kun.i.en.rapport@birkefjord.example"
SAID = f"Skriv til {SOREN.email}"
RISK = {"project": "P001", "title": "Udbud", "kind": "risk", "handling": SOREN.email, "responsible": METTE.email}
REPORT = {"project": "P001", "day": DAY.isoformat(), "overall": "green", "comment": SOREN.email, "author": AWAY}
SNAPSHOT = {"milestones": [], "benefits": [], "risks": [RISK]}
DEPUTY = {"lead": SOREN.email, "deputy": METTE.email, "project": "", "first": "2026-06-01", "last": "2026-06-30"}
PROJECT = {
    "number": "P001", "title": SAID, "number_key": "p001", "title_key": "x", "search_text": "x", "focus_areas": [],
    "goals": [], "aliases": [], "is_closed": False, "lead": SOREN.email, "owner": GONE,
}  # fmt: skip
DRAFT = {"person": SOREN.email, "conversation": "a:1", "version": 1, "revision": 0, "touched_at": NOW}
SENT = {
    "purpose": "reminders", "run": 1, "due_at": NOW, "expires_at": NOW, "twice_if_unsure": False, "stage": "done",
    "via": "teams", "attempts": 1, "fence": 1, "next_at": NOW, "slot": "2026-06-08",
}  # fmt: skip
TOLD = {"kind": "status_due", "subject": "P001", "occasion": "x", "delivery": 1, "due_at": NOW, "expires_at": NOW}
ROWS: dict[str, list[dict[str, Any]]] = {
    "people": [
        {"email": SOREN.email, "name": SOREN.name, "role": "project_lead", "manager": GRY.email, "entra_id": "entra-s"},
        *({"email": one.email, "name": one.name, "role": "employee"} for one in (GRY, METTE)),
        {"email": INGE.email, "name": INGE.name, "role": "secretary"},
    ],
    "projects": [PROJECT],
    "reports": [{"project": "P001", "day": DAY, "author": AWAY, "comment": SOREN.email}],
    "risks": [{**RISK, "probability": 3}],
    "org_units": [{"name": "Skoler", "manager": GRY.email, "aliases": []}],
    "bodies": [{"name": "Board", "kind": "other", "chair": GRY.email, "members": [SOREN.email, GONE]}],
    "publications": [
        {
            "project": "P001", "day": DAY, "version": 1, "at": NOW, "by": SOREN.email, "is_unchanged": False,
            "report": REPORT, "snapshot": SNAPSHOT, "before": SNAPSHOT,
        }
    ],
    "deputies": [{**DEPUTY, "first": date(2026, 6, 1), "last": date(2026, 6, 30)}],
    "drafts": [
        {
            **DRAFT, "id": "d1", "kind": "status", "subject": "P001",
            "answers": {"comment": SOREN.email, "responsible": METTE.email}, "outcome": None,
        },
        {**DRAFT, "id": "d2", "kind": "deputy", "subject": "", "answers": {}, "outcome": json.dumps(DEPUTY)},
        {**DRAFT, "id": "d3", "kind": "x", "subject": "y", "answers": {"title": "a@b"}, "outcome": "ikke @ json"},
    ],
    "deeds": [
        {
            "id": "1", "person": SOREN.email, "kind": "deputy", "at": NOW, "is_undone": False,
            "data": {"lead": SOREN.email, "before": [], "after": [DEPUTY]},
        }
    ],
    "audit": [
        {"at": NOW, "by": INGE.email, "action": "handed_over", "project": "P001",
         "detail": {"from": GONE, "to": SOREN.email}},
        {"at": NOW, "by": "tovholder", "action": "round_closed", "project": "P001", "detail": {"round": "r"}},
    ],
    "runs": [
        {"id": 1, "at": NOW, "messages": 2, "spared": {}, "decided_by": INGE.email,
         "problems": [{"outcome": "left", "who": GONE, "subject": "P001", "title": SOREN.email}]}
    ],
    "deliveries": [
        {**SENT, "id": 1, "recipient": SOREN.email, "is_channel": False},
        {**SENT, "id": 2, "recipient": "Board", "is_channel": True},
    ],
    "reminded": [
        {**TOLD, "recipient": SOREN.email, "is_channel": False},
        {**TOLD, "recipient": "Board", "is_channel": True, "delivery": 2},
    ],
    "absences": [{"person": SOREN.email, "first": DAY, "last": date(2026, 7, 1)}],
    "conversations": [
        {"tenant": "t", "conversation": "a:1", "kind": "personal", "email": SOREN.email, "entra_id": "entra-s",
         "service_url": "https://smba.example", "bot": "28:bot", "seen_at": NOW}
    ],
}  # fmt: skip


def _to_eighth(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, "0008")
    old = MetaData()
    old.reflect(connection)
    for name, rows in ROWS.items():
        for row in rows:
            connection.execute(insert(old.tables[name]), row)


@pytest.fixture
async def database(blank_url: str) -> AsyncIterator[Database]:
    database = open_database(blank_url)
    async with database.transaction() as connection:
        await connection.run_sync(_to_eighth)
    await upgrade(database)
    yield database
    await database.close()


async def the(database: Database, address: str | None) -> Person:
    found = await SqlPeopleStore(database).person_by_address(address or "")
    assert found is not None
    return found


async def ids_of(database: Database, *addresses: str | None) -> tuple[PersonId, ...]:
    return tuple([(await the(database, address)).id for address in addresses])


async def test_everybody_has_an_id_and_is_otherwise_who_they_were(database: Database) -> None:
    soren, gry = await the(database, SOREN.email), await the(database, GRY.email)
    assert (soren.name, soren.roles, soren.entra_id, soren.is_here) == (SOREN.name, SOREN.roles, "entra-s", True)
    assert soren.manager == gry.id != GRY.email


async def test_those_who_are_only_named_are_somebody_too(database: Database) -> None:
    found = [await the(database, address) for address in (GONE, AWAY)]
    assert [(one.standing, one.name) for one in found] == [(Standing.MENTIONED, GONE), (Standing.MENTIONED, AWAY)]


async def test_projects_and_what_belongs_to_them_name_the_same_people(database: Database) -> None:
    soren, mette, gone, away = await ids_of(database, SOREN.email, METTE.email, GONE, AWAY)
    detail = await SqlPortfolioReader(database).project("P001")
    assert detail is not None
    assert (detail.project.lead, detail.project.owner, detail.project.title) == (soren, gone, SAID)
    assert [(one.author, one.comment) for one in detail.reports] == [(away, SOREN.email)]
    assert [(one.responsible, one.handling) for one in detail.risks] == [(mette, SOREN.email)]


async def test_what_was_frozen_names_them_and_says_what_it_said(database: Database) -> None:
    soren, mette, away = await ids_of(database, SOREN.email, METTE.email, AWAY)
    (publication,) = await SqlPortfolioReader(database).publications("P001")
    assert (publication.by, publication.report.author) == (soren, away)
    assert publication.report.comment == SOREN.email
    assert [(one.responsible, one.handling) for one in publication.snapshot.risks] == [(mette, SOREN.email)]


async def test_bodies_departments_and_deputies_name_them(database: Database) -> None:
    soren, mette, gry, gone = await ids_of(database, SOREN.email, METTE.email, GRY.email, GONE)
    vocabulary = await SqlPortfolioReader(database).vocabulary()
    assert [(one.chair, one.members) for one in vocabulary.bodies] == [(gry, (soren, gone))]
    assert [one.manager for one in vocabulary.org_units] == [gry]
    (deputy,) = await SqlReportingStore(database).deputies_of(soren, DAY)
    assert deputy.deputy == mette


async def test_forms_under_way_keep_what_people_wrote(database: Database) -> None:
    soren, mette = await ids_of(database, SOREN.email, METTE.email)
    begun, done, odd = [await SqlDraftStore(database).draft(name) for name in ("d1", "d2", "d3")]
    assert begun is not None
    assert done is not None
    assert odd is not None
    assert (begun.person, begun.answers) == (soren, {"comment": SOREN.email, "responsible": mette})
    assert json.loads(done.outcome or "") == {**DEPUTY, "lead": soren, "deputy": mette}
    assert (odd.answers, odd.outcome) == ({"title": "a@b"}, "ikke @ json")


async def test_what_was_done_and_sent_is_theirs(database: Database) -> None:
    soren, mette, inge, gone = await ids_of(database, SOREN.email, METTE.email, INGE.email, GONE)
    (deed,) = await SqlDeedStore(database).recent(soren)
    assert deed.data["after"] == [{**DEPUTY, "lead": soren, "deputy": mette}]
    newest, oldest = await SqlAuditLog(database).log_of("P001")
    assert (oldest.by, oldest.action, oldest.detail) == (inge, Action.HANDED_OVER, {"from": gone, "to": soren})
    assert newest.by == "tovholder"
    report = await SqlDeliveryStore(database).report(1)
    assert report is not None
    assert (report.decided_by, [(one.who, one.title) for one in report.missed]) == (inge, [(gone, SOREN.email)])
    memory = await SqlDeliveryStore(database).memory(NOW, NOW.date())
    assert {key.recipient for key in memory.already_planned} == {Recipient(soren), Recipient("Board", is_channel=True)}


async def test_no_address_is_left_but_on_people_and_in_what_they_wrote(database: Database) -> None:
    written = {("projects", "title"), ("reports", "comment"), ("risks", "handling")}
    documents = {("publications", "report"), ("publications", "snapshot"), ("publications", "before")}
    kept = written | documents | {("drafts", "answers"), ("drafts", "outcome"), ("runs", "problems")}
    found = set()
    for table in metadata.sorted_tables:
        for row in (await database.execute(select(table))).mappings():
            found |= {(table.name, name) for name, value in row.items() if "@" in str(value)}
    assert found - {("people", "email"), ("people", "name")} == kept
    assert (await database.execute(select(audit.c.by).where(audit.c.by.like("%@%")))).all() == []
