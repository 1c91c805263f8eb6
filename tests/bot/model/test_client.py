"""The model is asked in OpenAI's format, and whatever it does, the turn goes on."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.model.client import LARGEST_ANSWER, ModelClient, Silence, SilentModelError
from dialogs.understanding.second.asking import enquiry, schema, task
from tests.kit.model import ModelServer, completion, model_server

ASKED = enquiry("hvilke projekter står i flammer", date(2026, 11, 23))


@pytest.fixture
async def server() -> AsyncIterator[ModelServer]:
    async with model_server() as server:
        yield server


def client(url: str, wait: float = 4.0) -> ModelClient:
    return ModelClient(url, "husets-model", SecretStr("hemmelig"), wait)


async def test_message_and_schema_are_sent_and_the_answer_is_decoded(server: ModelServer):
    server.says({"target": "projects"})
    for url in (server.url, f"{server.url}/"):
        assert await client(url).answer(ASKED) == {"target": "projects"}
    sent = server.asked[0]
    assert server.heads[0]["Authorization"] == "Bearer hemmelig"
    assert (sent["model"], sent["temperature"]) == ("husets-model", 0)
    assert sent["response_format"]["type"] == "json_schema"
    assert sent["response_format"]["json_schema"]["schema"] == schema()
    told, asked = sent["messages"]
    assert (told["role"], told["content"], asked["role"]) == ("system", task(), "user")
    assert json.loads(asked["content"]) == {"today": "2026-11-23", "message": "hvilke projekter står i flammer"}


@pytest.mark.parametrize(
    "body",
    [
        ("<html>"),
        (""),
        ("[]"),
        ({"choices": []}),
        ({"choices": {}}),
        (completion("not json")),
        (completion('{"target": "projects", ')),
        (completion(None)),
        (completion(["target"])),
        (completion("[" * 30_000)),
        (completion("x" * (LARGEST_ANSWER + 1))),
    ],
)
async def test_answer_that_is_none_is_as_silence(body: Any, server: ModelServer):
    server.body = body
    with pytest.raises(SilentModelError) as silent:
        await client(server.url).ask(ASKED)
    assert silent.value.why is Silence.UNREADABLE
    assert await client(server.url).answer(ASKED) is None


@pytest.mark.parametrize("status", [400, 401, 404, 429, 500, 503])
async def test_model_that_refuses_is_asked_once_alone(status: int, server: ModelServer):
    server.status = status
    server.says({"target": "projects"})
    assert await client(server.url).answer(ASKED) is None
    assert len(server.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_message_does_not_follow_a_redirect(status: int, server: ModelServer):
    server.status, server.headers = status, {"Location": f"{server.url}/chat/completions"}
    assert await client(server.url).answer(ASKED) is None
    assert len(server.asked) == 1


async def test_slow_model_is_not_waited_for(server: ModelServer):
    server.deaf = True
    with pytest.raises(SilentModelError, match="late"):
        await client(server.url, wait=0.1).ask(ASKED)


async def test_nobody_at_the_address_is_as_silence():
    with pytest.raises(SilentModelError, match="away"):
        await client("http://127.0.0.1:9/v1").ask(ASKED)


async def test_log_tells_what_went_wrong_and_nothing_else(server: ModelServer):
    server.status, server.body = 401, completion("hvilke projekter står i flammer")
    with capture_logs() as logged:
        await client(server.url).answer(ASKED)
    assert logged == [{"event": "model_silent", "why": "refused", "status": 401, "log_level": "warning"}]


def test_key_is_never_shown():
    assert "hemmelig" not in repr(client("https://model.example/v1"))
