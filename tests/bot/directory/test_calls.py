"""How Graph is asked: how often, where alone, and what a refusal means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from bot.directory import calls as calls_module
from bot.directory.calls import LONGEST_PAUSE, TRIES, GraphCalls, GraphError
from bot.directory.graph import read_changes, read_graph
from bot.settings import Settings
from bot.teams.credentials import TokenUnavailableError
from tests.bot.directory.conftest import Read
from tests.kit.graph import FakeGraph
from tests.kit.teams import APP_ID, SECRET, TENANT


def registered(graph: FakeGraph, **otherwise: Any) -> Settings:
    told = {"app_id": APP_ID, "app_tenant_id": TENANT, "app_password": SECRET, "token_url": graph.token_url}
    return Settings(_env_file=None, **(told | {"graph_url": graph.url} | otherwise))


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
async def test_passing_trouble_is_tried_again(graph: FakeGraph, read: Read, pauses: list[float], status: int) -> None:
    graph.refuse(status)
    assert len((await read()).entries) == 3
    assert len(pauses) == 1


def in_a_minute() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(minutes=1), usegmt=True)


@pytest.mark.parametrize("asked", [lambda: "60", in_a_minute], ids=["seconds", "moment"])
@pytest.mark.parametrize("status", [429, 503])
async def test_pause_that_graph_asks_for_is_made(
    graph: FakeGraph, read: Read, pauses: list[float], status: int, asked: Callable[[], str]
) -> None:
    graph.refuse(status, Retry_After=asked())
    await read()
    assert pauses == [pytest.approx(60, abs=3)]


@pytest.mark.parametrize("asked", ["86400", "9" * 400])
async def test_pause_is_never_endless(graph: FakeGraph, read: Read, pauses: list[float], asked: str) -> None:
    graph.refuse(429, Retry_After=asked)
    await read()
    assert pauses == [LONGEST_PAUSE]


@pytest.mark.parametrize("asked", ["soon", "-5", ""])
async def test_pause_that_makes_no_sense_is_our_own(
    graph: FakeGraph, read: Read, pauses: list[float], asked: str
) -> None:
    graph.refuse(429, Retry_After=asked)
    await read()
    assert 0 < pauses[0] < 10


async def test_trouble_without_end_is_given_up(graph: FakeGraph, read: Read, pauses: list[float]) -> None:
    graph.refuse(*[503] * 9)
    with pytest.raises(GraphError, match="busy"):
        await read()
    assert len(graph.asked) == TRIES
    assert len(pauses) == TRIES - 1


async def test_graph_that_nobody_answers_for_is_unreachable(calls: GraphCalls, pauses: list[float]) -> None:
    with pytest.raises(GraphError, match="unreachable"):
        await read_changes(replace(calls, url="http://127.0.0.1:1"))
    assert len(pauses) == TRIES - 1


async def test_missing_permission_is_named(graph: FakeGraph, read: Read) -> None:
    graph.is_permitted = False
    with pytest.raises(GraphError, match="not_allowed") as failed:
        await read()
    assert "User.Read.All" in failed.value.sentence
    assert len(graph.asked) == 1


async def test_nothing_is_given_of_a_reading_that_fails_on_its_way(graph: FakeGraph, read: Read) -> None:
    graph.page_size = 1

    def permit_no_more(page: dict[str, Any]) -> None:
        graph.is_permitted = False

    graph.spoil = permit_no_more
    with pytest.raises(GraphError, match="not_allowed"):
        await read()


@pytest.mark.parametrize("status", [301, 302, 307, 400, 404, 501])
async def test_lasting_trouble_is_told_at_once(graph: FakeGraph, read: Read, status: int) -> None:
    graph.refuse(status, Location=f"{graph.url}/v1.0/elsewhere")
    with pytest.raises(GraphError, match="refused") as failed:
        await read()
    assert str(status) in failed.value.sentence
    assert len(graph.asked) == 1


@pytest.mark.parametrize(
    "link",
    [
        "https://graph.elsewhere.example/v1.0/users/delta?$skiptoken=1",
        "http://127.0.0.1:1/v1.0/users/delta",
        "http://127.0.0.1/v1.0/users",
        "https://{host}/v1.0/users",
        "http://user@{host}/v1.0/users",
        "http://{host}@elsewhere.example/",
        "//elsewhere.example/",
        "/v1.0/users",
        "file:///etc/passwd",
        "http://[::1",
        7,
    ],
)
@pytest.mark.parametrize("name", ["@odata.nextLink", "@odata.deltaLink"])
async def test_token_goes_to_no_other_host(graph: FakeGraph, read: Read, link: Any, name: str) -> None:
    host = graph.url.removeprefix("http://")
    written = link.replace("{host}", host) if isinstance(link, str) else link
    graph.spoil = lambda page: page.update({name: written})
    with pytest.raises(GraphError, match="elsewhere"):
        await read()
    assert len(graph.asked) == 1


async def test_pages_that_lead_to_each_other_come_to_an_end(graph: FakeGraph, read: Read) -> None:
    graph.spoil = lambda page: page.update({"@odata.nextLink": f"{graph.url}/v1.0/users/delta?$select=id"})
    with pytest.raises(GraphError, match="unreadable"):
        await read()
    assert len(graph.asked) == 2


async def test_feed_without_an_end_is_given_up(graph: FakeGraph, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(calls_module, "MOST_PAGES", 3)
    graph.page_size = 1
    with pytest.raises(GraphError, match="endless"):
        await read()


async def test_page_that_is_far_too_large_is_given_up(
    graph: FakeGraph, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calls_module, "LARGEST_PAGE", 300)
    with pytest.raises(GraphError, match="endless"):
        await read()


@pytest.mark.parametrize("page", [{"value": None}, {"value": {}}, {"value": ["x"]}])
async def test_page_without_people_is_none(graph: FakeGraph, read: Read, page: dict[str, Any]) -> None:
    graph.spoil = lambda answered: answered.update(page)
    with pytest.raises(GraphError, match="unreadable"):
        await read()


async def test_feed_that_ends_without_a_link_is_no_whole_feed(graph: FakeGraph, read: Read) -> None:
    graph.spoil = lambda page: page.pop("@odata.deltaLink", None)
    with pytest.raises(GraphError, match="unreadable"):
        await read()


async def test_bot_asks_with_its_own_credential(graph: FakeGraph) -> None:
    changes = await read_graph(registered(graph))
    assert len(changes.entries) == 3
    assert len(graph.token_forms) == 1
    assert graph.token_forms[0]["scope"] == f"{graph.url}/.default"


async def test_wrong_secret_gives_no_token(graph: FakeGraph) -> None:
    with pytest.raises(GraphError, match="no_token"):
        await read_graph(registered(graph, app_password="stale"))
    assert graph.asked == []


class Purse:
    """Holds one token, or none."""

    def __init__(self, token: str | None) -> None:
        self.token = token

    async def bearer(self) -> str:
        if self.token is None:
            raise TokenUnavailableError
        return self.token


@pytest.mark.parametrize(("token", "code"), [("another", "not_let_in"), (None, "no_token")])
async def test_token_that_graph_does_not_take_is_told(calls: GraphCalls, token: str | None, code: str) -> None:
    with pytest.raises(GraphError, match=code) as failed:
        await read_changes(replace(calls, token=Purse(token)))
    assert "another" not in failed.value.sentence


async def test_local_bot_without_registration_asks_a_graph_on_this_machine(graph: FakeGraph) -> None:
    with pytest.raises(GraphError, match="not_let_in"):
        await read_graph(Settings(_env_file=None, mode="local", graph_url=graph.url))
    assert graph.asked[0].authorization is None


@pytest.mark.parametrize(
    ("mode", "url"), [("production", None), ("local", "https://graph.example"), ("production", "https://graph.example")]
)
async def test_bot_without_registration_asks_nobody(graph: FakeGraph, mode: str, url: str | None) -> None:
    with pytest.raises(GraphError, match="no_registration"):
        await read_graph(Settings(_env_file=None, mode=mode, graph_url=url or graph.url))
    assert graph.asked == []
