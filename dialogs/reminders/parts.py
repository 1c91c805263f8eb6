"""What a reminder message holds, sorted by what it asks for: each part with why it is told, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from dialogs.cards.buttons import ask, open_project, report, reports
from dialogs.cards.elements import Element
from dialogs.handover.buttons import hand_over
from dialogs.turn.audience import Audience, Scope
from dialogs.values.plain import one_line
from dialogs.wording.days import (
    LONGEST_NAME,
    LONGEST_TITLE,
    change_key,
    close_day,
    day_of,
    days_left,
    last_reported,
    local,
    meeting_time,
    name_words,
    short_day,
)
from dialogs.wording.values import listed, time_words
from portfolio.bodies import Meeting
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Kind, Reminder
from portfolio.status.reminders import LADDER, Role

LONGEST_PLACE = 120
_MOST_BODIES = 3


class About(StrEnum):
    """The parts, in the order in which they stand. Of what is overdue its lead or a deputy is asked, its owner told,
    and the portfolio office told."""

    CHANGED = "changed"
    OVERDUE = "overdue"
    OWNED = "owned"
    OFFICE = "office"
    DUE = "status_due"
    DEADLINE = "deadline"
    SOON = "soon"


MEETINGS = frozenset({About.CHANGED, About.SOON})


@dataclass(frozen=True, slots=True)
class Row:
    """In plain text. `opens` is what its title leads to, `buttons` stand under it."""

    title: str
    details: tuple[str, ...]
    buttons: tuple[Element, ...] = ()
    opens: Element | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """`why` says why its reader gets it, unless an earlier part has; `all` shows what doesn't fit on the card."""

    about: About
    reminders: tuple[Reminder, ...]
    rows: tuple[Row, ...]
    why: str
    all: Element | None = None


def parts_of(reminders: Sequence[Reminder], audience: Audience) -> list[Part]:
    found: dict[About, list[Reminder]] = {}
    for one in reminders:
        found.setdefault(_about(one, audience), []).append(one)
    parts: list[Part] = []
    for part in (_part(about, tuple(found[about]), audience) for about in About if about in found):
        is_said = any(part.why == earlier.why for earlier in parts)
        parts.append(replace(part, why="") if is_said else part)
    return parts


def _about(one: Reminder, audience: Audience) -> About:
    match one.kind:
        case Kind.MEETING_CHANGED:
            return About.CHANGED
        case Kind.MEETING_SOON:
            return About.SOON
        case Kind.DEADLINE:
            return About.DEADLINE
        case Kind.STATUS_DUE:
            # Put off until after its deadline, it is no longer what it was.
            return About.DUE if audience.today <= day_of(one, audience) else About.OVERDUE
        case Kind.STATUS_OVERDUE:
            return _about_overdue(one)


def _about_overdue(one: Reminder) -> About:
    if one.in_place_of or one.lead == one.recipient.id:
        return About.OVERDUE
    return About.OFFICE if one.days in _OFFICE_STEPS else About.OWNED


_OFFICE_STEPS = frozenset(step.days for step in LADDER if step.role is Role.OFFICE)


def _part(about: About, reminders: tuple[Reminder, ...], audience: Audience) -> Part:
    rows = tuple(_ROWS[about](one, audience) for one in reminders)
    return Part(about, reminders, rows, _why(about, reminders, audience), _all(about, audience))


def _all(about: About, audience: Audience) -> Element | None:
    say = audience.texts.say
    if about in (About.OVERDUE, About.DUE):
        return reports(say("reminder.see_own"))
    if about in (About.OWNED, About.OFFICE):
        return ask(say("example.missing"))
    return ask(say("example.meetings")) if about is About.SOON else None


def _why(about: About, reminders: Sequence[Reminder], audience: Audience) -> str:
    if about in MEETINGS:
        return _why_meetings(reminders, audience)
    key = {About.OWNED: "owner", About.OFFICE: "office"}.get(about) or _as_whom(reminders)
    leads = {one.in_place_of for one in reminders}
    if key == "both" and None not in leads and len(leads) == 1:
        return audience.texts.count("reminder_why.deputy", len(reminders), name=name_words(leads.pop() or "", audience))
    return audience.texts.count(f"reminder_why.{key}", len(reminders))


def _as_whom(reminders: Sequence[Reminder]) -> str:
    """Where one has a benefit to see to and a project to report on, simply as the one responsible."""
    of_benefits = [one.origin is Origin.BENEFIT for one in reminders]
    if any(of_benefits):
        return "benefit" if all(of_benefits) else "responsible"
    return "both" if any(one.in_place_of for one in reminders) else "lead"


def _why_meetings(reminders: Sequence[Reminder], audience: Audience) -> str:
    names = list(dict.fromkeys(one_line(one.title, LONGEST_NAME) for one in reminders))
    more = [audience.texts.count("reminder.more", len(names) - _MOST_BODIES)] if len(names) > _MOST_BODIES else []
    bodies = " ".join([", ".join(names[:_MOST_BODIES]), *more]) if more else listed(names, audience)
    key = "channel" if audience.scope is Scope.CHANNEL else "member"
    return audience.texts.say(f"reminder_why.{key}", bodies=bodies)


def title_of(one: Reminder) -> str:
    return one_line(one.title, LONGEST_TITLE) or one.subject


def _reporting(one: Reminder, audience: Audience) -> tuple[Element, ...]:
    if one.project is None:
        return ()
    pressed = report(audience.texts.say("reminder.report"), one.project)
    return (_aloud(pressed, "to_report.report", one.project, audience),)


def _aloud(pressed: Element, key: str, number: str, audience: Audience) -> Element:
    """With the project's name, for those who hear the buttons one after the other."""
    title = one_line(audience.names.project(number), LONGEST_TITLE)
    return {**pressed, "tooltip": audience.texts.say(key, title=title)}


def _opening(one: Reminder, audience: Audience) -> Element | None:
    return open_project(audience.texts.say("reminder.open"), one.project, {}) if one.project else None


def _instead(one: Reminder, audience: Audience) -> tuple[str, ...]:
    if one.in_place_of is None:
        return ()
    return (audience.texts.say("reminder_row.in_place_of", name=name_words(one.in_place_of, audience)),)


def _due(one: Reminder, audience: Audience) -> Row:
    by = audience.texts.say("reminder_row.by", day=close_day(day_of(one, audience), audience))
    details = (by, last_reported(one.newest, audience), *_instead(one, audience))
    return Row(title_of(one), details, _reporting(one, audience))


def _overdue(one: Reminder, audience: Audience) -> Row:
    details = (_was(one, audience), last_reported(one.newest, audience), *_instead(one, audience))
    return Row(title_of(one), details, _reporting(one, audience))


def _owned(one: Reminder, audience: Audience) -> Row:
    number = one.project or one.subject
    pressed = hand_over(audience.texts.say("reminder.hand_over"), number, "")
    buttons = (_aloud(pressed, "hand_over.form", number, audience),)
    return Row(title_of(one), _standing(one, audience), buttons, _opening(one, audience))


def _office(one: Reminder, audience: Audience) -> Row:
    return Row(title_of(one), _standing(one, audience), opens=_opening(one, audience))


def _standing(one: Reminder, audience: Audience) -> tuple[str, ...]:
    """The facts, and no word of whose fault it is."""
    say = audience.texts.say
    lead = say("reminder_row.led_by", name=name_words(one.lead, audience)) if one.lead else None
    return _was(one, audience), last_reported(one.newest, audience), lead or say("reminder_row.led_by_nobody")


def _was(one: Reminder, audience: Audience) -> str:
    return audience.texts.say("reminder_row.was", day=short_day(day_of(one, audience), audience))


def _deadline(one: Reminder, audience: Audience) -> Row:
    texts, day = audience.texts, close_day(day_of(one, audience), audience)
    project = one_line(audience.names.project(one.project or ""), LONGEST_TITLE)
    if one.origin is Origin.ROUND:
        start = time_words(local(one.deadline, audience), audience)
        by = texts.say("reminder_row.at", day=day, start=start)
        what = texts.say("reminder_row.round")
    else:
        by = texts.say("reminder_row.by", day=day)
        what = texts.say(f"reminder_row.{one.origin or Origin.MILESTONE}", project=project)
    details = (by, what, *_instead(one, audience))
    if one.origin is Origin.BENEFIT:
        return Row(title_of(one), details, opens=_opening(one, audience))
    return Row(title_of(one), details, _reporting(one, audience))


def _soon(one: Reminder, audience: Audience) -> Row:
    meeting = one.meeting or Meeting(one.title, one.deadline)
    left = days_left(meeting.start, audience)
    return Row(title_of(one), (meeting_time(meeting, audience), left, *_where(meeting)))


def _changed(one: Reminder, audience: Audience) -> Row:
    was = meeting_time(Meeting(one.title, one.was or one.deadline), audience)
    now = meeting_time(one.meeting, audience) if one.meeting else ""
    changed = audience.texts.say(f"reminder_row.{change_key(one)}", was=was, now=now)
    return Row(title_of(one), (changed, *(_where(one.meeting) if one.meeting else ())))


def _where(meeting: Meeting) -> tuple[str, ...]:
    return tuple(one_line(part, LONGEST_PLACE) for part in (meeting.place, meeting.topic) if part)


_ROWS: Mapping[About, Callable[[Reminder, Audience], Row]] = {
    About.CHANGED: _changed,
    About.OVERDUE: _overdue,
    About.OWNED: _owned,
    About.OFFICE: _office,
    About.DUE: _due,
    About.DEADLINE: _deadline,
    About.SOON: _soon,
}
