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
    first_fitting,
    line,
    section,
    size_of,
    small,
)
from dialogs.office.buttons import resume_all, show_preview, stop_all, stop_reminders
from dialogs.reminders.looks import LOOKS
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import LONGEST_NAME, joined, local, long_day, name_words
from dialogs.wording.values import more_words
from portfolio.outlook.plan import Message, Plan
from portfolio.reminders.kinds import Reminder

# So many messages where they fit on a card that Teams takes: what stops one names all that is in it.
MOST_ROWS = (8, 5, 3, 2, 1)
# It stands on the card twice.
LARGEST_DATA = 8 * 1024
LONGEST_LINE = 400


@dataclass(frozen=True, slots=True)
class Previewed:
    """The messages that will be sent until then, from `offset` on: the portfolio office sees everybody's and can stop
    each; others see their own, which are all that is in their `plans`."""

    plans: tuple[Plan, ...]
    until: date
    is_office: bool
    offset: int = 0
    all_stopped: bool = False

    def reply(self, audience: Audience) -> Reply:
        messages = [
            _Listed(local(plan.now, audience).date(), message) for plan in self.plans for message in plan.messages
        ]
        start = min(self.offset, max(0, len(messages) - 1))
        view = _View(self, audience, len(messages), start)
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
    body: list[Element] = [line(plain(text)) for text in above]
    lines = above.copy()
    for day, of_day in groupby(shown, key=lambda listed: listed.day):
        title = long_day(day, view.audience)
        title = title[:1].upper() + title[1:]
        body.append(section(plain(title)))
        lines.append(f"{title}:")
        for listed in of_day:
            body.append(_row(listed.message, view))
            what = what_words(listed.message.reminders, view.audience)
            lines.append(f"- {_recipient_words(listed.message, view)}: {what}")
    lines += more_words(view.total - view.offset - len(shown), view.audience, "reminder.more")
    return card_reply(heading, lines, body, texts, _actions(len(shown), view), is_personal=True)


def _heading(view: _View) -> str:
    texts = view.audience.texts
    if view.answer.all_stopped and not view.total:
        return texts.say("preview.stopped")
    whose, when = "" if view.answer.is_office else "_own", "" if view.days > 0 else "_today"
    if not view.total:
        return texts.say(f"preview.none{whose}{when}", days=view.days)
    return texts.count(f"preview.heading{whose}{when}", view.total, days=view.days)


def _intro(view: _View) -> list[str]:
    say = view.audience.texts.say
    if not view.answer.all_stopped:
        return [say("preview.if_nothing" if view.total else "preview.none_help")]
    return [say("preview.stopped_office" if view.answer.is_office else "preview.stopped_text")]


def _recipient_words(message: Message, view: _View) -> str:
    recipient, texts = message.recipient, view.audience.texts
    if not recipient.is_channel:
        return name_words(recipient.id, view.audience)
    return texts.say("preview.channel", body=one_line(recipient.id, LONGEST_NAME))


def _row(message: Message, view: _View) -> Element:
    what = plain(joined([what_words(message.reminders, view.audience)]), LONGEST_LINE)
    words = column([line(plain(_recipient_words(message, view))), small(what)])
    if not view.answer.is_office:
        return columns(words, separator=True, spacing="Small")
    aloud = view.audience.texts.say("preview.stop_who", who=_recipient_words(message, view))
    stop = action_set({**_stop(message.reminders, view), "tooltip": aloud})
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
