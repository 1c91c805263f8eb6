"""A list of projects, shown a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialogs.cards.buttons import export, page_buttons, show, way_back
from dialogs.cards.elements import (
    Element,
    Part,
    card_reply,
    colour_run,
    colour_word,
    first_fitting,
    line,
    short_reply,
    small,
    stacked,
    text_run,
    together,
    unbroken,
)
from dialogs.questions.headings import changes_heading
from dialogs.questions.rows import Shared, project_row, row_text, shared
from dialogs.questions.understood_card import adjust, sort_words, understood
from dialogs.turn.answer import Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, plain
from portfolio.projects.status import Rag
from portfolio.questions import catalogue
from portfolio.questions.answers import ProjectPage
from portfolio.questions.question import Question


@dataclass(frozen=True, slots=True)
class Loosened:
    """A filter that could be left out, and how many projects there would be then.

    `name` is None where closed projects would be let in.
    """

    name: str | None
    question: Question
    count: int


@dataclass(frozen=True, slots=True)
class ProjectList:
    """A page of projects. `loosened` helps where nothing was found; `earlier` takes in the focus areas that those asked
    for replace, and counts the projects that would come along."""

    question: Question
    page: ProjectPage
    offset: int = 0
    loosened: tuple[Loosened, ...] = ()
    earlier: Loosened | None = None
    is_empty_portfolio: bool = False

    def reply(self, audience: Audience) -> Reply:
        if self.page.total == 0:
            return _nothing(self, _heading(self, audience), audience)
        return first_fitting(self._drawn(audience, narrows=narrows) for narrows in (True, False))

    def _drawn(self, audience: Audience, *, narrows: bool) -> Reply:
        heading = _heading(self, audience)
        common = shared(self.question, self.page.rows, self.page.total)
        notes = _notes(self, common, audience)
        body, lines = together(understood(self.question, audience), colours(self.page.colours, audience))
        if notes:
            lines.append(" ".join(notes))
            body.append(small(" ".join(plain(note) for note in notes)))
        offers = _earlier(self, audience)
        lines += [row_text(row, common, audience) for row in self.page.rows]
        lines += [f"{title}?" for title, _ in offers]
        back = way_back(self.question)
        body += [project_row(row, common, audience, back) for row in self.page.rows]
        body += stacked([show(title, question) for title, question in offers])
        body += export(self.question, self.page.total, audience)
        actions = list_actions(self.question, self.page, self.offset, audience, narrows=narrows)
        return card_reply(ForAll, heading, lines, body, audience.texts, actions)

    def shown(self) -> Shown:
        return Shown(tuple(("projects", row.number) for row in self.page.rows), self.page.total, self.offset)

    def document(self, audience: Audience) -> Document:
        return Document(self.question.target.value, printed(self.question, audience.names), hits=self.question)


def _heading(answer: ProjectList, audience: Audience) -> str:
    """Name a limited number of projects by their order too: "5 projekter: budget, største først"."""
    heading = changes_heading(answer.question, answer.page.total, audience)
    if not answer.question.limit or not answer.question.sort or not answer.page.total:
        return heading
    order = sort_words(answer.question.sort, audience.texts).lower()
    return audience.texts.say("heading.sorted", heading=heading, order=order)


def colours(counts: Mapping[Rag, int], audience: Audience, before: str = "") -> Part:
    """The hits by colour, in the order that holds everywhere, with `before` in front; nothing where all are alike."""
    present = [colour for colour in Rag if counts.get(colour)]
    if len(present) < 2:
        return [], []
    runs = [text_run(before)] if before else []
    for colour in present:
        runs.append(colour_run(colour, unbroken(colour_word(colour, audience))))
        runs.append(text_run(f" {counts[colour]}" + ("" if colour is present[-1] else "  ·  ")))
    words = " · ".join(f"{audience.texts.name('colour', colour)} {counts[colour]}" for colour in present)
    return [{"type": "RichTextBlock", "inlines": runs}], [before + words]


def _notes(answer: ProjectList, common: Shared, audience: Audience) -> list[str]:
    """Say once what holds for all rows: lead, department, order, and which of the hits are shown."""
    texts, page = audience.texts, answer.page
    sentences = []
    first = page.rows[0]
    lead, unit = first.lead and (first.lead_name or audience.person(first.lead)), first.org_unit
    if common.lead and lead and len(answer.question.values(catalogue.LEAD)) != 1:
        sentences.append(texts.say("list.same_lead", name=lead))
    if common.unit and unit and (unit,) != answer.question.values(catalogue.ORG_UNITS):
        sentences.append(texts.say("list.same_unit", name=unit))
    if answer.question.sort and not answer.question.limit:
        sentences.append(texts.say("sort.sorted", order=sort_words(answer.question.sort, audience.texts).lower()))
    return [one_line(sentence) for sentence in [*sentences, *range_words(page, answer.offset, audience)]]


def range_words(page: ProjectPage, offset: int, audience: Audience) -> list[str]:
    """Say which of the hits are shown, unless all are."""
    if len(page.rows) == page.total:
        return []
    last = offset + len(page.rows)
    return [audience.texts.say("list.range", first=offset + 1, last=last, total=page.total)]


def _earlier(answer: ProjectList, audience: Audience) -> list[tuple[str, Question]]:
    """Offer to take in the focus areas that those asked for replaced, as (title, question)."""
    if answer.earlier is None:
        return []
    return [(audience.texts.count("list.earlier", answer.earlier.count), answer.earlier.question)]


def list_actions(
    question: Question, page: ProjectPage, offset: int, audience: Audience, *, narrows: bool
) -> list[Element]:
    """Buttons for the next page and the one before, and the form that changes the question."""
    return [
        *page_buttons(question, offset, len(page.rows), page.total, audience),
        adjust(question, audience, narrows=narrows),
    ]


def _nothing(answer: ProjectList, heading: str, audience: Audience) -> Reply:
    """Says which filter stands in the way, and what each one loosened would give."""
    texts = audience.texts
    if answer.is_empty_portfolio:
        return short_reply(ForAll, heading, texts.say("empty.no_projects"), texts)
    offers = _earlier(answer, audience)
    offers += [(_offer(loosened.name, loosened.count, audience), loosened.question) for loosened in answer.loosened]
    advice = texts.say("empty.loosen" if offers else "empty.nothing")
    offers.append((texts.say("empty.all"), Question()))
    buttons = stacked([show(title, question) for title, question in offers])
    body, lines = understood(answer.question, audience)
    lines += [advice, *(f"- {one_line(title)}" for title, _ in offers)]
    return card_reply(
        ForAll, heading, lines, [*body, line(advice), *buttons], texts, [adjust(answer.question, audience)]
    )


def _offer(name: str | None, count: int, audience: Audience) -> str:
    if name is None:
        return audience.texts.count("empty.with_closed", count)
    return audience.texts.count("empty.without", count, filter=one_line(name, 80))
