"""Meetings by date."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.cards.buttons import PAGE_SIZE, export, page_buttons, show
from dialogs.cards.elements import Element, card_reply, container, line, small, strong
from dialogs.questions.understood_card import understood
from dialogs.turn.answer import Asking, Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import meeting_hours
from dialogs.wording.values import listed, period_words
from portfolio.questions import catalogue
from portfolio.questions.answers import MeetingPage
from portfolio.questions.question import Question


@dataclass(frozen=True, slots=True)
class Meetings:
    question: Question
    page: MeetingPage
    offset: int = 0

    def reply(self, audience: Audience) -> Reply:
        heading = _heading(self, audience)
        body, lines = understood(self.question, audience)
        for meeting in self.page.meetings:
            when = meeting_hours(meeting, audience)
            what = [part for part in (meeting.body, meeting.place, meeting.topic) if part]
            lines.append(f"- {when}: {' · '.join(one_line(part, 200) for part in what)}")
            details = small(" · ".join(plain(part, 200) for part in what))
            body.append(container([strong(plain(when)), details], separator=True, spacing="Small"))
        if not self.page.total:
            lines.append(audience.texts.say("meetings.none_help"))
            body.append(line(audience.texts.say("meetings.none_help")))
        body += export(self.question, self.page.total, audience)
        return card_reply(ForAll, heading, lines, body, audience.texts, _actions(self, audience))

    def shown(self) -> Shown:
        return Shown(tuple(("bodies", one.body) for one in self.page.meetings), self.page.total, self.offset)

    def document(self, audience: Audience) -> Document:
        kind, total = self.question.target.value, self.page.total
        return Document(kind, printed(self.question, audience.names), total=total, meetings=self.question)


def _heading(answer: Meetings, audience: Audience) -> str:
    texts, question = audience.texts, answer.question
    names = listed([one_line(str(body), 80) for body in question.values(catalogue.BODIES)], audience, "heading.or")
    bodies = texts.say("meetings.bodies", names=names) if names else ""
    if len(answer.page.meetings) == answer.page.total == 1:
        return texts.say("meetings.single", bodies=bodies, when=meeting_hours(answer.page.meetings[0], audience))
    periods = question.periods
    if not periods:
        if not answer.page.total:
            return texts.say("meetings.none_upcoming", bodies=bodies)
        return texts.count("meetings.upcoming", answer.page.total, bodies=bodies)
    period = listed([period_words(period.first, period.last, audience) for period in periods], audience)
    if not answer.page.total:
        return texts.say("meetings.none_during", bodies=bodies, period=period)
    return texts.count("meetings.during", answer.page.total, bodies=bodies, period=period)


def _actions(answer: Meetings, audience: Audience) -> list[Element]:
    question, page = answer.question, answer.page
    actions = page_buttons(question, answer.offset, len(page.meetings), page.total, audience)
    if not page.total and (periods := question.periods):
        upcoming = question.having_not(*periods)
        actions.append(show(audience.texts.say("meetings.show_upcoming"), upcoming))
    return actions


async def answer_meetings(asking: Asking) -> Meetings:
    page = await asking.reader.meetings(asking.question, asking.audience.now, offset=asking.offset, size=PAGE_SIZE)
    return Meetings(asking.question, page, asking.offset)
