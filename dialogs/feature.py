"""A feature as data: what people ask, order and press, the forms that it has, and how its reminders are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

from dialogs.forms.filling import FormKind
from dialogs.turn.answer import Answer
from dialogs.turn.asking import Answering
from dialogs.turn.readings import Command, Commanded
from dialogs.turn.visit import Pressed, Visit
from portfolio.questions.question import Target

Ordered = Callable[[Visit, Commanded], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Feature:
    """`name` is that of its folder, its texts and its phrases. `answers` are the functions that answer a question with
    that target, `orders` those that do as they are told, `presses` those that a button's verb leads to, `forms` the
    kinds of forms by the name that drafts keep."""

    name: str
    answers: Mapping[Target, Answering] = field(default_factory=dict)
    orders: Mapping[Command, Ordered] = field(default_factory=dict)
    presses: Mapping[str, Pressed] = field(default_factory=dict)
    forms: Mapping[str, FormKind] = field(default_factory=dict)
