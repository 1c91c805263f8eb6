"""Meetings by date."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dialogs.cards.buttons import show
from dialogs.cards.elements import Element, card, container, line, small, strong
from dialogs.cards.paging import PAGE_SIZE
from dialogs.questions.understood_card import understood, understood_text
from dialogs.turn.answer import Asking, Document
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.values import listed, near_day_words, period_words, time_words
from portfolio.bodies import Meeting
from portfolio.questions.answers import MeetingPage
from portfolio.questions.question import Question


@dataclass(frozen=True, slots=True)
class Meetings:
    question: Question
    page: MeetingPage
    offset: int = 0

    def reply(self, audience: Audience) -> Reply:
        heading = _heading(self, audience)
        lines = [sentence(heading), *understood_text(self.question, audience)]
        body: list[Element] = [*understood(self.question, audience)]
        for meeting in self.page.meetings:
            when, what = _time_words(meeting, audience), _details(meeting)
            lines.append(f"- {when}: {' · '.join(one_line(part, 200) for part in what)}")
            details = small(" · ".join(plain(part, 200) for part in what))
            body.append(container([strong(plain(when)), details], separator=True, spacing="Small"))
        if not self.page.total:
            lines.append(audience.texts.say("meetings.none_help"))
            body.append(line(audience.texts.say("meetings.none_help")))
        text = "\n".join(lines)
        return Reply(card(plain(heading), body, audience.texts, text, _actions(self, audience)), text)

    def document(self) -> Document:
        kind, total = self.question.target.value, self.page.total
        return Document(kind, printed(self.question), total=total, meetings=self.question)


def _heading(answer: Meetings, audience: Audience) -> str:
    texts, question = audience.texts, answer.question
    names = listed([one_line(body, 80) for body in question.bodies], audience, "heading.or")
    bodies = texts.say("meetings.bodies", names=names) if names else ""
    if len(answer.page.meetings) == answer.page.total == 1:
        return texts.say("meetings.single", bodies=bodies, when=_time_words(answer.page.meetings[0], audience))
    if not question.periods:
        if not answer.page.total:
            return texts.say("meetings.none_upcoming", bodies=bodies)
        return texts.count("meetings.upcoming", answer.page.total, bodies=bodies)
    period = listed([period_words(period, audience) for period in question.periods], audience)
    if not answer.page.total:
        return texts.say("meetings.none_during", bodies=bodies, period=period)
    return texts.count("meetings.during", answer.page.total, bodies=bodies, period=period)


def _time_words(meeting: Meeting, audience: Audience) -> str:
    """Say when the meeting is, in the asker's zone: "tirsdag den 16. juni kl. 9-11"."""
    start = meeting.start.astimezone(audience.now.tzinfo)
    day, begins = near_day_words(start.date(), audience), time_words(start, audience)
    if meeting.end is None:
        return audience.texts.say("meetings.at", date=day, start=begins)
    ends = time_words(meeting.end.astimezone(audience.now.tzinfo), audience)
    return audience.texts.say("meetings.at_between", date=day, start=begins, end=ends)


def _details(meeting: Meeting) -> list[str]:
    return [part for part in (meeting.body, meeting.place, meeting.topic) if part]


def _actions(answer: Meetings, audience: Audience) -> list[Element]:
    actions: list[Element] = []
    shown = answer.offset + len(answer.page.meetings)
    if left := max(0, answer.page.total - shown):
        actions.append(show(audience.texts.say("list.more", count=left), answer.question, shown))
    if answer.offset:
        previous = max(0, answer.offset - PAGE_SIZE)
        actions.append(show(audience.texts.say("list.previous"), answer.question, previous))
    if not answer.page.total and answer.question.periods:
        upcoming = replace(answer.question, periods=())
        actions.append(show(audience.texts.say("meetings.show_upcoming"), upcoming))
    return actions


async def answer_meetings(asking: Asking) -> Meetings:
    page = await asking.reader.meetings(asking.question, asking.audience.now, offset=asking.offset, size=PAGE_SIZE)
    return Meetings(asking.question, page, asking.offset)
