"""Whole conversations on the example portfolio: what each message was taken to mean after the one before it.

A line of `conversations.jsonl` is a conversation. Each turn is what is written, what kind of answer comes, and what
scripts are told of how it was understood. "clarify", "unclear" and "other" answer no question: what was understood
before stays.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from dialogs.texts import LANGUAGES
from dialogs.turn.audience import Names
from dialogs.turn.payload import from_data
from dialogs.turn.printing import printed
from dialogs.turn.visit import Stores
from portfolio.organisation import Person
from portfolio.principal import speaking_as
from storage.database import Database
from tests.kit.fakes import FakeCourier
from tests.kit.stores import sql_stores

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 10, tzinfo=ZONE)
LINES = (Path(__file__).parent / "conversations.jsonl").read_text("utf-8").splitlines()
CONVERSATIONS = [json.loads(line) for line in LINES]
FEWEST_FOLLOWING = 60


@pytest.mark.parametrize("conversation", CONVERSATIONS, ids=lambda one: one["turns"][0][0])
async def test_each_message_means_what_it_means_after_the_one_before(
    conversation: dict[str, Any], example: Database
) -> None:
    stores = sql_stores(example, ZONE, FakeCourier())
    names = Names(await stores.reader.vocabulary())
    person = next(one for one in names.vocabulary.people if one.address.startswith(conversation["as"]))
    turn = Turn(speaking_as(person), "da-DK", NOW, conversation=json.dumps(conversation["turns"]))
    assistant = Assistant(stores.reader, understand, stores)
    came, wanted = [], []
    for text, kind, understood in conversation["turns"]:
        turn = replace(turn, now=turn.now + timedelta(minutes=1))
        is_unclear = (await assistant.ask(text, turn)).is_unclear
        came.append([text, *(await _understood(stores, names, person, turn, is_unclear=is_unclear))])
        wanted.append([text, kind, understood])
    assert came == wanted


async def _understood(
    stores: Stores, names: Names, person: Person, turn: Turn, *, is_unclear: bool
) -> tuple[str, dict[str, Any] | None]:
    last = await stores.memory.last(person.id, turn.conversation)
    understood = printed(from_data(dict(last.question)), names) if last else None
    if is_unclear:
        return ("clarify" if await stores.drafts.asking(person.id, turn.conversation) else "unclear"), understood
    is_answered = last is not None and last.at == turn.now
    return (from_data(dict(last.question)).target.value if last and is_answered else "other"), understood


def test_conversations_hold_many_messages_that_go_on() -> None:
    turns = [turn for one in CONVERSATIONS for turn in one["turns"]]
    followed = [text for text, _, understood in turns if understood and "inherited" in understood]
    assert len(followed) >= FEWEST_FOLLOWING
    for language in LANGUAGES:
        assert sum(one["language"] == language for one in CONVERSATIONS) >= 8
