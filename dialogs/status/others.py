"""What somebody says of the status of a project that others report on: it is shown, and who reports is said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.cards.elements import container, line
from dialogs.questions.answering import answer_project
from dialogs.turn.answer import Answer, Asking
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.turn.visit import Visit
from dialogs.values.plain import one_line, plain
from dialogs.wording.values import listed
from portfolio.identity import PersonId
from portfolio.questions.question import about_project
from portfolio.rights import may_report, reporters

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Theirs:
    """The project's card, and below it who reports on it, beside the portfolio office."""

    card: Answer
    may: tuple[PersonId, ...]

    def reply(self, audience: Audience) -> Reply:
        reply, say = self.card.reply(audience), audience.texts.say
        people = [one_line(audience.person(one), LONGEST_NAME) for one in self.may if audience.names.person(one)]
        words = say("turn.may", people=listed([*people, say("turn.office")], audience, "heading.or"))
        notice = f"{say('status_statement.not_reported')} {words}"
        text = f"{reply.text}\n{notice}"
        if reply.card is None:
            return replace(reply, text=text)
        below = container([line(plain(notice))], separator=True, spacing="Medium")
        return replace(reply, card={**reply.card, "body": [*reply.card["body"], below]}, text=text)


async def theirs_of(visit: Visit, number: str) -> Theirs | None:
    """None where the person reports on the project, or it is gone."""
    reportable = await visit.stores.reporting.reportable(number)
    if reportable is None:
        return None
    project = reportable.detail.project
    if may_report(visit.person, project, reportable.deputies, visit.today):
        return None
    card = await answer_project(Asking(about_project(number), visit.stores.reader, visit.audience))
    return Theirs(card, reporters(project, reportable.deputies, visit.today))
