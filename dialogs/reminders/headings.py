"""The one line over a reminder message that says what it is about; it is the subject of a mail, too."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.reminders.parts import MEETINGS, About, Part, title_of
from dialogs.turn.audience import Audience
from dialogs.wording.days import change_key, day_of, meeting_day, short_day
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Reminder

_STATUS = frozenset({About.OVERDUE, About.DUE})


def heading_of(parts: Sequence[Part], audience: Audience) -> str:
    if len(parts) == 1:
        return _of_part(parts[0], audience)
    kinds = {part.about for part in parts}
    count = sum(len(part.reminders) for part in parts)
    if kinds <= _STATUS:
        return audience.texts.count("reminder.status", count)
    return audience.texts.count("reminder.meetings" if kinds <= MEETINGS else "reminder.mixed", count)


def _of_part(part: Part, audience: Audience) -> str:
    match part.about:
        case About.CHANGED:
            return _changed(part.reminders, audience)
        case About.DUE:
            return _due(part.reminders, audience)
        case About.DEADLINE:
            return _deadline(part.reminders, audience)
        case About.SOON:
            by = meeting_day(min(one.deadline for one in part.reminders), audience)
            return _counted("soon", part.reminders, audience, by)
        case _:
            return _counted(part.about.value, part.reminders, audience)


def _counted(key: str, reminders: Sequence[Reminder], audience: Audience, by: str = "") -> str:
    return audience.texts.count(f"reminder.{key}", len(reminders), title=title_of(reminders[0]), by=by)


def _changed(reminders: Sequence[Reminder], audience: Audience) -> str:
    first = reminders[0]
    if len(reminders) > 1:
        return audience.texts.count("reminder.changes", len(reminders))
    key = change_key(first)
    return audience.texts.say(f"reminder.{key}", title=title_of(first), by=meeting_day(first.deadline, audience))


def _due(reminders: Sequence[Reminder], audience: Audience) -> str:
    days = {day_of(one, audience) for one in reminders}
    by = short_day(min(days), audience)
    return _counted("status_due" if len(days) == 1 else "status_due_first", reminders, audience, by)


def _deadline(reminders: Sequence[Reminder], audience: Audience) -> str:
    by = short_day(min(day_of(one, audience) for one in reminders), audience)
    origins = {one.origin or Origin.MILESTONE for one in reminders}
    return _counted(origins.pop().value if len(origins) == 1 else "deadlines", reminders, audience, by)
