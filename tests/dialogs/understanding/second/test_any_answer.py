"""Whatever a model says that keeps to the schema is answered, or is as without it."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialogs.assistant import Assistant, Turn
from dialogs.features import understand
from dialogs.understanding.second.asking import schema
from dialogs.understanding.second.reading import SecondReader
from portfolio.principal import speaking_as
from storage.database import Database
from storage.questions.reader import SqlPortfolioReader
from tests.kit.cards import faults
from tests.kit.fakes import ScriptedModel

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Copenhagen"))
# Messages that name one thing, and say nothing that anybody understands.
MESSAGES = {"hvor ulmer skærmbesøg": {"projects": ["skærmbesøg"]}, "hvad knager i klima": {"focus_areas": ["klima"]}}
PLAIN = {
    "integer": st.integers(1, 500),
    "number": st.integers(-(10**9), 10**9) | st.floats(-1e9, 1e9),
    "boolean": st.booleans(),
    "string": st.dates().map(str) | st.sampled_from(["skærmbesøg", "klima"]),
}


def values(part: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    """What a part of the schema allows; a test holds one attribute."""
    match part:
        case {"$ref": _}:
            tests = schema()["$defs"]["test"]["properties"]
            return st.sampled_from(sorted(tests)).flatmap(lambda one: st.fixed_dictionaries({one: values(tests[one])}))
        case {"enum": allowed}:
            return st.sampled_from(allowed)
        case {"const": only}:
            return st.just(only)
        case {"anyOf": ways}:
            return functools.reduce(operator.or_, map(values, ways))
        case {"type": "array"}:
            return st.lists(values(part["items"]), max_size=min(2, part["maxItems"])) if part["items"] else st.just([])
        case {"type": "object"}:
            every = {key: values(one) for key, one in part["properties"].items()}
            needed = {key: every.pop(key) for key in part["required"]}
            return st.fixed_dictionaries(needed, optional=every)
    return PLAIN[part["type"]]


@pytest.mark.parametrize("text", MESSAGES)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(says=values(schema()))
async def test_any_answer_of_the_schema_is_answered_or_refused(
    text: str, says: dict[str, Any], example: Database
) -> None:
    model = ScriptedModel({**says, "where": [MESSAGES[text], *says.get("where", [])]})
    reader = SqlPortfolioReader(example)
    assistant = Assistant(reader, understand, read_again=SecondReader(model).read_again)
    answered = await assistant.answer(text, Turn(speaking_as(None), "da", NOW))
    assert len(model.sent) == 1
    document = await assistant.written(answered)
    assert document["kind"] == "unclear" or document["understood"]["by_model"]
    assert answered.reply.card is None or faults(answered.reply.card) == []
