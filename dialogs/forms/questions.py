"""A question that waits for its answer: by its buttons, with a yes or no, or with a word for one of its choices."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from dialogs.cards.buttons import ask
from dialogs.cards.elements import Element, button, card_reply, line
from dialogs.forms.buttons import LetBe
from dialogs.forms.fields import Option
from dialogs.forms.said.options import placed
from dialogs.forms.said.words import StepWord, answers_title, corrected, group, spoken, word_of
from dialogs.pressing import Buttons
from dialogs.remark import Remark
from dialogs.turn.answer import Answer, Choosable, Document
from dialogs.turn.audience import Audience
from dialogs.turn.button import Button
from dialogs.turn.orders import TakeBack
from dialogs.turn.readings import Asked, Reading, Unclear
from dialogs.turn.reply import ForAll, ForOne, Reply
from dialogs.turn.visit import Visit
from dialogs.undoable import Undo
from dialogs.values.plain import one_line, plain
from portfolio.drafts import SUMMARY, FormDraft
from portfolio.questions.catalogue import PROJECTS

Chosen = tuple[str, dict[str, Any]]

# The kind of the draft that remembers what the yes does.
QUESTION = "question"
# What it is about where it asks which of several sentences is meant.
CHOICE = ""
_SHORTEST_PART = 3
# A yes that is written later than this is to something else.
TIME_TO_ANSWER = timedelta(minutes=10)
# Under this a choice keeps other words that mean it.
ALSO = "also"
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
    await _wait(visit, CHOICE, _choices([ask(sentence) for sentence in question.tries], lead))
    return question


async def asked_to_choose(visit: Visit | None, answer: Answer) -> Answer:
    """Remembers the buttons that the answer offers to choose from, if any, so that a number or a word of one of them
    presses it."""
    if visit and isinstance(answer, Choosable) and (choices := answer.choices(visit.audience)):
        await _wait(visit, CHOICE, _choices(choices))
    return answer


def _choices(buttons: Sequence[Element], lead: str = "") -> dict[str, str]:
    kept = [{name: button[name] for name in ("title", "verb", "data", ALSO) if name in button} for button in buttons]
    return {"choices": json.dumps(kept), "lead": lead}


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


async def end_waiting(visit: Visit, draft: FormDraft | None) -> None:
    """Ends what waits, since something else was said or pressed: a later "ja" or "nej" is to nothing, and a form that
    waits for the yes shows again what it would be to."""
    if draft and draft.kind == QUESTION:
        await visit.stores.drafts.finish(draft.id, "")
    elif draft and draft.asking == SUMMARY and not draft.is_interrupted:
        await visit.stores.drafts.interrupt(draft)


async def end_waiting_at(visit: Visit, button: Button) -> None:
    """Ends what waits there, unless the button is its own."""
    draft = await visit.stores.drafts.asking(visit.person.id, visit.heard_in)
    if draft and getattr(button, "draft", None) != draft.id:
        await end_waiting(visit, draft)


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question that waits for its answer, in the conversation where the person is."""

    draft: FormDraft

    def chosen(self, text: str, reading: Reading, now: datetime) -> Chosen | None:
        """Return the verb and data of the one choice that the message says: by its place, by a part of its title, as
        its project; a yes where there is but one."""
        if not self._takes_choices(text, now):
            return None
        choices = json.loads(self.draft.answers["choices"])
        fit = _placed(choices, text) or _named(choices, text) or _of_project(choices, reading)
        return (fit[0]["verb"], fit[0]["data"]) if len(fit) == 1 else None

    def completed(self, text: str, now: datetime) -> str | None:
        """Return the sentence that the message completes."""
        lead = self.draft.answers.get("lead")
        return f"{lead} {text}" if lead and self._takes_choices(text, now) else None

    def _takes_choices(self, text: str, now: datetime) -> bool:
        is_late = now - self.draft.touched_at > TIME_TO_ANSWER
        return self.draft.subject == CHOICE and not is_late and word_of(text, at_summary=True) not in _NO

    async def answer(self, visit: Visit, text: str, reading: Reading, buttons: Buttons) -> Answer | None:
        """Does as its button does at a yes. A message that is no answer ends the question: a later yes is to something
        else."""
        word = word_of(text, at_summary=True)
        if word is StepWord.YES and self._takes_choices(text, visit.now):
            return Remark("choose_one")
        await visit.stores.drafts.finish(self.draft.id, "")
        if visit.now - self.draft.touched_at > TIME_TO_ANSWER:
            return None
        is_plain = isinstance(reading, TakeBack) and reading.is_plain
        if self.draft.subject == CHOICE:
            return Remark("let_be") if word in _NO or is_plain else None
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


def _placed(choices: Sequence[Any], text: str) -> list[Any]:
    """ "2", "nr 2", "den sidste" """
    options = [Option(str(at), choice["title"]) for at, choice in enumerate(choices)]
    return [choices[int(option.value)] for option in placed(options, text)]


def _named(choices: Sequence[Any], text: str) -> list[Any]:
    """ "i Project Board", "løn" of "Udbud af lønsystem" """
    said = set(spoken(text)) - group("question", "filler")
    if word_of(text, at_summary=True) is StepWord.YES:
        return list(choices)
    whole = [choice for choice in choices if said and said <= _words_of(choice)]
    return whole or [choice for choice in choices if said and all(_is_part(word, choice) for word in said)]


def _is_part(word: str, choice: Any) -> bool:
    """Say whether the word is one of the choice's, or begins or ends one that is put together."""
    if len(word) < _SHORTEST_PART:
        return word in _words_of(choice)
    return any(one.startswith(word) or one.endswith(word) for one in _words_of(choice))


def _words_of(choice: Any) -> set[str]:
    return {*spoken(choice["title"]), *spoken(choice.get(ALSO, ""))}


def _of_project(choices: Sequence[Any], reading: Reading) -> list[Any]:
    """The choice of the project that is named in other words than its title's."""
    named = reading.question.values(PROJECTS) if isinstance(reading, Asked) else ()
    return [choice for choice in choices if len(named) == 1 and choice["data"].get("project") == named[0]]
