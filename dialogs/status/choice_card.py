"""The projects that a person reports on, what is most overdue first; and which of several was meant."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.cards.buttons import report, reports, unchanged
from dialogs.cards.elements import (
    COLOUR_WIDTH,
    Element,
    card,
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
from dialogs.turn.reply import Reply
from dialogs.values.plain import one_line, plain, sentence
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
        lines = [sentence(heading), *(_line(reportable, audience) for reportable, _ in shown)]
        actions: list[Element] = []
        if (left := len(self.reportables) - self.offset - len(shown)) > 0:
            actions.append(reports(audience.texts.say("list.more", count=left), self.offset + PAGE))
        if self.offset:
            actions.append(reports(audience.texts.say("list.previous"), max(0, self.offset - PAGE)))
        above = [] if shown else [audience.texts.say("to_report.none")]
        above += _repeat_line(self.status_line, audience)
        body: list[Element] = [line(text) for text in above]
        lines[1:1] = above
        text = "\n".join(lines)
        return Reply(card(plain(heading), [*body, *rows], audience.texts, text, actions), text, is_personal=True)


@dataclass(frozen=True, slots=True)
class WhichProject:
    """Several projects may be meant by what was said."""

    numbers: tuple[str, ...]
    status_line: str | None = None

    def reply(self, audience: Audience) -> Reply:
        heading = audience.texts.say("to_report.which")
        named = [(one_line(audience.names.project(number), LONGEST_TITLE), number) for number in self.numbers[:8]]
        above = [audience.texts.say("clarify.choose"), *_repeat_line(self.status_line, audience)]
        text = "\n".join([heading, *above, *(f"- {title} ({number})" for title, number in named)])
        carried = _line_carried(self.status_line)
        buttons = stacked([report(f"{title} ({number})", number, carried) for title, number in named])
        body: list[Element] = [*(line(text) for text in above), *buttons]
        return Reply(card(plain(heading), body, audience.texts, text), text)


def _heading(answer: ToReport, audience: Audience) -> str:
    if answer.unknown:
        words = one_line(" ".join(answer.unknown), 80)
        return audience.texts.say("to_report.unknown", words=words)
    waiting = sum(_is_waiting(reportable, audience) for reportable in answer.reportables)
    if not waiting:
        return audience.texts.count("to_report.none_waits", len(answer.reportables))
    return audience.texts.count("to_report.waiting", waiting, total=len(answer.reportables))


def _is_waiting(reportable: Reportable, audience: Audience) -> bool:
    newest = reportable.newest
    return newest is None or newest.day + reportable.rhythm < audience.today


def _row(reportable: Reportable, guard: Guard | None, status_line: str | None, audience: Audience) -> Element:
    """The project with its colour, and under it what can be done."""
    project = reportable.detail.project
    title = one_line(project.title, LONGEST_TITLE)
    say = audience.texts.say
    buttons = [report(say("to_report.report", title=title), project.number, status_line)]
    why = None
    if guard is None:
        buttons.append(unchanged(say("to_report.unchanged", title=title), project.number, reportable.revision))
    elif guard is not Guard.NEVER_REPORTED:
        why = small(say(f"guard_short.{guard.value}"))
    named = [
        {**button, "title": say(key), "tooltip": button["title"]} for button, key in zip(buttons, _SHORT, strict=False)
    ]
    words = [strong(plain(project.title, LONGEST_TITLE)), small(plain(" · ".join(_details(reportable, audience))))]
    state = column(_state(reportable.newest, audience), COLOUR_WIDTH)
    below: list[Element] = [{"type": "ActionSet", "actions": named}, *([why] if why else [])]
    return container([columns(state, column(words)), *below], separator=True, spacing="Medium")


_SHORT = ("to_report.report_short", "to_report.unchanged_short")


def _state(newest: StatusReport | None, audience: Audience) -> list[Element]:
    if newest is None:
        return [colour_block(Rag.NONE, audience)]
    return [colour_block(newest.overall, audience), small(days_old(newest.day, audience))]


def _details(reportable: Reportable, audience: Audience) -> list[str]:
    project = reportable.detail.project
    details = [audience.texts.say("list.missing")] if reportable.newest and _is_waiting(reportable, audience) else []
    details.append(project.number)
    if audience.asker and project.lead and project.lead != audience.asker.email:
        name = one_line(audience.names.person(project.lead), 80)
        details.append(audience.texts.say("to_report.deputy_for", name=name))
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
