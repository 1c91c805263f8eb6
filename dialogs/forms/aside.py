"""An answer given in the middle of a form, with the way back to the form below it."""

from __future__ import annotations

from dataclasses import replace

from dialogs.cards.buttons import go_on
from dialogs.cards.elements import container, line, stacked
from dialogs.desk.outcomes import Aside
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain

LONGEST_TITLE = 200


def with_way_back(reply: Reply, answer: Aside, audience: Audience) -> Reply:
    say = audience.texts.say
    said = say("form_notice.aside", title=one_line(answer.title, LONGEST_TITLE))
    text = f"{reply.text}\n{said}"
    if reply.card is None:
        return replace(reply, text=text)
    back = stacked([go_on(say("form_notice.go_on"), answer.draft.id)])
    below = container([line(plain(said)), *back], separator=True, spacing="Medium")
    return replace(reply, card={**reply.card, "body": [*reply.card["body"], below]}, text=text)
