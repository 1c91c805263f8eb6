"""The messages that will be sent in the next days, if nobody does anything meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from dialogs.cards.buttons import paging
from dialogs.cards.elements import (
    Element,
    action_set,
    card_reply,
    column,
    columns,
    container,
    first_fitting,
    line,
    section,
    size_of,
    small,
)
from dialogs.office.buttons import Parts, resume_all, resume_reminders, show_preview, stop_all, stop_reminders
from dialogs.reminders.looks import LOOKS
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import LONGEST_NAME, joined, local, long_day, name_words
from dialogs.wording.values import more_words
from portfolio.identity import PersonId
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.kinds import Key, Reminder

# So many messages where they fit on a card that Teams takes: what stops one names all that is in it.
MOST_ROWS = (8, 5, 3, 2, 1)
# It stands on the card twice.
LARGEST_DATA = 8 * 1024
LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Change:
    """The reminders that the reader has just stopped, or lets be sent after all."""

    keys: frozenset[Key]
    is_stopped: bool


@dataclass(frozen=True, slots=True)
class Previewed:
    """The messages that will be sent until then, from `offset` on: the portfolio office sees everybody's, also those
    that it has `stopped`, and can stop each; others see their own, which are all that is in their `plans`."""

    plans: tuple[Plan, ...]
    until: date
    is_office: bool
    offset: int = 0
    all_stopped: bool = False
    stopped: frozenset[Key] = frozenset()
    change: Change | None = None

    @property
    def whom(self) -> list[PersonId]:
        """The people whose messages may stand on the card."""
        messages = [message for plan in self.plans for message in plan.messages]
        start = self._start(len(messages))
        listed = (message.recipient for message in messages[start : start + MOST_ROWS[0]])
        return [PersonId(recipient.id) for recipient in listed if not recipient.is_channel]

    def _start(self, count: int) -> int:
        return min(self.offset, max(0, count - 1))

    def reply(self, audience: Audience) -> Reply:
        messages = [
            _Listed(local(plan.now, audience).date(), message) for plan in self.plans for message in plan.messages
        ]
        start = self._start(len(messages))
        sent = sum(
            any(reminder.key not in self.stopped for reminder in listed.message.reminders) for listed in messages
        )
        view = _View(self, audience, len(messages), start, sent)
        return first_fitting(_reply(messages[start : start + rows], view) for rows in MOST_ROWS)


@dataclass(frozen=True, slots=True)
class _Listed:
    day: date
    message: Message


@dataclass(frozen=True, slots=True)
class _View:
    answer: Previewed
    audience: Audience
    total: int
    offset: int
    sent: int

    @property
    def days(self) -> int:
        return (self.answer.until - self.audience.today).days


def what_words(reminders: Sequence[Reminder], audience: Audience) -> str:
    """Say in a line what a message will say: "2 projekter mangler status · møde i Styregruppen"."""
    briefs = []
    for kind, look in LOOKS.items():
        if of_kind := [reminder for reminder in reminders if reminder.kind is kind]:
            briefs.append(look.brief(of_kind, audience))
    return " · ".join(briefs)


def _reply(shown: Sequence[_Listed], view: _View) -> Reply:
    texts, heading = view.audience.texts, _heading(view)
    above = _intro(view)
    body: list[Element] = [*_receipt(view), *(line(plain(text)) for text in above)]
    lines = [*_change_words(view), *above]
    for day, of_day in groupby(shown, key=lambda listed: listed.day):
        title = long_day(day, view.audience)
        title = title[:1].upper() + title[1:]
        body.append(section(plain(title)))
        lines.append(f"{title}:")
        for listed in of_day:
            body.append(_row(listed.message, view))
            lines.append(f"- {_recipient_words(listed.message, view)}: {_what(listed.message, view)}")
    lines += more_words(view.total - view.offset - len(shown), view.audience, "reminder.more")
    return card_reply(ForOne, heading, lines, body, texts, _actions(len(shown), view))


def _heading(view: _View) -> str:
    texts = view.audience.texts
    if view.answer.all_stopped and not view.total:
        return texts.say("preview.stopped")
    whose, when = "" if view.answer.is_office else "_own", "" if view.days > 0 else "_today"
    if not view.sent:
        return texts.say(f"preview.none{whose}{when}", days=view.days)
    return texts.count(f"preview.heading{whose}{when}", view.sent, days=view.days)


def _intro(view: _View) -> list[str]:
    say = view.audience.texts.say
    if not view.answer.all_stopped:
        stopped = view.total - view.sent
        some = [view.audience.texts.count("preview.some_stopped", stopped)] if stopped else []
        return [say("preview.if_nothing" if view.total else "preview.none_help"), *some]
    return [say("preview.stopped_office" if view.answer.is_office else "preview.stopped_text")]


def _recipient_words(message: Message, view: _View) -> str:
    recipient, texts = message.recipient, view.audience.texts
    if not recipient.is_channel:
        return name_words(recipient.id, view.audience)
    return texts.say("preview.channel", body=one_line(recipient.id, LONGEST_NAME))


def _change_words(view: _View) -> list[str]:
    """Say what was just stopped, or isn't any more; nothing where it isn't among what will be sent."""
    change, texts = view.answer.change, view.audience.texts
    if change is None:
        return []
    key = "preview.now_stopped" if change.is_stopped else "preview.now_sent"
    said = [
        texts.say(key, who=_recipient_words(message, view), what=what_words(of_change, view.audience))
        for plan in view.answer.plans
        for message in plan.messages
        if (of_change := [reminder for reminder in message.reminders if reminder.key in change.keys])
    ]
    return list(dict.fromkeys(said))


def _receipt(view: _View) -> list[Element]:
    words = [line(plain(text, LONGEST_LINE)) for text in _change_words(view)]
    return [container(words, style="emphasis")] if words else []


def _what(message: Message, view: _View) -> str:
    """Say what the message is about, and how much of it is stopped."""
    what = what_words(message.reminders, view.audience)
    stopped = sum(reminder.key in view.answer.stopped for reminder in message.reminders)
    if not stopped:
        return what
    if stopped == len(message.reminders):
        return view.audience.texts.say("preview.is_stopped", what=what)
    return view.audience.texts.count("preview.partly_stopped", stopped, what=what)


def _row(message: Message, view: _View) -> Element:
    what = plain(joined([_what(message, view)]), LONGEST_LINE)
    words = column([line(plain(_recipient_words(message, view))), small(what)])
    if not view.answer.is_office:
        return columns(words, separator=True, spacing="Small")
    left = [reminder for reminder in message.reminders if reminder.key not in view.answer.stopped]
    press = (
        _stop(left, view)
        if left
        else resume_reminders(view.audience.texts.say("preview.resume"), _keys(message.reminders))
    )
    who = _recipient_words(message, view)
    key = "preview.stop_who" if left else "preview.resume_who"
    aloud = view.audience.texts.say(key, who=who, what=what_words(message.reminders, view.audience))
    return columns(words, column([action_set({**press, "tooltip": aloud})], "auto"), separator=True, spacing="Small")


def _stop(reminders: Sequence[Reminder], view: _View) -> Element:
    texts, keys = view.audience.texts, _keys(reminders)
    if len(keys) == len(reminders):
        return stop_reminders(texts.say("preview.stop"), keys)
    return stop_reminders(texts.count("preview.stop_some", len(keys), total=len(reminders)), keys)


def _keys(reminders: Sequence[Reminder]) -> list[Parts]:
    """Return as many keys as a button carries; pressed again, it stops the next ones."""
    keys: list[Parts] = []
    left = LARGEST_DATA
    for reminder in reminders:
        key = reminder.key.parts
        left -= size_of(key)
        if left < 0 and keys:
            break
        keys.append(key)
    return keys


def _actions(shown: int, view: _View) -> list[Element]:
    say, answer = view.audience.texts.say, view.answer
    actions = paging(
        lambda title, at: show_preview(title, at, answer.until),
        view.offset,
        shown,
        view.total,
        view.audience,
        MOST_ROWS[0],
    )
    if answer.is_office and answer.all_stopped:
        actions.append(resume_all(say("preview.resume")))
    elif answer.is_office and view.total:
        actions.append(stop_all(say("preview.stop_all")))
    return actions
