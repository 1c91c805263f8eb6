"""`tovholder ask`: questions from the command line, answered as in Teams."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from bot.cli.batch import Document, UnreadableLineError, answer_lines, asker_of, json_line, open_batch
from bot.cli.ending import FailedError, UsageError, day_of, ends_in_words, read_day
from bot.demo.terminal import CONVERSATION
from bot.operator_texts import count, say
from bot.settings import Settings, read_settings
from bot.wiring import Portfolio, open_assistant
from dialogs.assistant import Turn
from dialogs.exports.handlers import note_export
from dialogs.features import EXPORTER
from dialogs.turn.answer import Answered, Asking, question_of
from dialogs.turn.reply import UserError
from portfolio.exports import FileKind
from portfolio.identity import BY_OPERATOR
from portfolio.principal import speaking_as
from storage.whole_files import written_in_full

EXAMPLE_DAY = "2026-11-22"
# How the names of files end that a list can be written to.
TABLES = {f".{kind.value}": kind for kind in FileKind}


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
    table: Annotated[Path | None, Parameter(metavar=say("placeholder.file"), help=say("option.table"))] = None,
    batch: Annotated[Path | None, Parameter(metavar=say("placeholder.file"), help=say("option.batch"))] = None,
) -> int:
    """Answers a question, or a file of them. Returns the exit code."""
    if (text is None) == (batch is None):
        raise UsageError(say("asking.one_or_batch"))
    if table is not None and (batch is not None or table.suffix.lower() not in TABLES):
        raise UsageError(say("asking.not_table"))
    query = Query(text or "", as_, read_day(today, EXAMPLE_DAY) if today else None)
    settings = read_settings()
    if batch is not None:
        return asyncio.run(_answer_all(batch, query, settings))
    return asyncio.run(_answer_one(query, settings, table, as_json=json))


async def _answer_one(query: Query, settings: Settings, table: Path | None, *, as_json: bool) -> int:
    async with open_assistant(settings) as portfolio:
        if query.asker and await portfolio.people.asker(query.asker) is None:
            raise UsageError(say("usage_error.unknown_person", email=query.asker))
        answered = await _answered(query, portfolio, settings)
        rows = await _write_table(answered, table, portfolio) if table else None
        document = await portfolio.assistant.written(answered)
    if as_json or rows is None:
        print(json_line(document) if as_json else document["text"])
    else:
        print(count("asking.table_written", rows, file=table))
    return 0


async def _write_table(answered: Answered, file: Path, portfolio: Portfolio) -> int:
    """Writes the whole list that was asked for; a file of that name is replaced. Returns how many rows it has."""
    question, audience, stores = question_of(answered.answer), answered.audience, portfolio.stores
    try:
        listing = await EXPORTER.listing(Asking(question, stores.reader, audience)) if question else None
        if listing is None:
            heading = answered.reply.text.partition("\n")[0]
            raise FailedError(say("asking.no_list", answer=heading))
        made = await EXPORTER.file(listing, TABLES[file.suffix.lower()], audience)
        with written_in_full(file) as beside:
            beside.write_bytes(made.content)
    except UserError as error:
        raise FailedError(
            say("asking.no_list", answer=audience.texts.say(f"error.{error.key}", **error.values))
        ) from None
    except OSError as error:
        raise FailedError(
            say("asking.table_unwritten", file=file, error=error.strerror or type(error).__name__)
        ) from None
    by = audience.asker.id if audience.asker else BY_OPERATOR
    await note_export(stores, datetime.now(audience.now.tzinfo), by, listing)
    return len(listing.table.rows)


async def _answer_all(file: Path, defaults: Query, settings: Settings) -> int:
    with open_batch(file) as lines:
        async with open_assistant(settings) as portfolio:

            async def answer(line: Document) -> Document:
                answered = await _answered(_query(line, defaults), portfolio, settings)
                return await portfolio.assistant.written(answered)

            return await answer_lines(lines, answer)


def _query(line: Document, defaults: Query) -> Query:
    if not isinstance(line.get("text"), str):
        raise UnreadableLineError(say("asking.not_question"))
    try:
        day = day_of(line["today"]) if line.get("today") else defaults.today
    except (TypeError, ValueError):
        raise UnreadableLineError(say("asking.not_today", example=EXAMPLE_DAY)) from None
    return Query(line["text"], asker_of(line, defaults.asker), day)


async def _answered(query: Query, portfolio: Portfolio, settings: Settings) -> Answered:
    """Answers for noon of the day asked for, or for now."""
    now = datetime.now(settings.zone)
    if query.today:
        now = datetime.combine(query.today, time(12), settings.zone)
    person = await portfolio.people.asker(query.asker) if query.asker else None
    return await portfolio.assistant.looked_up(
        query.text, Turn(speaking_as(person), settings.language, now, conversation=CONVERSATION)
    )
