"""A second reading of what wasn't understood, by a language model: what it is sent, and what of its answer is taken.

It sees the message and the catalogue's names, never the portfolio, and answers with words of the message. Those are
looked up as if they had been understood; whatever can't be is no reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from dialogs.understanding.language.lexicon import Entity, Lexicon
from dialogs.understanding.language.parsing import sentence_of
from dialogs.values.letters import fold, words_of
from portfolio.questions.catalogue import ATTRIBUTES, SORTS, Attribute, Kind, Subject, of_subject
from portfolio.questions.question import (
    During,
    Figure,
    FigureKind,
    Is,
    Question,
    Sort,
    Target,
    Test,
    Value,
    Within,
)

TARGETS = (Target.PROJECTS, Target.PROJECT, Target.COUNT, Target.FIGURE, Target.GROUPS, Target.FIELD, Target.PEOPLE)
MOST_TESTS, MOST_VALUES, MOST_HITS = 12, 10, 500
_NAMED = frozenset({Kind.NAME, Kind.PERSON})
_NAME = "NAVN"


class SecondReader(Protocol):
    async def read(self, asked: Mapping[str, Any]) -> object:
        """Returns the model's answer, decoded; None where there is none in time."""
        ...


class NoReadingError(ValueError):
    """The answer is no question that the message can have asked."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A message with the names of people hidden: `names` are what stood in the places of NAVN1, NAVN2 …"""

    text: str
    names: Mapping[str, str]

    def shown(self, value: str) -> str:
        return self.names.get(value, value)


def masked(text: str, lexicon: Lexicon, *, may_see_names: bool) -> Masked:
    """Hide every word that is part of somebody's name, or an address, unless the model may see names."""
    if may_see_names:
        return Masked(text, {})
    spans: list[tuple[int, int]] = []
    for word in words_of(text):
        if "@" in word.text or word.key in lexicon.namesakes:
            joins = spans and not text[spans[-1][1] : word.first].strip()
            spans.append((spans.pop()[0] if joins else word.first, word.last))
    names: dict[str, str] = {}
    for first, last in reversed(spans):
        mask = f"{_NAME}{len(names) + 1}"
        names[mask] = text[first:last]
        text = f"{text[:first]}{mask}{text[last:]}"
    return Masked(text, names)


def asked_of(text: str, today: date) -> dict[str, Any]:
    """What the model is asked: the message, the day, and the form of an answer."""
    return {"message": text, "today": today.isoformat(), "schema": SCHEMA}


def _schema() -> dict[str, Any]:
    tests = {
        "type": "object",
        "additionalProperties": False,
        "required": ["attribute"],
        "properties": {
            "attribute": {"enum": [one.name for one in of_subject(Subject.PROJECT) if one.kind is not Kind.TEXT]},
            "values": {"type": "array", "maxItems": MOST_VALUES, "items": {"type": ["string", "integer"]}},
            "not": {"type": "boolean"},
            "from": {"type": "string", "format": "date"},
            "to": {"type": "string", "format": "date"},
            "at_least": {"type": "number"},
            "at_most": {"type": "number"},
        },
    }
    listed = {"type": "array", "maxItems": MOST_TESTS, "items": tests}
    amounts = [one.name for one in of_subject(Subject.PROJECT) if one.is_amount]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["target"],
        "properties": {
            "target": {"enum": [*TARGETS, "none"]},
            "where": listed,
            "any_of": {"type": "array", "maxItems": MOST_TESTS, "items": listed},
            "measure": {"enum": [kind.value for kind in FigureKind if kind is not FigureKind.SHARE]},
            "amount": {"enum": amounts},
            "group_by": {"enum": [one.name for one in ATTRIBUTES.values() if one.groups]},
            "fact": {"enum": [one.name for one in ATTRIBUTES.values() if one.fact]},
            "sort": {"enum": list(SORTS)},
            "descending": {"type": "boolean"},
            "limit": {"type": "integer", "minimum": 1, "maximum": MOST_HITS},
            "include_closed": {"type": "boolean"},
        },
    }


SCHEMA = _schema()


def question_of(answer: object, message: Masked, text: str, lexicon: Lexicon, today: date) -> Question:
    """Take the model's answer as a question. Raises NoReadingError for anything that isn't of the schema, for names
    that don't stand in the message or mean several things, and for what can't be answered."""
    try:
        question = _Answer(message, text, lexicon, today).question(answer)
    except (KeyError, TypeError, ValueError, ArithmeticError) as fault:
        raise NoReadingError(type(fault).__name__) from fault
    if not question.is_sound or not (question.where or question.any_of or question.group_by or question.sort):
        raise NoReadingError("nothing that can be answered")
    return question


@dataclass(frozen=True, slots=True)
class _Answer:
    message: Masked
    text: str
    lexicon: Lexicon
    today: date

    def question(self, answer: object) -> Question:
        given = _object(answer, SCHEMA["properties"])
        target = Target(given["target"])
        if target not in TARGETS:
            raise ValueError("not to be asked for")
        amount = ATTRIBUTES[given["amount"]] if "amount" in given else None
        kind = FigureKind(given["measure"]) if "measure" in given else FigureKind.COUNT
        is_measured = target in (Target.FIGURE, Target.GROUPS)
        return Question(
            target=target,
            where=tuple(self._tests(given.get("where", []))),
            any_of=tuple(tuple(self._tests(tests)) for tests in _list(given.get("any_of", []), MOST_TESTS)),
            sort=Sort(given["sort"], descending=_truth(given.get("descending", False))) if "sort" in given else None,
            limit=_whole(given["limit"]) if "limit" in given else None,
            include_closed=_truth(given.get("include_closed", False)),
            figure=Figure(kind, amount) if is_measured else None,
            group_by=ATTRIBUTES[given["group_by"]] if "group_by" in given else None,
            fact=ATTRIBUTES[given["fact"]] if "fact" in given else None,
        )

    def _tests(self, tests: object) -> Iterator[Test]:
        for entry in _list(tests, MOST_TESTS):
            yield self._test(_object(entry, SCHEMA["properties"]["where"]["items"]["properties"]))

    def _test(self, entry: Mapping[str, Any]) -> Test:
        attribute, denied = ATTRIBUTES[entry["attribute"]], _truth(entry.get("not", False))
        if attribute.kind is Kind.DAYS:
            first, last = (date.fromisoformat(entry[name]) if name in entry else None for name in ("from", "to"))
            return During(attribute, first, last, denied)
        if attribute.is_amount:
            low, high = (Decimal(str(entry[name])) if name in entry else None for name in ("at_least", "at_most"))
            return Within(attribute, low, high, denied)
        if attribute.kind is Kind.FLAG:
            return Is(attribute, (True,), denied)
        values = [self._value(attribute, value) for value in _list(entry.get("values", []), MOST_VALUES)]
        return Is(attribute, tuple(values), denied)

    def _value(self, attribute: Attribute, value: object) -> Value:
        if attribute.kind not in _NAMED:
            return _whole(value) if attribute.kind is Kind.NUMBER else str(value)
        return self._named(attribute, self.message.shown(str(value))).value

    def _named(self, attribute: Attribute, words: str) -> Entity:
        """Find the one thing of that kind that the words of the message name."""
        if not words.strip() or fold(words) not in fold(self.text):
            raise ValueError("nobody wrote that")
        sentence = sentence_of(words, self.lexicon, self.today)
        field = "lead" if attribute.kind is Kind.PERSON else attribute.name
        found = {
            entity for tag in (sentence.tags if sentence else ()) for entity in tag.entities if entity.field == field
        }
        if len(found) != 1:
            raise ValueError("no one thing of that name")
        return found.pop()


def _object(value: object, allowed: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(value, dict) or not value.keys() <= allowed.keys():
        raise TypeError("not of the schema")
    return value


def _list(value: object, most: int) -> Sequence[Any]:
    if not isinstance(value, list) or len(value) > most:
        raise TypeError("no list of that size")
    return value


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _whole(value: object) -> int:
    if type(value) is not int or not 0 <= value <= MOST_HITS:
        raise TypeError("no number of that size")
    return value
