"""When reminders don't come, somebody is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.metrics import REMINDERS_DUE, REMINDERS_LATE
from bot.sending.watching import alarms, watch
from portfolio.deliveries import Queue
from portfolio.working_time import WorkingTime

ZONE = ZoneInfo("Europe/Copenhagen")
WORK = WorkingTime(ZONE)
TUESDAY = datetime(2026, 9, 29, 10, tzinfo=ZONE)


def test_nothing_is_wrong_with_a_service_that_has_just_looked() -> None:
    assert alarms(Queue(ran_at=TUESDAY - timedelta(minutes=1)), TUESDAY, WORK) == ()
    assert alarms(Queue(), TUESDAY, WORK) == ()


def test_alarm_when_nothing_ran_for_26_hours() -> None:
    assert alarms(Queue(ran_at=TUESDAY - timedelta(hours=25)), TUESDAY, WORK) == ()
    assert alarms(Queue(ran_at=TUESDAY - timedelta(hours=27)), TUESDAY, WORK) == ("nothing_ran",)


def test_a_weekend_is_no_reason_for_alarm() -> None:
    friday, monday = datetime(2026, 9, 25, 15, 59, tzinfo=ZONE), datetime(2026, 9, 28, 8, 1, tzinfo=ZONE)
    assert alarms(Queue(ran_at=friday), datetime(2026, 9, 27, 12, tzinfo=ZONE), WORK) == ()
    assert alarms(Queue(ran_at=friday), monday, WORK) == ()
    assert alarms(Queue(ran_at=friday), monday + timedelta(minutes=30), WORK) == ("nothing_ran",)


def test_alarm_when_a_message_has_been_due_for_more_than_five_minutes() -> None:
    looked = TUESDAY - timedelta(minutes=1)
    for minutes, found in ((4, ()), (6, ("due_too_long",))):
        queue = Queue(due=1, oldest_due_at=TUESDAY - timedelta(minutes=minutes), ran_at=looked)
        assert alarms(queue, TUESDAY, WORK) == found


def test_the_alarm_is_one_line_in_the_log_and_the_figures_are_for_prometheus() -> None:
    queue = Queue(due=7, oldest_due_at=TUESDAY - timedelta(minutes=10), ran_at=TUESDAY)
    with structlog.testing.capture_logs() as logs:
        watch(queue, TUESDAY, WORK)
    assert logs == [{"event": "alarm", "reason": "due_too_long", "due": 7, "log_level": "error"}]
    assert (REMINDERS_DUE._value.get(), REMINDERS_LATE._value.get()) == (7, 600)
