"""A question back: of those that were found before, or of all?"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.cards.buttons import show
from dialogs.cards.elements import choice_reply
from dialogs.turn.answer import Document
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.readings import EitherWay
from dialogs.turn.reply import ForAll, Reply


@dataclass(frozen=True, slots=True)
class Either:
    either: EitherWay

    def reply(self, audience: Audience) -> Reply:
        texts, found = audience.texts, self.either.found
        heading = texts.count("memory.either", found) if found else texts.say("memory.either_open")
        choices = ((self.these(audience), self.either.these), (texts.say("memory.all"), self.either.alone))
        buttons = [show(title, question) for title, question in choices]
        return replace(choice_reply(ForAll, heading, texts.say("clarify.choose"), buttons, texts), is_unclear=True)

    def these(self, audience: Audience) -> str:
        found = self.either.found
        return audience.texts.count("memory.these", found) if found else audience.texts.say("memory.these_open")

    def document(self, audience: Audience) -> Document:
        choices = ((self.these(audience), self.either.these), (audience.texts.say("memory.all"), self.either.alone))
        return Document(
            "clarify",
            clarify=[
                {"field": None, "value": title, "understood": printed(question, audience.names)}
                for title, question in choices
            ],
        )
