"""The list of all that Tovholder can do."""

from __future__ import annotations

from datetime import date

from dialogs.calendar import CALENDAR
from dialogs.contacts import CONTACTS
from dialogs.deputies import DEPUTIES
from dialogs.exports import exporter_of, exports_of
from dialogs.exports.orders import list_wanted
from dialogs.glossary import GLOSSARY
from dialogs.handover import HANDOVER
from dialogs.help import HELP
from dialogs.history import HISTORY
from dialogs.meetings import MEETINGS
from dialogs.office import OFFICE
from dialogs.oneself import ONESELF
from dialogs.own_reminders import OWN_REMINDERS
from dialogs.presence import PRESENCE
from dialogs.privacy import PRIVACY
from dialogs.project_changes import PROJECT_CHANGES
from dialogs.projects import PROJECTS
from dialogs.questions import QUESTIONS
from dialogs.rounds import ROUNDS
from dialogs.status import STATUS
from dialogs.status_requests import STATUS_REQUESTS
from dialogs.turn.readings import Reading, Unclear
from dialogs.understanding.grasping import with_parts
from dialogs.understanding.language.lexicon import Lexicon
from dialogs.understanding.reading import Reader
from dialogs.undo import undo_of
from portfolio.organisation import Person

# A sentence is tried for the orders of each in turn; those first that must be said in so many words.
_DOING = (
    ONESELF,
    PRESENCE,
    GLOSSARY,
    CALENDAR,
    PRIVACY,
    STATUS_REQUESTS,
    PROJECT_CHANGES,
    CONTACTS,
    MEETINGS,
    OFFICE,
    OWN_REMINDERS,
    DEPUTIES,
    HANDOVER,
    ROUNDS,
    STATUS,
    QUESTIONS,
    PROJECTS,
    HISTORY,
    HELP,
)
EXPORTER = exporter_of(_DOING)
FEATURES = (undo_of(_DOING), exports_of(EXPORTER), *_DOING)
_RULES = tuple(rule for feature in FEATURES for rule in feature.rules)


def understand(text: str, lexicon: Lexicon, asker: Person | None, today: date) -> Reading:
    """Return the reading of a message, which may order or ask anything that the features can."""
    reader = Reader(lexicon, asker, today, _RULES)
    reading = reader.understand(text)
    if not isinstance(reading, Unclear):
        return reading
    return list_wanted(text, reader.understand) or with_parts(reading, text, lexicon, today)
