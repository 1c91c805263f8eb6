"""With a model set up, the commands and the service ask it what they don't understand; without one, nobody."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.cli.asking import ask
from bot.cli.chatting import chat
from bot.operating.doctor import examine
from bot.settings import Settings
from tests.kit.bench import open_bench
from tests.kit.model import ModelServer, model_server
from tests.kit.teams import FakeTeams
from tests.kit.wire import InTeams, met

UNCLEAR = "hvilke projekter står i flammer"
NOT_GREEN = {"target": "projects", "where_not": [{"overall": ["green"]}]}


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with model_server() as server:
        server.says(NOT_GREEN)
        yield server


@pytest.fixture
def operator(
    seeded_url: str, server: ModelServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> pytest.MonkeyPatch:
    monkeypatch.chdir(tmp_path)
    values = {"DATABASE_URL": seeded_url, "MODE": "local"}
    model = {"MODEL_URL": server.url, "MODEL_NAME": "husets-model", "MODEL_KEY": "hemmelig"}
    for name, value in {**values, **model}.items():
        monkeypatch.setenv(f"TOVHOLDER_{name}", value)
    return monkeypatch


async def documents(capsys: pytest.CaptureFixture[str], command: Callable[[], int]) -> list[dict[str, Any]]:
    """What a command prints, which runs beside the model."""
    assert await asyncio.to_thread(command) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [line for line in lines if "event" not in line]  # the tests' log


async def test_ask_tells_scripts_that_a_model_helped(
    operator: pytest.MonkeyPatch, server: ModelServer, capsys: pytest.CaptureFixture[str]
):
    (document,) = await documents(capsys, lambda: ask(UNCLEAR, json=True))
    assert (document["kind"], document["understood"]["by_model"]) == ("projects", True)
    assert server.messages == [UNCLEAR]


async def test_conversations_from_a_file_go_on_from_what_it_said(
    operator: pytest.MonkeyPatch, server: ModelServer, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    file = tmp_path / "conversations.jsonl"
    turns = [UNCLEAR, "hvor mange er det"]
    file.write_text(json.dumps({"as": "maja.holm@kommune.example", "turns": turns}), "utf-8")
    (held,) = await documents(capsys, lambda: chat(batch=file))
    first, second = held["turns"]
    assert first["understood"]["by_model"]
    assert first["did"] == second["did"] == []
    assert "by_model" not in second["understood"]
    assert server.messages == [UNCLEAR]


async def test_question_in_teams_is_answered_with_the_mark(production: Settings, teams: FakeTeams, server: ModelServer):
    model = {"model_url": server.url, "model_name": "husets-model", "model_key": SecretStr("hemmelig")}
    server.says({"target": "projects", "where": [{"lead": ["PERSON1"]}]})
    async with open_bench(production.model_copy(update=model), teams) as bench:
        await met(bench, "maja")
        maja = InTeams(bench)
        await maja.say(f"{UNCLEAR} hos Maja Holm?")
        assert "En sprogmodel har hjulpet" in str(maja.shown)
        await maja.say("meld status på skærmbesøg")
    assert server.messages == [f"{UNCLEAR} hos PERSON1?"]


async def test_nobody_is_asked_where_none_is_set(
    operator: pytest.MonkeyPatch, server: ModelServer, capsys: pytest.CaptureFixture[str]
):
    for name in ("URL", "NAME", "KEY"):
        operator.delenv(f"TOVHOLDER_MODEL_{name}")
    (document,) = await documents(capsys, lambda: ask(UNCLEAR, json=True))
    assert document["kind"] == "unclear"
    assert server.asked == []


async def test_half_a_model_stops_a_command_with_what_to_do(
    operator: pytest.MonkeyPatch, server: ModelServer, capsys: pytest.CaptureFixture[str]
):
    operator.delenv("TOVHOLDER_MODEL_NAME")
    assert await asyncio.to_thread(ask, UNCLEAR) == 1
    assert "MODEL_NAME mangler" in capsys.readouterr().err
    assert server.asked == []


@pytest.mark.parametrize(
    ("change", "advice"),
    [
        ({}, None),
        ({"status": 401}, "afviser os (401)"),
        ({"body": "<html>"}, "følger ikke skemaet"),
        ({"body": {"choices": [{"message": {"content": '{"target": "everything"}'}}]}}, "følger ikke skemaet"),
        ({"url": "http://127.0.0.1:9/v1"}, "kan ikke nås"),
    ],
)
async def test_doctor_says_whether_the_model_answers_as_it_should(
    change: dict[str, Any], advice: str | None, operator: pytest.MonkeyPatch, server: ModelServer
):
    for name, value in change.items():
        setattr(server, name, value)
    operator.setenv("TOVHOLDER_MODEL_URL", server.url)
    (found,) = [finding for finding in await examine() if finding.subject == "Sprogmodel"]
    assert found.well is (advice is None)
    assert (advice or "") in found.advice
