"""A project's colours over time, read for the question that asks for them."""

from __future__ import annotations

from dataclasses import replace

from dialogs.history.trend_card import Trend
from dialogs.questions.answering import answer_list
from dialogs.turn.answer import Asking, Finding
from dialogs.turn.reply import UserError
from portfolio.history import corrections
from portfolio.questions.question import Changed, Target


async def answer_trend(asking: Asking) -> Finding:
    """Answer with a project's trend in the days that the question names, or with a list when it names several projects.
    Raises UserError where the project is gone."""
    question = asking.question
    if len(question.where.projects) != 1:
        return await answer_list(replace(asking, question=replace(question, target=Target.PROJECTS), offset=0))
    if question.periods and question.changed is None:
        days = Changed(question.periods[0].first, question.periods[0].last)
        question = replace(question, changed=days, periods=())
    first, last = (question.changed.first, question.changed.last) if question.changed else (None, None)
    histories = await asking.reader.history(question.where.projects, first, last)
    if not histories:
        raise UserError("gone", number=question.where.projects[0])
    changes = corrections(await asking.reader.publications(question.where.projects[0]))
    reported = {report.day for report in histories[0].reports}
    shown = tuple(correction for correction in changes if correction.report.day in reported)
    return Trend(question, histories[0], shown, asking.back)
