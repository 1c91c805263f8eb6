"""A form asked field by field: what a message or a button does to it. Pure: nothing is stored here."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace

from dialogs.forms.checking import Unread, fault_in, fault_of, faults, lacking
from dialogs.forms.fields import Fault, Field, FieldKind, Form, is_required, is_shown, value_of
from dialogs.forms.said.options import is_exactly
from dialogs.forms.said.reading import read
from dialogs.forms.said.words import StepWord, agrees, corrected, field_gone_to, named_field, word_of
from dialogs.turn.audience import Audience
from portfolio.drafts import SUMMARY, FormDraft


@dataclass(frozen=True, slots=True)
class Asked:
    """The draft asks another field now, or the summary."""

    draft: FormDraft


@dataclass(frozen=True, slots=True)
class Repeated:
    """The answer could not be taken; the same is asked again, with what is wrong."""

    fault: Fault


class Cancelled:
    pass


@dataclass(frozen=True, slots=True)
class OnCard:
    draft: FormDraft


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Yes to the summary, and nothing is wrong with it."""

    draft: FormDraft


@dataclass(frozen=True, slots=True)
class Unheard:
    """The message can't be an answer; `fault` is what to say where it was meant as one."""

    fault: Fault


Step = Asked | Repeated | Cancelled | OnCard | Confirmed | Unheard


def begin(draft: FormDraft, form: Form) -> FormDraft:
    """Asks the first field."""
    fresh = replace(draft, then=None, asks_extras=False)
    asked = walk(form, fresh)
    return replace(fresh, asking=asked[0].name if asked else SUMMARY)


def walk(form: Form, draft: FormDraft) -> list[Field]:
    """The fields that are asked, in order: those that are not extra; then the extra ones, all where that was asked for,
    else those that must be filled in."""
    shown = [field for field in form.fields if is_shown(field, form, draft.answers)]
    extras = [field for field in shown if field.is_extra]
    asked = [field for field in extras if draft.asks_extras or is_required(field, form, draft.answers)]
    return [*(field for field in shown if not field.is_extra), *asked]


def asked_field(draft: FormDraft, form: Form) -> Field | None:
    """Return the field that is asked; None at the summary, on a card, and where the form has another shape since."""
    field = form.field(draft.asking or "")
    return field if field is not None and is_shown(field, form, draft.answers) else None


def has_more(form: Form, draft: FormDraft) -> bool:
    """Say whether there are extra fields that are asked only when asked for, and weren't."""
    extras = (field for field in form.fields if field.is_extra and is_shown(field, form, draft.answers))
    return not draft.asks_extras and any(extras)


def hear(draft: FormDraft, form: Form, text: str, audience: Audience) -> Step:
    """A written message. An option that is called like a word for the form is an option."""
    field, at_summary = asked_field(draft, form), draft.asking == SUMMARY
    word = word_of(text, at_summary=at_summary)
    if field and agrees(text) and field.kind is not FieldKind.YES_NO and value_of(field, draft.answers):
        word = StepWord.SKIP  # "ja" to what it holds
    if word is not None and not (field and is_exactly(field, text)):
        return _on_word(word, draft, form, audience)
    if at_summary:
        named = _on_named(draft, form, text, audience) or _on_corrected(draft, form, text, audience)
        return named or Unheard(Fault(SUMMARY, "summary", {}))
    if field is None:
        return Asked(begin(draft, form))
    return _read(draft, form, field, text, audience)


def _read(draft: FormDraft, form: Form, field: Field, text: str, audience: Audience) -> Step:
    if field.kind is FieldKind.TEXT and (named := named_field(text, form, draft.answers)):
        other, rest, is_told_to = named
        if is_told_to and not rest:  # any other words may be the answer
            return Asked(_at(draft, other.name))
        if is_told_to and other.kind is not FieldKind.TEXT and (step := _on_named(draft, form, text, audience)):
            return step
    try:
        return _answered(draft, form, field, read(field, text, audience), audience)
    except Unread as unread:
        if step := _on_named(draft, form, text, audience):
            return step
        return Repeated(unread.fault) if unread.is_near else Unheard(unread.fault)


def press(draft: FormDraft, form: Form, value: str, audience: Audience) -> Step:
    """A button: a word of `StepWord`, a way to a field, or one of the field's values as it is stored."""
    if value in set(StepWord):
        return _on_word(StepWord(value), draft, form, audience)
    if (name := field_gone_to(value)) is not None:
        field = form.field(name)
        is_there = field is not None and is_shown(field, form, draft.answers)
        return Asked(_at(draft, name)) if is_there else Repeated(_unnamed(draft))
    field = asked_field(draft, form)
    if field is None:
        return _without_field(draft, form)
    if field.kind is FieldKind.TEXT:
        return Repeated(Fault(field.name, "required_text", {}))
    return _answered(draft, form, field, value, audience)


def _without_field(draft: FormDraft, form: Form) -> Step:
    """Ask the summary again, or the form from its beginning."""
    return Repeated(Fault(SUMMARY, "summary", {})) if draft.asking == SUMMARY else Asked(begin(draft, form))


def _on_word(word: StepWord, draft: FormDraft, form: Form, audience: Audience) -> Step:
    match word:
        case StepWord.CANCEL:
            return Cancelled()
        case StepWord.CARD:
            return OnCard(replace(draft, asking=None, then=None))
        case StepWord.BACK:
            return _back(draft, form)
        case StepWord.SKIP:
            return _skipped(draft, form, audience)
        case StepWord.CLEAR:
            return _cleared(draft, form, audience)
        case StepWord.MORE:
            return _with_more(draft, form)
        case StepWord.STEPS | StepWord.GO_ON:
            return Asked(draft)
        case StepWord.CHANGE:
            return Repeated(_unnamed(draft))
        case StepWord.YES:
            wrong = faults(form, draft.answers, audience)
            return Repeated(wrong[0]) if wrong else Confirmed(draft)


def _on_named(draft: FormDraft, form: Form, text: str, audience: Audience) -> Step | None:
    """ "ret fremdrift" goes there, "fremdrift 70" answers it at once. None where no field is named."""
    mention = named_field(text, form, draft.answers)
    if mention is None:
        return None
    field, rest, _ = mention
    at_field = _at(draft, field.name)
    if not rest:
        return Asked(at_field)
    try:
        return _answered(at_field, form, field, read(field, rest, audience), audience)
    except Unread as unread:
        return Repeated(unread.fault) if unread.is_near else None


def _on_corrected(draft: FormDraft, form: Form, text: str, audience: Audience) -> Step | None:
    """ "nej, den er grøn" and "nej, på tirsdag" name no field, but say what can only be the first choice's, or the only
    day's or time's. None for what corrects nothing."""
    correction, is_denied = corrected(text)
    if step := _at_only_time(draft, form, correction, audience):
        return step
    choices = [field for field in walk(form, draft) if field.kind is FieldKind.CHOICE]
    if choices and correction:
        first = choices[0]
        try:
            return _answered(_at(draft, first.name), form, first, read(first, correction, audience), audience)
        except Unread:
            pass
        if is_denied and (step := _on_named(draft, form, correction, audience)):
            return step
    return Repeated(_unnamed(draft)) if is_denied else None


def with_time_corrected(draft: FormDraft, form: Form, text: str, audience: Audience) -> FormDraft | None:
    """ "nej, jeg mente 15. november", of a form on its card; None where it says no such thing."""
    correction, is_denied = corrected(text)
    step = _at_only_time(draft, form, correction, audience) if is_denied else None
    return step.draft if isinstance(step, Asked) else None


def _at_only_time(draft: FormDraft, form: Form, text: str, audience: Audience) -> Step | None:
    """Answer the day or the time that it can only be; None where it is none, or may be several."""
    found: list[tuple[Field, str]] = []
    for field in walk(form, draft):
        if text and field.kind in (FieldKind.DATE, FieldKind.TIME):
            with suppress(Unread):
                found.append((field, read(field, text, audience)))
    if len(found) != 1:
        return None
    field, value = found[0]
    return _answered(_at(draft, field.name), form, field, value, audience)


def _answered(draft: FormDraft, form: Form, field: Field, value: str, audience: Audience) -> Step:
    fault = fault_of(field, value, audience, is_needed=is_required(field, form, draft.answers))
    if fault is not None:
        return Repeated(fault)
    return Asked(_onward(replace(draft, answers={**draft.answers, field.name: value}), form, field))


def _skipped(draft: FormDraft, form: Form, audience: Audience) -> Step:
    """The field keeps what it holds, if that will do."""
    field = asked_field(draft, form)
    if field is None:
        return _without_field(draft, form)
    fault = fault_in(field, form, draft.answers, audience)
    return Repeated(fault) if fault else Asked(_onward(draft, form, field))


def _cleared(draft: FormDraft, form: Form, audience: Audience) -> Step:
    field = asked_field(draft, form)
    if field is None:
        return Repeated(_unnamed(draft))
    return _answered(draft, form, field, "", audience)


def _with_more(draft: FormDraft, form: Form) -> Step:
    """Go from the summary to the first extra field; in the middle there will be more to come."""
    opened = replace(draft, asks_extras=True)
    extras = [field for field in walk(form, opened) if field.is_extra]
    if not extras:
        return Repeated(Fault(draft.asking or SUMMARY, "no_more", {}))
    return Asked(replace(opened, asking=extras[0].name) if draft.asking == SUMMARY else opened)


def _back(draft: FormDraft, form: Form) -> Step:
    """Go to the field before, or out of a field that was asked out of turn."""
    if draft.then is not None:
        return Asked(replace(draft, asking=draft.then, then=None))
    current = asked_field(draft, form)
    before = [field for field in walk(form, draft) if current is None or _order(form, field) < _order(form, current)]
    if not before:
        return Repeated(Fault(draft.asking or SUMMARY, "first", {}))
    return Asked(replace(draft, asking=before[-1].name))


def _at(draft: FormDraft, name: str) -> FormDraft:
    """Ask the field out of turn: after that the form goes on where it was."""
    if draft.asking == name or draft.asking is None:
        return replace(draft, asking=name)
    return replace(draft, asking=name, then=draft.then or draft.asking)


def _onward(draft: FormDraft, form: Form, after: Field) -> FormDraft:
    if draft.then is not None:
        return _returned(replace(draft, then=None), form, draft.then)
    later = [field for field in walk(form, draft) if _order(form, field) > _order(form, after)]
    return replace(draft, asking=later[0].name) if later else _summed(draft, form)


def _returned(draft: FormDraft, form: Form, name: str) -> FormDraft:
    """Goes back to the field, or the summary, where it was before another was asked out of turn."""
    field = form.field(name)
    if name == SUMMARY or field is None:
        return _summed(draft, form)
    return replace(draft, asking=name) if is_shown(field, form, draft.answers) else _onward(draft, form, field)


def _summed(draft: FormDraft, form: Form) -> FormDraft:
    """The summary, once what must be filled in is."""
    missing = lacking(form, draft.answers)
    at_summary = replace(draft, asking=SUMMARY)
    return _at(at_summary, missing[0].name) if missing else at_summary


def _order(form: Form, field: Field) -> tuple[bool, int]:
    return field.is_extra, form.fields.index(field)


def _unnamed(draft: FormDraft) -> Fault:
    return Fault(draft.asking or SUMMARY, "what_to_change", {})
