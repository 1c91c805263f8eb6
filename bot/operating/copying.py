"""Backs the database up, restores it, and moves it to another, by the settings; what went wrong is told in words."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.operator_texts import say
from bot.sending.service import SenderLock
from bot.settings import Settings, SettingsError
from bot.unusable_database import explained
from bot.wiring import erased_list_of, instead_of_names
from portfolio.identity import PersonId
from portfolio.ports.errors import DatabaseError
from storage.copies import postgresql_dump, sqlite_file
from storage.copies.files import CopyError, FileKind, Progress, is_in_use, kind_of
from storage.copies.moving import Held, move
from storage.copies.restored import Erased, make_ready
from storage.copies.restoring import Ready, put_aside, restore_postgresql, restore_sqlite, schema_in
from storage.database import Database, DatabaseUrlError, open_database
from storage.database import sqlite_file as file_of
from storage.migrating import SchemaTooNewError
from storage.privacy.erased_list import ErasedList, UnreadableListError
from storage.schema import metadata
from storage.whole_files import written_in_full

TARGET_SECONDS = 15


class NotCopiedError(SettingsError):
    """Nothing was copied; the sentence says why, what is untouched, and what to do."""


@dataclass(frozen=True, slots=True)
class BackedUp:
    """`revision` is the schema."""

    file: Path
    bytes: int
    revision: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Restored:
    """`made_at` is when the backup was written, `aside` where the database is that was there before. `erased` are how
    many stand on the list of those who aren't to come back; None where there is no list."""

    revision: str
    made_at: datetime
    erased: int | None
    aside: Path | None = None


def back_up(settings: Settings, file: Path, progress: Progress | None) -> BackedUp:
    """Writes the whole database into the file, in which it takes the place of an earlier backup. Raises NotCopiedError,
    and DatabaseUnusableError."""
    now = datetime.now(settings.zone)
    with _told(lambda code: f"backup.{code}", file):
        source = file_of(settings.database_url)
        file = _place_for(file, source)
        with written_in_full(file) as beside:
            if source is None:
                postgresql_dump.dump(settings.database_url, beside, progress, len(metadata.tables))
            elif source.exists():
                sqlite_file.copy(source, beside, progress)
            else:
                raise CopyError("empty")
            revision = schema_in(beside, _kind_of(settings))
            if revision is None:
                raise CopyError("empty")
        return BackedUp(file, file.stat().st_size, revision, now)


def restore(
    settings: Settings, file: Path, now: datetime, progress: Progress | None, *, replace: bool = False
) -> Restored:
    """Puts a backup into a blank database and makes it ready to be used: nothing that fell due until `now` is sent.
    With `replace`, a SQLite file that is there is put aside. Raises NotCopiedError and DatabaseUnusableError."""
    with _told(lambda code: f"restoring.{code}", file):
        erased = erased_list_of(settings)
        people = _people_on(erased)
        ready = partial(make_ready, now=now, work=settings.work, erased=Erased(people, instead_of_names(settings)))
        target = file_of(settings.database_url)
        if target is None and replace:
            raise CopyError("replaces_files_alone")
        revision = _schema_of_backup(file, settings)
        made_at = datetime.fromtimestamp(file.stat().st_mtime, settings.zone)
        number = len(people) if erased.is_there else None
        if target is None:
            asyncio.run(restore_postgresql(file, revision, settings.database_url, ready, progress))
            return Restored(revision, made_at, number)
        with _nobody_sending(settings):
            aside = _restore_file(file, target, ready, progress, replace=replace)
        return Restored(revision, made_at, number, aside)


def move_to(settings: Settings, url: str, progress: Progress | None) -> dict[str, Held]:
    """Copies the database into the blank one at `url`. Raises NotCopiedError and DatabaseUnusableError."""
    with _told(lambda code: f"moving.{code}"):
        source = file_of(settings.database_url)
        if source is not None and not source.exists():
            raise CopyError("empty")
        with _nobody_sending(settings):
            return asyncio.run(_move(settings.database_url, url, progress))


async def _move(from_url: str, to_url: str, progress: Progress | None) -> dict[str, Held]:
    try:
        target = open_database(to_url)
    except DatabaseUrlError as error:
        raise CopyError("unknown_target") from error
    source = open_database(from_url)
    try:
        await _require_there(target)
        return await move(source, target, progress)
    finally:
        await source.close()
        await target.close()


def _restore_file(file: Path, target: Path, ready: Ready, progress: Progress | None, *, replace: bool) -> Path | None:
    """Returns where the file is now that was there before."""
    is_blank = sqlite_file.is_blank(target)
    if target.exists() and target.samefile(file):
        raise CopyError("same_file")
    if not (replace or is_blank):
        raise CopyError("file_not_blank", database=str(target))
    if not is_blank:
        _require_alone(target)
    aside: list[Path] = []

    def clear() -> None:
        if is_blank:
            target.unlink(missing_ok=True)
        else:
            aside.append(put_aside(target, datetime.now(UTC)))

    asyncio.run(restore_sqlite(file, target, ready, clear, progress))
    return aside[0] if aside else None


def _schema_of_backup(file: Path, settings: Settings) -> str:
    try:
        revision = schema_in(file, _kind_of(settings))
    except SchemaTooNewError as error:
        raise CopyError("too_new") from error
    except FileNotFoundError as error:
        raise CopyError("no_file") from error
    if revision is None:
        raise CopyError("no_backup")
    return revision


def _require_alone(file: Path) -> None:
    """Raises CopyError where somebody works in the file. Nobody can in one that is damaged."""
    with suppress(DatabaseError):
        try:
            sqlite_file.gather(file)
        except CopyError as error:
            if error.code == "not_alone":
                raise


def _people_on(erased: ErasedList) -> frozenset[PersonId]:
    """Reads who must be erased again. Raises CopyError where the list can't be read: they would come back."""
    try:
        return erased.read()
    except UnreadableListError as error:
        raise CopyError("unreadable_list", list=str(error.file), line=str(error.line)) from error


async def _require_there(target: Database) -> None:
    try:
        await target.ping(TARGET_SECONDS)
    except DatabaseError as error:
        raise CopyError("target_away", error=error.reason) from error


def _kind_of(settings: Settings) -> FileKind:
    return FileKind.SQLITE if settings.is_sqlite else FileKind.POSTGRESQL


def _place_for(file: Path, source: Path | None) -> Path:
    """Finds where the backup is really written. Raises CopyError where there is something else than a backup."""
    place = file.resolve()
    if place.is_dir() or not place.parent.is_dir():
        raise CopyError("no_place")
    if not os.path.lexists(place):
        return place
    is_database = source is not None and source.exists() and place.samefile(source)
    is_backup = place.is_file() and (place.stat().st_size == 0 or (kind_of(place) and not is_in_use(place)))
    if is_database or not is_backup:
        raise CopyError("not_overwritten")
    return place


@contextmanager
def _nobody_sending(settings: Settings) -> Iterator[None]:
    """Keeps a SQLite file's service from starting. Raises CopyError where it runs."""
    if settings.is_sqlite and (file := file_of(settings.database_url)):
        file.parent.mkdir(parents=True, exist_ok=True)
    lock = SenderLock(settings)
    if not lock.take():
        raise CopyError("running")
    try:
        yield
    finally:
        lock.give_back()


@contextmanager
def _told(key_of: Callable[[str], str], file: Path | None = None) -> Iterator[None]:
    """Turns what goes wrong into sentences; `key_of` gives the text for the code of each."""
    try:
        with explained():
            try:
                yield
            except DatabaseError as error:
                raise CopyError("failed", error=error.reason) from error
    except CopyError as error:
        raise NotCopiedError([say(key_of(error.code), **{"file": file, **error.details})]) from error
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise NotCopiedError([say(key_of("disk"), file=error.filename or file, error=why)]) from error
