"""A project's reports as a table, the oldest first."""

from __future__ import annotations

from dataclasses import replace

from dialogs.history.trend_card import Trend, answer_trend
from dialogs.questions.tables import OF_REPORT, projects_table, report_cells
from dialogs.turn.answer import Asking
from dialogs.turn.table import Column, Table, last_day, name_cell, table
from portfolio.questions.question import Target

_COLUMNS = (Column.NUMBER, Column.TITLE, *OF_REPORT, Column.EXPECTED_END, Column.AUTHOR)


async def trend_table(asking: Asking) -> Table:
    """Return the reports of one project; for several at once, these projects, just as the answer on trends does."""
    answer, audience = await answer_trend(asking), asking.audience
    if not isinstance(answer, Trend):
        return await projects_table(replace(asking, question=replace(asking.question, target=Target.PROJECTS)))
    history = answer.history
    rows = (
        (
            history.number,
            history.title,
            *report_cells(report, audience),
            last_day(report.expected_end),
            name_cell(report.author, audience),
        )
        for report in history.reports
    )
    return table(_COLUMNS, rows, audience)
