"""What a message will say, in a line."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.reminders.parts import title_of
from dialogs.turn.audience import Audience
from portfolio.reminders.kinds import KINDS, Reminder


def what_words(reminders: Sequence[Reminder], audience: Audience) -> str:
    """ "2 projekter mangler status · møde i Styregruppen" """
    found = []
    for kind in KINDS:
        if of_kind := [one for one in reminders if one.kind is kind]:
            title = title_of(of_kind[0])
            found.append(audience.texts.count(f"preview.{kind.value}", len(of_kind), title=title))
    return " · ".join(found)
