"""Nothing that somebody writes where no words belong reaches the logs or the database, whatever they press."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import structlog
from sqlalchemy import select

import bot.teams.pace
from bot.logs import configure
from storage.database import Database
from storage.schema import metadata
from tests.kit.bench import Bench
from tests.kit.pressing import KINDS
from tests.kit.teams import BOT, CHANNEL, TENANT, member, personal
from tests.kit.wire import InTeams

WORD = "Hemmeligheden"
DRAWN: list[tuple[str, dict[str, Any]]] = json.loads(
    (Path(__file__).parents[2] / "dialogs" / "pressing" / "drawn.json").read_text("utf-8")
)


@pytest.fixture
def logged() -> Iterator[StringIO]:
    """What the service logs; the test run's own logging is put back afterwards."""
    root = logging.getLogger()
    handlers, level, events = root.handlers[:], root.level, structlog.get_config()
    root.handlers = []
    stream = StringIO()
    configure(stream)
    root.setLevel(logging.DEBUG)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.configure(**events)


@pytest.fixture(autouse=True)
def without_haste(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.teams.pace, "PERSON", 100_000)
    monkeypatch.setattr(bot.teams.pace, "CONVERSATION", 100_000)


def with_word(value: Any) -> Iterator[Any]:
    """The same with the word in the place of each text in it, one at a time."""
    if isinstance(value, str):
        yield WORD
        yield f"{value} {WORD}"
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for at, part in parts:
        for other in with_word(part):
            changed = dict(value) if isinstance(value, dict) else list(value)
            changed[at] = other
            yield changed


def presses() -> Iterator[tuple[Any, Any]]:
    """Every button, with the word in every place where a client may write."""
    for verb, data in DRAWN:
        for changed in with_word(data):
            yield verb, changed
        yield verb, {**data, WORD: WORD, "more": {WORD: [WORD]}, f"form.{WORD}": WORD, f"add_{WORD}": WORD}
        yield f"{verb}{WORD}", data
    for verb in KINDS:
        yield verb, {WORD: WORD}
        yield verb, WORD
    yield WORD, {}
    yield [WORD], {WORD: WORD}


async def found_in(database: Database) -> set[str]:
    """The columns that hold the word."""
    found = set()
    for table in metadata.sorted_tables:
        for row in (await database.execute(select(table))).mappings():
            found |= {f"{table.name}.{name}" for name, value in row.items() if WORD.lower() in str(value).lower()}
    return found


def told(sender: str, where: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What else comes along with an activity, with the word wherever Teams says no id."""
    account = {key: member(sender)[key] for key in ("id", "aadObjectId")}
    return {
        "from": {**account, "name": WORD, "role": WORD, "properties": {WORD: WORD}},
        "recipient": {**BOT, "name": WORD},
        "conversation": {**(where or personal(sender)), "name": WORD, "role": WORD, WORD: WORD},
        "locale": WORD,
        "localTimezone": WORD,
        "topicName": WORD,
        "label": WORD,
        "summary": WORD,
        "replyToId": WORD,
        "entities": [{"type": "clientInfo", "locale": WORD, "country": WORD, "platform": WORD, "timezone": WORD}],
        "channelData": {
            "tenant": {"id": TENANT, "name": WORD}, "team": {"id": WORD, "name": WORD}, "channel": {"id": WORD},
            "source": {"name": WORD}, "eventType": WORD, "legacy": {"replyToId": WORD}, WORD: WORD,
        },
    }  # fmt: skip


# What is answered to a press, for a while, so that a press delivered twice gets the same words.
ANSWERED = {"seen_activities.body"}
# Where a form is kept while it is filled in, and what its author hands in: that is what they wrote it for.
OF_AUTHORS = ANSWERED | {"drafts.answers", "reports.comment", "publications.report"}
ORDERS = [
    f"{WORD}",
    f"status på {WORD}",
    f"overdrag {WORD} til {WORD}",
    f"mind mig om {WORD} på fredag",
    f"jeg er væk til {WORD}",
    f"flyt mødet i {WORD} til fredag",
    f"{WORD} er min stedfortræder i næste uge",
    f"hold mødet i {WORD} alligevel",
    f"åbn runde til {WORD}",
    f"pause til {WORD}",
    f"fortryd {WORD}",
    f"spørg om status på {WORD} hver 14. dag",
]


async def shown_to_operators(bench: Bench) -> str:
    async with bench.client.get(f"{bench.operations}/metrics") as response:
        return await response.text()


async def nothing_leaked(bench: Bench, logged: StringIO, but: set[str]) -> None:
    assert await found_in(bench.service.database) <= but
    assert WORD.lower() not in logged.getvalue().lower()
    assert WORD.lower() not in (await shown_to_operators(bench)).lower()


async def test_word_in_any_place_of_any_button_is_kept_nowhere(board: Bench, logged: StringIO) -> None:
    await InTeams(board).say("meld status på skærmbesøg")
    await InTeams(board, "ida", CHANNEL).say("start statusrunde for Project Board")
    await InTeams(board, "ida", CHANNEL).say("ja")
    count = 0
    for verb, data in presses():
        for sender, where in (("maja", None), ("ida", CHANNEL)):
            action = {"type": "Action.Execute", "verb": verb, "data": data, "title": WORD, WORD: WORD}
            value = {"action": action, "trigger": "manual", WORD: WORD}
            activity = board.teams.activity("invoke", sender, where, name="adaptiveCard/action", value=value)
            status, body = await board.answer({**activity, **told(sender, where)})
            assert (status, body["statusCode"] in (200, 400, 403)) == (200, True), (verb, data)
            count += 1
    assert count > 500
    await nothing_leaked(board, logged, ANSWERED)


async def test_word_in_a_button_of_an_old_program_is_kept_nowhere(board: Bench, logged: StringIO) -> None:
    """It sends a message without text, with the button's data as its value, or that data as text."""
    for verb, data in DRAWN:
        sent: list[Any] = [{**changed, "verb": verb} for changed in with_word(data)]
        for value in (*sent, json.dumps({**data, "verb": verb, WORD: WORD})):
            assert await board.post({**board.teams.activity("message", value=value), **told("maja")}) == 200
    await nothing_leaked(board, logged, ANSWERED)


async def test_word_around_what_is_written_is_kept_nowhere(board: Bench, logged: StringIO) -> None:
    for sender, where in (("maja", None), ("ida", CHANNEL)):
        for text in ("mine projekter", *ORDERS):
            said = InTeams(board, sender, where).message(text)
            mentions = said.get("entities", [])
            around = told(sender, where)
            sent = {**said, **around, "entities": [*mentions, *around["entities"]]}
            assert await board.post(sent) == 200
    await nothing_leaked(board, logged, ANSWERED)


@pytest.mark.parametrize("kind", ["invoke", "event", "typing", "installationUpdate", "conversationUpdate", WORD])
async def test_word_that_names_what_came_is_kept_nowhere(board: Bench, logged: StringIO, kind: str) -> None:
    activity = board.teams.activity(kind, name=WORD, action=WORD, value={WORD: WORD})
    await board.answer({**activity, **told("maja")})
    await nothing_leaked(board, logged, set())


async def test_what_an_author_hands_in_stands_in_the_report_alone(board: Bench, logged: StringIO) -> None:
    maja = InTeams(board)
    await maja.say("meld status på skærmbesøg")
    await maja.press(maja.shown, "Gem kladde", comment=f"{WORD} driller", overall="amber")
    await maja.say("meld status på skærmbesøg")
    await maja.press(maja.shown, "Meld status", comment=f"{WORD} driller", overall="amber")
    assert "reports.comment" in await found_in(board.service.database)
    await nothing_leaked(board, logged, OF_AUTHORS)
