"""Who is told that a meeting was changed, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from dialogs.turn.audience import Audience
from dialogs.turn.visit import Visit
from dialogs.wording.values import moment_words
from portfolio.bodies import Meeting
from portfolio.meetings.reminders import people_of


@dataclass(frozen=True, slots=True)
class News:
    """The news of a change: who is told, the body's channel or so many `people` each in their own chat, and when.
    `has_round`: a round for the meeting is under way, or was until now. `is_stopped`: nothing is sent at present."""

    at: datetime
    people: int
    has_channel: bool
    has_round: bool = False
    is_stopped: bool = False


async def news_of_change(visit: Visit, meeting: Meeting) -> News:
    """Work out who is told of a change of the meeting that is made now."""
    body, reminding = visit.audience.names.body(meeting.body), visit.stores.reminding
    people = people_of(body) if body else ()
    has_channel = any(channel.body == meeting.body for channel in await reminding.channels.channels())
    status_round = await visit.stores.rounds.of_meeting(meeting)
    has_round = status_round is not None and status_round.closed_at in (None, visit.now)
    is_stopped = (await reminding.store.state(visit.now, ())).is_stopped(visit.today)
    return News(reminding.work.next_open(visit.now), len(people), has_channel, has_round, is_stopped)


def news_words(news: News, audience: Audience) -> str:
    """Say who is told, and when."""
    texts = audience.texts
    if news.is_stopped:
        return texts.say("meeting.told_later")
    when = texts.say("meeting.at_once") if news.at <= audience.now else moment_words(news.at, audience)
    if news.has_channel:
        return texts.say("meeting.channel_told", when=when)
    return texts.count("meeting.people_told", news.people, when=when) if news.people else texts.say("meeting.none_told")
