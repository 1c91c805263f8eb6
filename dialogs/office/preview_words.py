"""Says in a line what a message will say."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.reminders.looks import LOOKS
from dialogs.turn.audience import Audience
from portfolio.reminders.kinds import Reminder


def what_words(reminders: Sequence[Reminder], audience: Audience) -> str:
    """ "2 projekter mangler status · møde i Styregruppen" """
    briefs = []
    for kind, look in LOOKS.items():
        if of_kind := [reminder for reminder in reminders if reminder.kind is kind]:
            briefs.append(look.brief(of_kind, audience))
    return " · ".join(briefs)
