"""Orders: what a person tells Tovholder to do, each kind with what it may name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

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
class Order:
    """An order that names nothing, such as "vis mine påmindelser"."""

    command: Command


@dataclass(frozen=True, slots=True)
class ProjectOrder(Order):
    """An order that may name projects by number. `maybe` are projects of which one was meant."""

    projects: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StatusOrder(ProjectOrder):
    """Report, correct or repeat a status. `unknown` are words that name no project; `line` is the status told at once,
    as "gul, 60 %"; `in_steps` wants to be asked step by step."""

    unknown: tuple[str, ...] = ()
    line: str | None = None
    in_steps: bool = False


@dataclass(frozen=True, slots=True)
class DeputyOrder(ProjectOrder):
    """Name or end a deputy. `people` are emails: the deputy, then the lead; `unknown` are words that name nobody and
    no project. The days are the deputy's first and last."""

    unknown: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class HandoverOrder(ProjectOrder):
    """Hand a project over. `people` are emails: the new lead, then the present one; `unknown` are words that name
    nobody and no project."""

    unknown: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoundOrder(Order):
    """Open, show or sum up the round of a body. The days are those between which the meeting lies."""

    bodies: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class SnoozeOrder(ProjectOrder):
    """Remind again on `day`, of the projects and of the next meetings of the bodies."""

    bodies: tuple[str, ...] = ()
    day: date | None = None


@dataclass(frozen=True, slots=True)
class AbsenceOrder(Order):
    """Be away, from the first day to the last."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ReturnOrder(Order):
    """Be back on `day`, None for today."""

    day: date | None = None


@dataclass(frozen=True, slots=True)
class SwitchOrder(Order):
    """Switch kinds of reminders off or on; no kinds are all of them."""

    kinds: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class RhythmOrder(ProjectOrder):
    """Ask for a project's status every so many days, 0 as usual. `unknown` are words that name no project."""

    unknown: tuple[str, ...] = ()
    every: int | None = None


@dataclass(frozen=True, slots=True)
class PreviewOrder(Order):
    """Show what will be sent until a day."""

    until: date | None = None


@dataclass(frozen=True, slots=True)
class ChannelOrder(Order):
    """Make this channel a body's, or no longer."""

    bodies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MoveOrder(Order):
    """Move the next meeting of a body that is on `day` or later. What isn't said of the new time stays as it is."""

    bodies: tuple[str, ...] = ()
    day: date | None = None
    to_day: date | None = None
    to_time: time | None = None


@dataclass(frozen=True, slots=True)
class CancelOrder(Order):
    """Cancel the next meeting of a body, between the days where they are said."""

    bodies: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
