"""A reply to a reminder's message speaks of what that was about, where it doesn't say so itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from dialogs.own_reminders.orders import SnoozeReminders
from dialogs.turn.orders import ProjectOrder, ReportStatus
from dialogs.turn.readings import Asked, Reading, Unclear
from dialogs.understanding.language.phrasebook import is_small
from dialogs.understanding.status.line import leads_off
from dialogs.values.letters import words_of
from portfolio.questions import catalogue
from portfolio.reminders.kinds import KINDS, Key


def in_reply(
    reading: Reading, text: str, keys: Sequence[Key], today: date, understand: Callable[[str], Reading]
) -> Reading:
    """Reads the text once more as a reply to a message with these reminders. Where they are of several projects, it is
    asked which of them is meant."""
    if isinstance(reading, SnoozeReminders):
        return reading if reading.is_specific or reading.bodies else replace(reading, subjects=_subjects(keys))
    projects = _projects(keys)
    one, maybe = (projects, ()) if len(projects) == 1 else ((), projects)
    if isinstance(reading, ProjectOrder):
        is_about = reading.projects or reading.maybe or reading.unknown
        return reading if is_about or not projects else replace(reading, projects=one, maybe=maybe)
    if not projects or not isinstance(reading, Unclear | Asked) or _names_something(reading, text, today):
        return reading
    if leads_off(text, today) and not text.rstrip().endswith("?"):
        return ReportStatus(one, maybe, line=text)
    for said in _with_number(text, one):
        if is_about_it := _about(understand(said), one):
            return is_about_it
    return reading


def _subjects(keys: Iterable[Key]) -> tuple[str, ...]:
    """List the subjects of a reminder that can be put off."""
    return tuple(dict.fromkeys(key.subject for key in keys if not KINDS[key.kind].at_once))


def _projects(keys: Iterable[Key]) -> tuple[str, ...]:
    """The projects that the reminders are about, by number."""
    subjects = (key.read_subject() for key in keys)
    numbers = (subject.project for subject in subjects if subject is not None)
    return tuple(dict.fromkeys(number for number in numbers if number))


def _names_something(reading: Unclear | Asked, text: str, today: date) -> bool:
    """Tell whether a question says of itself what it is about; a colour alone is no question here."""
    if not isinstance(reading, Asked) or leads_off(text, today):
        return False
    question = reading.question
    return bool(question.where or question.any_of)


def _with_number(text: str, projects: tuple[str, ...]) -> Iterable[str]:
    """Puts the project's number in the place of "den" and "det", each in turn."""
    for number in projects:
        for word in words_of(text):
            if is_small(word, "it"):
                yield f"{text[: word.first]}{number}{text[word.last :]}"


def _about(reading: Reading, projects: tuple[str, ...]) -> Reading | None:
    """The reading, where it is about just these projects."""
    if isinstance(reading, Asked):
        return reading if reading.question.values(catalogue.PROJECTS) == projects else None
    return reading if isinstance(reading, ProjectOrder) and reading.projects == projects else None
