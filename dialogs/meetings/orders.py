"""What may be ordered about a body's meetings and its channel, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import ClassVar

from dialogs.turn.orders import BodyOrder, Effect, Order
from dialogs.turn.readings import Asked
from dialogs.understanding.language.times import Time, in_other_year
from dialogs.understanding.orders.grammar import BESIDE, BODIES, Grammar, Named
from dialogs.understanding.orders.rules import Rule, Told
from portfolio.dates import Unit, end_of
from portfolio.questions.question import meetings_of

_LATELY, _WEEK = timedelta(days=60), timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class MoveMeeting(BodyOrder):
    """Move the next meeting of a body: that on `day`, or, with a `last`, between those days. What isn't said of the new
    time stays as it is."""

    command: ClassVar[str] = "move_meeting"
    effect: ClassVar[Effect] = Effect.ASKS
    day: date | None = None
    last: date | None = None
    to_day: date | None = None
    to_time: time | None = None

    @property
    def is_weekday(self) -> bool:
        """Say whether the meeting was called by its weekday, which comes in a week's time, too."""
        return self.day is not None and self.last == self.day + _WEEK


@dataclass(frozen=True, slots=True)
class CancelMeeting(BodyOrder):
    """Cancel the next meeting of a body, between the days where they are said."""

    command: ClassVar[str] = "cancel_meeting"
    effect: ClassVar[Effect] = Effect.ASKS
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class RestoreMeeting(BodyOrder):
    """Hold a cancelled meeting of a body after all, between the days where they are said."""

    command: ClassVar[str] = "restore_meeting"
    effect: ClassVar[Effect] = Effect.ASKS
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class BindChannel(BodyOrder):
    """Make this channel a body's."""

    command: ClassVar[str] = "bind_channel"
    effect: ClassVar[Effect] = Effect.ASKS
    is_of_channel: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class UnbindChannel(BodyOrder):
    command: ClassVar[str] = "unbind_channel"
    effect: ClassVar[Effect] = Effect.ASKS
    is_of_channel: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class ShowChannels(Order):
    command: ClassVar[str] = "show_channels"
    effect: ClassVar[Effect] = Effect.SHOWS


def _tells_meeting(told: Told) -> bool:
    sentence, cues = told.sentence, told.cues
    names_body = sentence.has("body") or any(tag.names("bodies") for tag in sentence.tags)
    is_meant = names_body or sentence.has("target", "meetings")
    return is_meant and not cues.has("channel") and not cues.has_beside("reminders", "move")  # "vi rykker mødet"


def _tells_restoring(told: Told) -> bool:
    """ "genopret mødet i styregruppen", "hold mødet alligevel"."""
    cues = told.cues
    return _tells_meeting(told) and (cues.has("restores") or (cues.has("keeps") and cues.has("after_all")))


def _channel_order(told: Told) -> type[Order] | None:
    cues = told.cues
    if not cues.has("channel") or cues.has("stop", "off", "refuses"):  # "stop påmindelser i denne kanal"
        return None
    if cues.has("no_longer"):
        return UnbindChannel
    return BindChannel if cues.has("this", "binds") and not cues.has("which", "known") else ShowChannels


def _restore(named: Named) -> RestoreMeeting:
    first, last = named.days
    return RestoreMeeting(named.all_bodies, first=first, last=last)


def _cancel(named: Named) -> CancelMeeting:
    first, last = named.days
    return CancelMeeting(named.all_bodies, first=first, last=last)


def _move(named: Named) -> MoveMeeting:
    day, to_day = _days_of_move(named)
    last = _last_of(day, named.times[0]) if day else None
    last = None if last == day else last
    to_time = time.fromisoformat(named.clock.replace(".", ":")) if named.clock else None
    return MoveMeeting(named.all_bodies, day=day, last=last, to_day=to_day, to_time=to_time)


def _days_of_move(named: Named) -> tuple[date | None, date | None]:
    """Return the day of the meeting, and the day that it is moved to. A day alone is the latter if "til" stands before
    it; weeks are no day that anything can be moved to."""
    if not named.times:
        return None, None
    start, end = named.times[0], named.times[-1]
    is_alone = len(named.times) == 1
    day = _ahead(start.first or (None if is_alone else start.last), start, named.today)
    is_one_day = is_alone and start.first == start.last
    return day, None if is_one_day or _is_period(end) else _ahead(end.last, end, named.today)


def _last_of(day: date, time: Time) -> date:
    """The meeting "på torsdag" may be that of next week."""
    return day + _WEEK if time.is_weekday else end_of(day, time.unit) + time.span


def _is_period(time: Time) -> bool:
    """ "næste uge", "uge 50", "juli", "jul" """
    if time.span:
        return True
    if time.last is None or time.first == time.last:
        return False
    return time.unit is not Unit.DAY and time.last == end_of(time.last, time.unit)


def _ahead(day: date | None, time: Time, today: date) -> date | None:
    """A day that is over lately is meant as it is, and can be said to be over; "5. januar" in June is next year's."""
    is_next = day and today - day > _LATELY and not time.has_year
    return in_other_year(day, 1, time.unit) if day and is_next else day


def _asked(named: Named) -> Asked:
    """ "er mødet i styregruppen aflyst?": the meetings that there are say so."""
    first, last = named.days
    return Asked(meetings_of(*named.all_bodies, first=first, last=last))


def _channels(_named: Named) -> ShowChannels:
    return ShowChannels()


_CHANNEL = frozenset({"channel", "this", "binds"})
RULES = (
    Rule(
        lambda told: _channel_order(told) is UnbindChannel,
        Grammar(BODIES, _CHANNEL | {"no_longer"}, may_be_unknown=True),
        lambda named: UnbindChannel(named.all_bodies),
        asked=_channels,
    ),
    Rule(
        lambda told: _channel_order(told) is ShowChannels,
        Grammar(BODIES, frozenset({"channel", "this", "which", "known", "you", "mine"}), beside=BESIDE | {"ask"}),
        _channels,
    ),
    Rule(
        lambda told: _channel_order(told) is BindChannel,
        Grammar(BODIES, _CHANNEL, may_be_unknown=True),
        lambda named: BindChannel(named.all_bodies),
        asked=_channels,
    ),
    Rule(
        _tells_restoring,
        Grammar(
            BODIES | {"clock"},
            frozenset({"restores", "keeps", "after_all", "cancel", "meetings"}),
            beside=BESIDE | {"target"},
        ),
        _restore,
        asked=_asked,
    ),
    Rule(
        lambda told: told.cues.has("cancel") and _tells_meeting(told),
        Grammar(BODIES | {"clock"}, frozenset({"cancel", "meetings"}), beside=BESIDE | {"target"}),
        _cancel,
        asked=_asked,
    ),
    Rule(
        lambda told: told.cues.has("move") and not told.cues.has("cancel") and _tells_meeting(told),
        Grammar(BODIES | {"clock"}, frozenset({"move", "meetings"}), beside=BESIDE | {"target"}),
        _move,
        asked=_asked,
    ),
)
