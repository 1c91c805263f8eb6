"""Leads report status in Teams: in their own chat, in a group and in a channel, on new programs and on old ones."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from portfolio.audit import Action
from portfolio.projects.status import Rag
from storage.database import open_database
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.cards import heading, words_on
from tests.kit.teams import CHANNEL, GROUP, FakeTeams
from tests.kit.wire import ARCHIVE, HEATING, PORTFOLIO, TODAY, VISITS, InTeams, Moment, met, newest
from tests.world.people import MAJA

PLACES = [None, GROUP, CHANNEL]
EVERYWHERE = pytest.mark.parametrize("where", PLACES, ids=["personal", "group", "channel"])
AMONG_OTHERS = pytest.mark.parametrize("where", PLACES[1:], ids=["group", "channel"])
SENT_APART = "Jeg har sendt dig kortet i vores egen chat."
REPORTED, UNCHANGED = f"Status er meldt på {VISITS}", f"Status er meldt uændret på {VISITS}"


@pytest.fixture
async def seeded_url(sqlite_url: str) -> str:
    database = open_database(sqlite_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    return sqlite_url


@pytest.fixture
async def bench(production: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    async with open_bench(production, teams, Moment()) as bench:
        await met(bench, "maja", "ole")
        bench.teams.join(GROUP, "ida")
        yield bench


async def actions(bench: Bench) -> list[Action]:
    return [entry.action for entry in await bench.service.portfolio.stores.audit.log_of("P001")]


# --- on a card ---


@EVERYWHERE
async def test_lead_reports_with_a_message_and_a_press(bench: Bench, where) -> None:
    there, own = InTeams(bench, where=where), InTeams(bench)
    await there.say("meld status på skærmbesøg")
    receipt = await own.press(own.shown, "Meld status", overall="amber", comment="Logind driller", progress="60")
    assert heading(receipt) == REPORTED
    assert there.done + own.done == 2
    report = await newest(bench)
    assert (report.day, report.overall, report.comment, report.progress, report.author) == (
        TODAY, Rag.AMBER, "Logind driller", 60, MAJA.id,
    )  # fmt: skip
    assert await actions(bench) == [Action.REPORT_PUBLISHED]


@EVERYWHERE
async def test_lead_on_an_old_program_reports_on_the_card_too(bench: Bench, where) -> None:
    there, own = InTeams(bench, where=where), InTeams(bench)
    await there.say("status på skærmbesøg: gul, logind driller")
    await there.submit(there.shown, "Ret på kort")
    await own.submit(own.shown, "Meld status", progress="60")
    assert heading(own.shown) == REPORTED
    report = await newest(bench)
    assert (report.overall, report.comment, report.progress) == (Rag.AMBER, "logind driller", 60)


@AMONG_OTHERS
async def test_form_asked_for_among_others_is_shown_to_the_lead_alone(bench: Bench, where) -> None:
    there = InTeams(bench, where=where)
    await there.say("meld status på skærmbesøg")
    assert there.told == SENT_APART
    assert heading(InTeams(bench).shown) == f"Meld status på {VISITS}"
    assert [sent for sent in bench.teams.said_in(there.here) if "attachments" in sent.activity] == []


@AMONG_OTHERS
async def test_form_opened_by_a_button_among_others_stays_in_the_answer(bench: Bench, where) -> None:
    there = InTeams(bench, where=where)
    await there.say("status på skærmbesøg: gul, logind driller")
    before = len(bench.teams.sent)
    form = await there.press(there.shown, "Ret på kort")
    again = await there.press(form, "Meld status", progress="et stykke")
    assert "Det læste jeg ikke som et tal" in words_on(again)
    assert heading(await there.press(again, "Meld status", progress="60")) == REPORTED
    assert bench.teams.sent[before:] == []


@AMONG_OTHERS
async def test_colleague_who_presses_on_the_leads_card_changes_nothing(bench: Bench, where) -> None:
    maja, ole = InTeams(bench, where=where), InTeams(bench, "ole", where)
    await maja.say("status på skærmbesøg: gul, logind driller")
    assert (await ole.refused(maja.shown, "Meld status")).startswith("Kortet er ikke dit")
    assert (await newest(bench)).overall is Rag.GREEN


@AMONG_OTHERS
async def test_lead_goes_on_in_the_own_chat_with_what_was_begun_among_others(bench: Bench, where) -> None:
    there, own = InTeams(bench, where=where), InTeams(bench)
    await there.say("meld status på skærmbesøg")
    for said in ("trin for trin", "gul", "logind driller", "60", "spring over"):
        await own.say(said)
    assert heading(own.shown) == f"Meld status på {VISITS}"
    await own.say("ja")
    assert heading(own.shown) == REPORTED


@AMONG_OTHERS
async def test_secretary_who_never_wrote_to_the_bot_alone_is_told_to(bench: Bench, where) -> None:
    ida = InTeams(bench, "ida", where)
    await ida.say("meld status på skærmbesøg")
    assert ida.told.startswith("Kortet er kun til dig, men jeg kan ikke skrive til dig endnu.")


# --- step by step ---


@EVERYWHERE
async def test_lead_is_asked_step_by_step_and_writes(bench: Bench, where) -> None:
    there = InTeams(bench, where=where)
    for said in ("meld status på skærmbesøg", "trin for trin", "den er gul", "logind driller", "12,5", "på fredag"):
        await there.say(said)
    assert (await newest(bench)).overall is Rag.GREEN
    assert "logind driller" in words_on(there.shown)
    await there.say("ja tak")
    assert heading(there.shown) == REPORTED
    report = await newest(bench)
    assert (report.overall, report.comment, str(report.progress), report.next_step) == (
        Rag.AMBER, "logind driller", "12.50", "på fredag",
    )  # fmt: skip


@EVERYWHERE
async def test_lead_is_asked_step_by_step_and_presses(bench: Bench, where) -> None:
    there, own = InTeams(bench, where=where), InTeams(bench)
    await there.say("meld status på skærmbesøg")
    before = len(bench.teams.sent)
    card = await own.press(own.shown, "Svar trin for trin")
    for title in ("● Gul", "Behold", "Spring over", "Behold", "Meld status"):
        card = await own.press(card, title)
    assert heading(card) == REPORTED
    assert bench.teams.sent[before:] == []
    assert (await newest(bench)).overall is Rag.AMBER


@EVERYWHERE
async def test_lead_on_an_old_program_presses_through_the_steps(bench: Bench, where) -> None:
    there, own = InTeams(bench, where=where), InTeams(bench)
    await there.say("meld status på skærmbesøg")
    await own.submit(own.shown, "Svar trin for trin")
    for title in ("● Gul", "Behold", "Spring over", "Behold", "Meld status"):
        await own.submit(own.shown, title)
    assert heading(own.shown) == REPORTED
    assert (await newest(bench)).overall is Rag.AMBER


# --- in one line ---


@EVERYWHERE
@pytest.mark.parametrize("way", ["written", "pressed", "old program"])
async def test_lead_reports_in_one_line_and_a_yes(bench: Bench, where, way: str) -> None:
    there = InTeams(bench, where=where)
    await there.say("status på skærmbesøg: gul, logind driller, 60 %, slut rykker til uge 40")
    summary = there.shown
    assert "uge 40 2026" in words_on(summary)
    assert (await newest(bench)).overall is Rag.GREEN
    if way == "pressed":
        receipt = await there.press(summary, "Meld status")
    else:
        await (there.say("ja") if way == "written" else there.submit(summary, "Meld status"))
        receipt = there.shown
    assert heading(receipt) == REPORTED
    assert there.done == 2
    report = await newest(bench)
    assert (report.overall, report.comment, report.progress) == (Rag.AMBER, "logind driller", 60)
    assert str(report.expected_end and report.expected_end.unit) == "week"


# --- unchanged ---


@EVERYWHERE
async def test_lead_says_unchanged_in_one_message(bench: Bench, where) -> None:
    there = InTeams(bench, where=where)
    await there.say("uændret status på skærmbesøg")
    assert heading(there.shown) == UNCHANGED
    assert there.done == 1
    report = await newest(bench)
    assert (report.day, report.comment) == (TODAY, "Alle kan logge på")
    assert await actions(bench) == [Action.REPORT_UNCHANGED]


@EVERYWHERE
async def test_lead_who_says_unchanged_after_todays_report_hears_that_nothing_changed(bench: Bench, where) -> None:
    there = InTeams(bench, where=where)
    await there.say("status på skærmbesøg: gul, logind driller")
    await there.say("ja")
    await there.say("uændret status på skærmbesøg")
    assert heading(there.shown) == UNCHANGED
    assert (await newest(bench)).comment == "logind driller"


@pytest.mark.parametrize("program", ["new", "old"])
@EVERYWHERE
async def test_lead_of_two_projects_says_status_and_presses_unchanged(bench: Bench, where, program: str) -> None:
    there, own = InTeams(bench, "ole", where), InTeams(bench, "ole")
    await there.say("status")
    assert {HEATING, ARCHIVE} <= set(words_on(own.shown).splitlines())
    if program == "new":
        receipt = await own.press(own.shown, "Uændret")
    else:
        await own.submit(own.shown, "Uændret")
        receipt = own.shown
    assert heading(receipt) == f"Status er meldt uændret på {HEATING}"
    assert there.done + own.done == 2
