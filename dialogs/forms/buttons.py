"""A form's buttons, with the verbs that they send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from dialogs.cards.elements import Element, button
from dialogs.forms.said.reading import PREFIX
from dialogs.turn.button import Button, DraftId, FilledIn, Number, Text
from portfolio.drafts import FormDraft


@dataclass(frozen=True, slots=True)
class OfForm(Button):
    """A button of a form as it was at that version."""

    draft: DraftId
    version: Number | None = None


@dataclass(frozen=True, slots=True)
class WithFields(FilledIn):
    """The same, which sends what is filled in on the card."""

    takes: ClassVar[re.Pattern[str]] = re.compile(rf"{re.escape(PREFIX)}.+")
    draft: DraftId
    version: Number | None = None


@dataclass(frozen=True, slots=True)
class Submit(WithFields):
    verb: ClassVar[str] = "form_submit"


@dataclass(frozen=True, slots=True)
class Save(WithFields):
    verb: ClassVar[str] = "form_save"


@dataclass(frozen=True, slots=True)
class TakeStep(WithFields):
    """An answer, or a word of the steps, instead of writing it; without a value, begin to ask step by step."""

    verb: ClassVar[str] = "form_step"
    value: Text | None = None


@dataclass(frozen=True, slots=True)
class PutOnCard(OfForm):
    verb: ClassVar[str] = "form_card"


@dataclass(frozen=True, slots=True)
class Discard(OfForm):
    verb: ClassVar[str] = "form_discard"


@dataclass(frozen=True, slots=True)
class LetBe(Button):
    """Say no to what is asked."""

    verb: ClassVar[str] = "let_be"


def form_button(title: str, kind: type[WithFields], draft: FormDraft) -> Element:
    """Sends what is filled in on the card."""
    return button(title, kind(draft.id, draft.version), with_inputs=True)


def step(title: str, draft: FormDraft, value: str) -> Element:
    """An answer, or a word of the steps, instead of writing it."""
    return button(title, TakeStep(draft.id, draft.version, value=str(value)))


def form_on_card(title: str, draft: FormDraft) -> Element:
    return button(title, PutOnCard(draft.id, draft.version))


def cancel_form(title: str, draft: FormDraft) -> Element:
    return button(title, Discard(draft.id, draft.version))
