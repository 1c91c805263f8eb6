"""Holds what the imports have in common, whatever is in a file: options, errors, and how a report is printed."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Protocol

from cyclopts import Parameter

from bot.cli.ending import FailedError, UsageError
from bot.importing.mapping_file import MappingError
from bot.importing.texts import Language, say
from bot.operator_texts import TEXTS
from bot.unusable_database import DatabaseUnusableError
from portfolio.ports.errors import DatabaseError

DryRun = Annotated[bool, Parameter(negative=(), help=TEXTS.say("option.import_dry_run"))]
Partial = Annotated[bool, Parameter(negative=(), help=TEXTS.say("option.partial"))]
MappingPath = Annotated[Path | None, Parameter(metavar=TEXTS.say("placeholder.file"), help=TEXTS.say("option.mapping"))]
Json = Annotated[bool, Parameter(negative=(), help=TEXTS.say("option.json"))]


class IntakeReport(Protocol):
    """Tells what came of a file: `result` goes to stdout, `remarks` to stderr."""

    @property
    def exit_code(self) -> int: ...

    def as_document(self, language: Language) -> Mapping[str, Any]: ...

    def result(self, language: Language) -> Iterator[str]: ...

    def remarks(self, language: Language) -> Iterator[str]: ...


@contextmanager
def taking_in(file: Path, mapping: Path | None, language: Language) -> Iterator[None]:
    """Says in words what keeps the file from being read or stored. Raises UsageError where there is no such file, or
    the mapping is wrong; FailedError where a file or the database can't be used."""
    for path in (file, mapping):
        if path is not None and not _is_file(path):
            raise UsageError(say("no_file", language, file=str(path)))
    try:
        yield
    except MappingError as error:
        raise UsageError(say(error.code, language, **error.details)) from None
    except DatabaseUnusableError as error:
        raise FailedError(say(error.code, language)) from None
    except DatabaseError:
        raise FailedError(say("database_failed", language)) from None
    except OSError as error:
        raise FailedError(say("unreadable_file", language, file=str(error.filename or file))) from None


def print_report(report: IntakeReport, language: Language, *, as_json: bool) -> int:
    """Prints it and returns its exit code."""
    if as_json:
        print(json_format.dumps(report.as_document(language), ensure_ascii=False, indent=2))
        return report.exit_code
    for line in report.result(language):
        print(line)
    for line in report.remarks(language):
        print(line, file=sys.stderr)
    return report.exit_code


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return False
