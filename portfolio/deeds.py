"""What a person had stored, remembered for a while so that it can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portfolio.identity import PersonId

TIME_TO_UNDO = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something stored by `person`. `kind` names its way back, and `data` holds what that needs, without
    free text. `at` carries its zone."""

    id: str
    person: PersonId
    kind: str
    data: Mapping[str, Any]
    at: datetime
    is_undone: bool = False

    def is_late(self, now: datetime) -> bool:
        return now - self.at > TIME_TO_UNDO
