"""Takes a language model's answer as a question, as far as the message bears it out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dialogs.turn.payload import MalformedQuestion, from_data
from dialogs.turn.readings import Grasped
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.parsing import sentence_of
from dialogs.understanding.second.asking import FIGURES, MEASURED, MOST_HITS, MOST_TESTS, NAMED, TARGETS, TESTED, schema
from dialogs.understanding.second.masking import Masked
from dialogs.values.letters import words_of
from portfolio.questions import catalogue
from portfolio.questions.catalogue import ATTRIBUTES, Attribute, Kind
from portfolio.questions.question import Figure, FigureKind, Is, Question, Target, Test

_OWN = ("where", "where_not", "any_of")
# A name may be the beginning of a longer word, as in "klimaprojekterne".
_SHORTEST_BEGINNING = 4


@dataclass(frozen=True, slots=True)
class Taken:
    """A message as it was sent, with the names that it can mean, and those that it was understood to."""

    sent: Masked
    lexicon: Lexicon
    today: date
    grasped: Sequence[Grasped] = ()

    def question(self, answer: object) -> Question:
        """Read the answer as if a button carried it. Raises MalformedQuestion for what isn't of the schema, for names
        that don't stand in the message or may be several things, for what leaves out a name that does stand there, and
        for what can't be answered."""
        try:
            question = from_data(self._data(answer))
        except (TypeError, ValueError, KeyError, AttributeError) as fault:
            raise MalformedQuestion(type(fault).__name__) from fault
        if not (_is_whole(question) and all(_holds(question, one) for one in self.grasped)):
            raise MalformedQuestion("not what was asked")
        return question

    def _data(self, answer: object) -> Mapping[str, Any]:
        """Write the answer as buttons carry questions, with the things that its names mean in their places."""
        given = _given(answer, *schema()["properties"])
        if given["target"] not in set(TARGETS):
            raise ValueError("not to be asked for")
        figure = _given(given["figure"], "kind", "amount") if "figure" in given else {"kind": FigureKind.COUNT.value}
        if figure["kind"] not in set(FIGURES) or not 1 <= given.get("limit", 1) <= MOST_HITS:
            raise ValueError("not to be asked for")
        where = [*self._tests(given.get("where", [])), *self._tests(given.get("where_not", []), "-")]
        any_of = [list(self._tests(tests)) for tests in _listed(given.get("any_of", []))]
        is_measured = given["target"] in (Target.FIGURE, Target.GROUPS)
        kept = {name: value for name, value in given.items() if name not in (*_OWN, "figure")}
        return {**kept, "where": where, "any_of": any_of, **({"figure": figure} if is_measured else {})}

    def _tests(self, written: object, denied: str = "") -> Iterator[dict[str, Any]]:
        for entry in _listed(written):
            for name, held in _given(entry, *TESTED).items():
                yield {f"{denied}{name}": self._held(TESTED[name], held)}

    def _held(self, attribute: Attribute, held: Any) -> Any:
        if attribute.kind in NAMED:
            return [self._named(attribute, words) for words in _listed(held)]
        if attribute.is_amount and isinstance(held, dict):
            return {name: str(value) for name, value in _given(held).items()}
        return _given(held) if isinstance(held, dict) else held

    def _named(self, attribute: Attribute, written: str) -> str:
        """Find the one thing of that kind that the words of the message name."""
        person = self.sent.people.get(written)
        if person is None and not _are_said(written, self.sent.text):
            raise ValueError("nobody wrote that")
        sentence = sentence_of(person or written, self.lexicon, self.today)
        field = catalogue.LEAD.name if attribute.kind is Kind.PERSON else attribute.name
        tags = sentence.tags if sentence else ()
        found = {entity.value for tag in tags for entity in tag.entities if entity.field == field}
        if len(found) != 1:
            raise ValueError("no one thing of that name")
        return found.pop()


def _are_said(words: str, text: str) -> bool:
    """Say whether the words stand side by side in the text, the last of them perhaps in a longer one."""
    said, keys = ([word.key for word in words_of(part)] for part in (text, words))
    if not keys:
        return False
    *first, last = keys
    for at in range(len(said) - len(first)):
        word = said[at + len(first)]
        begins = len(last) >= _SHORTEST_BEGINNING and word.startswith(last)
        if said[at : at + len(first)] == first and (word == last or begins):
            return True
    return False


def _is_whole(question: Question) -> bool:
    """Say whether it asks for something, with all that it needs, and once only."""
    if question.figure and not _can_be_measured(question.figure, question.target):
        return False
    if question.target is Target.PROJECT:
        return len(question.values(catalogue.PROJECTS)) == 1
    said = list(_said(question))
    asks = question.where or question.any_of or question.group_by or question.sort
    return bool(asks) and all(question.any_of) and len(set(said)) == len(said)


def _said(question: Question) -> Iterator[object]:
    """Yield every value that is asked for, and what is asked for without one."""
    for test in _tests_of(question):
        if isinstance(test, Is) and test.values:
            yield from ((test.attribute, value, test.denied) for value in test.values)
        else:
            yield test


def _can_be_measured(figure: Figure, target: Target) -> bool:
    if figure.kind is FigureKind.COUNT:
        return target is Target.GROUPS
    return figure.kind is FigureKind.RATIO or (figure.amount is not None and figure.amount.name in MEASURED)


def _holds(question: Question, one: Grasped) -> bool:
    """Say whether the question asks of a thing or colour that was understood in the message."""
    attribute = ATTRIBUTES.get(one.field)
    if attribute is None or attribute.kind not in NAMED | {Kind.COLOUR}:
        return True
    return any(isinstance(test, Is) and one.value in test.values for test in _tests_of(question))


def _tests_of(question: Question) -> Iterator[Test]:
    yield from question.where
    for tests in question.any_of:
        yield from tests


def _given(written: object, *allowed: str) -> dict[str, Any]:
    """Return what an object holds, without what is null; with nothing but the allowed, if any are named."""
    if not isinstance(written, dict) or (allowed and not written.keys() <= set(allowed)):
        raise TypeError("not of the schema")
    return {name: value for name, value in written.items() if value is not None}


def _listed(written: object) -> list[Any]:
    if not isinstance(written, list) or len(written) > MOST_TESTS:
        raise TypeError("no list of that size")
    return written
