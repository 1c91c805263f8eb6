"""What every card is held to: nothing that clients drop or can't read aloud, nothing too large, no own colours."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any, TypeVar, get_args

from microsoft_teams.cards import core

from dialogs.forms.said.reading import PREFIX
from dialogs.turn.button import carried, read
from dialogs.turn.reply import Reply
from tests.kit.pressing import KINDS

# What Teams takes counts the message around the card too: addresses, and a summary of 200 letters.
LARGEST = 28 * 1024
AROUND = 1400
_OWN_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")
_LIST = re.compile(r"\s*(\d+[.)]|[#+-])\s")
# Free-form, or checked by the bot: not part of the card's own language.
_DATA = frozenset({"data", "$schema"})

_INPUTS = ("Input.Text", "Input.ChoiceSet", "Input.Date", "Input.Time", "Input.Number", "Input.Toggle")

Element = dict[str, Any]
Shown = TypeVar("Shown", Reply, Element)


@cache
def _models() -> dict[str, type[core.SerializableObject]]:
    """The typed models by the name they have in a card."""
    found = {}
    for model in vars(core).values():
        if isinstance(model, type) and issubclass(model, core.SerializableObject) and "type" in model.model_fields:
            for name in get_args(model.model_fields["type"].annotation):
                found[name] = model
    return found


def checked(shown: Shown) -> Shown:
    """Return the card, or the reply with one, that every client can show; a reply's text has no gaps left."""
    assert faults(_card_of(shown)) == []
    if isinstance(shown, Reply):
        assert not re.search(r"\{\w+\}", shown.text)
    return shown


def _card_of(shown: Reply | Element) -> Element:
    card = shown.card if isinstance(shown, Reply) else shown
    assert card is not None
    return card


def faults(card: Element) -> list[str]:
    """Everything that is wrong with the card, in words."""
    size = len(json.dumps(card, ensure_ascii=False, separators=(",", ":")).encode())
    found = [f"{size} bytes"] if size + AROUND > LARGEST else []
    for element in _elements(card):
        found += _property_faults(element) + _element_faults(element)
    return found + _whole_faults(card) + _alike_faults(card)


def _elements(card: Element) -> list[Element]:
    """The card and its elements and actions, in the order in which they are read."""
    found: list[Element] = []
    _gather(card, found)
    return found


def _gather(value: dict[str, Any] | list[Any], found: list[Element]) -> None:
    if isinstance(value, dict):
        if "type" in value:
            found.append(value)
        value = [child for name, child in value.items() if name not in _DATA]
    for child in value:
        if isinstance(child, dict | list):
            _gather(child, found)


def _property_faults(element: Element) -> list[str]:
    model = _models().get(element["type"])
    if model is None:
        return [f"unknown element {element['type']}"]
    known = {field.serialization_alias or name for name, field in model.model_fields.items()}
    unknown = sorted(set(element) - known)
    model.model_validate(element)
    colours = [name for name, value in element.items() if isinstance(value, str) and _OWN_COLOUR.fullmatch(value)]
    return [f"unknown property {element['type']}.{name}" for name in unknown] + [f"own colour {n}" for n in colours]


def _element_faults(element: Element) -> list[str]:
    kind, found = element["type"], []
    if kind.startswith("Input.") and not element.get("label"):
        found.append(f"{kind} without label")
    if element.get("isRequired") and not element.get("errorMessage"):
        found.append(f"{kind} without errorMessage")
    if kind == "Image" and not element.get("altText"):
        found.append("Image without altText")
    if kind.startswith("Action.") and not element.get("title"):
        found.append(f"{kind} without title")
    if kind == "TextBlock" and not (element.get("wrap") and element.get("text")):
        found.append(f"TextBlock empty or not wrapping: {element.get('text')!r}")
    if kind == "TextBlock" and _LIST.match(element.get("text", "")):
        found.append(f"reads as a list or a heading: {element['text']!r}")
    if kind == "TextBlock" and element.get("size") in ("Large", "Medium") and element.get("style") != "heading":
        found.append(f"heading without its style: {element['text']!r}")
    if kind == "Action.Execute":
        found += _press_faults(element)
    return found


def _alike_faults(card: Element) -> list[str]:
    """Buttons that look alike and do something else must differ for those who hear them read."""
    done: dict[tuple[str, str], set[str]] = defaultdict(set)
    for action in elements_of(card, "Action.Execute"):
        done[action["title"], action.get("tooltip", "")].add(json.dumps([action["verb"], action["data"]]))
    return [f"{title!r} means several things" for (title, _), meanings in done.items() if len(meanings) > 1]


def _press_faults(action: Element) -> list[str]:
    title, verb, data, fallback = action["title"], action["verb"], action["data"], action.get("fallback", {})
    if verb not in KINDS:
        return [f"{title!r} leads nowhere: {verb}"]
    found = [] if carried(read(KINDS[verb], data)) == data else [f"{title!r} carries something else: {data}"]
    if action["associatedInputs"] == "auto" and KINDS[verb].takes is None:
        found.append(f"{title!r} takes no inputs")
    same = fallback.get("data") == {**data, "verb": verb}
    return found if fallback.get("type") == "Action.Submit" and same else [*found, f"{title!r} has no fallback"]


def _whole_faults(card: Element) -> list[str]:
    found = [f"no {name}" for name in ("lang", "fallbackText", "speak") if not card.get(name)]
    if card.get("version") != "1.5":
        found.append(f"version {card.get('version')}")
    if card["body"][0].get("style") != "heading":
        found.append("does not begin with a heading")
    names = [element["id"] for element in _elements(card) if "id" in element]
    found += [f"id {name} twice" for name in set(names) if names.count(name) > 1]
    if len(card.get("actions", ())) > 3:
        found.append("more than three buttons")
    return found


def elements_of(card: Element, kind: str) -> list[Element]:
    return [element for element in _elements(card) if element["type"] == kind]


def heading(shown: Reply | Element) -> str:
    return str(_card_of(shown)["body"][0]["text"])


def inputs_on(card: Element) -> list[Element]:
    return [element for kind in _INPUTS for element in elements_of(card, kind)]


def answers_on(card: Element, filled: Mapping[str, str]) -> dict[str, str]:
    """The values of the inputs by their ids, as they stand, but for the fields that were filled in."""
    inputs = inputs_on(card)
    typed = {PREFIX + name: value for name, value in filled.items()}
    unknown = typed.keys() - {element["id"] for element in inputs}
    assert not unknown, f"no such inputs: {unknown}"
    return {element["id"]: element["value"] for element in inputs if "value" in element} | typed


def words_on(card: Element) -> str:
    """All that stands on the card, as it is written there."""
    texts = (element.get("text") or element.get("title") or "" for element in _elements(card))
    facts = (f"{fact['title']} {fact['value']}" for group in elements_of(card, "FactSet") for fact in group["facts"])
    return "\n".join([*texts, *facts]).replace("\N{NO-BREAK SPACE}", " ")


def press_of(card: Element, title: str) -> tuple[str, Element]:
    """Verb and data of the button that the title begins."""
    for action in elements_of(card, "Action.Execute"):
        if action["title"].startswith(title):
            return action["verb"], action["data"]
    raise AssertionError(f"no button {title!r}")
