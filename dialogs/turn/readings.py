"""The ways a message can be understood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portfolio.questions.question import Question
from portfolio.reminders.kinds import Kind


class Command(StrEnum):
    """Things a person asks Tovholder to do rather than to answer."""

    REPORT_STATUS = "report_status"
    CORRECT_STATUS = "correct_status"
    UNCHANGED = "unchanged"
    NAME_DEPUTY = "name_deputy"
    END_DEPUTY = "end_deputy"
    SHOW_DEPUTIES = "show_deputies"
    HAND_OVER = "hand_over"
    OPEN_ROUND = "open_round"
    SHOW_ROUND = "show_round"
    SUM_UP_ROUND = "sum_up_round"
    SNOOZE = "snooze"
    ABSENT = "absent"
    BACK = "back"
    REMINDERS_OFF = "reminders_off"
    REMINDERS_ON = "reminders_on"
    MY_REMINDERS = "my_reminders"
    SET_RHYTHM = "set_rhythm"
    PREVIEW = "preview"
    STOP_REMINDERS = "stop_reminders"
    RESUME_REMINDERS = "resume_reminders"
    BIND_CHANNEL = "bind_channel"
    UNBIND_CHANNEL = "unbind_channel"
    SHOW_CHANNELS = "show_channels"
    MOVE_MEETING = "move_meeting"
    CANCEL_MEETING = "cancel_meeting"
    GREETING = "greeting"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with one reading."""

    question: Question


@dataclass(frozen=True, slots=True)
class Commanded:
    """A command with what it names. `maybe` are projects of which one was meant, `unknown` words that name none;
    `said` is what follows the colon in "status på skærmbesøg: gul, 60 %"; `in_steps` wants to be asked step by step.
    `kinds` are the reminders that are meant, none for all; `every` is how often, in days, 0 as usual.
    Of a meeting that is moved `first` is its day, `last` the new one, `said` the new time of day, as "13.00"."""

    command: Command
    projects: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    said: str | None = None
    in_steps: bool = False
    kinds: tuple[Kind, ...] = ()
    every: int | None = None


@dataclass(frozen=True, slots=True)
class HelpWanted:
    pass


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible reading: `field` (a name in Filters, or "bodies") would hold `value`."""

    field: str
    value: str
    question: Question


@dataclass(frozen=True, slots=True)
class Clarify:
    """Two or more readings of `words`; the person chooses."""

    words: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Unclear:
    """Not understood. `words` could not be placed; `near` are names in the portfolio that look like them."""

    words: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskerUnknown:
    """Asked for something of one's own ("mine projekter") by someone whose projects or department are unknown."""


Reading = Asked | Commanded | HelpWanted | Clarify | Unclear | AskerUnknown
