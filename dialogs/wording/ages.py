"""Words for the age of a status report."""

from __future__ import annotations

from dialogs.turn.audience import Audience


def days_old(days: int, audience: Audience) -> str:
    if days <= 0:
        return audience.texts.say("list.age_today")
    return audience.texts.say("list.age_yesterday") if days == 1 else audience.texts.count("list.age", days)
