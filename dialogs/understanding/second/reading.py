"""Reads what nobody else understood with a language model's help."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from dialogs.turn.audience import Audience
from dialogs.turn.payload import MalformedQuestion
from dialogs.turn.readings import Asked, Reading, SpeechAct, Unclear
from dialogs.understanding.following.said import Said
from dialogs.understanding.language.act import act_of
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.language.parsing import sentence_of
from dialogs.understanding.language.speech import plain_language
from dialogs.understanding.second.answering import Taken
from dialogs.understanding.second.asking import Enquiry, enquiry
from dialogs.understanding.second.masking import holds_personal_number, masked
from dialogs.values.letters import without_framing

# Nobody asks in more, and one word is no question.
FEWEST_WORDS, MOST_WORDS = 2, 40
# What points at an answer before it is nothing to somebody who doesn't know that.
_POINTS = ("narrow", "widen", "them", "person", "persons", "more")

ReadAgain = Callable[[Reading, str, Lexicon, Audience], Awaitable[Reading]]


class LanguageModel(Protocol):
    async def answer(self, enquiry: Enquiry) -> object:
        """Return what the model says, decoded; None where it says nothing in time. Raises nothing."""
        ...


async def unread(reading: Reading, _text: str, _lexicon: Lexicon, _audience: Audience) -> Reading:
    """Leave it at the first reading, where no model is set up."""
    return reading


@dataclass(frozen=True, slots=True)
class SecondReader:
    model: LanguageModel
    may_see_names: bool = False

    async def read_again(self, reading: Reading, text: str, lexicon: Lexicon, audience: Audience) -> Reading:
        """Return the question that the model takes an unclear message for; the reading itself where it takes it for
        none, or isn't to be asked. Never an order: whatever it says, a question is all that comes of it."""
        written = without_framing(text)
        if not isinstance(reading, Unclear) or not _may_be_asked(reading, written, lexicon, audience):
            return reading
        sent = masked(written, lexicon, may_see_names=self.may_see_names)
        answer = await self.model.answer(enquiry(sent.text, audience.today))
        try:
            question = Taken(sent, lexicon, audience.today, reading.grasped).question(answer)
        except MalformedQuestion:
            return reading
        return Asked(question, by_model=True)


def _may_be_asked(unclear: Unclear, text: str, lexicon: Lexicon, audience: Audience) -> bool:
    """Say whether the message may be a question that stands alone, and may be sent. What was understood well enough to
    say that it isn't held is no riddle, and a stranger who is mentioned is none of the model's business."""
    said = Said.of(text, plain_language(text, lexicon))
    is_alone = not said.has(*_POINTS) and said.place is None
    is_known = unclear.because is None and not any(one.is_stranger for one in audience.mentioned)
    may_be_sent = FEWEST_WORDS <= len(said.words) <= MOST_WORDS and not holds_personal_number(text)
    return is_alone and is_known and may_be_sent and _asks(text, lexicon, audience.today)


def _asks(text: str, lexicon: Lexicon, today: date) -> bool:
    """Say whether it asks by its form, wants to see something ("giv mig …") or begins with what it is about."""
    sentence = sentence_of(text, lexicon, today)
    if sentence is None:
        return False
    return act_of(sentence) is SpeechAct.ASKED or sentence.has("opening") or sentence.tags[0].has("target")
