"""An answer given in the middle of a form, with the way back to the form below it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.cards.buttons import go_on
from dialogs.cards.elements import container, line, stacked
from dialogs.turn.answer import Answer
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain
from portfolio.drafts import FormDraft

LONGEST_TITLE = 200


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
        if reply.card is None:
            return replace(reply, text=text)
        back = stacked([go_on(say("form_notice.go_on"), self.draft.id)])
        below = container([line(plain(notice)), *back], separator=True, spacing="Medium")
        return replace(reply, card={**reply.card, "body": [*reply.card["body"], below]}, text=text)
