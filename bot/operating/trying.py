"""Tries things out on copies of the database; nothing of it is kept."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.settings import Settings
from bot.unusable_database import explained
from bot.wiring import Portfolio, open_database_of, portfolio_on
from dialogs.turn.courier import Nobody
from dialogs.turn.files import NoFiles
from portfolio.ports.errors import DatabaseError
from storage.copies.files import CopyError
from storage.copies.moving import copy_as_it_is
from storage.copies.sqlite_file import copy as sqlite_copy
from storage.database import open_database, sqlite_file
from storage.whole_files import those_beside

Trial = Callable[[], AbstractAsyncContextManager[Portfolio]]


@asynccontextmanager
async def open_trials(settings: Settings) -> AsyncIterator[Trial]:
    """Opens what answers each time on a new copy of the database as it is now, in a folder that nobody else may read
    and that is gone afterwards. The database itself is only read, and none is made. Raises as `open_database_of`."""
    with TemporaryDirectory(prefix="tovholder-") as folder:
        whole, tried = Path(folder, "whole.db"), Path(folder, "tried.db")
        await _copy(settings, whole)
        elsewhere = _at(tried, settings)
        database = open_database(elsewhere.database_url)  # one for all: it knows how each statement is compiled

        @asynccontextmanager
        async def trial() -> AsyncIterator[Portfolio]:
            shutil.copyfile(whole, tried)
            try:
                yield portfolio_on(database, elsewhere, Nobody(), NoFiles())
            finally:
                await database.close()
                for left in (tried, *those_beside(tried)):
                    left.unlink(missing_ok=True)

        try:
            yield trial
        finally:
            await database.close()


async def _copy(settings: Settings, whole: Path) -> None:
    """Brings the copy alone to this version's schema; PostgreSQL must be there already."""
    with explained(), _copied():
        file = sqlite_file(settings.database_url)
        if file and file.exists():
            sqlite_copy(file, whole)
    async with open_database_of(_at(whole, settings)) as target:
        if file is None:
            async with open_database_of(settings) as source:
                with explained(), _copied():
                    await copy_as_it_is(source, target)


@contextmanager
def _copied() -> Iterator[None]:
    """Raises DatabaseError where the copy isn't whole."""
    try:
        yield
    except CopyError as error:
        raise DatabaseError(error.code) from error


def _at(file: Path, settings: Settings) -> Settings:
    """Gives the settings for the copy, whose list of the erased is its own too."""
    return settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{file.as_posix()}", "erased_file": None})
