"""Times the planning of 20,000 people's reminders, when all is due and when nothing is.

Run: PYTHONPATH=. .venv/bin/python benchmarks/planning.py [PROJECTS]
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from portfolio.outlook.plan import planned, previewed
from portfolio.reminders.keys import Origin
from portfolio.reminders.kinds import Absence, Obligation, ReminderState, Snooze, Tracked
from portfolio.working_time import WorkingTime

ZONE = ZoneInfo("Europe/Copenhagen")
WORK = WorkingTime(ZONE)
# Status is due on the Friday after; its first step is on this Tuesday.
TUESDAY = datetime(2026, 2, 24, 8, tzinfo=ZONE)
REPORTED = date(2026, 1, 30)
T = TypeVar("T")


def state_of(count: int) -> ReminderState:
    """Makes leads, a tenth of them away or asking for another day, a tenth owing something too."""
    leads = [f"leder{n}@birkefjord.example" for n in range(count)]
    every_tenth = range(0, count, 10)
    return ReminderState(
        projects=tuple(
            Tracked(f"P{n:05}", f"Projekt {n}", lead, f"ejer{n % 500}@birkefjord.example", None, REPORTED, REPORTED)
            for n, lead in enumerate(leads)
        ),
        people=frozenset(leads) | {f"ejer{n}@birkefjord.example" for n in range(500)},
        office=("inge@birkefjord.example",),
        obligations=tuple(
            Obligation(Origin.MILESTONE, f"milestone:{n}", "Aftale", leads[n], TUESDAY + timedelta(days=7), f"P{n:05}")
            for n in every_tenth
        ),
        absences={leads[n]: (Absence(leads[n], date(2026, 2, 20), date(2026, 2, 25)),) for n in every_tenth[::2]},
        snoozes={leads[n]: (Snooze(leads[n], "", date(2026, 2, 26)),) for n in every_tenth[1::2]},
    )


def timed(what: str, work: Callable[[], T]) -> T:
    started = time.perf_counter()
    result = work()
    print(f"{what}: {time.perf_counter() - started:.2f} s")
    return result


def main(count: int) -> None:
    state, yesterday = state_of(count), TUESDAY - timedelta(days=1)
    print(f"{count} projects")
    plan = timed("all due", lambda: planned(state, TUESDAY, yesterday, WORK))
    print(f"  {len(plan.messages)} messages, skipped {dict(plan.skipped)}")
    told = frozenset(reminder.key for message in plan.messages for reminder in message.reminders)
    served = frozenset(message.recipient for message in plan.messages)
    minute = TUESDAY + timedelta(minutes=1)
    again = timed(
        "a minute later",
        lambda: planned(state, minute, TUESDAY, WORK, already_planned=told, has_todays_message=served),
    )
    assert not again.has_something_to_tell
    answered = replace(state, projects=tuple(replace(project, newest=TUESDAY.date()) for project in state.projects))
    timed("all answered", lambda: planned(answered, minute, TUESDAY, WORK))
    timed("two weeks ahead", lambda: previewed(state, TUESDAY, TUESDAY + timedelta(days=14), yesterday, WORK))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
