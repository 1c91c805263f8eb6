"""When something breaks: an apology with a number that the log knows too, and no 5xx."""

from __future__ import annotations

from sqlalchemy import text
from structlog.testing import capture_logs

from bot.settings import Settings
from tests.kit.bench import Bench, open_bench
from tests.kit.teams import FakeTeams


async def _break(bench: Bench) -> None:
    async with bench.service.database.transaction() as connection:
        await connection.execute(text("DROP TABLE projects"))


async def test_failing_question_gets_an_apology_with_a_number(bench: Bench) -> None:
    await _break(bench)
    with capture_logs() as logged:
        assert await bench.post(bench.teams.message("klima")) == 200
    (sent,) = bench.teams.sent
    (failure,) = [event for event in logged if event["event"] == "turn_failed"]
    assert failure["reference"] in str(sent.card)


async def test_failing_button_gets_a_sentence_with_a_number(bench: Bench) -> None:
    await _break(bench)
    status, body = await bench.answer(bench.teams.press({"verb": "open", "data": {"project": "P001"}}))
    assert status == 200
    assert body["type"] == "application/vnd.microsoft.activity.message"
    assert "giv nummeret" in body["value"]


async def test_database_that_is_gone_is_apologised_for(bench: Bench) -> None:
    async with bench.service.database.transaction() as connection:
        await connection.execute(text("DROP TABLE seen_activities"))
    assert await bench.post(bench.teams.message("klima")) == 200
    assert "Noget gik galt" in str(bench.teams.sent[0].card)


async def test_without_keys_nothing_is_believed_and_the_service_is_not_ready(
    production: Settings, teams: FakeTeams
) -> None:
    lost = production.model_copy(update={"openid_metadata_url": f"{teams.url}/nowhere"})
    async with open_bench(lost, teams) as bench:
        assert await bench.post(teams.message("klima")) == 503
        async with bench.client.get(f"{bench.operations}/readyz") as response:
            assert (response.status, await response.json()) == (503, {"database": True, "keys": False})
        async with bench.client.get(f"{bench.url}/readyz") as response:
            assert (response.status, await response.text()) == (503, "no")


async def test_without_an_outgoing_token_nothing_is_sent(production: Settings, teams: FakeTeams) -> None:
    teams.token_status = 500
    async with open_bench(production, teams) as bench:
        assert await bench.post(teams.message("klima")) == 200
    assert teams.sent == []


async def test_service_is_well_and_ready(bench: Bench) -> None:
    await bench.post(bench.teams.message("klima"))
    async with bench.client.get(f"{bench.url}/healthz") as response:
        assert response.status == 200
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "aiohttp" not in response.headers["Server"]
    async with bench.client.get(f"{bench.url}/readyz") as response:
        assert (response.status, await response.text()) == (200, "ok")
    async with bench.client.get(f"{bench.operations}/readyz") as response:
        assert (response.status, await response.json()) == (200, {"database": True, "keys": True})


async def test_figures_are_for_operators_alone(bench: Bench) -> None:
    await bench.post(bench.teams.message("klima"))
    async with bench.client.get(f"{bench.url}/metrics") as response:
        assert response.status == 404
    async with bench.client.get(f"{bench.operations}/metrics") as response:
        assert 'tovholder_turns_total{outcome="200",type="message"}' in await response.text()


async def test_refusals_are_logged_without_what_was_sent(bench: Bench) -> None:
    with capture_logs() as logged:
        await bench.post(bench.teams.message("hemmelig tekst", channelId="slack"))
    assert logged == [{"event": "refused", "status": 401, "reason": "channel", "log_level": "warning"}]
