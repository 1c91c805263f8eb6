"""What a directory tells, stored: who joins and leaves, and what ends and stays behind with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portfolio.audit import Action
from portfolio.conversations import ConversationKind, ConversationReference
from portfolio.deliveries import Purpose
from portfolio.departures import Departure
from portfolio.deputies import Deputy
from portfolio.directory import DirectoryChanges, DirectoryEntry
from portfolio.directory_changes import Synced
from portfolio.drafts import FormDraft
from portfolio.identity import BY_IMPORT
from portfolio.organisation import Person, Standing
from portfolio.reminders.kinds import Absence, Kind, Snooze
from portfolio.whole import Portfolio
from portfolio.working_time import WorkingTime
from storage.accounts import SqlAccountStore
from storage.audit import audit
from storage.conversations import SqlConversationStore
from storage.database import Database
from storage.directory.store import ConflictingError, SqlDirectory, TooManyLeavingError
from storage.forms import SqlDraftStore
from storage.organisation import SqlPeopleStore, people
from storage.questions.reader import SqlPortfolioReader
from storage.reminders.store import SqlReminderStore
from storage.sending.queue import ensure_row
from storage.sending.store import SqlDeliveryStore
from storage.sending.tables import deliveries, runs
from storage.status.store import SqlReportingStore
from storage.version import portfolio_state
from storage.whole import SqlPortfolioWriter
from tests.world.municipality import BOARD, CAST, EVERYONE
from tests.world.people import GRY, IB, INGE, METTE, SOREN, VAGN, id_of, mentioned
from tests.world.portfolio import NOW

NEW = "soeren.kjaer@birkefjord.example"
TODAY = NOW.date()
MONTH = timedelta(days=30)


def entry(person: Person, **otherwise: Any) -> DirectoryEntry:
    told: dict[str, Any] = {"entra_id": f"entra-{person.address}", "email": person.email, "name": person.name}
    return DirectoryEntry(**(told | {"is_active": True} | otherwise))


def everybody(**otherwise: DirectoryEntry | None) -> DirectoryChanges:
    """All of them as they are, but for those named by the first part of their addresses; None isn't there."""
    told = {one.address.partition("@")[0]: entry(one) for one in EVERYONE} | otherwise
    return DirectoryChanges(tuple(one for one in told.values() if one is not None))


@pytest.fixture
async def directory(database: Database) -> SqlDirectory:
    await SqlPortfolioWriter(database).apply(CAST)
    return SqlDirectory(database, WorkingTime(UTC))


async def told(directory: SqlDirectory, changes: DirectoryChanges, **options: bool) -> Synced:
    return await directory.apply(changes, BY_IMPORT, NOW, **options)


async def stored(database: Database, person: Person) -> Mapping[str, Any]:
    return dict((await database.execute(select(people).where(people.c.id == person.id))).mappings().one())


async def version(database: Database) -> int:
    return (await database.execute(select(portfolio_state.c.version))).scalar_one()


async def test_plan_says_what_is_done_and_the_same_again_is_nothing(
    directory: SqlDirectory, database: Database
) -> None:
    await told(directory, everybody())
    changes = everybody(ib=None, soeren=entry(SOREN, email=NEW))
    planned = await directory.plan(changes, NOW)
    before = await version(database)
    done = await told(directory, changes)
    assert [one.after for one in planned.changes.all] == [one.after for one in done.changes.all]
    assert await version(database) > before
    before = await version(database)
    assert (await told(directory, changes)).changes.all == ()
    assert await version(database) == before


async def test_remarried_person_keeps_their_id_and_is_known_by_the_former_address(
    directory: SqlDirectory, database: Database
) -> None:
    await told(directory, everybody())
    await told(directory, everybody(soeren=entry(SOREN, email=NEW, name="Søren Kjær")))
    row = await stored(database, SOREN)
    assert (row["email"], row["name"], row["is_from_directory"]) == (NEW, "Søren Kjær", True)
    # The workbook still has the old name and address, with other ids than ours.
    other = replace(SOREN, id=id_of("other"))
    project = replace(CAST.projects[0], lead=other.id, title="Nyt navn")
    changes = await SqlPortfolioWriter(database).apply(Portfolio(projects=(project,), people=(other,)))
    assert [(one.record, one.fields) for one in changes.kept] == [(NEW, ("email", "name"))]
    assert await stored(database, SOREN) == row
    vocabulary = await SqlPortfolioReader(database).vocabulary()
    assert SOREN.id in vocabulary.leads
    assert len(vocabulary.people) == len(EVERYONE)
    assert vocabulary.others == ()


async def test_former_address_that_became_anothers_is_theirs(directory: SqlDirectory, database: Database) -> None:
    await told(directory, everybody())
    new = DirectoryEntry(entra_id="entra-new", email=SOREN.email, name="Søren Ny", is_active=True)
    first = everybody(soeren=entry(SOREN, email=NEW))
    await told(directory, replace(first, entries=(*first.entries, new)))
    mention = mentioned(SOREN.address)
    project = replace(CAST.projects[0], lead=mention.id)
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(project,), mentioned=(mention,)))
    detail = await SqlPortfolioReader(database).project(project.number)
    assert detail is not None
    lead = await SqlPeopleStore(database).person(detail.project.lead or SOREN.id)
    assert lead is not None
    assert (lead.name, lead.entra_id) == ("Søren Ny", "entra-new")


async def test_people_may_exchange_their_addresses(directory: SqlDirectory, database: Database) -> None:
    await told(directory, everybody())
    await told(directory, everybody(soeren=entry(SOREN, email=GRY.email), gry=entry(GRY, email=SOREN.email)))
    assert [(await stored(database, one))["email"] for one in (SOREN, GRY)] == [GRY.email, SOREN.email]


async def test_address_of_somebody_who_left_becomes_a_new_persons(directory: SqlDirectory, database: Database) -> None:
    await told(directory, everybody())
    new = entry(SOREN, entra_id="entra-new", name="Søren Ny")
    synced = await told(directory, everybody(soeren=new))
    row = await stored(database, SOREN)
    assert (row["email"], row["standing"], row["entra_id"]) == (None, Standing.LEFT, f"entra-{SOREN.email}")
    found = await SqlPeopleStore(database).person_by_address(SOREN.address)
    assert found is not None
    assert found.id == synced.changes.joined[0].after.id != SOREN.id


async def test_who_was_mentioned_by_the_new_address_leads_what_they_led(
    directory: SqlDirectory, database: Database
) -> None:
    await told(directory, everybody())
    ghost = mentioned(NEW)
    body = replace(BOARD, members=(ghost.id, SOREN.id), chair=ghost.id)
    led = replace(CAST.projects[5], lead=ghost.id)
    await SqlPortfolioWriter(database).apply(Portfolio(projects=(led,), bodies=(body,), mentioned=(ghost,)))
    synced = await told(directory, everybody(soeren=entry(SOREN, email=NEW)))
    assert synced.changes.merged == {ghost.id: SOREN.id}
    detail = await SqlPortfolioReader(database).project(led.number)
    assert detail is not None
    assert detail.project.lead == SOREN.id
    vocabulary = await SqlPortfolioReader(database).vocabulary()
    board = next(one for one in vocabulary.bodies if one.name == BOARD.name)
    assert (board.chair, board.members) == (SOREN.id, (SOREN.id,))


async def test_workbook_decides_roles_and_the_directory_the_rest(directory: SqlDirectory, database: Database) -> None:
    await told(directory, everybody(mette=entry(METTE, department="Børn og Unge", manager=GRY.email)))
    written = replace(METTE, name="M. L.", unit="Teknik", manager=VAGN.id, roles=INGE.roles)
    await SqlPortfolioWriter(database).apply(Portfolio(people=(written,)))
    row = await stored(database, METTE)
    assert (row["name"], row["unit"], row["manager"]) == (METTE.name, METTE.unit, GRY.id)
    assert row["roles"] == INGE.roles


async def test_who_left_stays_away_whatever_a_workbook_says(directory: SqlDirectory, database: Database) -> None:
    await told(directory, everybody(ib=None))
    await SqlPortfolioWriter(database).apply(CAST)
    assert not [one for one in (await SqlPortfolioReader(database).vocabulary()).people if one.name == "Ib Dam"]


async def test_it_is_known_since_when_somebody_is_away(directory: SqlDirectory, database: Database) -> None:
    await told(directory, everybody())
    await told(directory, everybody(soeren=None))
    assert (await stored(database, SOREN))["left_at"] == NOW
    await directory.apply(everybody(soeren=None), BY_IMPORT, NOW + MONTH)
    assert (await stored(database, SOREN))["left_at"] == NOW
    await directory.apply(everybody(), BY_IMPORT, NOW + MONTH)
    assert (await stored(database, SOREN))["left_at"] is None


async def test_who_left_is_nobody_in_teams_at_once(directory: SqlDirectory, database: Database) -> None:
    store = SqlAccountStore(database)
    await told(directory, everybody(soeren=entry(SOREN, upn="sæø@birkefjord.example")))
    account = f"entra-{SOREN.email}"
    assert await store.person_by_entra_id(account)
    assert await store.person_by_upn("sæø@birkefjord.example")
    assert await store.entra_ids([SOREN.id]) == {SOREN.id: account}
    await told(directory, DirectoryChanges((entry(SOREN, is_active=False),), is_full=False))
    assert await store.person_by_entra_id(account) is None
    assert await store.person_by_upn("sæø@birkefjord.example") is None
    assert await store.entra_ids([SOREN.id]) == {}
    assert await SqlPeopleStore(database).person_by_address(SOREN.address) is not None  # to be told that they left


async def test_somebody_only_mentioned_is_nobody_in_teams(directory: SqlDirectory, database: Database) -> None:
    ghost = mentioned(NEW)
    await SqlPortfolioWriter(database).apply(Portfolio(mentioned=(ghost,)))
    assert await SqlAccountStore(database).person_by_upn(NEW) is None
    assert not await SqlAccountStore(database).link_person(ghost.id, "entra", NOW)


async def test_deputies_forms_chats_and_choices_end_with_who_leaves(
    directory: SqlDirectory, database: Database
) -> None:
    reporting, drafts, chats = SqlReportingStore(database), SqlDraftStore(database), SqlConversationStore(database)
    reminders = SqlReminderStore(database, WorkingTime(UTC))
    for lead, deputy in ((SOREN, METTE), (GRY, SOREN)):
        await reporting.set_deputy(Deputy(lead.id, deputy.id, TODAY, TODAY + MONTH), lead.id, NOW)
    draft = FormDraft("d", "status", SOREN.id, "a:1", "P001", NOW)
    await drafts.begin(draft)
    await reminders.set_absence(Absence(SOREN.id, TODAY, TODAY + MONTH), SOREN.id, NOW)
    await reminders.snooze([Snooze(SOREN.id, "", TODAY + MONTH)], SOREN.id, NOW)
    await reminders.switch(SOREN.id, Kind.STATUS_DUE, SOREN.id, NOW, on=False)
    await chats.save_reference(
        ConversationReference(
            tenant="t", conversation="a:1", kind=ConversationKind.PERSONAL, entra_id=None, person=SOREN.id,
            service_url="https://smba.example", bot="28:bot", seen_at=NOW,
        )
    )  # fmt: skip

    synced = await told(directory, everybody(soeren=None))

    (departure,) = synced.departures
    assert departure == Departure(
        departure.person, leads=("P001", "P002"), bodies=(BOARD.name,), stood_in_for=(GRY.id,), deputies=(METTE.id,)
    )
    assert [await reporting.deputies_of(one.id, TODAY) for one in (SOREN, GRY)] == [[], []]
    assert await drafts.unfinished(SOREN.id, None) == []
    assert await chats.references_of(SOREN.id) == []
    assert await reminders.absences_of(SOREN.id, TODAY) == []
    assert await reminders.snoozes_of(SOREN.id, TODAY) == []
    assert await reminders.switched_off(SOREN.id) == frozenset()
    state = await reminders.state(NOW)
    assert SOREN.id not in state.people


async def test_what_the_office_was_to_be_told_is_not_told_to_who_left_it(
    directory: SqlDirectory, database: Database
) -> None:
    run = await told_run(database)
    store = SqlDeliveryStore(database)
    await store.announce(Purpose.RUN_REPORT, run, [INGE.id, METTE.id], NOW)
    await told(directory, everybody(inge=None))
    claims = await store.exchange([], 10, NOW, 40)
    assert [one.recipient.id for one in claims.deliveries] == [METTE.id]


async def told_run(database: Database) -> int:
    """A run of which the office is to be told."""
    async with database.transaction() as connection:
        await ensure_row(database, connection)
    row = {"at": NOW, "messages": 0, "spared": {}, "problems": []}
    return (await database.execute(runs.insert().values(row).returning(runs.c.id))).scalar_one()


async def test_everything_is_in_the_audit_log_in_codes_alone(directory: SqlDirectory, database: Database) -> None:
    await told(directory, everybody())
    await database.execute(audit.delete())
    changed = everybody(ib=None, soeren=entry(SOREN, email=NEW), mette=entry(METTE, manager=VAGN.email, department=""))
    new = DirectoryEntry(email="ny@birkefjord.example", is_active=True)
    await told(directory, replace(changed, entries=(*changed.entries, new)))
    rows = (await database.execute(select(audit).order_by(audit.c.number))).all()
    assert [(row.action, row.detail.get("fields")) for row in rows] == [
        (Action.PERSON_JOINED, None),
        (Action.PERSON_LEFT, None),
        (Action.PERSON_MOVED, "manager,unit"),
        (Action.PERSON_CHANGED, "email"),
    ]
    assert {row.by for row in rows} == {BY_IMPORT}
    assert "@" not in str([row.detail for row in rows])


async def test_too_many_leaving_or_a_conflict_stores_nothing(directory: SqlDirectory, database: Database) -> None:
    with pytest.raises(TooManyLeavingError) as refused:
        await told(directory, everybody(ib=None, mette=None))
    assert (len(refused.value.synced.changes.left), refused.value.synced.changes.here) == (2, len(EVERYONE))
    taken = DirectoryEntry(entra_id="x", email=SOREN.email, name="X", is_active=True)
    doubled = everybody()
    doubled = replace(doubled, entries=(*doubled.entries, taken))
    await told(directory, everybody())
    before = await version(database)
    with pytest.raises(ConflictingError):
        await told(directory, doubled)
    assert await version(database) == before
    assert (await told(directory, doubled, is_partial=True)).changes.conflicts
    await told(directory, everybody(ib=None, mette=None), may_lose_many=True)
    assert (await stored(database, METTE))["standing"] is Standing.LEFT


async def test_link_is_kept_where_all_was_taken_as_it_was_told(directory: SqlDirectory) -> None:
    assert (await directory.state()).delta_link is None
    await told(directory, replace(everybody(), delta_link="link-1"))
    assert (await directory.state()).delta_link == "link-1"
    await told(directory, replace(everybody(ib=entry(IB, department="Havnen")), delta_link="link-2"))
    state = await directory.state()
    assert (state.delta_link, state.synced_at) == (None, NOW)


async def test_after_a_file_all_of_the_directory_is_read_again(directory: SqlDirectory) -> None:
    await told(directory, replace(everybody(), delta_link="link-1"))
    await told(directory, everybody())
    assert (await directory.state()).delta_link is None


async def test_one_of_several_takes_the_days_reading_upon_it(directory: SqlDirectory) -> None:
    since = datetime(2026, 6, 9, 3, tzinfo=UTC)
    now = since + timedelta(minutes=5)
    assert [await directory.take_upon(now, since) for _ in range(3)] == [True, False, False]
    assert await directory.take_upon(now + timedelta(hours=1), since)
    await directory.apply(replace(everybody(), delta_link="link"), BY_IMPORT, now)
    assert not await directory.take_upon(now + timedelta(hours=3), since)
    assert await directory.take_upon(now + timedelta(days=1), since + timedelta(days=1))


async def announced(database: Database) -> list[tuple[Purpose, str, datetime]]:
    rows = await database.execute(select(deliveries).order_by(deliveries.c.id))
    return [(row.purpose, row.recipient, row.due_at) for row in rows]


async def test_office_is_told_once_of_what_is_held_back(directory: SqlDirectory, database: Database) -> None:
    changes = (await directory.plan(everybody(ib=None, mette=None), NOW)).changes
    await directory.hold_back(changes, NOW)
    await directory.hold_back(changes, NOW + timedelta(days=1))
    assert await announced(database) == [(Purpose.HELD_BACK, INGE.id, NOW)]
    assert await directory.held_back() == (2, len(EVERYONE))
    await told(directory, replace(everybody(), delta_link="link"))
    assert await directory.held_back() is None
    await directory.hold_back(changes, NOW + timedelta(days=2))
    assert len(await announced(database)) == 2


async def test_office_is_told_in_its_hours_what_those_who_left_still_have(
    directory: SqlDirectory, database: Database
) -> None:
    night = NOW.replace(hour=3)
    await directory.apply(everybody(soeren=None), BY_IMPORT, night, tells_office=True)
    assert await announced(database) == [(Purpose.DEPARTURES, INGE.id, NOW)]
    run = (await database.execute(select(deliveries.c.run))).scalar_one()
    (departure,) = await directory.departures_in(run, NOW)
    assert (departure.person.name, departure.leads) == (SOREN.name, ("P001", "P002"))
    assert await SqlDeliveryStore(database).reports(TODAY, TODAY, UTC) == []
    assert await SqlDeliveryStore(database).finished_runs() == []
    # Handed over meanwhile.
    led = [replace(one, lead=METTE.id) for one in CAST.projects if one.lead == SOREN.id]
    body = replace(BOARD, members=())
    await SqlPortfolioWriter(database).apply(Portfolio(projects=tuple(led), bodies=(body,)))
    (departure,) = await directory.departures_in(run, NOW)
    assert (departure.leads, departure.bodies, departure.person.roles) == ((), (), SOREN.roles)


async def test_office_is_not_told_of_those_who_had_nothing(directory: SqlDirectory, database: Database) -> None:
    await directory.apply(everybody(ib=None), BY_IMPORT, NOW, tells_office=True)
    assert await announced(database) == []
