"""Milestones, benefits, and risks and barriers: lists of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from dialogs.cards.buttons import PAGE_SIZE, export, open_project, page_buttons, way_back
from dialogs.cards.elements import Element, card_reply, container, line, link_text, small
from dialogs.projects.sections import Entry, benefit_entry, milestone_entry, risk_entry
from dialogs.questions.headings import belongings_heading
from dialogs.questions.understood_card import understood
from dialogs.turn.answer import Asking, Document
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, plain
from portfolio.dates import PlanDate
from portfolio.projects.project import Benefit, Milestone, Risk
from portfolio.questions.answers import Belonging, BelongingPage
from portfolio.questions.question import Question, Target

LONGEST_TITLE = 120
Item = Milestone | Benefit | Risk


@dataclass(frozen=True, slots=True)
class Belongings:
    """Milestones, benefits or obstacles. `every` are all that fit, for scripts; `page` is what is shown from `offset`
    on."""

    question: Question
    page: BelongingPage[Any]
    offset: int = 0
    every: tuple[Belonging[Any], ...] = ()

    def reply(self, audience: Audience) -> Reply:
        heading = belongings_heading(self.question, self.page.total, audience)
        body, lines = understood(self.question, audience)
        for row in self.page.rows:
            entry = _entry(row.item, audience)
            title = one_line(row.title, LONGEST_TITLE)
            state = " · ".join(filter(None, (entry.state, title)))
            lines.append(f"- {entry.title}: {state} ({row.item.project})")
            body.append(_row(row, entry, state, self, audience))
        if not self.page.total:
            lines.append(audience.texts.say("belongings.none_help"))
            body.append(line(lines[-1]))
        body += export(self.question, self.page.total, audience)
        actions = page_buttons(self.question, self.offset, len(self.page.rows), self.page.total, audience)
        return card_reply(ForAll, heading, lines, body, audience.texts, actions)

    def document(self, audience: Audience) -> Document:
        rows = [_printed(row.item, audience) for row in self.every]
        kind, written = self.question.target.value, printed(self.question, audience.names)
        return Document(kind, written, total=self.page.total, projects=self.page.projects, more={"rows": rows})


async def answer_belongings(asking: Asking) -> Belongings:
    question, today = asking.question, asking.audience.today
    readers: dict[Target, Callable[..., Awaitable[Any]]] = {
        Target.MILESTONES: asking.reader.milestones,
        Target.BENEFITS: asking.reader.benefits,
        Target.OBSTACLES: asking.reader.obstacles,
    }
    every: BelongingPage[Any] = await readers[question.target](question, today, size=MOST_ROWS)
    shown = replace(every, rows=every.rows[asking.offset : asking.offset + PAGE_SIZE])
    return Belongings(question, shown, asking.offset, every.rows)


# As many as scripts are told of; a portfolio of hundreds of projects has some thousands.
MOST_ROWS = 5_000


def _entry(item: Item, audience: Audience) -> Entry:
    match item:
        case Milestone():
            return milestone_entry(item, audience)
        case Benefit():
            return benefit_entry(item, audience)
        case Risk():
            return risk_entry(item, audience)


def _row(row: Belonging[Any], entry: Entry, state: str, answer: Belongings, audience: Audience) -> Element:
    """The title with what is said of it below; opens the project."""
    title = audience.texts.say("list.open", title=one_line(row.title, LONGEST_TITLE))
    opening = open_project(title, row.item.project, way_back(answer.question))
    words = [link_text(plain(entry.title)), small(plain(state, 300))]
    return container(words, selectAction={**opening, "tooltip": row.item.project}, separator=True, spacing="Small")


_NAMES = {"due": "date", "unit": "unit"}


def _printed(item: Item, audience: Audience) -> dict[str, Any]:
    """Write it with the fields of the workbook's sheet, in English."""
    written: dict[str, Any] = {}
    for name in type(item).__dataclass_fields__:
        value = getattr(item, name)
        if name == "responsible":
            written[name] = audience.names.address(value) or None if value else None
        else:
            written[_NAMES.get(name, name)] = _value(value)
    return written


def _value(value: Any) -> Any:
    match value:
        case PlanDate():
            return value.last.isoformat()
        case date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case StrEnum():
            return value.value
    return value
