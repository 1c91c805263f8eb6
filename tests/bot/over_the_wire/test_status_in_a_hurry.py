"""Status over the wire in a hurry: sent twice, over a restart, two at once, and told to those whom it concerns."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.settings import Settings
from portfolio.projects.status import Rag
from storage.database import open_database
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.cards import heading, words_on
from tests.kit.teams import CHANNEL, GROUP, FakeTeams
from tests.kit.wire import PORTFOLIO, VISITS, InTeams, Moment, met, newest, publications
from tests.world.people import OLE

EVERYWHERE = pytest.mark.parametrize("where", [None, GROUP, CHANNEL], ids=["personal", "group", "channel"])
REPORTED = f"Status er meldt på {VISITS}"


async def filled(production: Settings, url: str) -> Settings:
    database = open_database(url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    return production.model_copy(update={"database_url": url})


@pytest.fixture
async def signed(production: Settings, sqlite_url: str) -> Settings:
    return await filled(production, sqlite_url)


@pytest.fixture
async def signed_on_each(production: Settings, database_url: str) -> Settings:
    """Signs in on a database of each kind in turn."""
    return await filled(production, database_url)


@pytest.fixture
async def bench(signed: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    async with open_bench(signed, teams, Moment()) as bench:
        await met(bench, "maja", "ole", "ida")
        yield bench


@pytest.fixture
async def bench_on_each(signed_on_each: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    async with open_bench(signed_on_each, teams, Moment()) as bench:
        await met(bench, "maja", "ole")
        yield bench


# --- the same once more ---


@EVERYWHERE
async def test_yes_that_teams_delivers_twice_is_one_report(bench: Bench, where) -> None:
    there = InTeams(bench, where=where)
    await there.say("status på skærmbesøg: gul, logind driller")
    yes = there.message("ja")
    assert [await bench.post(yes) for _ in range(3)] == [200, 200, 200]
    assert len(bench.teams.said_in(there.here)) == 2
    assert heading(there.shown) == REPORTED
    assert len(await publications(bench)) == 1


async def test_press_that_teams_delivers_twice_at_once_has_one_effect_and_one_answer(bench_on_each: Bench) -> None:
    maja = InTeams(bench_on_each)
    await maja.say("meld status på skærmbesøg")
    press = maja.pressing(maja.shown, "Meld status", overall="amber", comment="Logind driller")
    answers = [body for _, body in await asyncio.gather(*(bench_on_each.answer(press) for _ in range(4)))]
    assert answers == [answers[0]] * 4
    assert heading(answers[0]["value"]) == REPORTED
    assert len(await publications(bench_on_each)) == 1


async def test_lead_who_presses_twice_sees_the_same_receipt_twice(bench_on_each: Bench) -> None:
    maja = InTeams(bench_on_each)
    await maja.say("meld status på skærmbesøg")
    form = maja.shown
    both = (maja.press(form, "Meld status", overall="amber", comment="Logind driller") for _ in range(2))
    first, second = await asyncio.gather(*both)
    assert first == second
    assert heading(first) == REPORTED
    assert len(await publications(bench_on_each)) == 1


async def test_unchanged_that_is_pressed_twice_is_one_report(bench_on_each: Bench) -> None:
    ole = InTeams(bench_on_each, "ole")
    await ole.say("status")
    listed = ole.shown
    receipts = await asyncio.gather(*(ole.press(listed, "Uændret") for _ in range(2)))
    assert receipts[0] == receipts[1]
    assert len(await publications(bench_on_each, "P002")) == 1


# --- over a restart ---


@EVERYWHERE
async def test_form_opened_before_a_restart_is_sent_after_it(signed: Settings, teams: FakeTeams, where) -> None:
    async with open_bench(signed, teams, Moment()) as bench:
        await met(bench, "maja")
        await InTeams(bench, where=where).say("meld status på skærmbesøg")
        form = InTeams(bench).shown
    async with open_bench(signed, teams, Moment()) as bench:
        receipt = await InTeams(bench).press(form, "Meld status", overall="amber", comment="Logind driller")
        assert heading(receipt) == REPORTED
        assert (await newest(bench)).comment == "Logind driller"


@EVERYWHERE
async def test_questions_begun_before_a_restart_go_on_after_it(signed: Settings, teams: FakeTeams, where) -> None:
    async with open_bench(signed, teams, Moment()) as bench:
        await met(bench, "maja")
        there = InTeams(bench, where=where)
        for said in ("meld status på skærmbesøg", "trin for trin", "gul", "logind driller"):
            await there.say(said)
    async with open_bench(signed, teams, Moment()) as bench:
        there = InTeams(bench, where=where)
        for said in ("60", "spring over", "ja"):
            await there.say(said)
        assert heading(there.shown) == REPORTED
        report = await newest(bench)
        assert (report.overall, report.comment, report.progress) == (Rag.AMBER, "logind driller", 60)


async def test_press_answered_before_a_restart_is_answered_the_same_after_it(
    signed: Settings, teams: FakeTeams
) -> None:
    async with open_bench(signed, teams, Moment()) as bench:
        await met(bench, "maja")
        maja = InTeams(bench)
        await maja.say("meld status på skærmbesøg")
        press = maja.pressing(maja.shown, "Meld status", overall="amber", comment="Logind driller")
        _, before = await bench.answer(press)
    async with open_bench(signed, teams, Moment()) as bench:
        _, after = await bench.answer(press)
        assert after == before
        assert len(await publications(bench)) == 1


# --- two at once ---


async def test_of_lead_and_owner_at_once_one_is_stored_and_the_other_told(
    signed_on_each: Settings, teams: FakeTeams
) -> None:
    """On two services, as when one is being replaced by the next."""
    async with (
        open_bench(signed_on_each, teams, Moment()) as one,
        open_bench(signed_on_each, teams, Moment()) as another,
    ):
        await met(one, "maja", "ole")
        maja, ole = InTeams(one), InTeams(another, "ole")
        for person in (maja, ole):
            await person.say("meld status på skærmbesøg")
        cards = await asyncio.gather(
            maja.press(maja.shown, "Meld status", overall="amber", comment="Majas ord"),
            ole.press(ole.shown, "Meld status", overall="red", comment="Oles ord", obstacle="barrier",
                      obstacle_title="Ingen aftale"),
        )  # fmt: skip
        (stored,) = await publications(one)
        is_majas = stored.report.comment == "Majas ord"
        receipt, told = cards if is_majas else reversed(cards)
        first, colour = ("Maja Holm", "● Gul") if is_majas else ("Ole Krag", "● Rød")
        assert heading(receipt) == REPORTED
        assert f"Status er ikke gemt endnu: {first} meldte {colour}" in words_on(told)
        assert ("Oles ord" if is_majas else "Majas ord") in str(told)


async def test_owner_who_was_told_looks_it_through_and_sends_again(bench: Bench) -> None:
    maja, ole = InTeams(bench), InTeams(bench, "ole")
    await ole.say("meld status på skærmbesøg")
    form = ole.shown
    await maja.say("uændret status på skærmbesøg")
    told = await ole.press(form, "Meld status", overall="amber", comment="Oles ord")
    assert "Maja Holm meldte ● Grøn" in words_on(told)
    assert heading(await ole.press(told, "Meld status")) == f"Status er rettet på {VISITS}"
    assert ((await newest(bench)).comment, (await newest(bench)).author) == ("Oles ord", OLE.id)


async def test_card_that_is_older_than_what_was_written_since_sends_nothing(bench: Bench) -> None:
    maja = InTeams(bench)
    await maja.say("meld status på skærmbesøg")
    older = maja.shown
    await maja.press(older, "Gem kladde", comment="Skrevet først")
    again = await maja.press(older, "Meld status", comment="Skrevet sidst")
    assert "Intet er gemt endnu: kortet var ældre" in words_on(again)
    assert await publications(bench) == ()


async def test_form_that_lay_for_more_than_a_week_is_gone(signed: Settings, teams: FakeTeams) -> None:
    clock = Moment()
    async with open_bench(signed, teams, clock) as bench:
        await met(bench, "maja")
        maja = InTeams(bench)
        await maja.say("meld status på skærmbesøg")
        clock.passes(timedelta(days=7, minutes=1))
        gone = await maja.refused(maja.shown, "Meld status", overall="amber", comment="Logind driller")
        assert gone.startswith("Kortet kan ikke bruges længere")
        assert await publications(bench) == ()


# --- others are told ---


@EVERYWHERE
async def test_deputy_is_told_in_the_own_chat_and_reports(bench: Bench, where) -> None:
    maja, ida = InTeams(bench, where=where), InTeams(bench, "ida")
    await maja.say("Ida Lund er min stedfortræder fra i dag til 20. juni")
    await maja.say("ja")
    assert heading(maja.shown) == "Ida Lund er din stedfortræder"
    assert "Ida Lund får besked i Teams." in words_on(maja.shown)
    assert heading(ida.shown) == "Du er stedfortræder for Maja Holm"
    form = await ida.press(ida.shown, "Meld status")
    assert heading(await ida.press(form, "Meld status", comment="Holder stillingen")) == REPORTED


@EVERYWHERE
async def test_new_lead_is_told_in_the_own_chat_and_reports(bench: Bench, where) -> None:
    maja, ole = InTeams(bench, where=where), InTeams(bench, "ole")
    await maja.say("overdrag skærmbesøg til Ole Krag")
    await maja.say("ja")
    assert heading(maja.shown) == f"{VISITS} ledes nu af Ole Krag"
    assert "Ole Krag får besked i Teams." in words_on(maja.shown)
    assert heading(ole.shown) == f"Du leder nu {VISITS}"
    await ole.say("meld status på skærmbesøg")
    assert heading(ole.shown) == f"Meld status på {VISITS}"


@EVERYWHERE
@pytest.mark.parametrize(
    "said", ["Ole Krag er min stedfortræder fra i dag til 20. juni", "overdrag skærmbesøg til Ole Krag"]
)
async def test_lead_hears_when_the_other_could_not_be_told(bench: Bench, where, said: str) -> None:
    maja = InTeams(bench, where=where)
    bench.teams.refuse("a:ole", 403)
    await maja.say(said)
    await maja.say("ja")
    assert "Ole Krag får besked i Teams." in words_on(maja.shown)
    missed = bench.teams.said_in("a:maja")[-1].activity["text"]
    assert missed.startswith("Jeg kan ikke se, at Ole Krag har fået min besked i Teams: »")
    assert missed.endswith("«. Skriv en mail i stedet.")
