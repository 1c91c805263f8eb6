"""The mark on an answer to what a language model helped to understand."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.cards.elements import small, spoken
from dialogs.turn.answer import Document, Finding
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import plain


@dataclass(frozen=True, slots=True)
class ByModel:
    """An answer that says below its heading, before how the question was understood, that a model took it so."""

    answer: Finding

    def reply(self, audience: Audience) -> Reply:
        reply, mark = self.answer.reply(audience), audience.texts.say("by_model.mark")
        heading, *rest = reply.text.split("\n")
        text = "\n".join([heading, mark, *rest])
        if reply.card is None:
            return replace(reply, text=text)
        title, *below = reply.card["body"]
        card = {**reply.card, **spoken(text), "body": [title, small(plain(mark)), *below]}
        return replace(reply, card=card, text=text)

    def document(self, audience: Audience) -> Document:
        document = self.answer.document(audience)
        return replace(document, understood={**document.understood, "by_model": True})
