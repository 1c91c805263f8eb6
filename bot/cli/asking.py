"""`tovholder ask`: questions from the command line, answered as in Teams."""

from __future__ import annotations

import asyncio
import json as json_format
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any, BinaryIO

from cyclopts import Parameter

from bot.cli.ending import UsageError, day_of, ends_in_words, read_day
from bot.demo.terminal import CONVERSATION
from bot.operator_texts import say
from bot.settings import Settings, read_settings
from bot.wiring import Portfolio, open_assistant
from dialogs.assistant import Turn
from portfolio.principal import speaking_as

EXAMPLE_DAY = "2026-11-22"


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    asker: str | None = None
    today: date | None = None


class UnreadableLineError(ValueError):
    """A line of a batch that is no question; says why, in Danish."""


@ends_in_words
def ask(
    text: Annotated[str | None, Parameter(name=say("placeholder.question"), help=say("option.question"))] = None,
    /,
    *,
    as_: Annotated[
        str | None, Parameter(name="--as", metavar=say("placeholder.email"), help=say("option.asker"))
    ] = None,
    today: Annotated[str | None, Parameter(metavar=say("placeholder.day"), help=say("option.today"))] = None,
    json: Annotated[bool, Parameter(negative=(), help=say("option.answer_json"))] = False,
    batch: Annotated[Path | None, Parameter(metavar=say("placeholder.file"), help=say("option.batch"))] = None,
) -> int:
    """Answers a question, or a file of them. Returns the exit code."""
    if (text is None) == (batch is None):
        raise UsageError(say("asking.one_or_batch"))
    query = Query(text or "", as_, read_day(today, EXAMPLE_DAY) if today else None)
    settings = read_settings()
    if batch is not None:
        return asyncio.run(_answer_all(batch, query, settings))
    return asyncio.run(_answer_one(query, settings, as_json=json))


async def _answer_one(query: Query, settings: Settings, *, as_json: bool) -> int:
    async with open_assistant(settings) as portfolio:
        if query.asker and await portfolio.people.asker(query.asker) is None:
            raise UsageError(say("usage_error.unknown_person", email=query.asker))
        document = await _document(query, portfolio, settings)
    print(_as_json(document) if as_json else document["text"])
    return 0


async def _answer_all(file: Path, defaults: Query, settings: Settings) -> int:
    """Prints one document a line, in the order of the file; a line that can't be read gets a document saying so."""
    refused = 0
    with _open(file) as lines:
        async with open_assistant(settings) as portfolio:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    document = await _document(_query(line, defaults), portfolio, settings)
                except UnreadableLineError as error:
                    refused += 1
                    document = {"kind": "error", "line": number, "text": str(error)}
                print(_as_json(document), flush=True)
    return 1 if refused else 0


def _open(file: Path) -> BinaryIO:
    """Raises UsageError."""
    try:
        return file.open("rb")
    except FileNotFoundError:
        raise UsageError(say("asking.no_file", file=file)) from None
    except OSError:
        raise UsageError(say("asking.unreadable_file", file=file)) from None


def _query(line: bytes, defaults: Query) -> Query:
    try:
        document = json_format.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableLineError(say("asking.not_utf8")) from None
    except (ValueError, RecursionError):
        raise UnreadableLineError(say("asking.not_json")) from None
    if not isinstance(document, dict) or not isinstance(document.get("text"), str):
        raise UnreadableLineError(say("asking.not_question"))
    try:
        day = day_of(document["today"]) if document.get("today") else defaults.today
    except (TypeError, ValueError):
        raise UnreadableLineError(say("asking.not_today", example=EXAMPLE_DAY)) from None
    asker = document.get("as") or defaults.asker
    if asker is not None and not isinstance(asker, str):
        raise UnreadableLineError(say("asking.not_email"))
    return Query(document["text"], asker, day)


async def _document(query: Query, portfolio: Portfolio, settings: Settings) -> dict[str, Any]:
    """Answers for noon of the day asked for, or for now."""
    now = datetime.now(settings.zone)
    if query.today:
        now = datetime.combine(query.today, time(12), settings.zone)
    person = await portfolio.people.asker(query.asker) if query.asker else None
    return await portfolio.assistant.document(
        query.text, Turn(speaking_as(person), settings.language, now, conversation=CONVERSATION)
    )


def _as_json(document: dict[str, Any]) -> str:
    return json_format.dumps(document, ensure_ascii=False)
