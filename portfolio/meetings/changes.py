"""A meeting that was moved, cancelled, or is held after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portfolio.bodies import Meeting


@dataclass(frozen=True, slots=True)
class MeetingChange:
    """A meeting that was to start at `start` was moved to `moved_to`, or, with None, cancelled; one that is held after
    all is moved to where it was. `meeting` is how it stands now."""

    meeting: Meeting
    start: datetime
    moved_to: datetime | None
    at: datetime

    @property
    def is_restored(self) -> bool:
        return self.moved_to == self.start
