"""Keeps the language that somebody wants to be spoken to in."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.help.orders import Speak
from dialogs.remark import Remark
from dialogs.texts import Texts
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Visit
from dialogs.values.calendar_words import Language


@dataclass(frozen=True, slots=True)
class Spoken:
    """The word that it will be so, in that language."""

    language: Language

    def reply(self, audience: Audience) -> Reply:
        return Remark("speaks").reply(replace(audience, texts=Texts.of(self.language)))


async def speak(visit: Visit, order: Speak) -> Answer:
    await visit.stores.people.set_language(visit.person.email, order.language, visit.now)
    return Spoken(order.language)
