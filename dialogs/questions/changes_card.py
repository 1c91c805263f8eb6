"""Projects whose colour changed, each with the way it went and what else moved."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.cards.buttons import export, way_back
from dialogs.cards.elements import Element, card_reply, colour_run, colour_word, first_fitting, small, together
from dialogs.questions.headings import changes_heading
from dialogs.questions.list_card import colours, list_actions, range_words
from dialogs.questions.rows import LONGEST_NAME, LONGEST_TITLE, row_columns, state_text
from dialogs.questions.understood_card import sort_words, understood
from dialogs.turn.answer import Document, Shown
from dialogs.turn.audience import Audience
from dialogs.turn.printing import printed
from dialogs.turn.reply import ForAll, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import lead_words
from dialogs.wording.values import date_words, number_words, short_day_words
from portfolio.dates import PlanDate
from portfolio.history import ProjectHistory, turns
from portfolio.projects.status import Rag, StatusReport
from portfolio.questions.answers import ProjectPage, ProjectRow
from portfolio.questions.question import Question

# A way of more steps than this begins where they do.
MOST_STEPS = 4


@dataclass(frozen=True, slots=True)
class Changes:
    """The projects whose colour changed; `histories` are of the page's rows, in their order, through the period."""

    question: Question
    page: ProjectPage
    histories: tuple[ProjectHistory, ...]
    offset: int = 0

    def reply(self, audience: Audience) -> Reply:
        return first_fitting(self._drawn(audience, narrows=narrows) for narrows in (True, False))

    def _drawn(self, audience: Audience, *, narrows: bool) -> Reply:
        heading = changes_heading(self.question, self.page.total, audience)
        rows = _rows(self)
        notes = _notes(self, audience)
        today = colours(self.page.colours, audience, f"{audience.texts.say('change.now')} ")
        body, lines = together(understood(self.question, audience), today)
        if notes:
            lines.append(notes)
            body.append(small(plain(notes)))
        back = way_back(self.question)
        lines += [_row_text(row, history, audience) for row, history in rows]
        body += [_row(row, history, audience, back) for row, history in rows]
        body += export(self.question, self.page.total, audience)
        actions = list_actions(self.question, self.page, self.offset, audience, narrows=narrows)
        return card_reply(ForAll, heading, lines, body, audience.texts, actions)

    def shown(self) -> Shown:
        return Shown(tuple(("projects", row.number) for row in self.page.rows), self.page.total, self.offset)

    def document(self, audience: Audience) -> Document:
        return Document(self.question.target.value, printed(self.question, audience.names), hits=self.question)


def _rows(answer: Changes) -> list[tuple[ProjectRow, ProjectHistory]]:
    """Join each row with its history; a project that is gone meanwhile is left out."""
    by_number = {history.number: history for history in answer.histories}
    return [(row, by_number[row.number]) for row in answer.page.rows if row.number in by_number]


def _notes(answer: Changes, audience: Audience) -> str:
    sentences = []
    if answer.question.sort:
        order = sort_words(answer.question.sort, audience.texts).lower()
        sentences.append(audience.texts.say("sort.sorted", order=order))
    return " ".join([*sentences, *range_words(answer.page, answer.offset, audience)])


def _row(row: ProjectRow, history: ProjectHistory, audience: Audience, back: Question | None) -> Element:
    details = " · ".join(plain(detail, LONGEST_NAME) for detail in _details(row, history, audience))
    return row_columns(row, [_way(history, audience), small(details)], audience, back)


def _row_text(row: ProjectRow, history: ProjectHistory, audience: Audience) -> str:
    way = " → ".join(words for _, words in _steps(history, audience))
    details = " · ".join(one_line(detail, LONGEST_NAME) for detail in _details(row, history, audience))
    return f"- {state_text(row, audience)}: {one_line(row.title, LONGEST_TITLE)}. {way} ({details})"


def _way(history: ProjectHistory, audience: Audience) -> Element:
    runs: list[Element] = []
    for colour, words in _steps(history, audience):
        whole = words.replace(" ", "\N{NO-BREAK SPACE}")
        runs.append(colour_run(colour, f" →\N{NO-BREAK SPACE}{whole}" if runs else whole))
    return {"type": "RichTextBlock", "inlines": runs, "spacing": "None"}


def _steps(history: ProjectHistory, audience: Audience) -> list[tuple[Rag, str]]:
    """ "● Grøn", "● Gul 3. apr. 26", …: what it was, and each colour it turned with its day."""
    steps = [(history.colours[0], colour_word(history.colours[0], audience))]
    for report in turns(history.reports, history.before):
        colour, day = colour_word(report.overall, audience), short_day_words(report.day, audience)
        steps.append((report.overall, audience.texts.say("change.step", colour=colour, day=day)))
    return steps[-MOST_STEPS - 1 :]


def _details(row: ProjectRow, history: ProjectHistory, audience: Audience) -> list[str]:
    details = [row.number, row.lead_name or lead_words(row.lead, audience)]
    if history.before is not None and history.reports:
        details += _other_changes(history.before, history.reports[-1], audience)
    return details


def _other_changes(before: StatusReport, now: StatusReport, audience: Audience) -> list[str]:
    """Say how the expected end and the progress changed."""
    changes = [_expected_end(before.expected_end, now.expected_end, audience)]
    if before.progress is not None and now.progress is not None and before.progress != now.progress:
        figures = {"before": number_words(before.progress, audience), "after": number_words(now.progress, audience)}
        changes.append(audience.texts.say("change.progress", **figures))
    return [words for words in changes if words]


def _expected_end(before: PlanDate | None, now: PlanDate | None, audience: Audience) -> str | None:
    if before == now:
        return None
    texts = audience.texts
    if now is None:
        return texts.say("change.expected_end_gone", before=date_words(before, audience)) if before else None
    after = date_words(now, audience)
    if before is None:
        return texts.say("change.expected_end_new", after=after)
    return texts.say("change.expected_end", before=date_words(before, audience), after=after)
