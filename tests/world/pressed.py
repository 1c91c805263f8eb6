"""Random buttons of every kind, and random things that somebody may send in a button's place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, date, datetime
from random import Random
from types import NoneType
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from dialogs.turn.button import Button
from portfolio.exports import FileKind
from portfolio.questions.question import Question
from portfolio.reminders.kinds import Kind
from tests.world.strategies import questions

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)
_PLAIN: Mapping[Any, st.SearchStrategy[Any]] = {
    str: WORDS,
    int: st.integers(0, 1000),
    bool: st.booleans(),
    date: st.dates(date(2020, 1, 1), date(2032, 12, 31)),
    datetime: st.datetimes(datetime(2001, 1, 1), datetime(2099, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    Question: questions(),
    Kind: st.sampled_from(Kind),
    FileKind: st.sampled_from(FileKind),
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def values_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values that a field may hold, by its type."""
    hint = getattr(hint, "__supertype__", hint)
    parts = get_args(hint)
    match get_origin(hint):
        case origin if origin is Annotated:
            return values_of(parts[0])
        case origin if origin is Literal:
            return st.sampled_from(parts)
        case origin if origin is tuple and parts[-1] is Ellipsis:
            return st.lists(values_of(parts[0]), max_size=4).map(tuple)
        case origin if origin is tuple:
            return st.tuples(*map(values_of, parts))
        case None:
            return _PLAIN[hint]
        case _:
            return st.one_of([st.none() if part is NoneType else values_of(part) for part in parts])


def buttons_of(kind: type[Button]) -> st.SearchStrategy[Button]:
    """Buttons of that kind as our cards carry them: without what was filled in."""
    hints = get_type_hints(kind, include_extras=True)
    given = {one.name: values_of(hints[one.name]) for one in fields(kind) if one.name != "inputs"}
    return st.fixed_dictionaries(given).map(lambda values: _made(kind, values)).filter(lambda made: made is not None)


def _made(kind: type[Button], values: Mapping[str, Any]) -> Button | None:
    try:
        return kind(**values)
    except ValueError:  # it names too little
        return None


ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 10**15 + 1, 10**30, 1.5, float("nan"), float("inf"), "", " ", "x", "P001", "\x00",
    "\ud800", "x" * 500, "x" * 25_000, "<at>Alle</at>", "010203-1234", "2026-02-30", "20260601", "2026-06-01",
    "2026-W25-1", "2026-06-18T09:00", "2026-06-18T07:00:00+00:00", "9999-12-31T23:59:59-23:59", [], {}, [[]], [None],
    ["P001"], ["status_due", "P001", "x", False, "y"], [["status_due", "P001", "x", False, "y"]], [["status_due"] * 5],
    {"where": {}}, {"where": {"lead": ["x"] * 60}}, {"target": "secrets"}, {"text": "x" * 401}, {"verb": "open"},
)  # fmt: skip


def tampered(random: Random, data: Mapping[str, Any]) -> Any:
    """Something like the data of a button, with one to three things changed in it."""
    if random.random() < 0.03:
        return random.choice(ODD)
    changed = dict(data)
    for _ in range(random.randint(1, 3)):
        key = random.choice([*changed, "extra", "inputs", "verb", "form.comment", "chip0", "sort", "project", "draft"])
        if random.random() < 0.15:
            changed.pop(key, None)
        else:
            changed[key] = random.choice(ODD)
    return changed
