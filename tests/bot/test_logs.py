"""Log lines: one JSON document each, whatever is in them, and no secrets."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest
import structlog

from bot.logs import configure, where_it_failed, without_secrets


@pytest.fixture
def written() -> Iterator[StringIO]:
    """What the service's own logging writes; the test run's is put back afterwards."""
    root = logging.getLogger()
    handlers, level, events = root.handlers[:], root.level, structlog.get_config()
    root.handlers = []
    stream = StringIO()
    configure(stream)
    yield stream
    root.handlers, root.level = handlers, level
    structlog.configure(**events)


def test_every_event_is_one_line_of_json(written: StringIO) -> None:
    structlog.get_logger().info("refused", reason='a\n{"event": "forged"}\r\u2028')
    logging.getLogger("library").warning("on %s\nlines", "two")
    events = [json.loads(line)["event"] for line in written.getvalue().splitlines()]
    assert events == ["refused", "on two\nlines"]


def test_failure_is_told_by_kind_and_place_without_its_words(written: StringIO) -> None:
    with pytest.raises(ValueError, match="Maja") as failed:
        int("Maja Holm")
    structlog.get_logger().error("turn_failed", exc_info=failed.value)
    assert "Maja" not in written.getvalue()
    event = json.loads(written.getvalue())
    assert event["error"] == ["ValueError"]
    assert "test_logs.py" in event["where"][0]


@pytest.mark.parametrize("secret", ["eyJhbGciOi.eyJzdWIi.sig", "Bearer abc.def", "client_secret=hush", "PASSWORD=hush"])
def test_secrets_are_hidden(secret: str) -> None:
    event = without_secrets(None, "info", {"event": "x", "detail": f"before {secret} after"})
    assert event["detail"] in ("before [hidden] after", "before client_[hidden] after")


def test_event_without_failure_is_left_alone() -> None:
    assert where_it_failed(None, "info", {"event": "x", "exc_info": None}) == {"event": "x"}
