"""A form on one card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.cards.elements import (
    LARGEST,
    LONGEST_SPEECH,
    Element,
    card,
    folding,
    line,
    size_of,
    small,
    stacked,
    strong,
)
from dialogs.forms.buttons import Save, Submit, TakeStep, cancel_form, form_button
from dialogs.forms.card_inputs import LONGEST_LABEL, bare_label, input_of, label_words, value_words
from dialogs.forms.card_parts import as_text, fault_line, fault_words, named_fault_words, notice_lines
from dialogs.forms.checking import lacking
from dialogs.forms.fields import Fault, Field, FieldKind, Form, is_required, is_shown, value_of
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain, sentence
from portfolio.drafts import FormDraft

LONGEST_TITLE, LONGEST_LINE, LONGEST_VALUE, LONGEST_HELD_BACK = 300, 400, 1500, 200


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form on one card. `typed` is what was written in the fields with `faults`; `notice` is said above."""

    form: Form
    draft: FormDraft
    faults: tuple[Fault, ...] = ()
    typed: Mapping[str, str] | None = None
    notice: str | None = None

    def reply(self, audience: Audience) -> Reply:
        form, draft, notice = self.form, self.draft, self.notice
        wrong = {fault.field: fault for fault in self.faults}
        elsewhere = [fault for fault in self.faults if form.field(fault.field) is None]
        above = [*notice_lines(notice), *_summed_faults(form, wrong, elsewhere, audience)]
        spoken = as_text(
            sentence(one_line(form.title, LONGEST_TITLE)),
            notice,
            [named_fault_words(fault, form, audience) for fault in self.faults],
            [one_line(words, LONGEST_LINE) for words in form.intro],
        )
        text = as_text(spoken, list(_in_text(form, draft, audience)), audience.texts.say("form.in_steps"))
        waiting = _by_size(form, draft, wrong)
        slim: frozenset[str] = frozenset()
        while True:
            reply = _drawn(_Filling(form, draft, wrong, self.typed or {}, audience, spoken, slim), above, text)
            if size_of(reply.card) <= LARGEST or not waiting:
                return reply
            slim |= {waiting.pop().name}

    def document(self, _audience: Audience) -> Document:
        return self.form.document("command")


@dataclass(frozen=True, slots=True)
class _Filling:
    """A form as it is filled in so far. `slim` are the fields that are drawn with less, so that all find room;
    `spoken` is said before them."""

    form: Form
    draft: FormDraft
    faults: Mapping[str, Fault]
    typed: Mapping[str, str]
    audience: Audience
    spoken: str
    slim: frozenset[str]


def _drawn(filling: _Filling, above: list[Element], text: str) -> Reply:
    form, draft, say = filling.form, filling.draft, filling.audience.texts.say
    body = [*above, *(small(plain(words, LONGEST_LINE)) for words in form.intro)]
    for field in form.fields:
        if not field.is_extra:
            body += _field(field, filling)
    extras = [field for field in form.fields if field.is_extra]
    if extras:
        inputs = [part for field in extras for part in _field(field, filling)]
        missing = lacking(form, draft.answers)
        is_open = any(field.name in filling.faults or field in missing for field in extras)
        body += folding("more", say("form.more"), inputs, title=say("form.more"), is_open=is_open)
    body += stacked([form_button(say("form.steps"), TakeStep, draft), cancel_form(say("form.discard"), draft)])
    actions = [form_button(form.submit, Submit, draft), form_button(say("form.save"), Save, draft)]
    built = card(plain(form.title, LONGEST_TITLE), body, filling.audience.texts, text, actions)
    return ForOne({**built, "speak": one_line(filling.spoken, LONGEST_SPEECH)}, text)


def _summed_faults(
    form: Form, wrong: Mapping[str, Fault], elsewhere: list[Fault], audience: Audience
) -> Iterator[Element]:
    """Tell where to look for what is wrong; what belongs to no field is said here."""
    for fault in elsewhere:
        yield fault_line(fault_words(fault, audience))
    named = [bare_label(field) for field in form.fields if field.name in wrong]
    if named:
        yield fault_line(audience.texts.count("form.faults", len(named), labels=", ".join(named)))


def _field(field: Field, filling: _Filling) -> Iterator[Element]:
    """The input, what is wrong with it, and how to fill it in."""
    audience, is_slim = filling.audience, field.name in filling.slim
    typed, fault = filling.typed.get(field.name), filling.faults.get(field.name)
    if is_slim and _is_long(field, filling.draft):
        yield from _held_back(field, filling)
    else:
        yield input_of(field, filling.draft.answers, audience, typed=typed, is_slim=is_slim)
    if fault:
        yield line(plain(fault_words(fault, audience), 800), color="Attention", weight="Bolder", spacing="None")
    if field.help and not is_slim:
        yield small(plain(field.help, LONGEST_LINE))


def _held_back(field: Field, filling: _Filling) -> Iterator[Element]:
    """A long text that the card has no room for: it stays as it is, and can be changed in the chat."""
    yield strong(plain(label_words(field, filling.audience), LONGEST_LABEL))
    yield line(plain(value_of(field, filling.draft.answers), LONGEST_HELD_BACK), spacing="None")
    yield small(filling.audience.texts.say("form.held_back"))


def _by_size(form: Form, draft: FormDraft, wrong: Mapping[str, Fault]) -> list[Field]:
    """Sort the fields by how long they keep all they have: those with faults first, then those with help, long texts,
    and lists of people, which are the first to be drawn with less."""

    def merit(field: Field) -> tuple[bool, bool, bool, int]:
        length = len(value_of(field, draft.answers)) if _is_long(field, draft) else 0
        return field.name not in wrong, field.kind is FieldKind.PERSON, length > 0, length

    return sorted(form.fields, key=merit)


def _is_long(field: Field, draft: FormDraft) -> bool:
    return field.kind is FieldKind.TEXT and len(value_of(field, draft.answers)) > LONGEST_HELD_BACK


def _in_text(form: Form, draft: FormDraft, audience: Audience) -> Iterator[str]:
    """The fields with what they hold: a card can't be filled in where only text is shown, the steps can."""
    for field in form.fields:
        if is_shown(field, form, draft.answers):
            value, label = value_of(field, draft.answers), one_line(field.label, LONGEST_LABEL)
            is_missing = not value and is_required(field, form, draft.answers)
            words = audience.texts.say("form.missing") if is_missing else value_words(field, value, audience)
            helping = f" ({one_line(field.help, LONGEST_LINE)})" if field.help else ""
            yield f"{label}: {one_line(words, LONGEST_VALUE)}{helping}"
