"""A model's answer is taken only as far as the message bears it out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from dialogs.turn.payload import MalformedQuestion
from dialogs.turn.readings import Grasped
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.second.answering import Taken
from dialogs.understanding.second.masking import masked
from portfolio.projects.project import Phase
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.question import (
    During,
    Figure,
    FigureKind,
    PeopleRole,
    Question,
    Sort,
    Target,
    Within,
    lacking,
    unless,
    which,
)
from tests.world.pressed import JSON

TODAY = date(2026, 11, 23)
KLIMA = "Klima og ressourcer"
BURNING = "projekterne på klima står i flammer"


def read(answer: object, lexicon: Lexicon, text: str = BURNING, grasped: tuple[Grasped, ...] = ()) -> Question:
    sent = masked(text, lexicon, may_see_names=False)
    return Taken(sent, lexicon, TODAY, grasped).question(answer)


def test_filters_named_in_the_words_of_the_message_are_taken(lexicon: Lexicon) -> None:
    answer = {
        "target": "projects",
        "where": [{"focus_areas": ["klima"]}, {"overall": ["red"], "late": True}],
        "where_not": [{"phases": ["idea"]}],
    }
    asked = (*which(focus_areas=(KLIMA,), overall=(Rag.RED,), late=True), *unless(phases=(Phase.IDEA,)))
    assert read(answer, lexicon) == Question(where=asked)


def test_either_of_several_and_what_is_missing_are_taken(lexicon: Lexicon) -> None:
    answer = {"target": "count", "any_of": [[{"owner": []}], [{"over_budget": True}]]}
    assert read(answer, lexicon) == Question(Target.COUNT, any_of=(lacking(catalogue.OWNER), which(over_budget=True)))


def test_days_and_amounts_are_taken(lexicon: Lexicon) -> None:
    answer = {
        "target": "projects",
        "where": [{"end": {"first": "2027-01-01", "last": None}}, {"budget": {"at_least": 1000000.5}}],
    }
    assert read(answer, lexicon).where == (
        During(catalogue.END, date(2027, 1, 1)),
        Within(catalogue.BUDGET, Decimal("1000000.5")),
    )


def test_groups_orders_and_figures_are_taken(lexicon: Lexicon) -> None:
    figure = {"kind": "sum", "amount": "budget"}
    sort = {"field": "value", "descending": True}
    answer = {"target": "groups", "group_by": "lead", "figure": figure, "sort": sort, "limit": 3}
    assert read(answer, lexicon) == Question(
        Target.GROUPS,
        group_by=catalogue.LEAD,
        figure=Figure(FigureKind.SUM, catalogue.BUDGET),
        sort=Sort("value", descending=True),
        limit=3,
    )


def test_one_fact_people_and_meetings_are_taken(lexicon: Lexicon) -> None:
    skaermbesoeg = [{"projects": ["skærmbesøg"]}]
    fact = read({"target": "field", "fact": "end", "where": skaermbesoeg}, lexicon, "er skærmbesøg snart slut")
    assert (fact.fact, fact.values(catalogue.PROJECTS)) == (catalogue.END, ("P001",))
    people = {"target": "people", "people": "owner", "where": skaermbesoeg}
    assert read(people, lexicon, "hvem hæfter for skærmbesøg").people is PeopleRole.OWNER
    meetings = {"target": "meetings", "where": [{"bodies": ["digitaliseringsstyregruppen"]}]}
    assert read(meetings, lexicon, "bliver digitaliseringsstyregruppen kaldt ind").target is Target.MEETINGS


def test_name_at_the_beginning_of_a_longer_word_is_taken(lexicon: Lexicon) -> None:
    answer = {"target": "projects", "where": [{"focus_areas": ["klima"]}]}
    assert read(answer, lexicon, "står klimaprojekterne i flammer").values(catalogue.FOCUS_AREAS) == (KLIMA,)


def test_person_who_was_hidden_is_found_again(lexicon: Lexicon) -> None:
    answer = {"target": "projects", "where": [{"lead": ["PERSON1"]}]}
    (lead,) = read(answer, lexicon, "hvad roder Thomas Bøgelund med").values(catalogue.LEAD)
    assert {person.id: person.name for person in lexicon.vocabulary.people}[str(lead)] == "Thomas Bøgelund"


KLIMA_AND_LATE = [{"focus_areas": ["klima"]}, {"late": True}]


@pytest.mark.parametrize(
    "answer",
    [
        None,
        [],
        "projects",
        {},
        {"target": "none"},
        {"target": ["projects"]},
        {"target": "projects"},
        {"target": "meetings"},
        {"target": "trend", "where": [{"late": True}]},
        {"target": "proposals", "where": []},
        {"target": "project", "where": [{"late": True}]},
        {"target": "figure", "where": KLIMA_AND_LATE},
        {"target": "figure", "where": KLIMA_AND_LATE, "figure": {"kind": "sum"}},
        {"target": "figure", "where": KLIMA_AND_LATE, "figure": {"kind": "share"}},
        {"target": "figure", "where": KLIMA_AND_LATE, "figure": {"kind": "ratio", "among": []}},
        {"target": "groups", "where": [{"late": True}]},
        {"target": "field", "fact": "end", "where": [{"late": True}]},
        {"target": "projects", "where": {"focus_areas": [KLIMA]}},
        {"target": "projects", "where": [{"focus_areas": "klima"}]},
        {"target": "projects", "where": [{"overall": ["blue"]}]},
        {"target": "projects", "where": [{"late": "yes"}]},
        {"target": "projects", "where": [{"late": False}]},
        {"target": "projects", "where": [{"end": {"first": "i morgen"}}]},
        {"target": "projects", "where": [{"budget": {"at_least": True}}]},
        {"target": "projects", "where": [{"budget": {"at_least": "NaN"}}]},
        {"target": "projects", "where": [{"due": {"first": "2027-01-01"}}]},
        {"target": "projects", "where": [{"late": True, "sql": "DROP TABLE projects"}]},
        {"target": "projects", "where": [{"late": True}], "inherited": ["late"]},
        {"target": "projects", "where": [{"late": True}], "limit": 10**9},
        {"target": "projects", "where": [{"late": True}], "limit": 0},
        {"target": "projects", "where": KLIMA_AND_LATE, "any_of": [[]]},
        {"target": "projects", "where": KLIMA_AND_LATE, "any_of": [[{"late": True}], [{"stale": True}]]},
        {"target": "figure", "where": KLIMA_AND_LATE, "figure": {"kind": "max", "amount": "consumption"}},
        {"target": "projects", "where": [{"late": True}] * 13},
    ],
)
def test_anything_else_is_no_question(answer: object, lexicon: Lexicon) -> None:
    with pytest.raises(MalformedQuestion):
        read(answer, lexicon)


@pytest.mark.parametrize(
    ("attribute", "words"),
    [
        ("focus_areas", "velfærd"),
        ("focus_areas", KLIMA),
        ("focus_areas", ""),
        ("focus_areas", "flammer"),
        ("org_units", "klima"),
        ("lead", "klima"),
        ("lead", "PERSON1"),
        ("lead", "Thomas Bøgelund"),
        ("projects", "P001"),
        ("projects", "kli"),
        ("bodies", "klima"),
    ],
)
def test_name_that_the_message_does_not_give_is_no_name(attribute: str, words: str, lexicon: Lexicon) -> None:
    with pytest.raises(MalformedQuestion):
        read({"target": "projects", "where": [{attribute: [words]}]}, lexicon)


@pytest.mark.parametrize(
    "order",
    [
        {"target": "reminders_off"},
        {"target": "projects", "where": KLIMA_AND_LATE, "command": "reminders_off"},
        {"verb": "approve_run", "data": {"run": 1}},
        {"target": "projects", "where": [{"text": "klima"}]},
        {"action": "report", "project": "P001", "overall": "green"},
    ],
)
def test_order_that_was_smuggled_in_is_no_question(order: object, lexicon: Lexicon) -> None:
    with pytest.raises(MalformedQuestion):
        read(order, lexicon)


def test_question_without_a_name_that_was_understood_is_not_taken(lexicon: Lexicon) -> None:
    grasped = (Grasped("focus_areas", KLIMA, "klima"), Grasped("word", "report", "status"))
    assert read({"target": "projects", "where": KLIMA_AND_LATE}, lexicon, grasped=grasped).where
    with pytest.raises(MalformedQuestion):
        read({"target": "projects", "where": [{"late": True}]}, lexicon, grasped=grasped)
    with pytest.raises(MalformedQuestion):
        read({"target": "projects", "where": KLIMA_AND_LATE}, lexicon, grasped=(Grasped("overall", "red", "røde"),))


@given(JSON)
def test_whatever_a_model_says_is_a_question_or_none(lexicon: Lexicon, answer: Any) -> None:
    try:
        question = read(answer, lexicon)
    except MalformedQuestion:
        return
    assert question.is_sound
