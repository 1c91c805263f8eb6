"""The questions and their judge hold together, whatever the bot answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.dialogs.understanding.check import Document, judge, questions
from tests.dialogs.understanding.oracle import LIGHTS, answer, figure, hits, meetings, people
from tests.dialogs.understanding.oracle_of_more import belongings, fact, groups, names, ratio
from tests.dialogs.understanding.workbook import Book, load

ASKED = list(questions())


@pytest.fixture(scope="module")
def book() -> Book:
    return load()


def wants(question: Document) -> Iterator[Document]:
    """Every set of projects that a question speaks of."""
    spec, role = question.get("figure", {}), question.get("people", {})
    parts, groups, ratio = question.get("parts", {}), question.get("groups", {}), question.get("ratio")
    of_more = (parts.get("of"), groups.get("of"), groups.get("share"), ratio)
    for want in (
        question.get("want"),
        spec.get("of"),
        spec.get("share"),
        role.get("lead"),
        role.get("owner"),
        *of_more,
    ):
        if want is not None:
            yield want
            yield want.get("not", {})


def right_answer(question: Document, book: Book) -> Document:
    kind = question["kind"] if isinstance(question["kind"], str) else question["kind"][0]
    today = date.fromisoformat(question["today"])
    given: Document = {"kind": kind, "understood": question.get("understood", {}), "clarify": ["one", "another"]}
    if more := _more(question, kind, book, today):
        return {**given, **more, "understood": {**given["understood"], **more.get("understood", {})}}
    if "people" in question:
        given["people"] = sorted(people(book, question["people"], today))
    elif "meetings" in question:
        given["total"] = len(meetings(book, question["meetings"], today))
    elif kind == "figure":
        given["value"] = figure(book, question["figure"], today)
    elif kind == "count":
        given["value"] = hits(book, question["want"], today).size
    elif "want" in question:
        given["projects"] = answer(book, question["want"], today)
    return given


def _more(question: Document, kind: str, book: Book, today: date) -> Document:
    """The keys that only groups, facts, parts and names have."""
    if asked := question.get("groups"):
        return {"groups": [{"key": key, "value": value} for key, value in groups(book, asked, today)]}
    if asked := question.get("field"):
        value = fact(book, asked, today)
        return {"value": value, "projects": [asked["of"]], "understood": {"field": asked["name"]}}
    if (asked := question.get("parts")) is not None:
        rows = belongings(book, kind, asked, today)[: asked.get("limit")]
        return {"rows": [{"project": number, "title": title} for number, title in rows]}
    if (asked := question.get("ratio")) is not None:
        return {"value": ratio(book, answer(book, asked, today))}
    return {"names": sorted(names(book, question["names"]))} if "names" in question else {}


def test_there_are_enough_questions_and_no_one_asks_the_same_twice() -> None:
    asked = [(question["text"], question.get("as")) for question in ASKED]
    assert len(asked) >= 1300
    assert len(set(asked)) == len(asked)


def test_questions_name_only_what_the_example_has(book: Book) -> None:
    rows = book.projects.values()
    known: dict[str, set[Any]] = {
        "projects": set(book.projects),
        "focus_areas": set(book.areas),
        "org_units": {*book.units, None},
        "kinds": {row["Kategori"] for row in rows},
        "phases": {row["Fase"] for row in rows},
        "lead": {*book.people, None},
        "owner": {*book.people, None},
        **{light: {"red", "amber", "green", "none"} for light in LIGHTS},
    }
    for question in ASKED:
        assert question.get("as", next(iter(book.people))) in book.people
        for want in wants(question):
            for field in known.keys() & want.keys():
                assert set(want[field]) <= known[field], question["text"]


@pytest.mark.parametrize("question", ASKED, ids=[question["text"] for question in ASKED])
def test_the_right_answer_is_found_right(question: Document, book: Book) -> None:
    assert judge(question, right_answer(question, book), book).faults == ()


@pytest.mark.parametrize("question", ASKED, ids=[question["text"] for question in ASKED])
def test_a_confident_answer_of_the_wrong_kind_is_found_wrong(question: Document, book: Book) -> None:
    verdict = judge(question, {"kind": "systems", "understood": {}}, book)
    assert verdict.faults
    assert verdict.wrongly_confident


def test_giving_up_is_inexact_but_not_wrongly_confident(book: Book) -> None:
    question = next(asked for asked in ASKED if asked["kind"] == "projects")
    verdict = judge(question, {"kind": "unclear", "understood": {}}, book)
    assert verdict.faults
    assert not verdict.wrongly_confident


def test_one_project_too_many_or_in_the_wrong_place_is_found_wrong(book: Book) -> None:
    dearest = next(asked for asked in ASKED if asked["text"] == "de fem dyreste projekter")
    right = right_answer(dearest, book)
    for projects in ([*right["projects"], "P001"], right["projects"][::-1], right["projects"][:-1]):
        assert judge(dearest, {**right, "projects": projects}, book).wrongly_confident


def test_projects_that_stand_equal_may_change_places(book: Book) -> None:
    asked = {"today": "2026-11-22", "kind": "projects", "want": {"kinds": ["Lokal"], "sort": "colour"}}
    found = hits(book, asked["want"], date(2026, 11, 22))  # type: ignore[arg-type]
    backwards = found.numbers[::-1]
    mirrored = sorted(backwards, key=lambda number: found.keys[number])
    assert mirrored != found.numbers
    assert judge(asked, {"kind": "projects", "projects": mirrored}, book).faults == ()


def test_a_misread_filter_is_told_even_when_the_projects_are_right(book: Book) -> None:
    question = next(asked for asked in ASKED if asked["text"] == "røde projekter")
    verdict = judge(question, {**right_answer(question, book), "understood": {"overall": ["amber"]}}, book)
    assert len(verdict.faults) == 1
    assert not verdict.wrongly_confident
