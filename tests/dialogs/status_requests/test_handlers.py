"""Somebody asks leads for a status: shown first, sent with the day's message, not too often, not by just anybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from dialogs.reminders.outlook import outlook_at
from dialogs.status_requests.buttons import Request
from dialogs.status_requests.handlers import request_pressed
from dialogs.turn.audience import Scope
from dialogs.turn.reply import ForOne
from dialogs.turn.visit import Stores
from portfolio.deputies import Deputy
from portfolio.organisation import Person
from portfolio.ports.reminders import ReminderStore
from portfolio.projects.status import Rag, StatusReport
from portfolio.reminders.kinds import Absence, Kind, Reminder, ReminderState, StatusDue
from portfolio.whole import Portfolio
from storage.audit import audit
from storage.database import Database
from storage.status_requests import status_requests
from storage.whole import SqlPortfolioWriter
from tests.dialogs.conftest import HERE, Visiting
from tests.kit.cards import heading
from tests.kit.talk import Talk
from tests.world.people import AAGE, GRY, IB, INGE, METTE, SOREN, VAGN

Talking = Callable[..., Talk]
TOMORROW = date(2026, 6, 10)
DAY = timedelta(days=1)
FROM_SOREN = f"bed {SOREN.name} om en status"


async def told(stores: Stores, day: date = TOMORROW) -> dict[str, list[Reminder]]:
    """Collect all that is told in that day's messages, by the id of its reader."""
    reminding = stores.reminding
    outlook = await outlook_at(reminding.work.opening(day), reminding.store, reminding.deliveries, reminding.work)
    return {message.recipient.id: list(message.reminders) for message in (await outlook.plan()).messages}


async def asked(stores: Stores, day: date = TOMORROW) -> dict[str, list[str]]:
    """The projects whose status is asked for that day, by the id of who is asked."""
    messages = await told(stores, day)
    found = {
        who: sorted(one.subject for one in reminders if one.kind is Kind.STATUS_ASKED)
        for who, reminders in messages.items()
    }
    return {who: numbers for who, numbers in found.items() if numbers}


async def done(database: Database) -> list[tuple[str, str | None]]:
    rows = await database.execute(audit.select().order_by(audit.c.number))
    return [(row.action.value, row.project) for row in rows]


async def make_manager(database: Database, manager: Person, of: Person) -> None:
    await SqlPortfolioWriter(database).apply(Portfolio(people=(replace(of, manager=manager.id),)))


def reported(number: str, day: date) -> Portfolio:
    return Portfolio(reports=(StatusReport(number, day, Rag.GREEN),))


async def test_owner_sees_who_is_asked_about_what_and_when_before_anything_is_stored(
    talking: Talking, cast_stores: Stores, cast_database: Database
):
    owner = talking(GRY)
    question = await owner.say(FROM_SOREN)
    assert heading(question) == f"Skal jeg bede {SOREN.name} om status på Skærmbesøg i hjemmeplejen?"
    assert "onsdag den 10. juni" in question.text
    assert "Intet er sendt endnu" in question.text
    assert "Digital post" not in question.text  # it is nobody's whom she may ask
    assert await done(cast_database) == []
    assert await asked(cast_stores) == {}
    receipt = await owner.press(f"Ja, spørg {SOREN.name}")
    assert heading(receipt) == f"{SOREN.name} bliver spurgt om status på Skærmbesøg i hjemmeplejen"
    assert await asked(cast_stores) == {SOREN.id: ["P001"]}
    assert await done(cast_database) == [("status_requested", "P001")]


async def test_lead_reads_who_asked_in_the_one_message_of_the_day(talking: Talking, cast_stores: Stores):
    office = talking(INGE, now=HERE + DAY)
    await office.say("bed om status på skærmbesøg")
    await office.say("ja")
    message = (await told(cast_stores, TOMORROW + DAY))[SOREN.id]
    (one,) = [reminder for reminder in message if reminder.kind is Kind.STATUS_ASKED]
    request = one.about_a(StatusDue).request
    assert request is not None
    assert request.by == INGE.id
    assert [reminder.subject for reminder in message].count("P001") == 1
    assert len(message) > 1


async def test_nobody_is_asked_on_the_very_day_on_which_it_was_requested(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    await office.say(FROM_SOREN)
    await office.say("ja")
    assert await asked(cast_stores, HERE.date()) == {}
    assert await asked(cast_stores) == {SOREN.id: ["P001", "P002"]}


@pytest.mark.parametrize("no", ["nej", "Nej, lad være", "nej tak"])
async def test_no_asks_nobody(no: str, talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    await office.say(FROM_SOREN)
    await office.say(no)
    await office.say("ja")
    assert await asked(cast_stores) == {}


async def test_all_who_are_missing_are_asked_in_one_go(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    question = await office.say("ryk dem der mangler")
    assert heading(question) == "Skal jeg bede 2 projektledere om status?"
    assert "Mette Lindegaard: Skolernes netværk" in question.text
    assert "Herreløst arkiv: projektet har ingen projektleder" in question.text
    await office.press("Ja, spørg 2 projektledere")
    assert {number for numbers in (await asked(cast_stores)).values() for number in numbers} == {"P004", "P006"}


async def test_who_has_reported_since_is_not_asked(talking: Talking, cast_stores: Stores, cast_database: Database):
    office = talking(INGE)
    await office.say(FROM_SOREN)
    await office.say("ja")
    await SqlPortfolioWriter(cast_database).apply(reported("P001", HERE.date()))
    assert await asked(cast_stores) == {SOREN.id: ["P002"]}


async def test_who_reported_between_question_and_yes_is_not_asked(
    talking: Talking, cast_stores: Stores, cast_database: Database
):
    office = talking(INGE)
    await office.say("bed om status på skærmbesøg")
    await SqlPortfolioWriter(cast_database).apply(reported("P001", HERE.date()))
    answer = await office.say("ja")
    assert heading(answer) == "Der er ingen at spørge om status nu"
    assert "der er meldt status i dag" in answer.text
    assert await asked(cast_stores) == {}


async def test_who_is_away_is_asked_once_they_are_back(talking: Talking, cast_stores: Stores):
    friday = date(2026, 6, 12)
    await cast_stores.reminding.store.set_absence(Absence(SOREN.id, HERE.date(), friday), SOREN.id, HERE)
    office = talking(INGE)
    await office.say("bed om status på skærmbesøg")
    await office.say("ja")
    assert [await asked(cast_stores, day) for day in (TOMORROW, friday)] == [{}, {}]
    assert (await asked(cast_stores, friday + 3 * DAY))[SOREN.id] == ["P001"]


async def test_deputy_is_asked_in_the_leads_place(talking: Talking, cast_stores: Stores):
    deputy = Deputy(SOREN.id, METTE.id, HERE.date(), HERE.date() + 7 * DAY)
    await cast_stores.reporting.set_deputy(deputy, SOREN.id, HERE)
    office = talking(INGE)
    question = await office.say("bed om status på skærmbesøg")
    assert f"Mette Lindegaard (i stedet for {SOREN.name}): Skærmbesøg" in question.text
    await office.say("ja")
    assert await asked(cast_stores) == {METTE.id: ["P001"]}


async def test_lead_is_left_in_peace_for_some_days_whoever_asks(talking: Talking, cast_stores: Stores):
    owner, office = talking(GRY), talking(INGE)
    await owner.say("bed om status på skærmbesøg")
    await owner.say("ja")
    again = await office.say("bed om status på skærmbesøg")
    assert "Gry Thorlund spurgte tirsdag den 9. juni, og der kan spørges igen fra mandag den 15. juni" in again.text
    await office.say("ja")
    office.now += 6 * DAY
    assert heading(await office.say("bed om status på skærmbesøg")).startswith("Skal jeg bede Søren")


async def test_yes_that_is_pressed_twice_asks_once(talking: Talking, cast_database: Database):
    office = talking(INGE)
    question = await office.say("bed om status på skærmbesøg")
    await office.press("Ja, spørg", question)
    await office.press("Ja, spørg", question)
    assert await done(cast_database) == [("status_requested", "P001")]


async def test_request_is_taken_back_before_anybody_is_asked(
    talking: Talking, cast_stores: Stores, cast_database: Database
):
    office = talking(INGE)
    await office.say(FROM_SOREN)
    await office.say("ja")
    office.now += timedelta(minutes=9)
    assert heading(await office.say("fortryd")) == "Der bliver ikke spurgt"
    assert await asked(cast_stores) == {}
    assert sorted((await done(cast_database))[2:]) == [("request_withdrawn", "P001"), ("request_withdrawn", "P002")]


async def test_request_that_is_on_its_way_is_not_taken_back(talking: Talking, cast_stores: Stores):
    office = talking(INGE, now=HERE.replace(hour=7, minute=55))
    await office.say("bed om status på skærmbesøg")
    await office.say("ja")
    assert await asked(cast_stores, HERE.date()) == {SOREN.id: ["P001"]}
    office.now += timedelta(minutes=8)
    assert "kan ikke fortrydes mere" in (await office.say("fortryd")).text
    assert await asked(cast_stores, HERE.date()) == {SOREN.id: ["P001"]}


async def test_earlier_request_stands_again_when_a_later_one_is_taken_back(talking: Talking, cast_database: Database):
    owner = talking(GRY)
    await owner.say("bed om status på skærmbesøg")
    await owner.say("ja")
    office = talking(INGE, now=HERE + 6 * DAY)
    await office.say("bed om status på skærmbesøg")
    await office.say("ja")
    await office.say("fortryd")
    (row,) = (await cast_database.execute(status_requests.select())).all()
    assert (row.by, row.at) == (GRY.id, HERE)


@pytest.mark.parametrize("scope", [Scope.PERSONAL, Scope.GROUP])
async def test_others_are_told_who_may(talking: Talking, cast_database: Database, scope: Scope):
    for person in (IB, AAGE, VAGN):
        reply = await talking(person, scope=scope).say("bed om status på skærmbesøg")
        assert heading(reply) == "Du kan ikke bede om status på Skærmbesøg i hjemmeplejen"
        assert "Gry Thorlund eller porteføljekontoret" in reply.text
        assert isinstance(reply, ForOne)
    assert await done(cast_database) == [("request_denied", "P001")] * 3


async def test_manager_asks_their_own_people(talking: Talking, cast_stores: Stores, cast_database: Database):
    await make_manager(cast_database, VAGN, of=AAGE)
    manager = talking(VAGN)
    await manager.say("bed om status på P003")
    await manager.say("ja")
    assert await asked(cast_stores) == {AAGE.id: ["P003"]}
    assert "Du kan ikke" in heading(await manager.say("bed om status på skærmbesøg"))


async def test_whoever_has_nobody_to_ask_is_refused_without_a_project_named(talking: Talking):
    reply = await talking(IB).say("ryk dem der mangler")
    assert heading(reply) == "Du kan ikke bede om status på andres projekter"


async def test_owner_whose_leads_have_all_reported_reads_so(talking: Talking):
    assert heading(await talking(GRY).say(f"ryk {SOREN.name}")) == f"{SOREN.name} mangler ikke at melde status"


async def test_lead_is_shown_how_to_report_instead(talking: Talking):
    lead = talking(SOREN)
    assert heading(await lead.say("bed om status på skærmbesøg")) == "Det er dig, der melder status her"
    assert "Meld status på Skærmbesøg" in lead.replies[-1].text


async def test_project_of_another_lead_is_not_asked_of_whom_was_named(talking: Talking, cast_stores: Stores):
    office = talking(INGE)
    answer = await office.say(f"bed {AAGE.name} om status på skærmbesøg")
    assert heading(answer) == f"{AAGE.name} leder ikke Skærmbesøg i hjemmeplejen"
    await office.say("ja")
    assert await asked(cast_stores) == {}


async def test_day_that_was_said_is_not_passed_over(talking: Talking):
    answer = await talking(INGE).say(f"{FROM_SOREN} senest fredag")
    assert "Jeg kan ikke vælge en anden dag eller sætte en frist" in answer.text


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("bed om status på P007", "Der er ingen at spørge"),
        ("bed om status på P005", "Gammelt bibliotekssystem er afsluttet"),
        ("bed Gustav om en status", "Jeg kender ikke »Gustav«"),
        ("ryk Ib Dam", "Ib Dam leder ingen åbne projekter"),
        ("bed om status", "Hvem skal jeg bede om status?"),
        ("chase those who are missing", "Shall I ask 2 project leads"),
    ],
)
async def test_what_can_not_be_asked_says_why(said: str, begins: str, talking: Talking):
    assert heading(await talking(INGE).say(said)).startswith(begins)


async def test_words_that_name_nothing_are_not_passed_over(talking: Talking):
    answer = await talking(INGE).say("bed om status på P001 og rosinprojektet")
    assert heading(answer).startswith("Skal jeg bede Søren")
    assert "Jeg kender ikke »rosinprojektet«, så det er ikke med" in answer.text


async def test_receipt_tells_those_alone_whom_nobody_else_asked_first(
    talking: Talking, visiting: Visiting, cast_stores: Stores
):
    store = cast_stores.reminding.store
    seen = await store.state(HERE, ["P001", "P002"])
    owner = talking(GRY)
    await owner.say("bed om status på skærmbesøg")
    await owner.say("ja")
    visit = visiting(INGE)
    late = replace(visit.stores.reminding, store=_Late(store, seen))
    stores = replace(visit.stores, reminding=late)
    answer = await request_pressed(replace(visit, stores=stores), Request(("P001", "P002"), sure=True))
    reply = answer.reply(visit.audience)
    assert heading(reply) == f"{SOREN.name} bliver spurgt om status på Digital post"
    assert "Gry Thorlund spurgte tirsdag den 9. juni" in reply.text


class _Late:
    """A store that read the state before somebody else wrote, the first time."""

    def __init__(self, store: ReminderStore, seen: ReminderState) -> None:
        self._store = store
        self._seen = [seen]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    async def state(self, *asked: Any) -> ReminderState:
        return self._seen.pop() if self._seen else await self._store.state(*asked)


async def test_stopped_reminders_are_not_got_round(talking: Talking, cast_stores: Stores):
    await cast_stores.reminding.store.set_all_stopped(INGE.id, HERE, are_stopped=True)
    answer = await talking(INGE).say("bed om status på skærmbesøg")
    assert "porteføljekontoret har stoppet alle påmindelser" in answer.text
