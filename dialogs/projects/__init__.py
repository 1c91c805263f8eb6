"""Single projects: the card, the facts, and what the figures say beside the lead's colours."""

from __future__ import annotations

from dialogs.feature import Feature
from dialogs.projects import reminder
from portfolio.reminders.keys import Origin

PROJECTS = Feature(
    name="projects", obligations={Origin.MILESTONE: reminder.MILESTONE, Origin.BENEFIT: reminder.BENEFIT}
)
