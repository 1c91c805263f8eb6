"""Help with questions, and words where there is nothing to look up."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.help.cards import answer_not_held
from portfolio.questions.question import Target

HELP = Feature(name="help", answers={Target.PROPOSALS: answer_not_held, Target.SYSTEMS: answer_not_held})
