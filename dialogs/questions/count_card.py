"""A number of projects, and their colours."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.cards.buttons import show
from dialogs.cards.elements import card_reply, together
from dialogs.questions.headings import projects_heading
from dialogs.questions.list_card import colours
from dialogs.questions.understood_card import understood
from dialogs.turn.answer import Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from portfolio.questions.answers import ProjectPage
from portfolio.questions.question import Question, Target


@dataclass(frozen=True, slots=True)
class Count:
    question: Question
    page: ProjectPage

    def reply(self, audience: Audience) -> Reply:
        heading = projects_heading(self.question, self.page.total, audience)
        body, lines = together(understood(self.question, audience), colours(self.page.colours, audience))
        listing = show(audience.texts.say("count.show"), replace(self.question, target=Target.PROJECTS))
        return card_reply(ForAll, heading, lines, body, audience.texts, [listing])

    def shown(self) -> Shown:
        return Shown(total=self.page.total)

    def document(self, audience: Audience) -> Document:
        return Document(
            self.question.target.value,
            printed(self.question, audience.names),
            hits=self.question,
            value=self.page.total,
        )
