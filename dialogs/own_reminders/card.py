"""The card of a person's reminders: each kind with its switch, when they are away, what is postponed, and how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dialogs.cards.elements import Element, card, container, line, section, small
from dialogs.own_reminders.buttons import end_absence, end_snoozes, switch_reminders
from dialogs.own_reminders.receipt_cards import Matter, Rhythm, absence_words, matter_words, rhythm_words
from dialogs.reminders.looks import LOOKS
from dialogs.turn.audience import Audience
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
from dialogs.wording.values import near_day_words
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
        lines = [sentence(heading), intro]
        body: list[Element] = [line(intro)]
        if self.are_all_stopped:
            lines.append(say("own_reminders.all_stopped"))
            body.append(line(lines[-1]))
        for elements, part_lines in (
            _kinds(self, audience),
            _absences(self, audience),
            _snoozes(self, audience),
            _rhythms(self, audience),
        ):
            body += elements
            lines += part_lines
        text = "\n".join(lines)
        return Reply(card(plain(heading), body, audience.texts, text), text, is_personal=True)


Part = tuple[list[Element], list[str]]


def _kinds(answer: MyReminders, audience: Audience) -> Part:
    title = audience.texts.say("own_reminders.kinds")
    elements, lines = [section(plain(title))], [f"{title}:"]
    for kind in KINDS:
        name, state = _kind_words(kind, answer, audience)
        elements.append(_switch(kind, name, state, answer, audience))
        lines.append(f"- {name}: {state}")
    return elements, lines


def _kind_words(kind: Kind, answer: MyReminders, audience: Audience) -> tuple[str, str]:
    name = audience.texts.say(LOOKS[kind].name)
    state = "is_fixed" if not KINDS[kind].may_switch_off else "is_off" if kind in answer.off else "is_on"
    return name[:1].upper() + name[1:], audience.texts.say(f"own_reminders.{state}")


def _switch(kind: Kind, name: str, state: str, answer: MyReminders, audience: Audience) -> Element:
    items = [line(plain(name)), small(plain(state))]
    if KINDS[kind].may_switch_off:
        is_off = kind in answer.off
        title = audience.texts.say(
            f"own_reminders.switch_{'on' if is_off else 'off'}", kind=name[:1].lower() + name[1:]
        )
        items.append({"type": "ActionSet", "actions": [switch_reminders(title, kind, on=is_off)]})
    return container(items, separator=True, spacing="Small")


def _absences(answer: MyReminders, audience: Audience) -> Part:
    say = audience.texts.say
    title, nothing = say("own_reminders.absences"), say("own_reminders.no_absences")
    if not answer.absences:
        return _part(title, [], nothing, [])
    elements, lines = [section(plain(title))], [f"{title}:"]
    for absence in answer.absences[:MOST_ROWS]:
        days, end = absence_words(absence, audience), end_absence(say("own_reminders.end_absence"), absence)
        elements.append(container([line(plain(days)), {"type": "ActionSet", "actions": [end]}], spacing="Small"))
        lines.append(f"- {days}")
    return elements, lines


def _snoozes(answer: MyReminders, audience: Audience) -> Part:
    say = audience.texts.say
    rows = [
        say("own_reminders.snooze_row", what=matter_words(matter, audience), day=near_day_words(snooze.until, audience))
        for snooze, matter in answer.snoozes[:MOST_ROWS]
    ]
    if (more := len(answer.snoozes) - MOST_ROWS) > 0:
        rows.append(audience.texts.count("round.more", more))
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
    if (more := len(answer.rhythms) - MOST_ROWS) > 0:
        rows.append(audience.texts.count("round.more", more))
    helps = say("own_reminders.rhythms_help", number=answer.rhythms[0].project)
    elements, lines = _part(say("own_reminders.rhythms"), rows, "", [])
    return [*elements, small(plain(helps, 300))], [*lines, helps]


def _part(title: str, rows: Sequence[str], nothing: str, actions: Sequence[Element]) -> Part:
    """The buttons stand where there is something to do."""
    elements, lines = [section(plain(title))], [f"{title}:"]
    if not rows:
        return [*elements, small(plain(nothing, 300))], [*lines, nothing]
    elements += [line(plain(row, 300)) for row in rows]
    if actions:
        elements.append({"type": "ActionSet", "actions": list(actions)})
    return elements, [*lines, *(f"- {row}" for row in rows)]
