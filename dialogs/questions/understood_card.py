"""The question as it was understood: chips that can be removed, and a form to change and sort."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from dialogs.cards.buttons import SORT_INPUT, change, show
from dialogs.cards.elements import VERSION, Element, Part, column, columns, container, line, link_text, small
from dialogs.questions.chips import ANY, KEPT, Chip, additions, chips, choices
from dialogs.texts import Texts
from dialogs.turn.audience import Audience
from dialogs.turn.payload import USUAL_SORT, sort_token, to_data
from dialogs.values.plain import one_line, plain
from portfolio.questions import catalogue
from portfolio.questions.catalogue import Attribute
from portfolio.questions.question import Question, Sort

LONGEST_CHIP = 120
# Each chip's button carries a question, twice: a question of very many filters shows the last ones as text only.
CHIP_BYTES = 7000
BUTTON_BYTES = 500
MOST_INPUTS = 6
_FLOW = {
    "type": "Layout.Flow",
    "itemFit": "Fit",
    "columnSpacing": "Small",
    "rowSpacing": "Small",
    "horizontalItemsAlignment": "Left",
}
OFFERED_SORTS = (
    Sort("title"),
    Sort("status_age", descending=True),
    Sort("end"),
    Sort("start"),
    Sort("priority"),
    Sort("budget", descending=True),
    Sort("spend", descending=True),
    Sort("overrun", descending=True),
    Sort("progress"),
)


def chip_input(position: int) -> str:
    """The form's field for the chip at that place."""
    return f"chip{position}"


def addition_input(attribute: Attribute) -> str:
    """The form's field for what the question could be narrowed by."""
    return f"add_{attribute.name}"


def understood(question: Question, audience: Audience) -> Part:
    """Show the filters as chips, which wrap where the client knows flow and else have a line each; empty without
    filters."""
    filters = chips(question, audience)
    if not filters:
        return [], []
    removable = CHIP_BYTES // (2 * len(str(to_data(question))) + BUTTON_BYTES)
    rows: list[Element] = [_chip(chip, audience) for chip in filters[:removable]]
    rows += [small(plain(chip.label, LONGEST_CHIP)) for chip in filters[removable:]]
    labels = "; ".join(one_line(chip.label, LONGEST_CHIP) for chip in filters)
    words = [f"{audience.texts.say('chip.understood')}: {labels}.", *_warnings(question, audience)]
    return [container(rows, layouts=[_FLOW], spacing="Small"), *(small(text) for text in words[1:])], words


def _warnings(question: Question, audience: Audience) -> list[str]:
    """Say what the portfolio can't know: which departments lie below the one that is asked for."""
    units = audience.names.vocabulary.org_units
    is_flat = len(units) > 1 and not any(unit.parent for unit in units)
    asks = catalogue.ORG_UNITS in question.asked_of
    return [audience.texts.say("chip.flat_units")] if asks and is_flat else []


def _chip(chip: Chip, audience: Audience) -> Element:
    words = line(plain(chip.label, LONGEST_CHIP))
    title = audience.texts.say("chip.remove", chip=one_line(chip.label, LONGEST_CHIP))
    cross = column([link_text("✕")], "32px", selectAction=show(title, chip.removed), spacing="Small")
    return columns(column([words], "auto"), cross, spacing="None")


def adjust(question: Question, audience: Audience, *, narrows: bool = True) -> Element:
    """The form with a choice for each filter, of order, and where it `narrows` for what else a list is often narrowed
    by."""
    parts = enumerate(chips(question, audience)[:MOST_INPUTS])
    inputs = [_filter_choice(position, chip, choices(chip, audience), audience) for position, chip in parts]
    for attribute, options in additions(question, audience).items() if narrows else ():
        every = (ANY, audience.texts.say("list.any"))
        label = audience.texts.say(f"field.{attribute.name}").capitalize()
        inputs.append(_choice_set(addition_input(attribute), label, ANY, [every, *options]))
    inputs.append(_sort_choice(question, audience))
    texts = audience.texts
    apply = change(texts.say("list.apply"), question)
    form = {"type": "AdaptiveCard", "version": VERSION, "body": inputs, "actions": [apply]}
    return {"type": "Action.ShowCard", "title": texts.say("list.adjust"), "card": form}


def _filter_choice(position: int, chip: Chip, options: Sequence[tuple[str, str]], audience: Audience) -> Element:
    say = audience.texts.say
    if not options:
        kept = ((KEPT, say("list.kept")), (ANY, say("list.removed")))
        return _choice_set(chip_input(position), one_line(chip.label, LONGEST_CHIP).capitalize(), KEPT, kept)
    name = say(f"field.{chip.field}")
    label = say("chip.not", field=name) if chip.denies else name
    every = (ANY, say("list.any"))
    named = [every, *((token, one_line(title, LONGEST_CHIP)) for token, title in options)]
    return _choice_set(chip_input(position), label.capitalize(), chip.token, named)


def _sort_choice(question: Question, audience: Audience) -> Element:
    texts = audience.texts
    usual, *orders = _orders(texts)
    if question.sort and question.sort not in OFFERED_SORTS:
        orders.insert(0, _order(question.sort, texts))
    chosen = sort_token(question.sort) if question.sort else USUAL_SORT
    return _choice_set(SORT_INPUT, texts.say("sort.label"), chosen, [usual, *orders])


@cache
def _orders(texts: Texts) -> tuple[tuple[str, str], ...]:
    return ((USUAL_SORT, texts.say("sort.usual")), *(_order(sort, texts) for sort in OFFERED_SORTS))


def _order(sort: Sort, texts: Texts) -> tuple[str, str]:
    return sort_token(sort), sort_words(sort, texts)


def _choice_set(name: str, label: str, chosen: str, options: Sequence[tuple[str, str]]) -> Element:
    """`options` as (token, name)."""
    choices = [{"title": title, "value": token} for token, title in options]
    choice_set = {"type": "Input.ChoiceSet", "id": name, "label": label, "style": "compact"}
    return {**choice_set, "value": chosen, "choices": choices}


def sort_words(sort: Sort, texts: Texts) -> str:
    return texts.say(f"sort_descending.{sort.field}" if sort.descending else f"sort.{sort.field}")
