"""A message while a form may be asking: an answer to it, or something else in between."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from dialogs.cards.buttons import GoOn, go_on
from dialogs.cards.elements import container, line, stacked
from dialogs.cards.files import is_file
from dialogs.forms.buttons import Discard, PutOnCard, TakeStep
from dialogs.forms.card import FormShown
from dialogs.forms.chat_cards import FormAsked, FormSummed
from dialogs.forms.filling import Forms, OpenForm, asks_for_text
from dialogs.forms.opening import Way, resumed, shown
from dialogs.forms.questions import QUESTION, WaitingQuestion
from dialogs.forms.said.words import StepWord, corrected, word_of
from dialogs.forms.steps import with_time_corrected
from dialogs.remark import Remark
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.orders import SMALL_TALK, Order, ProjectOrder, TakeBack
from dialogs.turn.readings import Asked, Clarify, HelpWanted, Reading, Unclear, Wondered
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Visit
from dialogs.values.plain import one_line, plain
from portfolio.drafts import SUMMARY, FormDraft

LONGEST_TITLE = 200
# A yes to a summary that was shown earlier than this shows it again.
TIME_TO_CONFIRM = timedelta(hours=1)
# What is corrected later than this is corrected in so many words.
TIME_TO_CORRECT = timedelta(minutes=10)
# So that a comment such as "røde projekter i naboområdet" is a comment, and "hvilke projekter er røde" a question.
_ASKS = re.compile(
    r"(?:(?:og|og så|men|and|but) )?(?:hvad|hvem|hvilke[nt]?|hvor\w*|vis|what|which|who|how|when|show)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Aside:
    """An answer in the middle of a form, with the way back to it. `title` is the form's."""

    answer: Answer
    title: str
    draft: FormDraft

    def reply(self, audience: Audience) -> Reply:
        reply, say = self.answer.reply(audience), audience.texts.say
        notice = say("form_notice.aside", title=one_line(self.title, LONGEST_TITLE))
        text = f"{reply.text}\n{notice}"
        if reply.card is None or is_file(reply.card):
            return replace(reply, text=text)
        back = stacked([go_on(say("form_notice.go_on"), self.draft.id)])
        below = container([line(plain(notice)), *back], separator=True, spacing="Medium")
        return replace(reply, card={**reply.card, "body": [*reply.card["body"], below]}, text=text)


@dataclass(frozen=True, slots=True)
class WaitingForm:
    """A form that asks, in the conversation where the person is."""

    draft: FormDraft
    opened: OpenForm

    def beside(self, answer: Answer) -> Answer:
        """The way back to the form below an answer to something else. Another form, or the same form opened again, is
        where the conversation goes on."""
        if isinstance(answer, FormShown | FormAsked | FormSummed):
            return answer
        return Aside(answer, self.opened.form.title, self.draft)


Waiting = WaitingForm | WaitingQuestion


def asks(text: str) -> bool:
    """Say whether the message begins as a question does."""
    return _ASKS.match(text.strip()) is not None


async def waiting_form(visit: Visit, forms: Forms) -> Waiting | None:
    draft = await visit.stores.drafts.asking(visit.person.id, visit.heard_in)
    if draft is None or draft.is_expired(visit.now):
        return None
    if draft.kind == QUESTION:
        return WaitingQuestion(draft)
    return WaitingForm(draft, await forms.open(visit, draft))


async def answer_to_form(
    visit: Visit, forms: Forms, waiting: Waiting | None, text: str, reading: Reading
) -> Answer | None:
    """Takes in the message where it is for the form or question that waits, or about a form on a card; None where it
    isn't."""
    if isinstance(waiting, WaitingQuestion):
        if answer := await waiting.answer(visit, text, reading, forms.buttons):
            return answer
        waiting = None
    is_of_form = waiting is not None and word_of(text, at_summary=False) is not None
    if isinstance(reading, TakeBack) and reading.is_plain and not is_of_form:
        return await _take_back(visit, forms, waiting)
    if waiting is None:
        return (
            await _about_card(visit, forms, text, reading)
            or await _corrected_on_card(visit, forms, text)
            or await _about_nothing(visit, forms, text, reading)
        )
    draft, opened = waiting.draft, waiting.opened
    if _is_something_else(text, reading, is_free=asks_for_text(opened.form, draft)):
        return None
    if _is_late(visit, draft, text):
        return await shown(visit, opened.form, draft, Way.SUMMARY, notice=resumed(visit, draft))
    return await forms.hear(visit, opened, draft, text, must_be=not _says_something(reading))


def _is_late(visit: Visit, draft: FormDraft, text: str) -> bool:
    """Say whether it may be a yes to something else that was said since the form was summed up, or a correction of
    that: "nej gul"."""
    is_late = draft.is_interrupted or visit.now - draft.touched_at > TIME_TO_CONFIRM
    is_yes = word_of(text, at_summary=True) is StepWord.YES
    rest, is_correction = corrected(text)
    return is_late and draft.asking == SUMMARY and (is_yes or (is_correction and bool(rest)))


async def _take_back(visit: Visit, forms: Forms, waiting: WaitingForm | None) -> Answer | None:
    """Discard the form that the person began since they last had something stored; None where there is none."""
    draft = await _last_begun(visit, waiting)
    return await forms.pressed(visit, Discard, draft) if draft else None


async def _last_begun(visit: Visit, waiting: WaitingForm | None = None) -> FormDraft | None:
    """Return the form that the person began since they last had something stored."""
    drafts = [waiting.draft] if waiting else await _open_drafts_near(visit)
    done = await visit.stores.deeds.recent(visit.person.id) if drafts else []
    return drafts[0] if drafts and (not done or drafts[0].touched_at > done[0].at) else None


async def _about_card(visit: Visit, forms: Forms, text: str, reading: Reading) -> Answer | None:
    """Do as a word about the form on a card says; None where it is no such word, or there is no form."""
    word = word_of(text, at_summary=False)
    if word is None:
        return None
    open_drafts = await _open_drafts_near(visit)
    if kind := _ON_CARD.get(word):
        if not open_drafts:
            return None if isinstance(reading, TakeBack) else Remark("nothing_begun")
        return await forms.pressed(visit, kind, open_drafts[0])
    return None if open_drafts or word not in _ONLY_OF_FORMS else Remark("nothing_begun")


async def _corrected_on_card(visit: Visit, forms: Forms, text: str) -> Answer | None:
    """Put the day that the person meant into the form that they were shown last; None where they meant none of it."""
    if not corrected(text)[1]:
        return None
    draft = await _last_begun(visit)
    if draft is None or visit.now - draft.touched_at > TIME_TO_CORRECT:
        return None
    form = (await forms.open(visit, draft)).form
    meant = with_time_corrected(draft, form, text, visit.audience)
    return await shown(visit, form, meant, Way.SUMMARY) if meant else None


async def _about_nothing(visit: Visit, forms: Forms, text: str, reading: Reading) -> Answer | None:
    """A yes or no where nothing was asked: to the form on the card, if there is one, else to nothing."""
    if not isinstance(reading, Unclear) or word_of(text, at_summary=True) not in {StepWord.YES, StepWord.CHANGE}:
        return None
    here = await _open_drafts(visit, visit.conversation)
    if not here:
        return Remark("nothing_begun")
    form = (await forms.open(visit, here[0])).form
    notice = visit.audience.texts.say("form_notice.on_card", submit=form.submit)
    return await shown(visit, form, here[0], Way.CARD, notice=notice)


async def _open_drafts_near(visit: Visit) -> list[FormDraft]:
    """Return the person's unfinished forms there; in their own chat, wherever they were begun."""
    return await _open_drafts(visit, visit.heard_in)


async def _open_drafts(visit: Visit, conversation: str | None) -> list[FormDraft]:
    """Return the person's unfinished forms there; in all conversations without one."""
    unfinished = await visit.stores.drafts.unfinished(visit.person.id, conversation)
    return [draft for draft in unfinished if draft.kind != QUESTION and not draft.is_expired(visit.now)]


_ON_CARD: Mapping[StepWord, type[GoOn | TakeStep | PutOnCard | Discard]] = {
    StepWord.STEPS: TakeStep,
    StepWord.GO_ON: GoOn,
    StepWord.CARD: PutOnCard,
    StepWord.CANCEL: Discard,
}
_ONLY_OF_FORMS = frozenset({StepWord.SKIP})


def _is_something_else(text: str, reading: Reading, *, is_free: bool) -> bool:
    """Say whether it is clear before the form is asked: a command with what it is about, or a question in
    the form of one where any words could be the answer."""
    match reading:
        case ProjectOrder():
            return reading.is_specific
        case HelpWanted():
            return True
        case Asked() | Wondered() | Clarify():
            return is_free and (text.rstrip().endswith("?") or asks(text))
        case _:
            return False


def _says_something(reading: Reading) -> bool:
    is_doubted = isinstance(reading, TakeBack) and reading.is_doubted
    return (
        isinstance(reading, Asked | Wondered | Clarify | HelpWanted | Order)
        and not isinstance(reading, SMALL_TALK)
        and not is_doubted
    )
