"""`tovholder serve`: the service."""

from __future__ import annotations

import sys

import uvloop

from bot.cli.ending import fail
from bot.operator_texts import say
from bot.settings import Settings, SettingsError, safe_settings


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


async def _serve(settings: Settings) -> None:
    from bot.server import build_app, listening, settle, until_stopped
    from bot.wiring import running

    async with running(settings) as service, listening(build_app(service), settings.host, settings.port) as port:
        print(say("serving.started", host=settings.host, port=port), file=sys.stderr, flush=True)
        settle()
        await until_stopped()
