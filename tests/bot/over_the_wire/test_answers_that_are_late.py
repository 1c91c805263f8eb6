"""Answers that Teams doesn't take at first, or that the service was stopped before: they come, and nothing is done
twice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select, update

from bot.settings import Settings
from portfolio.deliveries import Stage
from portfolio.organisation import Standing
from portfolio.reminders.kinds import Outcome
from storage.database import open_database
from storage.organisation import people
from storage.sending.tables import EPOCH, deliveries
from storage.whole import SqlPortfolioWriter
from tests.kit.bench import Bench, open_bench
from tests.kit.cards import heading
from tests.kit.teams import CHANNEL, FakeTeams
from tests.kit.wire import PORTFOLIO, VISITS, InTeams, Moment, met, publications
from tests.world.people import MAJA

RECEIPT = f"Status er meldt på {VISITS}"
QUESTION = "hvem leder skærmbesøg"


@pytest.fixture
async def on_each(database_url: str, production: Settings) -> Settings:
    database = open_database(database_url)
    await SqlPortfolioWriter(database).apply(PORTFOLIO)
    await database.close()
    return production.model_copy(update={"database_url": database_url})


@pytest.fixture
async def bench(on_each: Settings, teams: FakeTeams) -> AsyncIterator[Bench]:
    async with open_bench(on_each, teams, Moment()) as bench:
        await met(bench, "maja", "ole", "ida")
        yield bench


async def said(bench: Bench) -> list[tuple[Stage, Outcome | None, bool]]:
    """The stage and outcome of all that was said, and whether its words are still kept."""
    wanted = select(deliveries.c.stage, deliveries.c.outcome, deliveries.c.said).order_by(deliveries.c.id)
    return [(row.stage, row.outcome, row.said is not None) for row in await bench.service.database.execute(wanted)]


async def half_a_minute_passes(bench: Bench) -> None:
    await bench.service.database.execute(update(deliveries).values(next_at=EPOCH))
    await bench.all_is_said()


async def test_receipt_that_teams_does_not_take_comes_later(bench: Bench) -> None:
    maja = InTeams(bench)
    await maja.say("status på skærmbesøg: gul, logind driller")
    bench.teams.refuse("a:maja", 502, 502, 502, 502)
    await maja.say("ja")
    assert len(await publications(bench)) == 1
    assert (await said(bench))[-1] == (Stage.WAITING, None, True)
    bench.teams.sent.clear()
    await half_a_minute_passes(bench)
    assert heading(maja.shown) == RECEIPT
    assert (await said(bench))[-1] == (Stage.DONE, Outcome.SENT, False)


@pytest.mark.parametrize("status", [400, 413, 302])
async def test_receipt_that_teams_refuses_is_followed_by_a_word(bench: Bench, status: int) -> None:
    maja = InTeams(bench)
    await maja.say("status på skærmbesøg: gul, logind driller")
    bench.teams.refuse("a:maja", status)
    await maja.say("ja")
    assert len(await publications(bench)) == 1
    assert maja.told.startswith("Jeg har behandlet det, du skrev, men kan ikke se, at mit svar kom frem.")


async def test_who_left_is_told_nothing_more_and_no_chat_is_begun(bench: Bench) -> None:
    maja = InTeams(bench)
    await maja.say("status på skærmbesøg: gul, logind driller")
    bench.teams.refuse("a:maja", 502, 502, 502, 502)
    await maja.say("ja")
    await bench.service.database.execute(update(people).where(people.c.id == MAJA.id).values(standing=Standing.LEFT))
    bench.teams.sent.clear()
    await half_a_minute_passes(bench)
    assert bench.teams.sent == []
    assert (await said(bench))[-1] == (Stage.DONE, Outcome.LEFT, False)


async def test_slow_channel_holds_up_nobody(bench: Bench) -> None:
    """The channel answers its round's card only when it is let go."""
    await InTeams(bench, "ida", CHANNEL).say("start statusrunde for Project Board")
    await InTeams(bench, "ida", CHANNEL).say("ja")
    maja, ole = InTeams(bench), InTeams(bench, "ole")
    await maja.say("meld status på skærmbesøg")
    await ole.say("meld status på varmestyring")
    bench.teams.hang(str(CHANNEL["id"]))
    for who in (maja, ole):
        _, body = await bench.answer(who.pressing(who.shown, "Meld status", comment="Alt vel"))
        assert "Status er meldt" in str(body)
    bench.teams.let_go()
    await bench.all_is_said()


async def test_program_that_asks_by_itself_does_nothing_but_look(bench: Bench) -> None:
    maja = InTeams(bench)
    await maja.say("meld status på skærmbesøg")
    press = maja.pressing(maja.shown, "Meld status", comment="Logind driller")
    press["value"]["trigger"] = "automatic"
    _, body = await bench.answer(press)
    assert body["statusCode"] == 400
    assert await publications(bench) == ()


async def test_receipt_stands_where_the_message_was_answered(bench: Bench) -> None:
    maja = InTeams(bench)
    await maja.say("status på skærmbesøg: gul, logind driller")
    yes = maja.message("ja")
    await bench.post(yes)
    receipt = bench.teams.sent[-1]
    assert receipt.path == f"/emea/v3/conversations/a:maja/activities/{yes['id']}"
    assert receipt.activity["replyToId"] == yes["id"]


async def test_question_that_could_not_be_answered_is_answered_when_it_comes_again(bench: Bench) -> None:
    question = bench.teams.message(QUESTION)
    bench.teams.refuse("a:maja", 502, 502, 502, 502)
    assert await bench.post(question) == 200
    bench.teams.sent.clear()
    assert await bench.post(question) == 200
    assert await bench.post(question) == 200
    assert len(bench.teams.sent) == 1
    assert await said(bench) == []


async def test_after_a_restart_questions_are_answered_anew_and_orders_done_once(
    on_each: Settings, teams: FakeTeams
) -> None:
    async with open_bench(on_each, teams, Moment()) as bench:
        await met(bench, "maja", "ole", "ida")
        maja = InTeams(bench)
        question = maja.message(QUESTION)
        await bench.post(question)
        await maja.say("status på skærmbesøg: gul, logind driller")
        yes = maja.message("ja")
        await bench.post(yes)
    teams.sent.clear()
    async with open_bench(on_each, teams, Moment()) as bench:
        assert [await bench.post(one) for one in (question, yes)] == [200, 200]
        assert [heading(sent.card) for sent in teams.sent] == [f"{VISITS} ledes af Maja Holm"]
        assert len(await publications(bench)) == 1


async def test_press_that_comes_again_after_a_restart_gets_the_same_card(on_each: Settings, teams: FakeTeams) -> None:
    async with open_bench(on_each, teams, Moment()) as bench:
        await met(bench, "maja", "ole", "ida")
        maja = InTeams(bench)
        await maja.say("meld status på skærmbesøg")
        press = maja.pressing(maja.shown, "Meld status", comment="Logind driller")
        first = await bench.answer(press)
        assert heading(first[1]["value"]) == RECEIPT
    async with open_bench(on_each, teams, Moment()) as bench:
        assert await bench.answer(press) == first
        assert len(await publications(bench)) == 1


async def test_press_on_two_services_at_once_has_one_effect_and_one_answer(on_each: Settings, teams: FakeTeams) -> None:
    async with open_bench(on_each, teams, Moment()) as bench, open_bench(on_each, teams, Moment()) as another:
        await met(bench, "maja", "ole", "ida")
        maja = InTeams(bench)
        await maja.say("meld status på skærmbesøg")
        press = maja.pressing(maja.shown, "Meld status", comment="Logind driller")
        answers = await asyncio.gather(bench.answer(press), another.answer(press))
        assert answers[0] == answers[1]
        assert heading(answers[0][1]["value"]) == RECEIPT
        assert len(await publications(bench)) == 1
