"""A form in the chat: one question at a time, and the summary to say yes to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import Element, card, fact_set, first_fitting, line, section, small, stacked
from dialogs.forms.buttons import cancel_form, form_on_card, step
from dialogs.forms.card_inputs import LONGEST_LABEL, value_words, yes_and_no
from dialogs.forms.card_parts import as_text, fault_line, fault_words, named_fault_words, notice_lines
from dialogs.forms.fields import Fault, Field, FieldKind, Form, Option, is_required, is_shown, value_of, whole
from dialogs.forms.said.words import StepWord, go_to
from dialogs.forms.steps import asked_field, has_more, walk
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, paragraphs, plain, sentence
from portfolio.drafts import FormDraft

LONGEST_TITLE, LONGEST_HELP, LONGEST_NOW, LONGEST_FACT = 300, 400, 600, 20
# For "(som før)" behind what was cut.
ROOM_AS_BEFORE = 40
# A summary's values are cut shorter until the card has room for all of them.
_CUTS = (1500, 600, 250, 100, 40)
MOST_TO_MEND = 5
# What a choice holds that says nothing.
NOT_CHOSEN = "none"


@dataclass(frozen=True, slots=True)
class FormAsked:
    """A form's next question in the chat."""

    form: Form
    draft: FormDraft
    fault: Fault | None = None
    notice: str | None = None

    def reply(self, audience: Audience) -> Reply:
        """The field that the draft asks; the summary where it asks none."""
        form, draft, fault, notice = self.form, self.draft, self.fault, self.notice
        field = asked_field(draft, form)
        if field is None:
            return FormSummed(form, draft, (fault,) if fault else (), notice).reply(audience)
        say = audience.texts.say
        label, place = one_line(field.label, LONGEST_LABEL), _place(form, draft, field, audience)
        above = " · ".join(part for part in (place, one_line(form.title, LONGEST_TITLE)) if part)
        value = value_of(field, draft.answers)
        now = say("form.now", value=one_line(value_words(field, value, audience), LONGEST_NOW)) if value else None
        options = _options(field, fault, audience)
        how = field.help or (None if options else say(f"form.how_{field.kind_name}"))
        problem = fault_words(fault, audience) if fault else None
        may_skip = bool(value) or not is_required(field, form, draft.answers)
        body: list[Element] = [small(plain(above, LONGEST_TITLE)), *notice_lines(notice)]
        body += [fault_line(problem)] if problem else []
        body += [small(plain(how, LONGEST_HELP))] if how else []
        body += [line(plain(now, LONGEST_NOW))] if now else []
        body += stacked(
            [*(step(option.label, draft, option.value) for option in options), *_ways_out(field, form, draft, audience)]
        )
        actions = [step(say("form.keep" if value else "form.skip"), draft, StepWord.SKIP)] if may_skip else []
        actions += [step(say("form.back"), draft, StepWord.BACK), form_on_card(say("form.card"), draft)]
        text = as_text(
            notice,
            problem,
            f"{sentence(label)} ({above})",
            how,
            now,
            [f"{number}. {one_line(option.label, 120)}" for number, option in enumerate(options, start=1)],
            say("form.ways" if may_skip else "form.ways_required"),
        )
        return ForOne(card(plain(label, LONGEST_LABEL), body, audience.texts, text, actions), text)

    def document(self, _audience: Audience) -> Document:
        return self.form.document("command")


@dataclass(frozen=True, slots=True)
class FormSummed:
    """A form with all that it says, waiting for the yes."""

    form: Form
    draft: FormDraft
    faults: tuple[Fault, ...] = ()
    notice: str | None = None

    def reply(self, audience: Audience) -> Reply:
        """Show all that the form says, for a yes; what is wrong comes first, with a button to each."""
        return first_fitting(_summary(self, audience, cut) for cut in _CUTS)

    def document(self, _audience: Audience) -> Document:
        return self.form.document("command" if self.faults else "confirm")


def _summary(answer: FormSummed, audience: Audience, cut: int) -> Reply:
    form, draft, faults, notice = answer.form, answer.draft, answer.faults, answer.notice
    say = audience.texts.say
    wrong = [field for field in form.fields if field.name in {fault.field for fault in faults}]
    problems = [named_fault_words(fault, form, audience) for fault in faults]
    entries = [(field, value_of(field, draft.answers)) for field in _fields_listed(form, draft)]
    body: list[Element] = [*notice_lines(notice), *(fault_line(problem) for problem in problems)]
    cautions = form.beware(whole(form, draft.answers)) if not wrong else ()
    body += [line(plain(caution), weight="Bolder") for caution in cautions]
    if not wrong:
        body.append(line(say("form.is_it_right")))
    facts = [
        (plain(field.label), plain(_words(field, value, audience, cut), cut + ROOM_AS_BEFORE))
        for field, value in entries
        if not _is_roomy(field, value)
    ]
    body += [fact_set(facts)] if facts else []
    for field, value in entries:
        if _is_roomy(field, value):
            words = paragraphs(_words(field, value, audience, cut), cut + ROOM_AS_BEFORE)
            body += [section(plain(field.label, LONGEST_LABEL)), line(words, spacing="None")]
    rest = _rest(form, draft, audience)
    body += (small(plain(words, 300)) for words in rest)
    mending = [
        step(say("form.mend", label=one_line(field.label, 80)), draft, go_to(field.name))
        for field in wrong[:MOST_TO_MEND]
    ]
    more = [step(say("form.more"), draft, StepWord.MORE)] if has_more(form, draft) else []
    ways_out = [step(say("form.back"), draft, StepWord.BACK), cancel_form(say("form.cancel"), draft)]
    body += stacked([*mending, *more, *ways_out])
    lines = [
        f"{one_line(field.label, LONGEST_LABEL)}: {one_line(_words(field, value, audience, cut), cut + ROOM_AS_BEFORE)}"
        for field, value in entries
    ]
    ways = [] if wrong else [say("form.is_it_right")]
    how = say("form.mend_first") if wrong else say("form.confirm", submit=form.submit)
    text = as_text(
        sentence(one_line(form.title, LONGEST_TITLE)), notice, problems, list(cautions), ways, lines, rest, how
    )
    actions = [] if wrong else [step(form.submit, draft, StepWord.YES)]
    if cautions:
        yes = say("question.yes", what=f"{form.submit[:1].lower()}{form.submit[1:]}")
        actions = [cancel_form(say("question.no"), draft), step(yes, draft, StepWord.YES)]
    actions.append(form_on_card(say("form.change"), draft))
    return ForOne(card(plain(form.title, LONGEST_TITLE), body, audience.texts, text, actions), text)


def _words(field: Field, value: str, audience: Audience, cut: int) -> str:
    """ "60 % (som før)"."""
    words = value_words(field, value, audience)
    words = words if len(words) <= cut else f"{words[: cut - 1].rstrip()}…"
    return audience.texts.say("form.as_before", value=words) if value and value == field.before else words


def _fields_listed(form: Form, draft: FormDraft) -> list[Field]:
    """Return the shown fields that are always asked or were changed; extra ones that hold what they held are left
    out."""
    shown = (field for field in form.fields if is_shown(field, form, draft.answers))
    return [field for field in shown if _is_listed(field, form, draft)]


def _is_listed(field: Field, form: Form, draft: FormDraft) -> bool:
    is_changed = value_of(field, draft.answers) != field.default
    return not field.is_extra or is_changed or is_required(field, form, draft.answers)


def _rest(form: Form, draft: FormDraft, audience: Audience) -> list[str]:
    """Say that there is more, and that it is as before; with what was chosen: a red light is not to go along unseen."""
    listed = _fields_listed(form, draft)
    shown = (field for field in form.fields if is_shown(field, form, draft.answers))
    kept = [field for field in shown if value_of(field, draft.answers) and field not in listed]
    if not kept:
        return []
    chosen = [
        field for field in kept if field.kind is FieldKind.CHOICE and value_of(field, draft.answers) != NOT_CHOSEN
    ]
    if not chosen:
        return [audience.texts.say("form.rest")]
    values = (value_words(field, value_of(field, draft.answers), audience) for field in chosen)
    named = [f"{one_line(field.label, 40)} {value}" for field, value in zip(chosen, values, strict=True)]
    return [audience.texts.say("form.rest_with", chosen=" · ".join(named))]


def _is_roomy(field: Field, value: str) -> bool:
    """Say whether the field needs its own lines: a text, or a name too long to stand beside a value."""
    return len(field.label) > LONGEST_FACT or (field.kind is FieldKind.TEXT and bool(value))


def _options(field: Field, fault: Fault | None, audience: Audience) -> Sequence[Option]:
    """Return what can be pressed instead of writing: of people, those that the words may mean."""
    if field.kind is FieldKind.YES_NO:
        return yes_and_no(audience)
    people = fault.values.get("people", ()) if fault and field.kind is FieldKind.PERSON else ()
    if isinstance(people, tuple):
        named = [Option(one, f"{audience.person(one)} ({audience.names.address(one)})") for one in map(str, people)]
        return named or field.options
    return field.options


def _ways_out(field: Field, form: Form, draft: FormDraft, audience: Audience) -> list[Element]:
    say, answers = audience.texts.say, draft.answers
    may_clear = value_of(field, answers) and not is_required(field, form, answers)
    clear = [step(say("form.clear"), draft, StepWord.CLEAR)] if may_clear else []
    return [*clear, cancel_form(say("form.cancel"), draft)]


def _place(form: Form, draft: FormDraft, field: Field, audience: Audience) -> str:
    """ "3 af 6"; nothing for a field that was asked out of turn."""
    names = [asked.name for asked in walk(form, draft)]
    if draft.then is not None or field.name not in names:
        return ""
    return audience.texts.say("form.place", number=names.index(field.name) + 1, total=len(names))
