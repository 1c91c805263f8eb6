"""Questions on the portfolio, answered with lists, numbers and people."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.questions import answering
from dialogs.questions.belongings_card import answer_belongings
from dialogs.questions.fact_card import answer_fact
from dialogs.questions.group_card import answer_groups
from dialogs.questions.names_card import answer_names
from dialogs.questions.tables import TABLES
from portfolio.questions.question import Target

QUESTIONS = Feature(
    name="questions",
    answers={
        Target.PROJECTS: answering.answer_list,
        Target.PROJECT: answering.answer_project,
        Target.COUNT: answering.answer_count,
        Target.FIGURE: answering.answer_figure,
        Target.GROUPS: answer_groups,
        Target.FIELD: answer_fact,
        **dict.fromkeys((Target.MILESTONES, Target.BENEFITS, Target.OBSTACLES), answer_belongings),
        **dict.fromkeys((Target.FOCUS_AREAS, Target.ORG_UNITS, Target.BODIES), answer_names),
        Target.PEOPLE: answering.answer_people,
    },
    tables=TABLES,
)
