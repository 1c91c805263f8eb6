"""The few shapes that all cards are made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, TypeVar

from pydantic_core import to_json

from dialogs.texts import Texts
from dialogs.turn.audience import Audience
from dialogs.turn.button import Button, carried
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from portfolio.projects.status import Rag

R = TypeVar("R", bound=Reply)

VERSION = "1.5"
LONGEST_SPEECH, LONGEST_ABOUT = 300, 120
# Teams takes 28 KB: the whole message, with its addresses and the summary beside the card, and spaces if it adds them.
LARGEST = 25 * 1024

# An element or action as it goes out: typed models took ten times as long. The tests hold every card to the models.
Element = dict[str, Any]
# A part of an answer: on the card, and as lines of text.
Part = tuple[list[Element], list[str]]

_TONES = {Rag.RED: "Attention", Rag.AMBER: "Warning", Rag.NONE: "Default", Rag.GREEN: "Good"}


def card(
    heading: str, body: Sequence[Element], texts: Texts, text: str, actions: Sequence[Element] = ()
) -> dict[str, Any]:
    """A whole card. `heading` is escaped already; `text` is the same answer in plain text."""
    title = {"type": "TextBlock", "text": heading, "style": "heading", "size": "Large", "weight": "Bolder"}
    built: Element = {
        "type": "AdaptiveCard",
        "version": VERSION,
        "lang": texts.language,
        **spoken(text),
        "body": [{**title, "wrap": True}, *body],
    }
    return {**built, "actions": list(actions)} if actions else built


def spoken(text: str) -> Element:
    """The text of a card that is read aloud, and stands in its place where it can't be shown."""
    short = one_line(text, 1000)
    return {"fallbackText": short, "speak": one_line(short, LONGEST_SPEECH)}


def card_reply(
    to: type[R],
    heading: str,
    lines: Sequence[str],
    body: Sequence[Element],
    texts: Texts,
    actions: Sequence[Element] = (),
) -> R:
    """A card, and the same answer as text: the heading as a sentence, and `lines`; both in plain text. `to` is ForOne
    or ForAll."""
    text = "\n".join([sentence(heading), *lines])
    return to(card(plain(heading), body, texts, text, actions), text)


def short_reply(to: type[R], heading: str, explanation: str, texts: Texts, actions: Sequence[Element] = ()) -> R:
    """A card of a sentence or two, which are one line of text; both in plain text."""
    text = f"{sentence(heading)} {explanation}"
    return to(card(plain(heading), [line(plain(explanation, 1000))], texts, text, actions), text)


def choice_reply(
    to: type[R], heading: str, how: str, buttons: Sequence[Element], texts: Texts, more: Sequence[str] = ()
) -> R:
    """Buttons to choose from; `more` says how many others there are."""
    lines = [*(f"- {button['title']}" for button in buttons), *more]
    body = [line(how), *stacked(buttons), *(small(text) for text in more)]
    return card_reply(to, heading, lines, body, texts)


def size_of(data: object) -> int:
    """Count the bytes in which it is sent."""
    return len(to_json(data))


def first_fitting(replies: Iterable[R]) -> R:
    """Return the first reply whose card Teams takes, else the last; there must be one."""
    for reply in replies:
        if size_of(reply.card) <= LARGEST:
            break
    return reply


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


def about(action: Element, what: str) -> Element:
    """The button with what it is about, for those who hear the buttons one after the other."""
    return {**action, "tooltip": f"{action['title']}: {one_line(what, LONGEST_ABOUT)}"}


def action_set(*actions: Element) -> Element:
    return {"type": "ActionSet", "actions": list(actions)}


def listed_part(heading: str, rows: Sequence[tuple[Element, str]], more: Sequence[str] = ()) -> Part:
    """Rows under a heading, each on the card and in plain text; `more` says what is left out. Nothing without rows."""
    if not rows:
        return [], []
    elements = [section(heading), *(row for row, _ in rows), *(small(text) for text in more)]
    return elements, [f"{heading}:", *(f"- {words}" for _, words in rows), *more]


def together(*parts: Part) -> Part:
    """Stacks the parts, one below the other."""
    body, lines = zip(*parts, strict=True)
    return list(chain.from_iterable(body)), list(chain.from_iterable(lines))


def folding(
    name: str, heading: str, items: Sequence[Element], *, title: str, is_open: bool = False, **more: Any
) -> list[Element]:
    """A heading that folds what is below it, with a sign that says which way; `title` is what that is called."""
    unfolded, folded = f"{name}_open", f"{name}_closed"
    toggle = {"type": "Action.ToggleVisibility", "title": title, "targetElements": [name, unfolded, folded]}
    headings = [
        section(f"▾ {heading}", id=unfolded, isVisible=is_open, spacing="None"),
        section(f"▸ {heading}", id=folded, isVisible=not is_open, spacing="None"),
    ]
    bar = container(headings, selectAction=toggle, separator=True, spacing="Medium")
    return [bar, container(items, id=name, isVisible=is_open, **more)]


def fact_set(facts: Iterable[tuple[str, str]]) -> Element:
    return {"type": "FactSet", "facts": [{"title": title, "value": value} for title, value in facts]}


def button(title: str, pressed: Button, *, with_inputs: bool = False) -> Element:
    """A button; its verb stands in the data too, for programs that know only Action.Submit."""
    verb, data = pressed.verb, carried(pressed)
    both = {"title": one_line(title, 120), "associatedInputs": "auto" if with_inputs else "none"}
    submit = {"type": "Action.Submit", **both, "data": {**data, "verb": verb}}
    return {"type": "Action.Execute", **both, "verb": verb, "data": data, "fallback": submit}


def stacked(buttons: Sequence[Element]) -> list[Element]:
    """Stack the buttons as lines that wrap, since buttons cut their titles on a phone."""
    return [container([link_text(plain(action["title"]))], selectAction=action, spacing="Small") for action in buttons]


def linked(items: Sequence[Element], action: Element, width: str = "stretch") -> Element:
    """A column, all of it doing what a button does."""
    return column(items, width, selectAction=action)


def colour_word(colour: Rag, audience: Audience) -> str:
    """The sign and the word: "● Rød", "○ Ingen status"."""
    return f"{'○' if colour is Rag.NONE else '●'} {audience.texts.name('colour', colour)}"


def unbroken(words: str) -> str:
    """The words as no line breaks them apart: "Ingen status" on a phone."""
    return words.replace(" ", "\N{NO-BREAK SPACE}")


def colour_block(colour: Rag, audience: Audience, after: str = "", **more: Any) -> Element:
    return line(
        f"{unbroken(colour_word(colour, audience))}{after}", **{"color": _TONES[colour], "weight": "Bolder", **more}
    )


def text_run(text: str, **more: Any) -> Element:
    return {"type": "TextRun", "text": text, **more}


def colour_run(colour: Rag, text: str) -> Element:
    return text_run(text, color=_TONES[colour])


COLOUR_WIDTH = "126px"
