"""`tovholder migrate` and `tovholder doctor`: keeping the service well."""

from __future__ import annotations

import asyncio
import sys
from typing import Annotated

from cyclopts import Parameter

from bot.database_errors import explained
from bot.settings import Settings, SettingsError, read_settings
from storage.database import open_database
from storage.migrating import upgrade


def migrate() -> int:
    try:
        asyncio.run(_migrate(read_settings()))
    except SettingsError as error:
        return _failed(*error.problems)
    print("Databasen er opdateret.")
    return 0


def doctor(
    *, json: Annotated[bool, Parameter(negative=(), help="Skriv resultatet som ét JSON-dokument.")] = False
) -> int:
    from bot.doctor import examine, report

    findings = asyncio.run(examine())
    print(report(findings, as_json=json))
    return 0 if all(finding.well for finding in findings) else 1


async def _migrate(settings: Settings) -> None:
    with explained():
        database = open_database(settings.database_url)
        try:
            await upgrade(database.engine)
        finally:
            await database.close()


def _failed(*problems: str) -> int:
    print("Databasen er ikke ændret.", *problems, sep="\n", file=sys.stderr)
    return 1
