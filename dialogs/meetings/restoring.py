"""Holding a cancelled meeting after all, when told so."""

from __future__ import annotations

from datetime import date

from dialogs.forms.questions import Confirming, asked_which, confirm
from dialogs.meetings.buttons import Restore
from dialogs.meetings.handlers import LONGEST_NAME, body_ordered, no_meeting
from dialogs.meetings.orders import RestoreMeeting
from dialogs.remark import OpenRemark
from dialogs.turn.answer import Answer
from dialogs.turn.visit import Visit
from dialogs.values.plain import one_line
from dialogs.wording.days import meeting_time
from dialogs.wording.values import day_words, period_words
from portfolio.bodies import Body

MOST_CHOICES = 5


async def restore(visit: Visit, order: RestoreMeeting) -> Answer:
    """Asks before the body's cancelled meeting in the days that are named is held after all; which, where there are
    several."""
    phrases = [period_words(order.first, order.last, visit.audience)] if order.first or order.last else []
    body = await body_ordered(visit, order.bodies, "restore_named", phrases)
    if not isinstance(body, Body):
        return body
    first, last = order.first or date.min, order.last or date.max
    zone = visit.now.tzinfo
    cancelled = await visit.stores.reminding.meetings.cancelled(body.name, visit.now)
    meant = [meeting for meeting in cancelled if first <= meeting.start.astimezone(zone).date() <= last]
    if len(meant) > 1:
        say = visit.audience.texts.say
        days = [day_words(meeting.start.astimezone(zone).date(), visit.audience) for meeting in meant[:MOST_CHOICES]]
        tries = tuple(say("meeting.restore_on", body=body.name, day=day) for day in days)
        return await asked_which(visit, OpenRemark("meeting_restore_which", tries=tries))
    if not meant:
        return no_meeting(visit, body.name)
    name, when = one_line(body.name, LONGEST_NAME), meeting_time(meant[0], visit.audience)
    return await confirm(
        visit, Confirming("restore_meeting", {"body": name, "when": when}, Restore(meant[0].id, sure=True))
    )
