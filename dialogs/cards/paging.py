"""Lists that are shown a page at a time."""

from __future__ import annotations

from dialogs.cards.buttons import show
from dialogs.cards.elements import Element
from dialogs.turn.audience import Audience
from portfolio.questions.question import Question

# Hits on one page of a list.
PAGE_SIZE = 10


def page_buttons(question: Question, offset: int, shown: int, total: int, audience: Audience) -> list[Element]:
    """Buttons for the next page and the one before; `shown` hits stand on this page, which begins at `offset`."""
    buttons: list[Element] = []
    left = total - offset - shown
    if left > 0:
        buttons.append(show(audience.texts.say("list.more", count=left), question, offset + shown))
    if offset:
        buttons.append(show(audience.texts.say("list.previous"), question, max(0, offset - PAGE_SIZE)))
    return buttons
