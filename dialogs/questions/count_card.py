"""How many projects, and how they stand."""

from __future__ import annotations

from dataclasses import replace

from dialogs.answers import Count
from dialogs.cards.buttons import show
from dialogs.cards.elements import card
from dialogs.questions.headings import projects_heading
from dialogs.questions.list_card import colours, colours_text
from dialogs.questions.understood_card import understood, understood_text
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import plain, sentence
from portfolio.questions.question import Target


def count(answer: Count, audience: Audience) -> Reply:
    heading = projects_heading(answer.question, answer.page.total, audience)
    lines = [
        sentence(heading),
        *understood_text(answer.question, audience),
        *colours_text(answer.page.colours, audience),
    ]
    text = "\n".join(lines)
    body = [*understood(answer.question, audience), *colours(answer.page.colours, audience)]
    listing = show(audience.texts.say("count.show"), replace(answer.question, target=Target.PROJECTS))
    return Reply(card(plain(heading), body, audience.texts, text, [listing]), text)
