"""A meeting that was moved, cancelled, or is held after all, as whoever did it sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.cards.elements import Element, card_reply, line, small
from dialogs.forms.questions import no_button
from dialogs.meetings.buttons import cancel_meeting, move_meeting, restore_meeting
from dialogs.meetings.news import News, news_words
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.days import meeting_day, meeting_time
from portfolio.bodies import Meeting

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """`meeting` as it is now; it began at `before`."""

    meeting: Meeting
    before: datetime
    news: News

    def reply(self, audience: Audience) -> Reply:
        say, meeting = audience.texts.say, self.meeting
        was = say("meeting.was", when=meeting_time(Meeting(meeting.body, self.before), audience))
        back = move_meeting(say("meeting.move_back"), meeting, self.before)
        return _change_card("moved", meeting, [was, news_words(self.news, audience)], [back], audience)


@dataclass(frozen=True, slots=True)
class CancellingAsked:
    """A question whether to cancel the meeting; nothing is cancelled before the yes."""

    meeting: Meeting
    news: News

    def reply(self, audience: Audience) -> Reply:
        say, meeting = audience.texts.say, self.meeting
        instead = move_meeting(say("meeting.move_instead"), meeting)
        closes = [say("meeting.round_closes")] if self.news.has_round else []
        sentences = [news_words(self.news, audience), *closes, say("meeting.nothing_yet")]
        actions = [no_button(audience), self.yes(audience), instead]
        return _change_card("to_cancel", meeting, sentences, actions, audience)

    def yes(self, audience: Audience) -> Element:
        return cancel_meeting(audience.texts.say("meeting.cancel_it"), self.meeting)


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    meeting: Meeting
    news: News

    def reply(self, audience: Audience) -> Reply:
        undo = restore_meeting(audience.texts.say("meeting.restore"), self.meeting)
        closed = [audience.texts.say("meeting.round_closed")] if self.news.has_round else []
        return _change_card("cancelled", self.meeting, [news_words(self.news, audience), *closed], [undo], audience)


@dataclass(frozen=True, slots=True)
class MeetingRestored:
    """The meeting is held after all."""

    meeting: Meeting

    def reply(self, audience: Audience) -> Reply:
        return _change_card("restored", self.meeting, [audience.texts.say("meeting.restored_text")], [], audience)


def _change_card(key: str, meeting: Meeting, sentences: list[str], actions: list[Element], audience: Audience) -> Reply:
    body = one_line(meeting.body, LONGEST_NAME)
    heading = audience.texts.say(f"meeting.{key}", body=body, day=meeting_day(meeting.start, audience))
    where = [one_line(part, LONGEST_NAME) for part in (meeting.place, meeting.topic) if part]
    details = " · ".join([meeting_time(meeting, audience), *where])
    elements = [line(plain(details, 400)), *(small(plain(said, 400)) for said in sentences)]
    return card_reply(ForOne, heading, [sentence(details), *sentences], elements, audience.texts, actions)
