"""A project's colours over time, and how they were corrected."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.history.table import trend_table
from dialogs.history.trend_card import answer_trend
from portfolio.questions.question import Target

HISTORY = Feature(name="history", answers={Target.TREND: answer_trend}, tables={Target.TREND: trend_table})
