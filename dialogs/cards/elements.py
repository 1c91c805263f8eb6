"""The few shapes that all cards are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dialogs.texts import Texts
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line, plain
from portfolio.projects.status import Rag

VERSION = "1.5"
LONGEST_SPEECH = 300

# An element or action as it goes out: typed models took ten times as long. The tests hold every card to the models.
Element = dict[str, Any]

_TONES = {Rag.RED: "Attention", Rag.AMBER: "Warning", Rag.NONE: "Default", Rag.GREEN: "Good"}


def card(
    heading: str, body: Sequence[Element], texts: Texts, text: str, actions: Sequence[Element] = ()
) -> dict[str, Any]:
    """A whole card. `heading` is escaped already; `text` is the same answer in plain text."""
    said = one_line(text, 1000)
    title = {"type": "TextBlock", "text": heading, "style": "heading", "size": "Large", "weight": "Bolder"}
    built: Element = {
        "type": "AdaptiveCard",
        "version": VERSION,
        "lang": texts.language,
        "fallbackText": said,
        "speak": one_line(said, LONGEST_SPEECH),
        "body": [{**title, "wrap": True}, *body],
    }
    return {**built, "actions": list(actions)} if actions else built


def line(text: str, **more: Any) -> Element:
    """A paragraph; `more` are properties by their names in the card, here and below."""
    return {"type": "TextBlock", "text": text, "wrap": True, **more}


def small(text: str) -> Element:
    return line(text, isSubtle=True, size="Small", spacing="None")


def strong(text: str) -> Element:
    return line(text, weight="Bolder")


def section(text: str, **more: Any) -> Element:
    """A heading within a card."""
    return line(text, **{"style": "heading", "weight": "Bolder", "size": "Default", "spacing": "Medium", **more})


def link_text(text: str) -> Element:
    return line(text, color="Accent", weight="Bolder")


def container(items: Sequence[Element], **more: Any) -> Element:
    return {"type": "Container", "items": list(items), **more}


def column(items: Sequence[Element], width: str = "stretch", **more: Any) -> Element:
    return {"type": "Column", "width": width, "items": list(items), **more}


def columns(*cells: Element, **more: Any) -> Element:
    return {"type": "ColumnSet", "columns": list(cells), **more}


def fact_set(facts: Iterable[tuple[str, str]]) -> Element:
    return {"type": "FactSet", "facts": [{"title": title, "value": value} for title, value in facts]}


def button(title: str, verb: str, data: Mapping[str, Any], *, with_inputs: bool = False) -> Element:
    """Carries its verb in the data too, for programs that know only Action.Submit."""
    both = {"title": one_line(title, 120), "associatedInputs": "auto" if with_inputs else "none"}
    submit = {"type": "Action.Submit", **both, "data": {**data, "verb": verb}}
    return {"type": "Action.Execute", **both, "verb": verb, "data": dict(data), "fallback": submit}


def stacked(buttons: Sequence[Element]) -> list[Element]:
    """One under the other and wrapping, where buttons would cut their titles on a phone."""
    return [container([link_text(plain(one["title"]))], selectAction=one, spacing="Small") for one in buttons]


def linked(items: Sequence[Element], action: Element, width: str = "stretch") -> Element:
    """A column, all of it doing what a button does."""
    return column(items, width, selectAction=action)


def colour_word(colour: Rag, audience: Audience) -> str:
    """The sign and the word: "● Rød", "○ Ingen status"."""
    return f"{'○' if colour is Rag.NONE else '●'} {audience.texts.name('colour', colour)}"


def colour_block(colour: Rag, audience: Audience, after: str = "", **more: Any) -> Element:
    text = f"{colour_word(colour, audience)}{after}"
    return line(text, **{"color": _TONES[colour], "weight": "Bolder", **more})


def text_run(text: str, **more: Any) -> Element:
    return {"type": "TextRun", "text": text, **more}


def colour_run(colour: Rag, text: str) -> Element:
    return text_run(text, color=_TONES[colour])


COLOUR_WIDTH = "112px"
