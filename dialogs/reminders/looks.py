"""The look of each kind of reminder, from the feature that it is about."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.feature import Look, ObligationLook
from dialogs.meetings import MEETINGS
from dialogs.projects import PROJECTS
from dialogs.reminders.deadlines import deadline_look
from dialogs.rounds import ROUNDS
from dialogs.status import STATUS
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import KINDS, Kind

OBLIGATIONS: Mapping[Origin, ObligationLook] = {**PROJECTS.obligations, **ROUNDS.obligations}
_BY_KIND: Mapping[Kind, Look] = {
    **STATUS.reminders,
    **MEETINGS.reminders,
    Kind.DEADLINE: deadline_look(OBLIGATIONS),
}
# In the order in which a message tells them. A kind that no feature tells stops the program as it starts.
LOOKS: Mapping[Kind, Look] = {kind: _BY_KIND[kind] for kind in KINDS}
