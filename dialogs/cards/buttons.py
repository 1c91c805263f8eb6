"""Buttons that several features draw: what each carries, by its verb, and how it is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from dialogs.cards.elements import Element, button, container, line
from dialogs.turn.audience import Audience
from dialogs.turn.button import (
    Asked,
    Button,
    Day,
    DraftId,
    FilledIn,
    Number,
    Offset,
    PersonRef,
    ProjectNumber,
    Said,
    Sentence,
    Subjects,
)
from dialogs.turn.payload import to_data
from portfolio.identity import PersonId
from portfolio.questions.question import Question, Target, which

# A row's way back to its list is left out for a question longer than this, so that ten rows stay small.
LONGEST_BACK = 400
# Hits on one page of a list.
PAGE_SIZE = 10
# What the form on a list calls its choices: of each chip by its place, of what else there is, of the order.
SORT_INPUT = "sort"


@dataclass(frozen=True, slots=True)
class Show(Button):
    """Answer the question; `back` is the list that its project was opened from."""

    verb: ClassVar[str] = "show"
    question: Asked
    offset: Offset = 0
    back: Asked | None = None


@dataclass(frozen=True, slots=True)
class Change(FilledIn):
    """Answer the question as the form on its list changes it."""

    verb: ClassVar[str] = "change"
    takes: ClassVar[re.Pattern[str]] = re.compile(rf"chip\d{{1,3}}|add_\w+|{SORT_INPUT}")
    question: Asked


@dataclass(frozen=True, slots=True)
class OpenProject(Button):
    """Show a project; `question` is the list that leads back."""

    verb: ClassVar[str] = "open"
    project: ProjectNumber
    question: Asked | None = None


@dataclass(frozen=True, slots=True)
class Export(Button):
    """Hand the question's whole answer over as a file."""

    verb: ClassVar[str] = "export"
    command: ClassVar[str] = "export"
    question: Asked


@dataclass(frozen=True, slots=True)
class Ask(Button):
    """Say a sentence, instead of writing it."""

    verb: ClassVar[str] = "ask"
    text: Sentence


@dataclass(frozen=True, slots=True)
class Report(Button):
    """Report on a project, with what was `said` of it already; without one, show those that the person reports on. On
    cards of earlier versions it asks in `steps`."""

    verb: ClassVar[str] = "report"
    command: ClassVar[str] = "report_status"
    project: ProjectNumber | None = None
    said: Said | None = None
    offset: Offset = 0
    steps: bool = False


@dataclass(frozen=True, slots=True)
class Unchanged(Button):
    """Report as before, on the project as it was at that revision."""

    verb: ClassVar[str] = "unchanged"
    command: ClassVar[str] = "unchanged"
    project: ProjectNumber
    revision: Number


@dataclass(frozen=True, slots=True)
class Correct(Button):
    verb: ClassVar[str] = "correct"
    command: ClassVar[str] = "correct_status"
    project: ProjectNumber


@dataclass(frozen=True, slots=True)
class HandOver(Button):
    verb: ClassVar[str] = "hand_over"
    command: ClassVar[str] = "hand_over"
    project: ProjectNumber
    lead: PersonRef | None = None


@dataclass(frozen=True, slots=True)
class Snooze(Button):
    """Remind again on that day of what the message was about. On cards of earlier versions that stands in
    `subjects`."""

    verb: ClassVar[str] = "snooze"
    command: ClassVar[str] = "snooze"
    until: Day
    subjects: Subjects = ()


@dataclass(frozen=True, slots=True)
class GoOn(Button):
    """Go on with a form where it was left."""

    verb: ClassVar[str] = "form_go_on"
    draft: DraftId


def show(title: str, question: Question, offset: int = 0) -> Element:
    return button(title, Show(question, offset))


def change(title: str, question: Question) -> Element:
    return button(title, Change(question), with_inputs=True)


def way_back(question: Question | None) -> Question | None:
    """Return the question by which a row leads back to its list, unless it is long."""
    return question if question is not None and len(str(to_data(question))) <= LONGEST_BACK else None


def export(question: Question, hits: int, audience: Audience) -> list[Element]:
    """Offers a list of several hits as a file, in a line below it that asks for no attention."""
    if hits < 2:
        return []
    fetch = button(audience.texts.say("export.button"), Export(question))
    return [container([line(fetch["title"], color="Accent", size="Small")], selectAction=fetch, spacing="Medium")]


def open_project(title: str, number: str, back: Question | None) -> Element:
    return button(title, OpenProject(number, back))


def show_trend(title: str, number: str, back: Question | None = None) -> Element:
    """`back` is the list that the project was opened from, so that its card can lead there again."""
    trend = Question(target=Target.TREND, where=which(projects=(number,)))
    return button(title, Show(trend, back=way_back(back)))


def ask(sentence: str) -> Element:
    return button(sentence, Ask(sentence))


def report(title: str, number: str, said: str | None = None) -> Element:
    """Open a project's status form, with what was `said` of the project already as a summary."""
    return button(title, Report(number, said or None))


def reports(title: str, offset: int = 0) -> Element:
    """Show the projects that the person reports on."""
    return button(title, Report(offset=offset))


def unchanged(title: str, number: str, revision: int) -> Element:
    return button(title, Unchanged(number, revision))


def correct(title: str, number: str) -> Element:
    return button(title, Correct(number))


def hand_over(title: str, number: str, lead: PersonId | None = None) -> Element:
    """Asks for a yes before the project has another lead."""
    return button(title, HandOver(number, lead or None))


def snooze(title: str, until: date) -> Element:
    """Remind again on that day of all that the message is about."""
    return button(title, Snooze(until))


def page_buttons(question: Question, offset: int, shown: int, total: int, audience: Audience) -> list[Element]:
    """Buttons for the next page and the one before; `shown` hits stand on this page, which begins at `offset`."""
    return paging(lambda title, at: show(title, question, at), offset, shown, total, audience)


def paging(
    page: Callable[[str, int], Element], offset: int, shown: int, total: int, audience: Audience, size: int = PAGE_SIZE
) -> list[Element]:
    """The same for any list: `page` draws the button with that title to the page that begins at that offset."""
    buttons: list[Element] = []
    left = total - offset - shown
    if left > 0:
        buttons.append(page(audience.texts.say("list.more", count=left), offset + shown))
    if offset:
        buttons.append(page(audience.texts.say("list.previous"), max(0, offset - size)))
    return buttons


def go_on(title: str, draft: str) -> Element:
    return button(title, GoOn(draft))
