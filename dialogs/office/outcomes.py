"""What comes of what the portfolio office does with reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from portfolio.outlook.plan import Plan


@dataclass(frozen=True, slots=True)
class Previewed:
    """What will be sent until then; everybody's for the portfolio office, for others their own."""

    plans: tuple[Plan, ...]
    until: date
    offset: int
    is_office: bool
    all_stopped: bool


OfficeOutcome = Previewed
