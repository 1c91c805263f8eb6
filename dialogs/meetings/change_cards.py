"""A meeting that was moved, cancelled, or is held after all, as whoever did it sees it."""

from __future__ import annotations

from dialogs.cards.buttons import cancel_meeting, move_meeting, restore_meeting
from dialogs.cards.elements import Element, card, line, small
from dialogs.meetings.outcomes import (
    CancellingAsked,
    MeetingCancelled,
    MeetingMoved,
    MeetingOutcome,
    MeetingRestored,
    News,
)
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.days import meeting_day, meeting_time
from dialogs.wording.values import moment_words
from portfolio.bodies import Meeting

LONGEST_NAME = 120


def meeting_change(answer: MeetingOutcome, audience: Audience) -> Reply:
    say, meeting = audience.texts.say, answer.meeting
    match answer:
        case MeetingMoved(before=before, news=news):
            was = say("meeting.was", when=meeting_time(Meeting(meeting.body, before), audience))
            back = move_meeting(say("meeting.move_back"), meeting, before)
            return _told("moved", meeting, [was, _news(news, audience)], [back], audience)
        case CancellingAsked(news=news):
            buttons = [
                cancel_meeting(say("meeting.cancel_it"), meeting),
                move_meeting(say("meeting.move_instead"), meeting),
            ]
            return _told("to_cancel", meeting, [_news(news, audience), say("meeting.nothing_yet")], buttons, audience)
        case MeetingCancelled(news=news):
            undo = restore_meeting(say("meeting.restore"), meeting)
            return _told("cancelled", meeting, [_news(news, audience)], [undo], audience)
        case MeetingRestored():
            return _told("restored", meeting, [say("meeting.restored_text")], [], audience)


def _told(key: str, meeting: Meeting, said: list[str], actions: list[Element], audience: Audience) -> Reply:
    body = one_line(meeting.body, LONGEST_NAME)
    heading = audience.texts.say(f"meeting.{key}", body=body, day=meeting_day(meeting.start, audience))
    where = [one_line(part, LONGEST_NAME) for part in (meeting.place, meeting.topic) if part]
    details = " · ".join([meeting_time(meeting, audience), *where])
    text = "\n".join([sentence(heading), sentence(details), *said])
    elements = [line(plain(details, 400)), *(small(plain(one, 400)) for one in said)]
    return Reply(card(plain(heading), elements, audience.texts, text, actions), text)


def _news(news: News, audience: Audience) -> str:
    """Who hears of it, and when."""
    texts = audience.texts
    when = texts.say("meeting.at_once") if news.at <= audience.now else moment_words(news.at, audience)
    if news.has_channel:
        return texts.say("meeting.channel_told", when=when)
    return texts.count("meeting.people_told", news.people, when=when) if news.people else texts.say("meeting.none_told")
