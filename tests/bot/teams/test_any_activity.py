"""Whatever is sent, signed or not: never a 5xx, and nothing unhandled."""

from __future__ import annotations

import json
import sys
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.teams import pace
from tests.kit.bench import Bench
from tests.kit.teams import BOT

ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(
    """type id timestamp localTimestamp channelId serviceUrl from recipient conversation membersAdded text value name
    channelData entities attachments locale action deliveryMode replyToId suggestedActions topicName""".split()  # noqa: SIM905
)
LETTERS = "hvilkerødprojtklim <>&at\u202e\x00*_[](){}|'\"%;-0123456789"
KINDS = st.sampled_from(["message", "invoke", "conversationUpdate", "installationUpdate", "event", "x"])
VERBS = st.sampled_from(["show", "change", "open", "ask", "x"])
DATA = st.dictionaries(st.sampled_from(["question", "project", "offset", "text", "verb", "sort"]), ODD)
PRESS = st.fixed_dictionaries({"action": ODD | st.fixed_dictionaries({"verb": VERBS | ODD, "data": ODD | DATA})})
MENTION = st.fixed_dictionaries({"type": st.just("mention") | ODD, "mentioned": st.just(BOT) | ODD, "text": ODD})
TAGS = st.sampled_from(
    ["<at>", "</at>", "<at>Tovholder</at>", '<quoted messageId="1"/>', "<quoted>", "</quoted>", "<blockquote>", "<!--",
     '<blockquote itemid="1">', "</blockquote>", '<img itemtype="Emoji" alt="🔴">', "<emoji", "&nbsp;", "&lt;quoted",
     "<![x", '<quote guid="1">', "</quote>", "\n> ", "&lt;/quoted&gt;", '<quoted a="', "<at",
     "<span itemtype='Mention'>", "</span>", "<attachment id='1'>", "\u200b"]
)  # fmt: skip
EXAMPLES = settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """One person sends more than anybody is listened to."""
    for name in ("PERSON", "CONVERSATION", "VIEWS"):
        monkeypatch.setattr(pace, name, sys.maxsize)


async def _status(bench: Bench, activity: Any) -> int:
    """Also sees to it that nothing had to be apologised for."""
    with capture_logs() as logged:
        status = await bench.raw(json.dumps(activity).encode())
    assert not [event for event in logged if event["event"] == "turn_failed"]
    return status


@EXAMPLES
@given(kind=KINDS, changes=st.dictionaries(FIELDS, ODD, max_size=4))
async def test_activity_with_odd_fields_is_answered(bench: Bench, kind: str, changes: dict[str, Any]) -> None:
    status = await _status(bench, bench.teams.activity(kind, text="klima") | changes)
    assert status < 500 or (status, kind) == (501, "invoke")


@EXAMPLES
@given(text=st.text(max_size=120) | st.text(LETTERS, max_size=120))
async def test_any_text_is_answered(bench: Bench, text: str) -> None:
    bench.teams.sent.clear()
    assert await _status(bench, bench.teams.message(text)) == 200
    assert len(bench.teams.sent) == 1


@EXAMPLES
@given(value=PRESS | ODD)
async def test_any_press_is_answered(bench: Bench, value: Any) -> None:
    activity = bench.teams.activity("invoke", name="adaptiveCard/action", value=value)
    assert await _status(bench, activity) in (200, 400)


@EXAMPLES
@given(value=DATA | ODD, entities=st.lists(MENTION | st.dictionaries(st.text(max_size=5), ODD), max_size=3))
async def test_any_submit_with_any_mentions_is_answered(bench: Bench, value: Any, entities: list[Any]) -> None:
    activity = bench.teams.message("<at>Tovholder</at> klima", value=value, entities=entities)
    assert await _status(bench, activity) in (200, 400)


@EXAMPLES
@given(
    text=st.lists(TAGS | st.text(LETTERS, max_size=6), max_size=12).map("".join),
    content=st.lists(TAGS | st.text(LETTERS, max_size=6), max_size=12).map("".join) | ODD,
    entities=st.lists(MENTION, max_size=3),
)
async def test_any_tags_and_html_are_answered(bench: Bench, text: str, content: Any, entities: list[Any]) -> None:
    bench.teams.sent.clear()
    attachments = [{"contentType": "text/html", "content": content}]
    status = await _status(bench, bench.teams.message(text, entities=entities, attachments=attachments))
    assert status in (200, 400)
    assert len(bench.teams.sent) == (status == 200)


@EXAMPLES
@given(body=st.binary(max_size=300))
async def test_any_bytes_are_answered(bench: Bench, body: bytes) -> None:
    assert await bench.raw(body) == 400


@EXAMPLES
@given(token=st.text(max_size=200))
async def test_any_token_is_answered(bench: Bench, token: str) -> None:
    header = "".join(letter for letter in token if letter.isprintable() and letter.isascii())
    assert await bench.raw(b"{}", {"Authorization": f"Bearer {header}"}) == 401
