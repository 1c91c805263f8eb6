"""What can be pressed and filled in on a card, as whoever reads it finds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Card = Mapping[str, Any]


class NotOnCardError(Exception):
    """The card has no button, or no input, of that label; `there_are` are the labels that it has."""

    def __init__(self, label: str, there_are: Sequence[str]) -> None:
        super().__init__(label)
        self.label = label
        self.there_are = there_are


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `about` is what those hear who can't see what it stands beside; one that `takes_inputs` sends what is
    filled in on the card too."""

    title: str
    verb: str
    data: Card
    takes_inputs: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Input:
    """A field to fill in; `options` are the values that there are to choose from, by their titles."""

    name: str
    label: str
    value: str
    options: Mapping[str, str] = field(default_factory=dict)


def choices(node: Any) -> Iterator[Choice]:
    """Yields the buttons of a card from top to bottom."""
    for action in _found(node, "Action.Execute"):
        if title := action.get("title"):
            takes_inputs = action.get("associatedInputs") != "none"
            about = str(action.get("tooltip") or "")
            yield Choice(str(title), str(action.get("verb")), action.get("data") or {}, takes_inputs, about)


def inputs(node: Any) -> Iterator[Input]:
    """Yields the fields of a card from top to bottom."""
    for found in _found(node, "Input."):
        options = {str(choice["title"]): str(choice["value"]) for choice in found.get("choices", ())}
        yield Input(str(found["id"]), str(found.get("label") or ""), str(found.get("value") or ""), options)


def choice_on(card: Card | None, label: str) -> Choice:
    """Finds a button by its title, or by what is heard of it; the beginning is enough where it is of one title alone.
    Raises NotOnCardError."""
    there = list(choices(card))
    place = _place(label, [choice.title for choice in there])
    if place is None:
        place = _place(label, [choice.about for choice in there])
    if place is None:
        raise NotOnCardError(label, [choice.title for choice in there])
    return there[place]


def sent_with(choice: Choice, card: Card | None, filled: Mapping[str, str]) -> dict[str, Any]:
    """Returns what a program sends when the button is pressed: what it carries, and where it takes inputs, all that are
    not empty, as they stand or are `filled` in by their labels. Raises NotOnCardError."""
    there = list(inputs(card)) if choice.takes_inputs else []
    values = {one.name: one.value for one in there}
    for label, said in filled.items():
        place = _place(label, [one.label for one in there])
        if place is None:
            raise NotOnCardError(label, [one.label for one in there])
        values[there[place].name] = _chosen(there[place], said)
    return {**choice.data, **{name: value for name, value in values.items() if value}}


def _chosen(one: Input, said: str) -> str:
    """Returns the value that is chosen by its title; what is none, as it was typed."""
    titles = list(one.options)
    place = None if said in one.options.values() else _place(said, titles)
    return said if place is None else one.options[titles[place]]


def _found(node: Any, kind: str) -> Iterator[Card]:
    if isinstance(node, list | tuple):
        for item in node:
            yield from _found(item, kind)
    elif isinstance(node, Mapping) and str(node.get("type")).startswith(kind):
        yield node
    elif isinstance(node, Mapping) and node.get("type") != "Action.Execute":
        for item in node.values():
            yield from _found(item, kind)


def _place(wanted: str, names: Sequence[str]) -> int | None:
    """Finds the first of that name, else the first of those that begin so, where all of them are called the same."""
    meant, known = _plain(wanted), [_plain(name) for name in names]
    if not meant or meant in known:
        return known.index(meant) if meant else None
    begin = [name for name in known if name.startswith(meant)]
    return known.index(begin[0]) if len(set(begin)) == 1 else None


def _plain(label: str) -> str:
    return " ".join(label.split()).casefold()
