"""Working time of a municipality: days, hours, public holidays, and the weeks in which it should be left in peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache

from holidays import OPTIONAL, PUBLIC
from holidays.countries.denmark import Denmark

# Winter and autumn holidays, and the middle of the summer.
QUIET_WEEKS = frozenset({7, 42, 28, 29, 30})
# A holiday by agreement elsewhere; municipalities work.
_MAY_DAY = (5, 1)
_DAY = timedelta(days=1)
_WEEKS = range(1, 53)


@dataclass(frozen=True, slots=True)
class WorkingTime:
    """`opens` and `closes` are local times in `zone`. In the ISO weeks `quiet_weeks` nobody is nagged."""

    zone: tzinfo
    opens: time = time(8)
    closes: time = time(16)
    quiet_weeks: frozenset[int] = QUIET_WEEKS

    def __post_init__(self) -> None:
        if self.opens >= self.closes or self.quiet_weeks.issuperset(_WEEKS):
            raise ValueError("nobody would ever be at work")

    def is_working_day(self, day: date) -> bool:
        return day.weekday() < 5 and day not in _closed(day.year)

    def is_quiet(self, day: date) -> bool:
        return day.isocalendar().week in self.quiet_weeks

    def on_or_after(self, day: date, *, outside_quiet: bool = False) -> date:
        """The first working day from `day` on; with `outside_quiet` the first that lies in no quiet week."""
        while not self.is_working_day(day) or (outside_quiet and self.is_quiet(day)):
            day += _DAY
        return day

    def on_or_before(self, day: date) -> date:
        while not self.is_working_day(day):
            day -= _DAY
        return day

    def before(self, day: date, count: int) -> date:
        """The working day that lies `count` working days before `day`."""
        for _ in range(count):
            day = self.on_or_before(day - _DAY)
        return day

    def opening(self, day: date) -> datetime:
        return datetime.combine(day, self.opens, self.zone)

    def closing(self, day: date) -> datetime:
        return datetime.combine(day, self.closes, self.zone)

    def is_open(self, moment: datetime) -> bool:
        here = moment.astimezone(self.zone)
        return self.is_working_day(here.date()) and self.opens <= here.time() < self.closes

    def next_open(self, moment: datetime) -> datetime:
        """The moment itself when it is within working hours, else the next opening."""
        here = moment.astimezone(self.zone)
        if self.is_open(here):
            return here
        is_over = here.time() >= self.closes
        return self.opening(self.on_or_after(here.date() + _DAY if is_over else here.date()))


@cache
def _closed(year: int) -> frozenset[date]:
    public, by_custom = (_holidays(year, category) for category in (PUBLIC, OPTIONAL))
    return public | {day for day in by_custom if (day.month, day.day) != _MAY_DAY}


def _holidays(year: int, category: str) -> frozenset[date]:
    return frozenset(Denmark(years=year, expand=False, categories=category))  # type: ignore[no-untyped-call]
