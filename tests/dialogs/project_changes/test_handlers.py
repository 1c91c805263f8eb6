"""Projects are closed, stopped and opened again, and their ends and milestones moved: summed up first, told, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from dialogs.turn.visit import Stores
from portfolio.dates import PlanDate, Unit, on_day
from portfolio.projects.project import Milestone, Phase, Project
from portfolio.whole import Portfolio
from storage.audit import audit
from storage.database import Database
from storage.whole import SqlPortfolioWriter
from tests.dialogs.conftest import HERE
from tests.kit.cards import heading
from tests.kit.fakes import FakeCourier
from tests.kit.talk import Talk
from tests.world.municipality import PROJECTS
from tests.world.people import AAGE, GRY, IB, INGE, SOREN, VAGN

Talking = Callable[..., Talk]
STOP = "stop projektet skærmbesøg, leverandøren trak sig"
MOVE = "flyt slutdatoen for skærmbesøg til 1. marts, fordi udbuddet trak ud"
TENDER = Milestone("P001", "Udbud sendt", on_day(date(2026, 6, 1)))
CONTRACT = Milestone("P001", "Kontrakt på plads", on_day(date(2026, 9, 1)))


@pytest.fixture
async def _milestones(cast_database: Database) -> None:
    await SqlPortfolioWriter(cast_database).apply(Portfolio(milestones=(TENDER, CONTRACT)))


with_milestones = pytest.mark.usefixtures("_milestones")


async def project(stores: Stores, number: str = "P001") -> Project:
    detail = await stores.reader.project(number)
    assert detail is not None
    return detail.project


async def milestones(stores: Stores) -> dict[str, Milestone]:
    detail = await stores.reader.project("P001")
    assert detail is not None
    return {one.title: one for one in detail.milestones}


async def done(database: Database) -> list[tuple[str, str | None]]:
    rows = await database.execute(audit.select().order_by(audit.c.number))
    return [(row.action.value, row.project) for row in rows]


async def test_lead_says_yes_before_the_project_is_stopped(
    talking: Talking, cast_stores: Stores, cast_database: Database, courier: FakeCourier
):
    lead = talking(SOREN)
    summary = await lead.say(STOP)
    assert "bliver stoppet" in summary.text
    assert "Projektlederen, ejeren og porteføljekontoret får besked" in summary.text
    assert "Begrundelse: leverandøren trak sig" in summary.text
    assert (await project(cast_stores)).phase is Phase.EXECUTION
    assert await done(cast_database) == []
    receipt = await lead.say("ja")
    assert heading(receipt) == "Skærmbesøg i hjemmeplejen er stoppet"
    assert (await project(cast_stores)).phase is Phase.STOPPED
    assert await done(cast_database) == [("project_changed", "P001")]
    for who in (GRY, INGE):
        (word,) = courier.heard_by(who.id)
        assert "leverandøren trak sig" in word
        assert SOREN.name in word


async def test_card_tells_who_stopped_it_when_and_why(talking: Talking):
    lead = talking(SOREN)
    await lead.say(STOP)
    await lead.say("ja")
    card = await talking(IB).say("vis P001")
    assert f"Stoppet: 9. juni 2026 · {SOREN.name} · leverandøren trak sig" in card.text


async def test_no_leaves_the_project_as_it_is(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    await lead.say(STOP)
    await lead.say("annullér")
    await lead.say("ja")
    assert (await project(cast_stores)).phase is Phase.EXECUTION


async def test_reason_is_asked_for_where_none_was_given(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    form = await lead.say("afslut skærmbesøg")
    assert "Udfyld også: Begrundelse" in form.text
    await lead.press("Afslut projektet", reason="Alt er leveret")
    assert (await project(cast_stores)).phase is Phase.CLOSED


@pytest.mark.parametrize("order", [STOP, MOVE, "afslut skærmbesøg fordi alt er leveret"])
async def test_undo_gives_back_what_was_and_tells_again(
    order: str, talking: Talking, cast_stores: Stores, cast_database: Database, courier: FakeCourier
):
    before, lead = await project(cast_stores), talking(SOREN)
    await lead.say(order)
    await lead.say("ja")
    assert await project(cast_stores) != before
    await lead.press("Fortryd")
    assert await project(cast_stores) == before
    assert [action for action, _ in await done(cast_database)] == ["project_changed", "change_taken_back"]
    assert "Det er fortrudt" in courier.heard_by(GRY.id)[-1]


async def test_change_is_not_taken_back_over_what_came_after(talking: Talking, cast_stores: Stores):
    lead, owner = talking(SOREN), talking(GRY)
    await lead.say(MOVE)
    await lead.say("ja")
    await owner.say("flyt slutdatoen for skærmbesøg til juni 2027, fordi vi mangler folk")
    await owner.say("ja")
    assert "blevet noget andet siden" in (await lead.say("fortryd")).text
    assert (await project(cast_stores)).end == PlanDate(date(2027, 6, 1), date(2027, 6, 30), Unit.MONTH)


async def test_late_undo_says_so(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    await lead.say(STOP)
    await lead.say("ja")
    lead.now += timedelta(minutes=11)
    await lead.say("fortryd")
    assert (await project(cast_stores)).phase is Phase.STOPPED


async def test_closed_project_is_opened_again_in_the_phase_it_had(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    await lead.say(STOP)
    await lead.say("ja")
    assert "Fase: Gennemførelse" in (await lead.say("genåbn skærmbesøg")).text
    assert heading(await lead.say("ja")) == "Skærmbesøg i hjemmeplejen er åbent igen: Gennemførelse"
    assert (await project(cast_stores)).phase is Phase.EXECUTION


async def test_end_is_moved_with_the_precision_that_it_was_said_in(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    summary = await lead.say(MOVE)
    assert "Slutdatoen for Skærmbesøg i hjemmeplejen er nu ikke sat" in summary.text
    assert heading(await lead.say("ja")) == "Skærmbesøg i hjemmeplejen slutter nu 1. marts 2027"
    await lead.say("forlæng skærmbesøg til uge 40 2027, fordi vi venter")
    await lead.say("ja")
    assert (await project(cast_stores)).end == PlanDate(date(2027, 10, 4), date(2027, 10, 10), Unit.WEEK)


async def test_same_end_once_more_is_told_to_be_so(talking: Talking):
    lead = talking(SOREN)
    for _ in range(2):
        await lead.say(MOVE)
        answer = await lead.say("ja")
    assert "Det er den dato, der gælder nu" in answer.text


@with_milestones
@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("milepælen udbud er nået", HERE.date()),
        ("meld milepæl udbud nået den 3. marts", date(2026, 3, 3)),
        ("milepælen »Udbud sendt« på skærmbesøg blev nået i går", date(2026, 6, 8)),
        ("milestone udbud on skærmbesøg was reached 3 March", date(2026, 3, 3)),
    ],
)
async def test_milestone_is_reached_on_the_day_that_was_said(
    said: str, day: date, talking: Talking, cast_stores: Stores
):
    lead = talking(SOREN)
    await lead.say(said)
    await lead.say("ja")
    reached = await milestones(cast_stores)
    assert (reached["Udbud sendt"].reached, reached["Kontrakt på plads"].reached) == (day, None)


@with_milestones
async def test_milestone_is_moved(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    await lead.say("flyt milepælen kontrakt til 1. oktober, fordi leverandøren er forsinket")
    receipt = await lead.say("ja")
    assert "Før: 1. september 2026" in receipt.text
    assert (await milestones(cast_stores))["Kontrakt på plads"].due == on_day(date(2026, 10, 1))


@with_milestones
async def test_milestone_that_is_not_there_is_asked_for(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    assert (
        "Jeg fandt ingen milepæl, der hedder »rosiner«"
        in (await lead.say("milepælen rosiner på skærmbesøg er nået")).text
    )
    await lead.say("ja")
    assert all(one.reached is None for one in (await milestones(cast_stores)).values())


@with_milestones
async def test_day_that_has_not_come_is_no_day_on_which_it_was_reached(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    await lead.say("milepælen udbud er nået den 20. juni")
    assert "Den dag er ikke kommet endnu" in (await lead.say("ja")).text
    assert (await milestones(cast_stores))["Udbud sendt"].reached is None


@with_milestones
async def test_what_was_begun_before_leaves_nothing_in_another_order(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    await lead.say("milepælen kontrakt er nået den 3. marts")
    await lead.say("annullér")
    await lead.say("milepælen kontrakt på skærmbesøg er nået den 3. marts")
    summary = await lead.say("milepælen udbud er nået")
    assert "Nået den: 9. juni 2026" in summary.text


@pytest.mark.parametrize("person", [IB, AAGE, VAGN])
async def test_others_are_told_who_may(person, talking: Talking, cast_database: Database):
    reply = await talking(person).say(STOP)
    assert heading(reply) == "Du kan ikke ændre Skærmbesøg i hjemmeplejen"
    assert f"{SOREN.name}, Gry Thorlund eller porteføljekontoret" in reply.text
    assert await done(cast_database) == [("change_denied", "P001")]


async def test_lead_of_several_projects_is_asked_which_and_keeps_the_reason(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    await lead.say("luk projektet fordi alt er leveret")
    assert "Begrundelse: alt er leveret" in (await lead.say("P002")).text
    await lead.say("ja")
    assert (await project(cast_stores, "P002")).phase is Phase.CLOSED
    assert (await project(cast_stores)).phase is Phase.EXECUTION


@pytest.mark.parametrize(
    ("said", "begins"),
    [
        ("afslut P005", "Gammelt bibliotekssystem er afsluttet eller stoppet"),
        ("genåbn skærmbesøg", "Skærmbesøg i hjemmeplejen er allerede åbent"),
        ("milepælen udbud på P002 er nået", "Digital post har ingen milepæle"),
        ("afslut projektet rosiner", "Jeg kender ikke »rosiner«"),
    ],
)
async def test_what_can_not_be_done_says_why(said: str, begins: str, talking: Talking):
    assert heading(await talking(SOREN).say(said)).startswith(begins)


async def test_words_that_were_not_understood_are_told(talking: Talking):
    answer = await talking(SOREN).say("afslut skærmbesøg og spis kage")
    assert "Jeg forstod ikke »spis kage«" in answer.text


async def test_day_of_a_closing_is_not_passed_over(talking: Talking):
    assert "Jeg kan ikke vente til en bestemt dag" in (await talking(SOREN).say("afslut skærmbesøg på fredag")).text


async def test_summary_that_was_overtaken_is_asked_again(talking: Talking, cast_stores: Stores):
    lead, owner = talking(SOREN), talking(GRY)
    await lead.say(MOVE)
    await owner.say("forlæng skærmbesøg til juni 2027, fordi vi mangler folk")
    await owner.say("ja")
    assert "Projektet er ændret, siden du begyndte" in (await lead.say("ja")).text
    assert (await project(cast_stores)).end == PlanDate(date(2027, 6, 1), date(2027, 6, 30), Unit.MONTH)
    await lead.say("ja")
    assert (await project(cast_stores)).end == on_day(date(2027, 3, 1))


async def test_file_that_says_what_it_said_does_not_open_the_project_again(
    talking: Talking, cast_stores: Stores, cast_database: Database
):
    lead = talking(SOREN)
    await lead.say(STOP)
    await lead.say("ja")
    await SqlPortfolioWriter(cast_database).apply(Portfolio(projects=PROJECTS))
    assert (await project(cast_stores)).phase is Phase.STOPPED


async def test_project_that_was_stopped_is_asked_for_nothing_more(talking: Talking, cast_stores: Stores):
    lead = talking(SOREN)
    await lead.say(STOP)
    await lead.say("ja")
    assert {one.number for one in (await cast_stores.reminding.store.state(HERE)).projects}.isdisjoint({"P001"})
