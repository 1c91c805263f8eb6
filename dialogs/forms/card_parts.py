"""Parts that all cards of a form have: what is wrong, and the notice above."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.cards.elements import Element, container, line
from dialogs.forms.card_inputs import LONGEST_LABEL
from dialogs.forms.fields import Fault, Form
from dialogs.turn.audience import Audience
from dialogs.values.plain import one_line, plain

LONGEST_NOTICE, LONGEST_FAULT = 600, 700


def fault_words(fault: Fault, audience: Audience) -> str:
    return audience.texts.say("form.wrong", fault=_said(fault, audience))


def named_fault_words(fault: Fault, form: Form, audience: Audience) -> str:
    """Say what is wrong, and with which field where that is on the form."""
    field = form.field(fault.field)
    if field is None:
        return fault_words(fault, audience)
    label = one_line(field.label, LONGEST_LABEL)
    return audience.texts.say("form.wrong_at", label=label, fault=_said(fault, audience))


def _said(fault: Fault, audience: Audience) -> str:
    return one_line(audience.texts.say(f"form_fault.{fault.key}", **fault.values), LONGEST_FAULT)


def fault_line(words: str) -> Element:
    return line(plain(words, LONGEST_FAULT + LONGEST_LABEL), color="Attention", weight="Bolder", spacing="Small")


def notice_lines(notice: str | None) -> list[Element]:
    return [container([line(plain(notice, LONGEST_NOTICE))], style="emphasis")] if notice else []


def as_text(*parts: str | Sequence[str] | None) -> str:
    """The lines of a reply's text."""
    lines = [line for part in parts if part for line in ([part] if isinstance(part, str) else part)]
    return "\n".join(lines)
