"""`tovholder import people` and `sync people`: who joins, leaves and moves, shown and stored."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from bot.cli.ending import ends_in_words, fail
from bot.cli.intake import DryRun, Json, MappingPath, Partial, print_report, taking_in
from bot.cli.usage import ARGUMENTS, COMMANDS, OPTIONS, help_of
from bot.directory.calls import GraphError
from bot.directory.reading import read_since
from bot.importing.mapping import HeaderMapping
from bot.importing.mapping_file import read_mapping
from bot.importing.people_cells import people_book
from bot.importing.people_file import PeopleReading, read_people_file
from bot.importing.people_report import PeopleReport, conflict_refusal
from bot.importing.texts import say
from bot.operator_texts import TEXTS
from bot.settings import Settings, read_settings, safe_settings
from bot.wiring import open_directory
from portfolio.directory import DirectoryChanges
from portfolio.directory_changes import Synced
from portfolio.identity import BY_IMPORT, BY_OPERATOR, PersonId
from storage.directory.store import ConflictingError, SqlDirectory, TooManyLeavingError

Yes = Annotated[bool, Parameter(negative=(), help=TEXTS.say("option.yes"))]
GRAPH = "Microsoft Graph"
sync = App(
    name="sync", help=help_of("sync"), group_commands=COMMANDS, group_arguments=ARGUMENTS, group_parameters=OPTIONS
)


@ends_in_words
def import_people(
    file: Annotated[Path, Parameter(name=TEXTS.say("placeholder.file"), help=TEXTS.say("option.people_file"))],
    /,
    *,
    full: Annotated[bool, Parameter(negative=(), help=TEXTS.say("option.full"))] = False,
    dry_run: DryRun = False,
    partial: Partial = False,
    yes: Yes = False,
    mapping: MappingPath = None,
    json: Json = False,
) -> int:
    """Stores all of the file or, unless `partial`, nothing of it."""
    settings = read_settings()
    with taking_in(file, mapping, settings.language):
        words = HeaderMapping(book=people_book()) if mapping is None else read_mapping(mapping, people_book())
        storing = _Storing(settings, BY_IMPORT, dry_run, yes, partial, read_people_file(file, words))
        report = asyncio.run(_import(storing, is_full=full))
    return print_report(report, settings.language, as_json=json)


@sync.command(name="people", help=help_of("sync_people"))
@ends_in_words
def sync_people(
    *,
    dry_run: DryRun = False,
    yes: Yes = False,
    json: Json = False,
) -> int:
    """Stores what Microsoft Graph tells, but for those whose address is another's."""
    settings = safe_settings()
    storing = _Storing(settings, BY_OPERATOR, dry_run, yes, is_partial=True, reading=PeopleReading(), source=GRAPH)
    try:
        report = asyncio.run(_sync(storing))
    except GraphError as error:
        return fail(error.sentence)
    return print_report(report, settings.language, as_json=json)


@dataclass(frozen=True)
class _Storing:
    """Says how something is stored: by whom, and what was said on the command line. `source` names what isn't a
    file."""

    settings: Settings
    by: PersonId
    dry_run: bool
    yes: bool
    is_partial: bool
    reading: PeopleReading
    source: str | None = None

    async def apply(self, directory: SqlDirectory, told: DirectoryChanges, now: datetime, *, yes: bool) -> Synced:
        return await directory.apply(told, self.by, now, is_partial=self.is_partial, may_lose_many=yes)

    def report(
        self, synced: Synced, told: DirectoryChanges, *, stored: bool = False, is_held: bool = False
    ) -> PeopleReport:
        rows = self.reading.rows
        conflicts = [
            conflict_refusal(one, told.entries[one.at], rows[one.at] if rows else None, self.source)
            for one in synced.changes.conflicts
        ]
        return PeopleReport(synced, stored, self.dry_run, is_held, told.is_full, self.reading, conflicts)


async def _import(storing: _Storing, *, is_full: bool) -> PeopleReport:
    reading = storing.reading
    is_unclear = bool(reading.refused_rows) and (is_full or not storing.is_partial)
    if is_unclear or (reading.refusals and not reading.refused_rows):
        return PeopleReport(None, dry_run=storing.dry_run, is_full=is_full, reading=reading)
    async with open_directory(storing.settings, dry_run=storing.dry_run) as directory:
        return await _take(directory, DirectoryChanges(reading.entries, is_full=is_full), storing)


async def _sync(storing: _Storing) -> PeopleReport:
    async with open_directory(storing.settings, dry_run=storing.dry_run) as directory:
        return await _take(directory, await read_since(directory, storing.settings), storing)


async def _take(directory: SqlDirectory, told: DirectoryChanges, storing: _Storing) -> PeopleReport:
    """Stores it, once somebody at a terminal has said yes where too many would leave."""
    now = datetime.now(storing.settings.zone)
    if storing.dry_run:
        synced = await directory.plan(told, now)
        is_held = synced.changes.are_too_many_leaving(tells_each=told.tells_each) and not storing.yes
        return storing.report(synced, told, is_held=is_held)
    try:
        return storing.report(await storing.apply(directory, told, now, yes=storing.yes), told, stored=True)
    except ConflictingError as error:
        return storing.report(error.synced, told)
    except TooManyLeavingError as error:
        held = storing.report(error.synced, told, is_held=True)
    if not _says_yes(held, storing.settings):
        return held
    return storing.report(await storing.apply(directory, told, now, yes=True), told, stored=True)


def _says_yes(held: PeopleReport, settings: Settings) -> bool:
    """Shows what would happen and asks, where there is somebody to ask."""
    if held.synced is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    language, changes = settings.language, held.synced.changes
    for line in held.result(language):
        print(line, file=sys.stderr)
    print(say("people_ask", language, left=str(len(changes.left)), here=str(changes.here)), file=sys.stderr)
    return sys.stdin.readline().strip().casefold() == say("people_yes", language)
