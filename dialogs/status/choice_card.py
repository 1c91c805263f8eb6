"""The projects that a person reports on, what is most overdue first; and which of several was meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dialogs.cards.buttons import Report, paging, report, reports, unchanged
from dialogs.cards.elements import (
    COLOUR_WIDTH,
    Element,
    action_set,
    button,
    card_reply,
    colour_block,
    column,
    columns,
    container,
    line,
    small,
    stacked,
    strong,
)
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import one_line, plain
from dialogs.wording.days import name_words
from dialogs.wording.values import days_old
from portfolio.projects.status import Rag, StatusReport
from portfolio.status.reporting import Reportable
from portfolio.status.unchanged import Guard

PAGE = 6
LONGEST_TITLE = 120
# What was said already rides on each button: more would make the card too large.
LONGEST_SAID = 300


@dataclass(frozen=True, slots=True)
class ToReport:
    """The projects that a person reports on, what is most overdue first, each with what keeps it from "Uændret".
    `unknown` are words that named none, `status_line` the status that was told already."""

    reportables: tuple[Reportable, ...]
    guards: tuple[Guard | None, ...]
    offset: int = 0
    unknown: tuple[str, ...] = ()
    status_line: str | None = None

    def reply(self, audience: Audience) -> Reply:
        heading = _heading(self, audience)
        shown = list(zip(self.reportables, self.guards, strict=True))[self.offset : self.offset + PAGE]
        rows = [_row(reportable, guard, _line_carried(self.status_line), audience) for reportable, guard in shown]
        actions = paging(reports, self.offset, len(shown), len(self.reportables), audience, PAGE)
        above = [] if shown else [audience.texts.say("to_report.none")]
        above += _repeat_line(self.status_line, audience)
        lines = [*above, *(_line(reportable, audience) for reportable, _ in shown)]
        body = [*(line(text) for text in above), *rows]
        return card_reply(ForOne, heading, lines, body, audience.texts, actions)

    def choices(self, audience: Audience) -> list[Element]:
        """The projects shown. Named in words, each is asked about in the chat."""
        shown = self.reportables[self.offset : self.offset + PAGE]
        return [_chosen(one.detail.project.number, self.status_line, audience) for one in shown]


def _chosen(number: str, status_line: str | None, audience: Audience) -> Element:
    title = one_line(audience.names.project(number), LONGEST_TITLE)
    return button(title, Report(number, _line_carried(status_line), steps=True))


@dataclass(frozen=True, slots=True)
class WhichProject:
    """Several projects may be meant by what was said."""

    numbers: tuple[str, ...]
    status_line: str | None = None

    def reply(self, audience: Audience) -> Reply:
        heading = audience.texts.say("to_report.which")
        named = [(one_line(audience.names.project(number), LONGEST_TITLE), number) for number in self.numbers[:8]]
        above = [audience.texts.say("clarify.choose"), *_repeat_line(self.status_line, audience)]
        lines = [*above, *(f"- {title} ({number})" for title, number in named)]
        carried = _line_carried(self.status_line)
        buttons = stacked([report(f"{title} ({number})", number, carried) for title, number in named])
        return card_reply(ForOne, heading, lines, [*(line(text) for text in above), *buttons], audience.texts)

    def choices(self, audience: Audience) -> list[Element]:
        return [_chosen(number, self.status_line, audience) for number in self.numbers[:8]]


def _heading(answer: ToReport, audience: Audience) -> str:
    if answer.unknown:
        words = one_line(" ".join(answer.unknown), 80)
        return audience.texts.say("to_report.unknown", words=words)
    waiting = sum(is_waiting(reportable, audience.today) for reportable in answer.reportables)
    if not waiting:
        return audience.texts.count("to_report.none_waits", len(answer.reportables))
    return audience.texts.count("to_report.waiting", waiting, total=len(answer.reportables))


def is_waiting(reportable: Reportable, today: date) -> bool:
    newest = reportable.newest
    return newest is None or newest.day + reportable.rhythm < today


def _row(reportable: Reportable, guard: Guard | None, status_line: str | None, audience: Audience) -> Element:
    """The project with its colour, and under it what can be done."""
    project = reportable.detail.project
    title = one_line(project.title, LONGEST_TITLE)
    say = audience.texts.say
    reporting = report(say("to_report.report", title=title), project.number, status_line)
    buttons = [_named(reporting, say("to_report.report_short"))]
    why: list[Element] = []
    if guard is None:
        repeating = unchanged(say("to_report.unchanged", title=title), project.number, reportable.revision)
        buttons.append(_named(repeating, say("to_report.unchanged_short")))
    elif guard is not Guard.NEVER_REPORTED:
        why = [small(say(f"guard_short.{guard.value}"))]
    words = [strong(plain(project.title, LONGEST_TITLE)), small(plain(" · ".join(_details(reportable, audience))))]
    state = column(_state(reportable.newest, audience), COLOUR_WIDTH)
    return container([columns(state, column(words)), action_set(*buttons), *why], separator=True, spacing="Medium")


def _named(action: Element, short: str) -> Element:
    return {**action, "title": short, "tooltip": action["title"]}


def _state(newest: StatusReport | None, audience: Audience) -> list[Element]:
    if newest is None:
        return [colour_block(Rag.NONE, audience)]
    return [colour_block(newest.overall, audience), small(days_old(newest.day, audience))]


def _details(reportable: Reportable, audience: Audience) -> list[str]:
    project = reportable.detail.project
    is_missing = reportable.newest and is_waiting(reportable, audience.today)
    details = [audience.texts.say("list.missing")] if is_missing else []
    details.append(project.number)
    if audience.asker and project.lead and project.lead != audience.asker.id:
        details.append(audience.texts.say("to_report.deputy_for", name=name_words(project.lead, audience)))
    return details


def _line(reportable: Reportable, audience: Audience) -> str:
    newest = reportable.newest
    state = audience.texts.name("colour", newest.overall if newest else Rag.NONE)
    if newest:
        state += f", {days_old(newest.day, audience)}"
    title = one_line(reportable.detail.project.title, LONGEST_TITLE)
    return f"- {state}: {title} ({' · '.join(_details(reportable, audience))})"


def _line_carried(status_line: str | None) -> str | None:
    return status_line if status_line and len(status_line) <= LONGEST_SAID else None


def _repeat_line(status_line: str | None, audience: Audience) -> list[str]:
    """Ask for the line again where it is too long for a button to carry; it still stands in the chat."""
    return [audience.texts.say("to_report.say_again")] if status_line and not _line_carried(status_line) else []
