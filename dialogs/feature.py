"""A feature as data: what people ask, order and press, the forms that it has, and how its reminders are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dialogs.cards.elements import Element
from dialogs.forms.filling import FormKind
from dialogs.turn.answer import Answer, Answering, Finding
from dialogs.turn.audience import Audience
from dialogs.turn.button import Button
from dialogs.turn.orders import Order
from dialogs.turn.table import Tabling
from dialogs.turn.visit import Pressed, Stores, Visit
from dialogs.understanding.orders.rules import Rule
from dialogs.undoable import WayBack
from portfolio.questions.question import Target
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Kind, Reminder

# The second argument is the order's own type; a test holds the two together.
OrderHandler = Callable[[Visit, Any], Awaitable[Answer]]
Showing = Callable[[Stores, Audience, Any], Awaitable[Finding]]
Words = Callable[[Sequence[Reminder], Audience], str]


@dataclass(frozen=True, slots=True)
class Row:
    """A reminder in a message, in plain text. `title_action` is what its title leads to; `buttons` stand under it."""

    title: str
    details: tuple[str, ...]
    buttons: tuple[Element, ...] = ()
    title_action: Element | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Reminders that stand under one title in a message.

    `title` is the key of a text with {count}. `heading` stands over a message of this section alone; `joint_heading` is
    the key of the plural over a message of several sections that have the same one. `why` says why the reader gets it.
    `show_all` leads to those for which there is no room.
    """

    title: str
    heading: Words
    joint_heading: str
    row: Callable[[Reminder, Audience], Row]
    why: Words
    show_all: Callable[[Audience], Element] | None


@dataclass(frozen=True, slots=True)
class Look:
    """The look of a kind of reminder, wherever it is told. All fields are required, so that no place is forgotten.

    `name` is the key of what the kind is called where it is switched on and off; `fixed_because` is that of why it
    can't be switched off, and None where it can. `brief` stands in a preview. `explained` is the key of what it is
    called to an operator, with {what}. `sections` are those of a message, in order; `section` gives a reminder's own.
    """

    name: str
    fixed_because: str | None
    brief: Words
    explained: str
    sections: tuple[Section, ...]
    section: Callable[[Reminder, Audience], Section]


@dataclass(frozen=True, slots=True)
class ObligationLook:
    """The look of something owed by a date among the other deadlines. `heading` is the key of a plural with {title} and
    {by}; `explained` is that of what it is called to an operator, with {title} and {project}."""

    heading: str
    row: Callable[[Reminder, Audience], Row]
    why: Words
    explained: str


@dataclass(frozen=True, slots=True)
class Feature:
    """`name` is that of its folder, its texts and its phrases. `answers` are the functions that answer a question with
    that target, `tables` those that list its whole answer, `orders` those that do as they are told, `shows` those that
    only show something, to scripts and strangers too, `rules` how all of these are told, `presses` the functions that
    buttons lead to, `forms` the kinds of forms by the name that drafts keep. `reminders` and `obligations` say how its
    reminders are told. `undoing` are the ways to take back what it stores, by the kind that it is remembered as."""

    name: str
    answers: Mapping[Target, Answering] = field(default_factory=dict)
    tables: Mapping[Target, Tabling] = field(default_factory=dict)
    orders: Mapping[type[Order], OrderHandler] = field(default_factory=dict)
    shows: Mapping[type[Order], Showing] = field(default_factory=dict)
    rules: Sequence[Rule] = ()
    presses: Mapping[type[Button], Pressed] = field(default_factory=dict)
    forms: Mapping[str, FormKind] = field(default_factory=dict)
    reminders: Mapping[Kind, Look] = field(default_factory=dict)
    obligations: Mapping[Origin, ObligationLook] = field(default_factory=dict)
    undoing: Mapping[str, WayBack] = field(default_factory=dict)
