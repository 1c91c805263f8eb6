"""Tells what something is kept for, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any


class Purpose(StrEnum):
    """Tells what something is kept for."""

    PEOPLE = "people"
    PORTFOLIO = "portfolio"
    MEETINGS = "meetings"
    REMINDERS = "reminders"
    ABSENCE = "absence"
    TEAMS = "teams"
    FORMS = "forms"
    UNDOING = "undoing"
    MEMORY = "memory"
    EXPORTS = "exports"
    PROOF = "proof"
    RUNNING = "running"


class Forgetting(StrEnum):
    """Tells how what is too old goes."""

    ROWS = "rows"  # its rows are deleted
    WORDS = "words"  # it becomes NULL, its row stays
    FORMS = "forms"  # its rows are deleted, and those who began them are told
    CHAIN = "chain"  # the oldest lines are removed, and the chain begins later
    PERSON = "person"  # the person is erased, everywhere


@dataclass(frozen=True, slots=True)
class For:
    """Kept until `time` has passed since the day or moment in the column `since`; where that is NULL, it is kept. It
    holds for rows in which the columns named in `where` have that value; all others are kept. `is_real` where `since`
    is a real time, whatever clock Tovholder goes by. `part` names what it is for where it isn't for all of a table."""

    time: timedelta
    since: str
    forgetting: Forgetting = Forgetting.ROWS
    where: tuple[tuple[str, Any], ...] = ()
    is_real: bool = False
    part: str = ""


class While(StrEnum):
    """Kept as long as something holds, without a time of its own."""

    IN_PORTFOLIO = "in_portfolio"  # until the municipality removes it from the portfolio
    WITH_PERSON = "with_person"  # as long as the person is kept, or until they change it
    IN_FORCE = "in_force"  # until it is ended, or another takes its place
    UNTIL_SENT = "until_sent"  # until the message is sent or too late
    NAMED = "named"  # of people whom a file named and who are no more to us: as long as anything names them
    RUNNING = "running"  # one row, written over and over


Kept = For | While
