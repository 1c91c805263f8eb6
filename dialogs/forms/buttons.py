"""A form's buttons, with the verbs that they send."""

from __future__ import annotations

from typing import Any

from dialogs.cards.elements import Element, button
from portfolio.drafts import FormDraft

SUBMIT, SAVE, STEP, ON_CARD, DISCARD = "form_submit", "form_save", "form_step", "form_card", "form_discard"


def form_button(title: str, verb: str, draft: FormDraft) -> Element:
    """Sends what is filled in on the card."""
    return button(title, verb, _of(draft), with_inputs=True)


def step(title: str, draft: FormDraft, value: str) -> Element:
    """An answer, or a word of the steps, instead of writing it."""
    return button(title, STEP, {**_of(draft), "value": str(value)})


def form_on_card(title: str, draft: FormDraft) -> Element:
    return button(title, ON_CARD, _of(draft))


def cancel_form(title: str, draft: FormDraft) -> Element:
    return button(title, DISCARD, _of(draft))


def _of(draft: FormDraft) -> dict[str, Any]:
    return {"draft": draft.id, "version": draft.version}
