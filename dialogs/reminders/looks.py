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

_FEATURES = (PROJECTS, ROUNDS, STATUS, MEETINGS)
OBLIGATIONS: Mapping[Origin, ObligationLook] = {
    origin: look for feature in _FEATURES for origin, look in feature.obligations.items()
}
_BY_KIND: Mapping[Kind, Look] = {
    **{kind: look for feature in _FEATURES for kind, look in feature.reminders.items()},
    Kind.DEADLINE: deadline_look(OBLIGATIONS),
}
# In the order in which a message tells them. A kind that no feature tells stops the program as it starts.
LOOKS: Mapping[Kind, Look] = {kind: _BY_KIND[kind] for kind in KINDS}
