"""A question before something is done: answered by its buttons, or with a yes or no in words."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from dialogs.cards.elements import Element, button, card_reply, line
from dialogs.forms.buttons import LetBe
from dialogs.forms.said.words import StepWord, answers_title, corrected, group, spoken, word_of
from dialogs.pressing import Buttons
from dialogs.remark import Remark
from dialogs.turn.answer import Answer, Document
from dialogs.turn.audience import Audience
from dialogs.turn.button import Button
from dialogs.turn.orders import TakeBack
from dialogs.turn.readings import Reading, Unclear
from dialogs.turn.reply import ForAll, ForOne, Reply
from dialogs.turn.visit import Visit
from dialogs.undoable import Undo
from dialogs.values.plain import one_line, plain
from portfolio.drafts import SUMMARY, FormDraft

# The kind of the draft that remembers what the yes does.
QUESTION = "question"
# What it is about where it asks which of several sentences is meant.
CHOICE = ""
# A yes that is written later than this is to something else.
TIME_TO_ANSWER = timedelta(minutes=10)
_NO = frozenset({StepWord.CHANGE, StepWord.CANCEL, StepWord.BACK})


def no_button(audience: Audience) -> Element:
    """The safe answer, which stands first."""
    return button(audience.texts.say("question.no"), LetBe())


@dataclass(frozen=True, slots=True)
class AskedFirst:
    """A question before something is done."""

    answer: Answer

    def reply(self, audience: Audience) -> Reply:
        return self.answer.reply(audience)

    def document(self, _audience: Audience) -> Document:
        return Document("confirm", total=0)


async def asked_first(visit: Visit, question: Answer, yes: Element) -> Answer:
    """Remembers that the question is asked, so that "ja" presses its button `yes`."""
    await _wait(visit, yes["verb"], {"data": json.dumps(yes["data"]), "title": yes["title"]})
    return AskedFirst(question)


@dataclass(frozen=True, slots=True)
class Confirming:
    """A question whether to go on with what reaches others, with what comes of it: `key` is in the texts' section
    `confirm`, with a heading, a text and the title of the button `yes`. In a group all may read it who read along."""

    key: str
    values: Mapping[str, object]
    yes: Button
    is_for_all: bool = False

    def reply(self, audience: Audience) -> Reply:
        say, values = audience.texts.say, {name: one_line(str(value), 120) for name, value in self.values.items()}
        heading, text = say(f"confirm.{self.key}.heading", **values), say(f"confirm.{self.key}.text", **values)
        actions = [no_button(audience), self.confirmed(audience)]
        kind = ForAll if self.is_for_all else ForOne
        return card_reply(kind, heading, [text], [line(plain(text, 600))], audience.texts, actions)

    def confirmed(self, audience: Audience) -> Element:
        return button(audience.texts.say(f"confirm.{self.key}.yes"), self.yes)


async def confirm(visit: Visit, question: Confirming) -> Answer:
    """Asks before it is done, so that "ja" does it."""
    return await asked_first(visit, question, question.confirmed(visit.audience))


async def asked_which(visit: Visit, question: Remark, lead: str = "") -> Remark:
    """Remembers the sentences that the question offers, so that a word of one of them says it. What else is said may
    complete the sentence that begins with `lead`."""
    await _wait(visit, CHOICE, {"choices": json.dumps(question.tries), "lead": lead})
    return question


async def _wait(visit: Visit, subject: str, answers: Mapping[str, str]) -> None:
    new = FormDraft(
        id=secrets.token_urlsafe(12),
        kind=QUESTION,
        person=visit.person.id,
        conversation=visit.conversation,
        subject=subject,
        touched_at=visit.now,
        answers=answers,
        asking=SUMMARY,
    )
    begun = await visit.stores.drafts.begin(new)
    if begun.id != new.id:
        await visit.stores.drafts.save(replace(begun, answers=new.answers, asking=SUMMARY), visit.now)


async def let_be(_visit: Visit, _button: LetBe) -> Answer:
    """The no."""
    return Remark("let_be")


async def end_question(visit: Visit) -> None:
    """Ends the question that waits there, since its button or another was pressed: a later "nej" is to nothing."""
    draft = await visit.stores.drafts.asking(visit.person.id, visit.heard_in)
    if draft and draft.kind == QUESTION:
        await visit.stores.drafts.finish(draft.id, "")


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question that waits for its answer, in the conversation where the person is."""

    draft: FormDraft

    def meant(self, text: str, now: datetime) -> tuple[str, ...]:
        """Return the sentences that the message may stand for: the one it is a part of, and the one it completes."""
        said, word = set(spoken(text)) - group("question", "filler"), word_of(text, at_summary=True)
        if self.draft.subject != CHOICE or word in _NO or now - self.draft.touched_at > TIME_TO_ANSWER:
            return ()
        choices, lead = json.loads(self.draft.answers["choices"]), self.draft.answers["lead"]
        chosen = [choice for choice in choices if word is StepWord.YES or (said and said <= set(spoken(choice)))]
        return (*(chosen if len(chosen) == 1 else ()), *([f"{lead} {text}"] if lead else ()))

    async def answer(self, visit: Visit, text: str, reading: Reading, buttons: Buttons) -> Answer | None:
        """Does as its button does at a yes. A message that is no answer ends the question: a later yes is to something
        else."""
        await visit.stores.drafts.finish(self.draft.id, "")
        word = word_of(text, at_summary=True)
        if visit.now - self.draft.touched_at > TIME_TO_ANSWER:
            return None
        if self.draft.subject == CHOICE:
            return Remark("let_be") if word in _NO else None
        if word is StepWord.YES or answers_title(text, self.draft.answers["title"]):
            return await buttons.press(visit, self.draft.subject, json.loads(self.draft.answers["data"]))
        if isinstance(reading, TakeBack) and self.draft.subject == Undo.verb:
            return None  # it is what was asked
        is_taken_back = isinstance(reading, TakeBack) and (reading.is_plain or reading.is_doubted)
        is_denied = is_taken_back or (isinstance(reading, Unclear) and corrected(text)[1])
        return Remark("let_be") if is_denied or word in _NO else None

    def beside(self, answer: Answer) -> Answer:
        """Let an answer to something else, said in between, stand alone."""
        return answer
