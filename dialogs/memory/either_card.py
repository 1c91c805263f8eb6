"""A question back: of those that were found before, or of all?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.cards.buttons import show
from dialogs.cards.elements import Element, choice_reply
from dialogs.forms.questions import ALSO
from dialogs.texts import LANGUAGES, Texts
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.readings import EitherWay
from dialogs.turn.reply import ForAll, Reply
from portfolio.questions.question import Question


@dataclass(frozen=True, slots=True)
class Either:
    either: EitherWay

    def reply(self, audience: Audience) -> Reply:
        texts, found = audience.texts, self.either.found
        heading = texts.count("memory.either", found) if found else texts.say("memory.either_open")
        reply = choice_reply(ForAll, heading, texts.say("clarify.choose"), self._buttons(audience), texts)
        return replace(reply, is_unclear=True)

    def choices(self, audience: Audience) -> list[Element]:
        """The buttons, with other words that mean them."""
        these, every = self._buttons(audience)
        known = [Texts.of(language) for language in LANGUAGES]
        return [
            {**these, ALSO: " ".join(texts.say("memory.these_also") for texts in known)},
            {**every, ALSO: " ".join(texts.say("memory.all_also") for texts in known)},
        ]

    def _buttons(self, audience: Audience) -> list[Element]:
        return [show(title, question) for title, question in self._named(audience)]

    def document(self, audience: Audience) -> Document:
        return Document(
            "clarify",
            clarify=[
                {"field": None, "value": title, "understood": printed(question, audience.names)}
                for title, question in self._named(audience)
            ],
        )

    def _named(self, audience: Audience) -> tuple[tuple[str, Question], ...]:
        texts, found = audience.texts, self.either.found
        these = texts.count("memory.these", found) if found else texts.say("memory.these_open")
        return (these, self.either.these), (texts.say("memory.all"), self.either.alone)
