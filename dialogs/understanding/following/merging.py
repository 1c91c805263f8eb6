"""The last question and a fragment into one question: pure, and on the questions' own terms, whatever they ask for."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from enum import Enum, auto
from typing import TypeGuard

from dialogs.turn.printing import field_of
from dialogs.turn.readings import Asked, EitherWay
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Kind
from portfolio.questions.question import (
    Changed,
    During,
    Figure,
    FigureKind,
    Is,
    Mentions,
    Question,
    Target,
    Test,
    Tests,
    Within,
)


class How(Enum):
    """How a fragment's tests join those of the last question. AMONG: of those shown, these. ONLY: of those shown
    these, or these instead of what they can't be too. ALSO: these besides. INSTEAD: these in the place of what was
    said of the same. MEANT: these in the place of what was misread. OPEN: a
    question that doesn't say it. BARE: names and colours alone, which may be a new question."""

    AMONG = auto()
    ONLY = auto()
    ALSO = auto()
    INSTEAD = auto()
    MEANT = auto()
    OPEN = auto()
    BARE = auto()


@dataclass(frozen=True, slots=True)
class CantTell:
    """A message that goes on from the last answer, in a way that no question can say."""


# What is tested: the same of two tests can be put in one another's place.
_Key = object
_DAYS = "days"
_ASKS_NOTHING = Question()
# All that says which hits there are, or how they are put in order; the rest is what is asked of them.
_HITS = ("where", "any_of", "include_closed", "sort", "limit", "inherited")
_ASKS = tuple(field.name for field in fields(Question) if field.name not in _HITS)
# What scripts are told of under other names.
_PRINTED = {"figure": "unit", "target": "trend", "fact": "field"}


def merged(fragment: Question, last: Question, how: How, shown: Question | None) -> Asked | EitherWay | CantTell:
    """Join them. `shown` asks for those that the last answer showed, where it showed all."""
    cuts = fragment.where or fragment.any_of or fragment.sort or fragment.limit
    if last.limit is not None and cuts and how is not How.INSTEAD and how is not How.MEANT:
        # The limit comes before what is said now, which only the projects themselves can hold.
        if shown is None:
            return CantTell()
        last = shown
    joined = _joined(fragment, last, how)
    if isinstance(joined, CantTell):
        return joined
    tests, is_open = joined
    if fragment.any_of and last.any_of:
        return CantTell()
    result = _asking(fragment, last, tests)
    if not result.is_sound:
        return CantTell()
    result = replace(result, inherited=taken_over(result, fragment, last))
    return EitherWay(result, fragment) if is_open else Asked(result)


def _asking(fragment: Question, last: Question, tests: Tests) -> Question:
    """Ask what the fragment asks, or where it asks nothing by itself, what the last question asked."""
    either, is_wide = fragment.any_of or last.any_of, fragment.include_closed or last.include_closed
    sort, limit = fragment.sort or last.sort, fragment.limit or last.limit
    if _asks_nothing(fragment) and (fragment.sort or fragment.limit):
        base, figure = Question(), None
    elif _asks_nothing(fragment):
        base, figure = last, _with_whole(last.figure, last, tests) if last.figure else None
    else:
        base, figure = fragment, _within(fragment.figure, last) if fragment.figure else None
        if last.limit is None and not _is_list(fragment):
            sort, limit = fragment.sort, fragment.limit
    result = replace(base, where=tests, any_of=either, include_closed=is_wide, figure=figure)
    return replace(result, sort=sort, limit=limit)


def _is_list(question: Question) -> bool:
    return question.target is Target.PROJECTS


def _within(figure: Figure, last: Question) -> Figure:
    """A share is of those that were found before."""
    if figure.kind is not FigureKind.SHARE:
        return figure
    return replace(figure, among=(*last.where, *(test for test in figure.among if test not in last.where)))


def _asks_nothing(question: Question) -> bool:
    """Say whether it is of its tests and order alone."""
    return all(getattr(question, name) == getattr(_ASKS_NOTHING, name) for name in _ASKS)


def _with_whole(figure: Figure, last: Question, tests: Tests) -> Figure:
    """The whole of a share changes with what is said of which projects there are."""
    if figure.kind is not FigureKind.SHARE:
        return figure
    new = tuple(test for test in tests if test not in last.where and not _is_predicate(test))
    among = tuple(test for test in figure.among if test in tests)
    return replace(figure, among=(*among, *new))


def _joined(fragment: Question, last: Question, how: How) -> tuple[Tests, bool] | CantTell:
    """The tests of both, and whether it could be meant either way."""
    tests, is_open = last.where, False
    if how is How.ALSO and last.any_of:
        return CantTell()
    said = _moved(fragment.where, last)
    for new in said:
        if new in tests:
            continue
        # What is said together stands together: only tests from before make way.
        old = [test for test in tests if test in last.where and test not in said]
        joined = _with(tests, new, How.ONLY if _denies(new) and how is not How.AMONG else how, old)
        if joined is None:
            is_open, tests = True, (*tests, new)
        else:
            tests = joined
    return tests, is_open or (bool(fragment.any_of) and how is How.BARE)


def _moved(tests: Tests, last: Question) -> Tests:
    """ "hvad med januar" is of the date that was asked of before: a time by itself is taken for that of the work."""
    asked = [test.attribute for test in last.where if isinstance(test, During)]
    meets = last.target is Target.MEETINGS
    if len(set(asked)) != 1 and not meets:
        return tests
    attribute = catalogue.MEETING if meets else asked[0]
    return tuple(replace(test, attribute=attribute) if _is_loose(test) else test for test in tests)


def _is_loose(test: Test) -> TypeGuard[During]:
    """Say whether it is a time by itself."""
    return isinstance(test, During) and test.attribute in (catalogue.ACTIVE, catalogue.MEETING)


def _with(tests: Tests, new: Test, how: How, old: list[Test]) -> Tests | None:
    """The tests with the new one in its place; None where it could have several."""
    same = [test for test in old if _key(test) == _key(new) and _denies(test) == _denies(new)]
    opposite = [test for test in old if _key(test) == _key(new) and _denies(test) != _denies(new)]
    match how:
        case How.AMONG:
            return tests if new in tests else (*tests, new)
        case How.ONLY:
            return _narrowed(tests, new, same, opposite)
        case How.ALSO:
            return _widened(tests, new, same)
    if same:
        return _exchanged(tests, same, new)
    peers = [test for test in old if _group(test) == _group(new)]
    if how is How.MEANT and len(peers) == 1:
        return _exchanged(tests, peers, new)
    if peers or how is How.BARE:
        return None
    return (*tests, new)


def _narrowed(tests: Tests, new: Test, same: list[Test], opposite: list[Test]) -> Tests:
    if not isinstance(new, Is) or not new.values:
        return _exchanged(tests, same, new) if same else (*tests, new)
    if _denies(new):
        for test in opposite:
            left = tuple(value for value in getattr(test, "values", ()) if value not in new.values)
            if isinstance(test, Is) and left and set(new.values) <= set(test.values):
                return _exchanged(tests, [test], replace(test, values=left))
        return (*tests, new)
    values = [test.values for test in same if isinstance(test, Is)]
    both = tuple(value for value in new.values if all(value in held for held in values))
    kept = _exchanged(tests, same, replace(new, values=both or new.values)) if same else (*tests, new)
    return tuple(test for test in kept if test not in opposite) if opposite else kept


def _widened(tests: Tests, new: Test, same: list[Test]) -> Tests | None:
    if len(same) == 1 and isinstance(new, Is) and isinstance(same[0], Is):
        values = tuple(dict.fromkeys((*same[0].values, *new.values)))
        return _exchanged(tests, same, replace(same[0], values=values))
    return None


def _exchanged(tests: Tests, old: list[Test], new: Test) -> Tests:
    """The new one stands where the first old one stood."""
    result: list[Test] = []
    for test in tests:
        if test in old:
            if new not in result:
                result.append(new)
        else:
            result.append(test)
    return tuple(result)


def _key(test: Test) -> _Key:
    match test:
        case Is(attribute, ()):
            return ("lacking", attribute)
        case During():
            return _DAYS
        case Is(attribute) | Within(attribute):
            return attribute
    return type(test)


def _denies(test: Test) -> bool:
    return not isinstance(test, Mentions | Changed) and test.denied and _key(test) != _DAYS and not _is_flag(test)


def _is_flag(test: Test) -> bool:
    return isinstance(test, Is) and test.attribute.kind is Kind.FLAG


def _is_predicate(test: Test) -> bool:
    """Say whether it is how projects are doing, rather than which they are."""
    return isinstance(test, Changed | Within) or _is_flag(test) or (isinstance(test, Is) and test.attribute in _LIGHTS)


_LIGHTS = frozenset(catalogue.LIGHTS)


def says_how_they_do(test: Test) -> bool:
    """Say whether it is of how projects are doing now, by themselves."""
    return _is_predicate(test) and not isinstance(test, Changed)


def _group(test: Test) -> str:
    if _key(test) == _DAYS:
        return _DAYS
    return "doing" if _is_predicate(test) else "which"


def taken_over(result: Question, fragment: Question, last: Question) -> frozenset[str]:
    """The fields of the result, as scripts know them, that the last question gave it."""
    new = {field_of(test) for test in result.where if test not in last.where}
    tests = {field_of(test) for test in result.where if test in last.where} - new
    order = {name for name in _HITS[1:-1] if getattr(result, name) == getattr(last, name) != getattr(Question(), name)}
    asked = {_PRINTED.get(name, name) for name in _ASKS} if result.target is not fragment.target else set()
    return frozenset(tests | order | asked)
