"""Whatever two questions are joined, nothing that was said is lost, and what was taken over is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.features import understand
from dialogs.turn.payload import from_data, to_data
from dialogs.turn.printing import field_of
from dialogs.turn.readings import Asked, EitherWay, Reading
from dialogs.understanding.following.going_on import GoingOn
from dialogs.understanding.following.last import Last, may_go_on
from dialogs.understanding.following.merging import CantTell, How, merged
from dialogs.understanding.following.said import Said
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.parsing import says_something
from dialogs.understanding.language.speech import plain_language
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.question import During, Is, Question, Sort, Target, Test, unless, which
from tests.world.strategies import questions

RED = which(overall=(Rag.RED,))
AMBER = which(overall=(Rag.AMBER,))
SCHOOLS = which(org_units=("Skoler",))
LATE = which(late=True)
QUESTIONS = sorted((Path(__file__).parents[1] / "questions").glob("*.jsonl"))
NOT_MERGED_AT_LEAST = 0.9


def _holds(result: Question, test: Test) -> bool:
    """Say whether the test is in the result, or all of its values in one of the same attribute, or it has fewer."""
    if test in result.where or any(test in tests for tests in result.any_of):
        return True
    same = [one for one in result.where if isinstance(one, Is) and isinstance(test, Is)]
    alike = [set(one.values) for one in same if isinstance(test, Is) and one.attribute is test.attribute]
    values = set(test.values) if isinstance(test, Is) else set()
    return any(one & values or (isinstance(test, Is) and test.denied and not one & values) for one in alike)


def _is_moved(test: Test) -> bool:
    """Times may be moved to the date that was asked of before."""
    return isinstance(test, During)


@given(questions(), questions(), st.sampled_from(How))
def test_every_test_of_the_message_is_in_what_comes_of_it(fragment: Question, last: Question, how: How) -> None:
    joined = merged(fragment, last, how, None)
    if isinstance(joined, CantTell):
        return
    result = joined.question if isinstance(joined, Asked) else joined.these
    assert all(_holds(result, test) or _is_moved(test) for test in fragment.where)


@given(questions(), questions(), st.sampled_from([How.AMONG, How.ONLY, How.ALSO, How.OPEN]))
def test_every_test_from_before_stays_unless_something_is_said_of_the_same(
    fragment: Question, last: Question, how: How
) -> None:
    joined = merged(fragment, last, how, None)
    if isinstance(joined, CantTell):
        return
    result = joined.question if isinstance(joined, Asked) else joined.these
    said = {field_of(test) for test in fragment.where} | {
        test.attribute.name for test in fragment.where if isinstance(test, Is)
    }
    kept = [test for test in last.where if field_of(test) not in said]
    kept = [test for test in kept if not isinstance(test, Is) or test.attribute.name not in said]
    assert all(test in result.where for test in kept)


@given(questions(), questions(), st.sampled_from(How))
def test_what_was_taken_over_was_there_before(fragment: Question, last: Question, how: How) -> None:
    joined = merged(fragment, last, how, None)
    if isinstance(joined, CantTell):
        return
    result = joined.question if isinstance(joined, Asked) else joined.these
    inherited = [test for test in result.where if field_of(test) in result.inherited]
    assert all(test in last.where for test in inherited)


@given(questions(), questions(), st.sampled_from(How))
def test_where_it_is_asked_the_message_alone_is_one_of_the_answers(
    fragment: Question, last: Question, how: How
) -> None:
    joined = merged(fragment, last, how, None)
    if isinstance(joined, EitherWay):
        assert joined.alone == fragment


def _where(last: Question, fragment: Question, how: How) -> object:
    joined = merged(fragment, last, how, None)
    return joined.question.where if isinstance(joined, Asked) else type(joined)


@pytest.mark.parametrize(
    ("last", "fragment", "how", "comes"),
    [
        ((*RED, *SCHOOLS), AMBER, How.ONLY, (*AMBER, *SCHOOLS)),
        (which(overall=(Rag.RED, Rag.AMBER)), AMBER, How.ONLY, AMBER),
        (which(overall=(Rag.RED, Rag.AMBER)), unless(overall=(Rag.RED,)), How.ONLY, AMBER),
        (RED, AMBER, How.ALSO, which(overall=(Rag.RED, Rag.AMBER))),
        (RED, SCHOOLS, How.ALSO, EitherWay),
        (RED, AMBER, How.AMONG, (*RED, *AMBER)),
        (RED, AMBER, How.INSTEAD, AMBER),
        (RED, SCHOOLS, How.INSTEAD, (*RED, *SCHOOLS)),
        (RED, LATE, How.INSTEAD, EitherWay),
        (which(focus_areas=("Social",)), SCHOOLS, How.MEANT, SCHOOLS),
        (which(focus_areas=("Social",)), SCHOOLS, How.INSTEAD, EitherWay),
        (RED, SCHOOLS, How.BARE, EitherWay),
        (RED, AMBER, How.BARE, AMBER),
    ],
)
def test_tests_join_as_it_was_said(last: tuple, fragment: tuple, how: How, comes: object) -> None:
    assert _where(Question(where=last), Question(where=fragment), how) == comes


def test_time_by_itself_is_of_the_date_that_was_asked_of() -> None:
    december, january = (date(2026, 12, 1), date(2026, 12, 31)), (date(2027, 1, 1), date(2027, 1, 31))
    last = Question(where=(During(catalogue.END, *december),))
    joined = _where(last, Question(where=(During(catalogue.ACTIVE, *january),)), How.INSTEAD)
    assert joined == (During(catalogue.END, *january),)


def test_what_is_asked_of_some_that_were_cut_off_is_asked_of_those() -> None:
    top = Question(sort=Sort("budget", descending=True), limit=2)
    shown = Question(where=which(projects=("P001", "P002")), include_closed=True)
    joined = merged(Question(where=RED), top, How.ONLY, shown)
    assert isinstance(joined, Asked)
    assert joined.question.where == (*which(projects=("P001", "P002")), *RED)
    assert isinstance(merged(Question(where=RED), top, How.ONLY, None), CantTell)


def _read(text: str, lexicon: Lexicon) -> Reading:
    return understand(text, lexicon, None, date(2026, 11, 22))


def _said(text: str, lexicon: Lexicon) -> Said:
    return Said.of(text, plain_language(text, lexicon))


@pytest.fixture
def following(lexicon: Lexicon) -> Callable[[str], tuple[Reading, Reading]]:
    """Reads a message alone, and after the red projects of a department."""
    last = Last(
        Question(where=which(org_units=("Børn og Unge",), overall=(Rag.RED,))),
        (("projects", "P001"), ("projects", "P002")),
        (),
        2,
        0,
    )

    def read(text: str) -> tuple[Reading, Reading]:
        alone, said = _read(text, lexicon), _said(text, lexicon)
        says = partial(says_something, lexicon=lexicon, today=date(2026, 11, 22))
        going = GoingOn(
            said, alone, last, partial(_read, lexicon=lexicon), lambda item: str(item[1]), says, date(2026, 11, 22)
        )
        return alone, (going.resolved() or alone) if may_go_on(said, alone) else alone

    return read


def test_question_of_its_own_means_the_same_whatever_was_asked_before(
    following: Callable[[str], tuple[Reading, Reading]], lexicon: Lexicon
) -> None:
    texts = [json.loads(line)["text"] for file in QUESTIONS for line in file.read_text("utf-8").splitlines()]
    mixed, alike = [], 0
    for text in texts:
        alone, after = following(text)
        alike += after == alone
        named = isinstance(alone, Asked) and _said(text, lexicon).names_subject
        if named and after != alone and not isinstance(after, EitherWay):
            mixed.append(text)
    assert mixed == []
    assert alike / len(texts) >= NOT_MERGED_AT_LEAST


@pytest.mark.parametrize(
    "text",
    ["hvilke projekter er gule", "røde projekter: hvem leder dem", "status på skærmbesøg", "hvem leder skærmbesøg",
     "alle forsinkede projekter", "hvem er chef for Natur og Miljø", "møder i uge 50", "which projects are late",
     "all late projects", "undskyld, hvordan går det med robotfabrikken", "jeg er syg i dag"],
)  # fmt: skip
def test_complete_message_stands_alone(text: str, following: Callable[[str], tuple[Reading, Reading]]) -> None:
    alone, after = following(text)
    assert after == alone


def test_message_that_can_only_be_of_those_before_is_never_answered_for_all(
    following: Callable[[str], tuple[Reading, Reading]],
) -> None:
    for text in ("hvem leder dem", "hvad koster de", "kun de gule", "how many of them are late", "sorter efter budget"):
        _, after = following(text)
        assert isinstance(after, Asked), text
        assert {"org_units"} <= after.question.inherited, text


def test_buttons_carry_what_was_taken_over() -> None:
    question = replace(Question(Target.COUNT, RED), inherited=frozenset({"overall"}))
    assert from_data(to_data(question)) == question
