"""`tovholder import`: files from outside into the database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.cli.ending import ends_in_words, fail
from bot.cli.intake import DryRun, Json, MappingPath, Partial, print_report, taking_in
from bot.cli.usage import ARGUMENTS, COMMANDS, OPTIONS, help_of
from bot.importing.files import file_lines
from bot.importing.mapping import HeaderMapping
from bot.importing.mapping_file import read_mapping
from bot.importing.reading import read_portfolio
from bot.importing.refusals import FileRefusedError
from bot.importing.report import Report
from bot.importing.suggesting import suggested_mapping
from bot.importing.texts import in_one_line, say
from bot.operator_texts import TEXTS
from bot.settings import Settings, read_settings
from bot.wiring import open_intake
from storage.whole import FrozenReportsError, UnknownProjectsError

app = App(name="import", group_commands=COMMANDS, group_arguments=ARGUMENTS, group_parameters=OPTIONS)
app.command("bot.cli.syncing:import_people", name="people", help=help_of("import_people"))


@app.command(help=help_of("import_portfolio"))
@ends_in_words
def portfolio(
    file: Annotated[Path, Parameter(name=TEXTS.say("placeholder.file"), help=TEXTS.say("option.workbook"))],
    /,
    *,
    dry_run: DryRun = False,
    partial: Partial = False,
    mapping: MappingPath = None,
    suggest_mapping: Annotated[bool, Parameter(negative=(), help=TEXTS.say("option.suggest_mapping"))] = False,
    json: Json = False,
) -> int:
    """Stores all of the workbook or, unless `partial`, nothing of it; or only writes a first mapping for it."""
    settings = read_settings()
    language = settings.language
    try:
        with taking_in(file, mapping, language):
            if suggest_mapping:
                return _suggest(file, settings)
            words = HeaderMapping() if mapping is None else read_mapping(mapping)
            report = asyncio.run(_import(file, words, settings, dry_run=dry_run, partial=partial))
    except (UnknownProjectsError, FrozenReportsError):
        return fail(say("changed_meanwhile", language))
    return print_report(report, language, as_json=json)


def _suggest(file: Path, settings: Settings) -> int:
    today = datetime.now(settings.zone).date()
    try:
        with closing(file_lines(file, HeaderMapping())) as lines:
            print(suggested_mapping(lines, file.name, today, settings.zone, settings.language))
    except FileRefusedError as error:
        return fail(in_one_line(error.refusal, settings.language))
    return 0


async def _import(file: Path, words: HeaderMapping, settings: Settings, *, dry_run: bool, partial: bool) -> Report:
    now = datetime.now(settings.zone)
    async with open_intake(settings, now.date(), dry_run=dry_run, at=now) as intake:
        with _progress(settings) as progress:
            reading = read_portfolio(
                file,
                intake.vocabulary,
                settings.zone,
                words,
                partial=partial,
                contradicted=intake.given.contradicted,
                known=intake.known,
            )
            if reading.refusals and not (partial and reading.refused_rows):
                return Report(reading, None, dry_run)
            if dry_run:
                changes = await intake.writer.plan(reading.portfolio, reading.not_given)
            else:
                changes = await intake.writer.apply(reading.portfolio, progress, reading.not_given)
            return Report(reading, changes, dry_run)


@contextmanager
def _progress(settings: Settings) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, nothing in a pipe."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(say("reading", settings.language), total=None)

        def storing(done: int, total: int) -> None:
            bar.update(task, description=say("storing", settings.language), completed=done, total=total)

        yield storing
