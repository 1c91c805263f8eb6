"""`tovholder serve`, `migrate` and `doctor`: running the service, and keeping it well."""

from __future__ import annotations

import asyncio
import sys
from datetime import date, datetime
from json import dumps
from typing import Annotated, Any

import uvloop
from cyclopts import Parameter

from bot.cli.ending import UsageError, ends_in_words, fail, read_day
from bot.operator_texts import say
from bot.settings import Settings, SettingsError, read_settings, safe_settings

EXAMPLE_DAY = "2026-11-27"


def serve() -> int:
    """Serves until it is stopped. Returns the exit code."""
    try:
        uvloop.run(_serve(safe_settings()))
    except SettingsError as error:
        return fail(say("serving.not_started"), *error.problems)
    except OSError as error:
        problem = say("serving.address_unusable", error=error.strerror or type(error).__name__)
        return fail(say("serving.not_started"), problem)
    return 0


def migrate() -> int:
    try:
        asyncio.run(_migrate(read_settings()))
    except SettingsError as error:
        return fail(say("operations.unchanged"), *error.problems)
    print(say("operations.migrated"))
    return 0


@ends_in_words
def doctor(
    *,
    delivery: Annotated[str | None, Parameter(metavar=say("placeholder.email"), help=say("option.delivery"))] = None,
    day: Annotated[str | None, Parameter(metavar=say("placeholder.day"), help=say("option.day"))] = None,
    json: Annotated[bool, Parameter(negative=(), help=say("option.json"))] = False,
) -> int:
    if delivery is not None or day is not None:
        return _explain(delivery, day, as_json=json)
    from bot.operating.doctor import examine, report

    findings = asyncio.run(examine())
    print(report(findings, as_json=json))
    return 0 if all(finding.well for finding in findings) else 1


def _explain(email: str | None, day: str | None, *, as_json: bool) -> int:
    if email is None:
        raise UsageError(say("operations.day_alone"))
    asked_day = None if day is None else read_day(day, EXAMPLE_DAY)
    document = asyncio.run(_explanation(read_settings(), email, asked_day))
    print(dumps(document, ensure_ascii=False) if as_json else document["text"])
    return 0


async def _explanation(settings: Settings, email: str, day: date | None) -> dict[str, Any]:
    from bot.operating.explaining import explain
    from bot.wiring import open_assistant

    async with open_assistant(settings) as portfolio:
        return await explain(portfolio, settings, email, day, datetime.now(settings.zone))


async def _serve(settings: Settings) -> None:
    from bot.server import OPERATORS, build_app, build_operations, listening, settle, until_stopped
    from bot.wiring import running

    async with (
        running(settings) as service,
        listening(build_operations(service), settings.operations_host, settings.operations_port, OPERATORS),
        listening(build_app(service), settings.host, settings.port) as port,
    ):
        print(say("serving.started", host=settings.host, port=port), file=sys.stderr, flush=True)
        settle()
        await until_stopped()


async def _migrate(settings: Settings) -> None:
    from bot.wiring import open_database_of

    async with open_database_of(settings, migrates=True):
        pass
