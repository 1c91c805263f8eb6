"""Logs as JSON lines: ids and fixed words, never names, message text or secrets."""

from __future__ import annotations

import logging
import re
import sys
import traceback
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

# Tokens are recognised wherever they turn up; ours and the channel's begin alike.
_SECRETS = re.compile(r"eyJ[\w-]+\.[\w-]+\.?[\w-]*|(?i:bearer\s+\S+)|(?i:(?:secret|password|token)=\S+)")
_QUIET = ("azure", "aiohttp.access", "msal", "sqlalchemy", "alembic", "asyncio", "aiosqlite")

Event = MutableMapping[str, Any]


def configure(stream: TextIO | None = None) -> None:
    """Sends the service's and the libraries' logs to `stream`, else stderr, one JSON document a line."""
    steps: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        where_it_failed,
        without_secrets,
    ]
    structlog.configure(
        processors=[*steps, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=steps,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def where_it_failed(_logger: object, _method: str, event: Event) -> Event:
    """Puts an exception's kinds and places in the event. Its messages stay out: they may quote people."""
    failure = event.pop("exc_info", None)
    if failure is True:
        failure = sys.exc_info()
    error = failure[1] if isinstance(failure, tuple) else failure
    if not isinstance(error, BaseException):
        return event
    kinds: list[str] = []
    while error is not None:
        kinds.append(type(error).__qualname__)
        places = [
            f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)
        ]
        event.setdefault("where", places[-12:])
        error = error.__cause__ or error.__context__
    event["error"] = kinds
    return event


def without_secrets(_logger: object, _method: str, event: Event) -> Event:
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = _SECRETS.sub("[hidden]", value)
    return event
