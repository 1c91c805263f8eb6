"""Questions on the portfolio, answered with lists, numbers and people."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.questions import answering
from portfolio.questions.question import Target

QUESTIONS = Feature(
    name="questions",
    answers={
        Target.PROJECTS: answering.answer_list,
        Target.PROJECT: answering.answer_project,
        Target.COUNT: answering.answer_count,
        Target.FIGURE: answering.answer_figure,
        Target.PEOPLE: answering.answer_people,
    },
)
