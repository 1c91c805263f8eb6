"""Sorts what a message holds into parts: the reminders of each section, and why their reader gets them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dialogs.feature import Row, Section
from dialogs.reminders.looks import LOOKS
from dialogs.turn.audience import Audience
from portfolio.reminders.kinds import Reminder

# In the order in which they stand.
SECTIONS = tuple(dict.fromkeys(section for look in LOOKS.values() for section in look.sections))


@dataclass(frozen=True, slots=True)
class Part:
    """A section that has reminders. `why` is "" where an earlier part has said it."""

    section: Section
    reminders: tuple[Reminder, ...]
    rows: tuple[Row, ...]
    why: str


def parts_of(reminders: Iterable[Reminder], audience: Audience) -> list[Part]:
    by_section: dict[Section, list[Reminder]] = {section: [] for section in SECTIONS}
    for reminder in reminders:
        by_section[LOOKS[reminder.kind].section(reminder, audience)].append(reminder)
    parts: list[Part] = []
    for section, members in by_section.items():
        if members:
            why = section.why(members, audience)
            is_said = any(part.why == why for part in parts)
            rows = tuple(section.row(reminder, audience) for reminder in members)
            parts.append(Part(section, tuple(members), rows, "" if is_said else why))
    return parts


def heading_of(parts: Sequence[Part], audience: Audience) -> str:
    """Says in a line what the message is about; it is the subject of a mail, too."""
    if len(parts) == 1:
        return parts[0].section.heading(parts[0].reminders, audience)
    joint = {part.section.joint_heading for part in parts}
    count = sum(len(part.reminders) for part in parts)
    return audience.texts.count(joint.pop() if len(joint) == 1 else "reminder.mixed", count)
