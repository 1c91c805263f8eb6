"""The card of a person's reminders: each kind with its switch, when they are away, what is postponed, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import (
    Element,
    Part,
    about,
    action_set,
    card_reply,
    container,
    line,
    listed_part,
    section,
    small,
    together,
)
from dialogs.own_reminders.buttons import end_absence, end_snoozes, switch_reminders
from dialogs.own_reminders.receipt_cards import Matter, Rhythm, matter_words, rhythm_words
from dialogs.reminders.looks import LOOKS
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import days_words
from dialogs.wording.values import more_words, near_day_words
from portfolio.reminders.kinds import KINDS, Absence, Kind, Snooze

LONGEST_TITLE = 100
MOST_ROWS = 10


@dataclass(frozen=True, slots=True)
class MyReminders:
    """`snoozes` come with what each is about; `off` are the kinds that are switched off."""

    off: frozenset[Kind]
    absences: tuple[Absence, ...]
    snoozes: tuple[tuple[Snooze, Matter], ...]
    rhythms: tuple[Rhythm, ...]
    are_all_stopped: bool

    def reply(self, audience: Audience) -> Reply:
        say = audience.texts.say
        heading, intro = say("own_reminders.heading"), say("own_reminders.intro")
        above = [intro, *([say("own_reminders.all_stopped")] if self.are_all_stopped else [])]
        parts = [make(self, audience) for make in (_kinds, _absences, _snoozes, _rhythms)]
        body, lines = together(([line(text) for text in above], above), *parts)
        return card_reply(ForOne, heading, lines, body, audience.texts)


def _kinds(answer: MyReminders, audience: Audience) -> Part:
    title = audience.texts.say("own_reminders.kinds")
    named = [(kind, *_kind_words(kind, answer, audience)) for kind in KINDS]
    rows = [(_switch(kind, name, state, answer, audience), f"{name}: {state}") for kind, name, state in named]
    return listed_part(title, rows)


def _kind_words(kind: Kind, answer: MyReminders, audience: Audience) -> tuple[str, str]:
    name = audience.texts.say(LOOKS[kind].name)
    state = "is_fixed" if not KINDS[kind].may_switch_off else "is_off" if kind in answer.off else "is_on"
    return name[:1].upper() + name[1:], audience.texts.say(f"own_reminders.{state}")


def _switch(kind: Kind, name: str, state: str, answer: MyReminders, audience: Audience) -> Element:
    items = [line(plain(name)), small(plain(state))]
    if KINDS[kind].may_switch_off:
        is_off = kind in answer.off
        key = f"own_reminders.switch_{'on' if is_off else 'off'}"
        title = audience.texts.say(key, kind=name[:1].lower() + name[1:])
        items.append(action_set(switch_reminders(title, kind, on=is_off)))
    return container(items, separator=True, spacing="Small")


def _absences(answer: MyReminders, audience: Audience) -> Part:
    say = audience.texts.say
    if not answer.absences:
        return _part(say("own_reminders.absences"), [], say("own_reminders.no_absences"), [])
    rows: list[tuple[Element, str]] = []
    for absence in answer.absences[:MOST_ROWS]:
        days = days_words(absence.first, absence.last, audience)
        end = about(end_absence(say("own_reminders.end_absence"), absence), days)
        rows.append((container([line(plain(days)), action_set(end)], spacing="Small"), days))
    return listed_part(say("own_reminders.absences"), rows)


def _snoozes(answer: MyReminders, audience: Audience) -> Part:
    say = audience.texts.say
    rows = [
        say("own_reminders.snooze_row", what=matter_words(matter, audience), day=near_day_words(snooze.until, audience))
        for snooze, matter in answer.snoozes[:MOST_ROWS]
    ]
    rows += more_words(len(answer.snoozes) - MOST_ROWS, audience)
    as_before = end_snoozes(say("own_reminders.as_before"))
    return _part(say("own_reminders.snoozes"), rows, say("own_reminders.no_snoozes"), [as_before])


def _rhythms(answer: MyReminders, audience: Audience) -> Part:
    """List how often each project is asked for status; nothing for those who lead no projects."""
    if not answer.rhythms:
        return [], []
    say = audience.texts.say
    rows = [
        say(
            "own_reminders.rhythm_row",
            title=one_line(audience.names.project(rhythm.project), LONGEST_TITLE),
            rhythm=rhythm_words(rhythm.days, audience),
        )
        for rhythm in answer.rhythms[:MOST_ROWS]
    ]
    rows += more_words(len(answer.rhythms) - MOST_ROWS, audience)
    helps = say("own_reminders.rhythms_help", number=answer.rhythms[0].project)
    elements, lines = _part(say("own_reminders.rhythms"), rows, "", [])
    return [*elements, small(plain(helps, 300))], [*lines, helps]


def _part(title: str, rows: Sequence[str], nothing: str, actions: Sequence[Element]) -> Part:
    """The buttons stand where there is something to do."""
    if not rows:
        return [section(title), small(plain(nothing, 300))], [f"{title}:", nothing]
    elements, lines = listed_part(title, [(line(plain(row, 300)), row) for row in rows])
    return [*elements, *([action_set(*actions)] if actions else [])], lines
