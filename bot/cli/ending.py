"""How a command ends that can't do its work: with a sentence on stderr, and the exit code 1, or 2 for wrong usage."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from bot.operator_texts import say
from bot.settings import SettingsError
from dialogs.values.dates import YEARS
from portfolio.ports.errors import DatabaseError

P = ParamSpec("P")
Day = TypeVar("Day", date, datetime)


class UsageError(Exception):
    """The command can't be used like that; says why, in Danish."""


class FailedError(Exception):
    """The command could not do its work; says why, and what to do, in the language of the service."""


def ends_in_words(command: Callable[P, int]) -> Callable[P, int]:
    """Says what is wrong with the usage, the settings or the database. The command returns its exit code."""

    @wraps(command)
    def told(*args: P.args, **options: P.kwargs) -> int:
        try:
            return command(*args, **options)
        except UsageError as error:
            return fail(str(error), code=2)
        except FailedError as error:
            return fail(str(error))
        except SettingsError as error:
            return fail(*error.problems)
        except DatabaseError as error:
            return fail(say("database.silent", error=error.reason))

    return told


def fail(*messages: str, code: int = 1) -> int:
    print(*messages, sep="\n", file=sys.stderr)
    return code


def read_day(text: str, example: str) -> date:
    """Raises UsageError, which shows the `example`."""
    try:
        return day_of(text)
    except ValueError:
        raise UsageError(say("usage_error.not_day", value=text, example=example)) from None


def read_moment(text: str, zone: ZoneInfo, example: str) -> datetime:
    """Reads a moment, in `zone` unless it says otherwise. Raises UsageError, which shows the `example`."""
    try:
        moment = _countable(datetime.fromisoformat(text))
    except ValueError:
        raise UsageError(say("usage_error.not_moment", value=text, example=example)) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def day_of(text: str) -> date:
    """Raises ValueError."""
    return _countable(date.fromisoformat(text))


def _countable(day: Day) -> Day:
    """Raises ValueError for years from which no week or month can be counted."""
    if day.year not in YEARS:
        raise ValueError("no year that questions can be asked for")
    return day
