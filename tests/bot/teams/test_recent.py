"""Remembering for a while."""

from __future__ import annotations

import pytest

from bot.teams.recent import Recent


class Watch:
    """A clock in seconds."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def recent(watch: Watch) -> Recent[str]:
    return Recent(2, 60.0, watch)


def test_value_is_remembered_for_its_time(recent: Recent[str], watch: Watch) -> None:
    assert recent.get("maja") is None
    recent.put("maja", "proven")
    watch.now += 59
    assert recent.get("maja") == "proven"
    watch.now += 1
    assert recent.get("maja") is None


def test_only_the_latest_are_remembered(recent: Recent[str]) -> None:
    for name in ("maja", "ole", "maja", "ida"):
        recent.put(name, name)
    assert [recent.get(name) for name in ("maja", "ole", "ida")] == ["maja", None, "ida"]
