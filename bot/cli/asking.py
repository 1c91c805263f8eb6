"""`tovholder ask`: questions from the command line, answered as in Teams."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from bot.cli.batch import Document, UnreadableLineError, answer_lines, asker_of, json_line, open_batch
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
    print(json_line(document) if as_json else document["text"])
    return 0


async def _answer_all(file: Path, defaults: Query, settings: Settings) -> int:
    with open_batch(file) as lines:
        async with open_assistant(settings) as portfolio:

            async def answer(line: Document) -> Document:
                return await _document(_query(line, defaults), portfolio, settings)

            return await answer_lines(lines, answer)


def _query(line: Document, defaults: Query) -> Query:
    if not isinstance(line.get("text"), str):
        raise UnreadableLineError(say("asking.not_question"))
    try:
        day = day_of(line["today"]) if line.get("today") else defaults.today
    except (TypeError, ValueError):
        raise UnreadableLineError(say("asking.not_today", example=EXAMPLE_DAY)) from None
    return Query(line["text"], asker_of(line, defaults.asker), day)


async def _document(query: Query, portfolio: Portfolio, settings: Settings) -> dict[str, Any]:
    """Answers for noon of the day asked for, or for now."""
    now = datetime.now(settings.zone)
    if query.today:
        now = datetime.combine(query.today, time(12), settings.zone)
    person = await portfolio.people.asker(query.asker) if query.asker else None
    return await portfolio.assistant.document(
        query.text, Turn(speaking_as(person), settings.language, now, conversation=CONVERSATION)
    )
