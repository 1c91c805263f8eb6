"""A round of status in Teams: opened in a channel, answered on its card, closed at its deadline and summed up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from bot.settings import Settings
from dialogs.rounds.handlers import catch_up, close_due
from portfolio.projects.status import Rag
from storage.database import open_database
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.cards import checked, heading, words_on
from tests.kit.teams import CHANNEL, GROUP, FakeTeams
from tests.kit.wire import ARCHIVE, HEATING, PORTFOLIO, VISITS, InTeams, Moment, met, newest

AMONG_OTHERS = pytest.mark.parametrize("where", [GROUP, CHANNEL], ids=["group", "channel"])
OPEN = "start statusrunde for Project Board"
ROUND = "Status til Project Board uge 25"


@pytest.fixture
def clock() -> Moment:
    return Moment()


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
    """On a database of each kind in turn."""
    return await filled(production, database_url)


@pytest.fixture
async def bench(signed: Settings, teams: FakeTeams, clock: Moment) -> AsyncIterator[Bench]:
    async with open_bench(signed, teams, clock) as bench:
        await met(bench, "maja", "ole", "ida")
        yield bench


@pytest.fixture
async def bench_on_each(signed_on_each: Settings, teams: FakeTeams, clock: Moment) -> AsyncIterator[Bench]:
    async with open_bench(signed_on_each, teams, clock) as bench:
        await met(bench, "maja", "ole", "ida")
        yield bench


async def opened(bench: Bench, where: dict[str, Any]) -> Any:
    """The card that now stands among all."""
    ida = InTeams(bench, "ida", where)
    await ida.say(OPEN)
    await ida.say("ja")
    asked, told, posted = bench.teams.said_in(ida.here)
    assert heading(asked.card) == "Skal statusrunden til Project Board åbnes?"
    assert heading(told.card) == f"Runden er åbnet: {ROUND}"
    return checked(posted.card)


def changed(bench: Bench, where: dict[str, Any]) -> Any:
    """The card among all as it was changed last."""
    updated = bench.teams.updated_in(str(where["id"]))[-1]
    assert updated.path.endswith("/activities/sent-3")
    return checked(updated.card)


async def closed(*benches: Bench) -> list[int]:
    """How many rounds each service closed, all looking at once what is due."""
    counts = await asyncio.gather(*(_close_due(bench) for bench in benches))
    await benches[0].all_is_said()
    return counts


async def _close_due(bench: Bench) -> int:
    zone, portfolio = bench.service.settings.zone, bench.service.portfolio
    now = bench.clock().astimezone(zone)
    audience_for = partial(portfolio.assistant.audience, now, "da")
    count = await close_due(portfolio.stores, now, audience_for)
    await catch_up(portfolio.stores, now, audience_for)
    return count


@AMONG_OTHERS
async def test_round_asks_the_programs_of_those_who_are_to_answer_for_their_own_view(bench: Bench, where) -> None:
    card = await opened(bench, where)
    assert heading(card) == ROUND
    assert "0 af 3 har svaret" in words_on(card)
    assert sorted(card["refresh"]["userIds"]) == ["29:maja", "29:ole"]


@AMONG_OTHERS
async def test_lead_answers_unchanged_in_one_press_on_the_own_view(bench: Bench, where) -> None:
    card = await opened(bench, where)
    maja = InTeams(bench, "maja", where)
    own = await maja.looks_at(card)
    assert "Du mangler at melde status på 1 projekt" in words_on(own)
    assert bench.teams.updated_in(maja.here) == []
    receipt = await maja.press(own, "Uændret")
    assert heading(receipt) == f"Status er meldt uændret på {VISITS}"
    assert maja.done == 1
    assert "1 af 3 har svaret" in words_on(changed(bench, where))
    assert "Du har meldt status på dit projekt i runden" in words_on(await maja.looks_at(changed(bench, where)))


@AMONG_OTHERS
async def test_lead_fills_in_the_form_on_the_own_view(bench: Bench, where) -> None:
    card = await opened(bench, where)
    maja = InTeams(bench, "maja", where)
    form = await maja.press(await maja.looks_at(card), "Meld status")
    receipt = await maja.press(form, "Meld status", overall="amber", comment="Logind driller")
    assert heading(receipt) == f"Status er meldt på {VISITS}"
    now = words_on(changed(bench, where))
    assert "1 af 3 har svaret" in now
    assert "● Gul" in now
    assert "før ● Grøn" in now


@AMONG_OTHERS
async def test_lead_whose_program_knows_no_own_views_answers_in_the_own_chat(bench: Bench, where) -> None:
    card = await opened(bench, where)
    maja, own = InTeams(bench, "maja", where), InTeams(bench)
    await maja.submit(card, "Meld min status")
    assert maja.told == "Jeg har sendt dig kortet i vores egen chat."
    await own.submit(own.shown, "Meld status", overall="amber", comment="Logind driller")
    assert heading(own.shown) == f"Status er meldt på {VISITS}"
    assert "1 af 3 har svaret" in words_on(changed(bench, where))


async def test_answers_given_anywhere_show_on_the_card(bench: Bench) -> None:
    await opened(bench, CHANNEL)
    await InTeams(bench).say("uændret status på skærmbesøg")
    assert "1 af 3 har svaret" in words_on(changed(bench, CHANNEL))
    ole = InTeams(bench, "ole", GROUP)
    await ole.say("uændret status på varmestyring")
    assert "2 af 3 har svaret" in words_on(changed(bench, CHANNEL))


async def test_two_who_answer_at_once_are_both_on_the_card(bench_on_each: Bench) -> None:
    card = await opened(bench_on_each, CHANNEL)
    people = [InTeams(bench_on_each, sender, CHANNEL) for sender in ("maja", "ole")]
    views = [await person.looks_at(card) for person in people]
    await asyncio.gather(*(person.press(view, "Uændret") for person, view in zip(people, views, strict=True)))
    assert "2 af 3 har svaret" in words_on(changed(bench_on_each, CHANNEL))


async def test_secretary_who_leads_nothing_sees_what_all_see(bench: Bench) -> None:
    card = await opened(bench, CHANNEL)
    ida = InTeams(bench, "ida", CHANNEL)
    assert (await ida.refused(card, "Meld min status")).startswith("Du har ingen projekter i denne runde")
    assert heading(await ida.press(card, "Opsamling")) == f"Opsamling: {ROUND}"


async def test_lead_who_may_not_open_a_round_is_told_who_may_apart(bench: Bench) -> None:
    maja = InTeams(bench, "maja", CHANNEL)
    await maja.say(OPEN)
    assert maja.told == "Jeg har sendt dig kortet i vores egen chat."
    assert heading(InTeams(bench).shown) == "Du kan ikke åbne en runde til Project Board"


async def test_deadline_closes_the_round_and_sums_it_up_once_on_two_services(
    bench_on_each: Bench, signed_on_each: Settings, teams: FakeTeams, clock: Moment
) -> None:
    await opened(bench_on_each, CHANNEL)
    await InTeams(bench_on_each).say("status på skærmbesøg: gul, logind driller")
    await InTeams(bench_on_each).say("ja")
    async with open_bench(signed_on_each, teams, clock) as another:
        assert await closed(bench_on_each, another) == [0, 0]
        clock.passes(timedelta(days=3, minutes=1))
        said_before = len(teams.said_in(str(CHANNEL["id"])))
        assert sum(await closed(bench_on_each, another)) == 1
        assert await closed(bench_on_each, another) == [0, 0]
    assert "Runden blev lukket torsdag den 18. juni kl. 10.31" in words_on(changed(bench_on_each, CHANNEL))
    assert "refresh" not in changed(bench_on_each, CHANNEL)
    (summary,) = teams.said_in(str(CHANNEL["id"]))[said_before:]
    assert heading(checked(summary.card)) == f"Opsamling: {ROUND}"
    lines = words_on(summary.card).splitlines()
    at = [lines.index(one) for one in ("Ændret siden sidst (1)", VISITS, "Mangler (2)", f"{ARCHIVE}, {HEATING}")]
    assert at == sorted(at)


async def test_status_after_the_deadline_is_stored_and_leaves_the_closed_round_alone(
    bench: Bench, clock: Moment
) -> None:
    card = await opened(bench, CHANNEL)
    maja = InTeams(bench, "maja", CHANNEL)
    own = await maja.looks_at(card)
    clock.passes(timedelta(days=3, minutes=1))
    await closed(bench)
    updates = len(bench.teams.updated_in(maja.here))
    await maja.press(own, "Uændret")
    assert (await newest(bench)).overall is Rag.GREEN
    assert len(bench.teams.updated_in(maja.here)) == updates


async def test_round_goes_on_over_a_restart(signed: Settings, teams: FakeTeams, clock: Moment) -> None:
    async with open_bench(signed, teams, clock) as bench:
        await met(bench, "maja", "ole", "ida")
        card = await opened(bench, CHANNEL)
    async with open_bench(signed, teams, clock) as bench:
        maja = InTeams(bench, "maja", CHANNEL)
        await maja.press(await maja.looks_at(card), "Uændret")
        assert "1 af 3 har svaret" in words_on(changed(bench, CHANNEL))
