"""Time that can be set."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.clock import SimulatedClock, real_clock

START = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_newcomer_sees_an_hour_pass_in_a_minute():
    seconds = [100.0]
    clock = SimulatedClock(START, speed=60, elapsed=lambda: seconds[0])
    assert clock() == START
    seconds[0] += 60
    assert clock() == START + timedelta(hours=1)


def test_newcomer_sees_the_time_given_wherever_it_was_given():
    local = datetime.fromisoformat("2026-11-22T09:00+01:00")
    assert SimulatedClock(local, elapsed=lambda: 0)() == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_everyone_else_sees_real_time_with_its_zone():
    assert real_clock().tzinfo is UTC
