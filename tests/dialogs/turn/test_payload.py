"""A question carried by a button comes back as it was, and nothing else comes in that way."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.turn.payload import MalformedQuestion, from_data, to_data
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.question import Changed, Question, Target, Within, which
from tests.world.strategies import questions


@given(questions())
def test_question_comes_back_from_a_button_as_it_was(question: Question):
    assert from_data(json.loads(json.dumps(to_data(question)))) == question


def test_button_carries_only_what_was_asked():
    question = Question(where=which(overall=(Rag.RED,), late=True))
    assert to_data(question) == {"where": [{"overall": ["red"]}, {"late": True}]}


def test_values_come_back_as_enumerations():
    question = from_data({"target": "count", "where": [{"overall": ["red"]}]})
    assert question.target is Target.COUNT
    assert question.values(catalogue.OVERALL)[0] is Rag.RED


@pytest.mark.parametrize(
    ("question", "data"),
    [
        (Question(where=which(disputed=False)), {"where": [{"-disputed": True}]}),
        (Question(where=(Changed(),)), {"where": [{"changed": {}}]}),
        (
            Question(Target.TREND, where=(Changed(date(2026, 6, 1), None, (Rag.RED, Rag.NONE), "Styregruppen"),)),
            {
                "target": "trend",
                "where": [{"changed": {"first": "2026-06-01", "to": ["red", "none"], "since_meeting": "Styregruppen"}}],
            },
        ),
    ],
)
def test_disagreement_and_change_are_carried_too(question: Question, data: dict[str, Any]):
    assert to_data(question) == data
    assert from_data(json.loads(json.dumps(data))) == question


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "question",
        7,
        {"unknown": 1},
        {"where": {"unknown": ["x"]}},
        {"where": {"goals": ["13"]}},
        {"where": {"goals": [True]}},
        {"where": {"goals": [10**30]}},
        {"where": {"overall": ["blue"]}},
        {"where": {"lead": "anna@example.dk"}},
        {"where": {"lead": [None]}},
        {"late": 1},
        {"late": "true"},
        {"limit": -1},
        {"limit": 2.5},
        {"limit": 10**300},
        {"text": "x" * 401},
        {"text": "a\x00b"},
        {"text": "\ud800"},
        {"period": {"field": "end", "first": "2026-02-30"}},
        {"period": {"field": "weekend"}},
        {"period": {}},
        {"amounts": [{"amount": "budget", "at_least": "NaN"}]},
        {"amounts": [{"amount": "budget", "at_least": "1E+999999"}]},
        {"disputed": 1},
        {"changed": "red"},
        {"changed": {"to": ["blue"]}},
        {"changed": {"to": "red"}},
        {"changed": {"to": ["red"] * 51}},
        {"changed": {"first": "2026-02-30"}},
        {"changed": {"first": 20260201}},
        {"changed": {"since_meeting": 7}},
        {"changed": {"since_meeting": "x" * 401}},
        {"changed": {"since_meeting": "a\x00b"}},
        {"changed": {"until": "2026-02-01"}},
        {"sort": "budget"},
        {"sort": {"field": "budget", "descending": "yes"}},
        {"where": {"focus_areas": ["x"] * 51}},
        {"where": {"focus_areas": ["x" * 300] * 40}},
        {"figure": {"kind": "sum", "amount": float("nan")}},
        {"where": object()},
    ],
)
def test_hand_made_data_is_refused(data: object):
    with pytest.raises(MalformedQuestion):
        from_data(data)


def test_deeply_nested_data_is_refused():
    data: Any = {}
    for _ in range(100_000):
        data = {"where": data}
    with pytest.raises(MalformedQuestion):
        from_data(data)


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["where", "late", "text", "x"]), inner),
)


@given(_json)
def test_any_data_is_a_question_or_refused(data: object):
    try:
        question = from_data(data)
    except MalformedQuestion:
        return
    assert from_data(to_data(question)) == question


def test_money_comes_back_to_the_oere():
    question = Question(where=(Within(catalogue.BUDGET, Decimal("1250000.50")),))
    assert from_data(to_data(question)) == question
