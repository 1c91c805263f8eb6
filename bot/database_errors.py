"""What is wrong with the database, in words for the operator."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.operator_texts import say
from bot.settings import SettingsError
from storage.migrating import SchemaTooNewError, SchemaTooOldError


class DatabaseUnusableError(SettingsError):
    """The database can't be opened as it is; nothing in it was changed."""

    def __init__(self, problem: str) -> None:
        super().__init__([problem])


@contextmanager
def explained() -> Iterator[None]:
    """Turns what goes wrong in opening and migrating into DatabaseUnusableError."""
    try:
        yield
    except SchemaTooOldError as error:
        raise DatabaseUnusableError(say("database.too_old")) from error
    except SchemaTooNewError as error:
        raise DatabaseUnusableError(say("database.too_new")) from error
    except (ValueError, ArgumentError) as error:
        raise DatabaseUnusableError(say("database.wrong_address")) from error
    except (SQLAlchemyError, OSError) as error:
        raise DatabaseUnusableError(say("database.unopened", error=type(error).__name__)) from error
