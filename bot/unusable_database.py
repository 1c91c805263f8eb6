"""Explains to the operator why the database can't be opened or brought up to date."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.operator_texts import say
from bot.settings import SettingsError
from portfolio.ports.errors import DatabaseError
from storage.database import DatabaseUrlError
from storage.migrating import SchemaTooNewError, SchemaTooOldError


class DatabaseUnusableError(SettingsError):
    """The database can't be opened as it is; nothing in it was changed. `code` names the problem, for those who have
    words of their own for it: schema_old, schema_new, database_url or database_failed."""

    def __init__(self, problem: str, code: str) -> None:
        super().__init__([problem])
        self.code = code


@contextmanager
def explained() -> Iterator[None]:
    """Turns what goes wrong in opening and migrating into DatabaseUnusableError."""
    try:
        yield
    except SchemaTooOldError as error:
        raise DatabaseUnusableError(say("database.too_old"), "schema_old") from error
    except SchemaTooNewError as error:
        raise DatabaseUnusableError(say("database.too_new"), "schema_new") from error
    except DatabaseUrlError as error:
        raise DatabaseUnusableError(say("database.wrong_address"), "database_url") from error
    except DatabaseError as error:
        raise DatabaseUnusableError(say("database.unopened", error=error.reason), "database_failed") from error
