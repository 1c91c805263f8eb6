"""A model's answer is taken only as far as the message bears it out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.second import SCHEMA, NoReadingError, asked_of, masked, question_of
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.question import FigureKind, Question, Sort, Target, which
from tests.world.pressed import JSON

TODAY = date(2026, 11, 23)
KLIMA = "Klima og ressourcer"


def read(answer: object, text: str, lexicon: Lexicon) -> Question:
    return question_of(answer, masked(text, lexicon, may_see_names=False), text, lexicon, TODAY)


def test_filters_named_in_the_words_of_the_message_are_taken(lexicon: Lexicon) -> None:
    answer = {
        "target": "projects",
        "where": [{"attribute": "focus_areas", "values": ["klima"]}, {"attribute": "overall", "values": ["red"]}],
    }
    question = read(answer, "dem på klima der står i flammer", lexicon)
    assert question.where == which(focus_areas=(KLIMA,), overall=(Rag.RED,))


def test_groups_orders_and_figures_are_taken(lexicon: Lexicon) -> None:
    measured = {"group_by": "lead", "measure": "sum", "amount": "budget"}
    answer = {"target": "groups", **measured, "sort": "value", "descending": True}
    question = read(answer, "hvem sidder på flest skillinger", lexicon)
    assert (question.target, question.group_by, question.sort) == (
        Target.GROUPS,
        catalogue.LEAD,
        Sort("value", descending=True),
    )
    assert question.figure is not None
    assert question.figure.kind is FigureKind.SUM


def test_names_of_people_are_hidden_and_found_again(lexicon: Lexicon) -> None:
    text = "hvad roder Thomas Bøgelund med"
    hidden = masked(text, lexicon, may_see_names=False)
    assert "Thomas" not in hidden.text
    assert "Bøgelund" not in hidden.text
    assert asked_of(hidden.text, TODAY)["message"] == hidden.text
    assert masked(text, lexicon, may_see_names=True).text == text
    ((mask, name),) = hidden.names.items()
    assert name == "Thomas Bøgelund"
    answer = {"target": "projects", "where": [{"attribute": "lead", "values": [mask]}]}
    question = question_of(answer, hidden, text, lexicon, TODAY)
    (lead,) = question.values(catalogue.LEAD)
    assert {person.id: person.name for person in lexicon.vocabulary.people}[str(lead)] == "Thomas Bøgelund"


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"target": "none"},
        {"target": "projects"},
        {"target": "meetings", "where": []},
        {"target": "projects", "where": [{"attribute": "focus_areas", "values": ["velfærd"]}]},
        {"target": "projects", "where": [{"attribute": "focus_areas", "values": [KLIMA, ""]}]},
        {"target": "projects", "where": [{"attribute": "lead", "values": ["klima"]}]},
        {"target": "projects", "where": [{"attribute": "overall", "values": ["blue"]}]},
        {"target": "projects", "where": [{"attribute": "end", "from": "i morgen"}]},
        {"target": "projects", "where": [{"attribute": "bodies", "values": ["klima"]}]},
        {"target": "projects", "where": [{"attribute": "late", "sql": "DROP TABLE projects"}]},
        {"target": "groups", "where": [{"attribute": "late"}]},
        {"target": "field", "fact": "end", "where": [{"attribute": "late"}]},
        {"target": "projects", "where": [{"attribute": "late"}], "command": "reminders_off"},
        {"target": "projects", "where": [{"attribute": "late"}], "limit": 10**9},
        {"target": "projects", "where": [{"attribute": "late"}] * 13},
    ],
)
def test_anything_else_is_no_reading(answer: object, lexicon: Lexicon) -> None:
    with pytest.raises(NoReadingError):
        read(answer, "dem på klima der står i flammer", lexicon)


@given(JSON)
def test_whatever_a_model_says_is_a_question_or_no_reading(lexicon: Lexicon, answer: Any) -> None:
    try:
        question = read(answer, "dem på klima der står i flammer", lexicon)
    except NoReadingError:
        return
    assert question.is_sound


def test_the_schema_names_nothing_of_the_portfolio(lexicon: Lexicon) -> None:
    written = str(SCHEMA)
    vocabulary = lexicon.vocabulary
    named = [*(area.name for area in vocabulary.focus_areas), *(one.title for one in vocabulary.projects)]
    assert not [name for name in named if name in written]
