"""The list of all that Tovholder can do."""

from __future__ import annotations

from dialogs.deputies import DEPUTIES
from dialogs.handover import HANDOVER
from dialogs.help import HELP
from dialogs.history import HISTORY
from dialogs.meetings import MEETINGS
from dialogs.office import OFFICE
from dialogs.own_reminders import OWN_REMINDERS
from dialogs.projects import PROJECTS
from dialogs.questions import QUESTIONS
from dialogs.rounds import ROUNDS
from dialogs.status import STATUS

FEATURES = (QUESTIONS, PROJECTS, HISTORY, HELP, ROUNDS, MEETINGS, STATUS, DEPUTIES, HANDOVER, OWN_REMINDERS, OFFICE)
