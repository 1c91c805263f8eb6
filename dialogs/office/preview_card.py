"""The messages that will be sent in the next days, if nobody does anything meanwhile."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType

from dialogs.cards.elements import Element, card, column, columns, line, section, small
from dialogs.office.buttons import resume_all, show_preview, stop_all, stop_reminders
from dialogs.office.preview_words import what_words
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.days import LONGEST_NAME, joined, local, long_day, name_words
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.kinds import Reminder

# So many messages where they fit on a card that Teams takes: what stops one names all that is in it.
MOST_ROWS = (8, 5, 3, 2, 1)
LARGEST = 26 * 1024
# It stands on the card twice.
LARGEST_DATA = 8 * 1024
LONGEST_LINE = 400
_NO_NAMES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Previewed:
    """The messages that will be sent until then: everybody's for the portfolio office, for others their own."""

    plans: tuple[Plan, ...]
    until: date
    offset: int
    is_office: bool
    all_stopped: bool

    def reply(self, audience: Audience) -> Reply:
        return preview(
            self.plans,
            audience,
            until=self.until,
            offset=self.offset,
            is_office=self.is_office,
            all_stopped=self.all_stopped,
        )


@dataclass(frozen=True, slots=True)
class _Listed:
    day: date
    message: Message


@dataclass(frozen=True, slots=True)
class _View:
    """`channels` are the names of the bodies' channels, where they are known."""

    audience: Audience
    until: date
    total: int
    offset: int
    is_office: bool
    all_stopped: bool
    channels: Mapping[str, str]

    @property
    def days(self) -> int:
        return (self.until - self.audience.today).days


def preview(
    plans: Sequence[Plan],
    audience: Audience,
    *,
    until: date,
    offset: int = 0,
    is_office: bool,
    all_stopped: bool = False,
    channels: Mapping[str, str] = _NO_NAMES,
) -> Reply:
    """Draws the messages from `offset` on. The portfolio office sees everybody's and can stop each; others see their
    own, which the caller has chosen. `channels` has what the bodies' channels are called."""
    messages = [_Listed(local(plan.now, audience).date(), message) for plan in plans for message in plan.messages]
    start = min(offset, max(0, len(messages) - 1))
    view = _View(audience, until, len(messages), start, is_office, all_stopped, channels)
    replies = (_reply(messages[start : start + rows], view) for rows in MOST_ROWS)
    return next(
        (reply for reply in replies if _bytes(reply.card) <= LARGEST), _reply(messages[start : start + 1], view)
    )


def _bytes(value: object) -> int:
    return len(json.dumps(value, ensure_ascii=False).encode())


def _reply(shown: Sequence[_Listed], view: _View) -> Reply:
    texts, heading = view.audience.texts, _heading(view)
    above = _intro(view)
    body: list[Element] = [line(plain(text)) for text in above]
    lines = [sentence(heading), *above]
    for day, of_day in groupby(shown, key=lambda listed: listed.day):
        title = long_day(day, view.audience)
        title = title[:1].upper() + title[1:]
        body.append(section(plain(title)))
        lines.append(f"{title}:")
        for listed in of_day:
            body.append(_row(listed.message, view))
            lines.append(
                f"- {_recipient_words(listed.message, view)}: {what_words(listed.message.reminders, view.audience)}"
            )
    if left := view.total - view.offset - len(shown):
        lines.append(texts.count("reminder.more", left))
    text = "\n".join(lines)
    return Reply(card(plain(heading), body, texts, text, _actions(len(shown), view)), text, is_personal=True)


def _heading(view: _View) -> str:
    texts = view.audience.texts
    if view.all_stopped and not view.total:
        return texts.say("preview.stopped")
    whose, when = "" if view.is_office else "_own", "" if view.days > 0 else "_today"
    if not view.total:
        return texts.say(f"preview.none{whose}{when}", days=view.days)
    return texts.count(f"preview.heading{whose}{when}", view.total, days=view.days)


def _intro(view: _View) -> list[str]:
    say = view.audience.texts.say
    if not view.all_stopped:
        return [say("preview.if_nothing" if view.total else "preview.none_help")]
    return [say("preview.stopped_office" if view.is_office else "preview.stopped_text")]


def _recipient_words(message: Message, view: _View) -> str:
    recipient, texts = message.recipient, view.audience.texts
    if not recipient.is_channel:
        return name_words(recipient.id, view.audience)
    body, named = one_line(recipient.id, LONGEST_NAME), view.channels.get(recipient.id)
    if named:
        return texts.say("preview.channel_named", body=body, channel=one_line(named, LONGEST_NAME))
    return texts.say("preview.channel", body=body)


def _row(message: Message, view: _View) -> Element:
    what = plain(joined([what_words(message.reminders, view.audience)]), LONGEST_LINE)
    words = column([line(plain(_recipient_words(message, view))), small(what)])
    if not view.is_office:
        return columns(words, separator=True, spacing="Small")
    aloud = view.audience.texts.say("preview.stop_who", who=_recipient_words(message, view))
    stop: Element = {"type": "ActionSet", "actions": [{**_stop(message.reminders, view), "tooltip": aloud}]}
    return columns(words, column([stop], "auto"), separator=True, spacing="Small")


def _stop(reminders: Sequence[Reminder], view: _View) -> Element:
    texts, keys = view.audience.texts, _keys(reminders)
    if len(keys) == len(reminders):
        return stop_reminders(texts.say("preview.stop"), keys)
    return stop_reminders(texts.count("preview.stop_some", len(keys), total=len(reminders)), keys)


def _keys(reminders: Sequence[Reminder]) -> list[list[str | bool]]:
    """Return as many keys as a button carries; pressed again, it stops the next ones."""
    keys: list[list[str | bool]] = []
    left = LARGEST_DATA
    for reminder in reminders:
        key: list[str | bool] = list(reminder.key.parts)
        left -= _bytes(key)
        if left < 0 and keys:
            break
        keys.append(key)
    return keys


def _actions(shown: int, view: _View) -> list[Element]:
    say, actions = view.audience.texts.say, []
    after = view.offset + shown
    if left := view.total - after:
        actions.append(_page(say("list.more", count=left), after, view))
    if view.offset:
        actions.append(_page(say("list.previous"), max(0, view.offset - MOST_ROWS[0]), view))
    if view.is_office and view.all_stopped:
        actions.append(resume_all(say("preview.resume")))
    elif view.is_office and view.total:
        actions.append(stop_all(say("preview.stop_all")))
    return actions


def _page(title: str, offset: int, view: _View) -> Element:
    return show_preview(title, offset, view.until)
