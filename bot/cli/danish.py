"""The command line's own words, in Danish: help pages, and what is wrong with a line that can't be used."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Any

from cyclopts import Group
from cyclopts.exceptions import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)
from cyclopts.help import DefaultFormatter, HelpPanel

COMMANDS = Group.create_default_commands("Kommandoer")
ARGUMENTS = Group.create_default_arguments("Angiv")
OPTIONS = Group.create_default_parameters("Tilvalg")

_USAGE = {"COMMAND": "KOMMANDO", "[OPTIONS]": "[TILVALG]", "[ARGS]": ""}


class DanishHelp(DefaultFormatter):
    """What must be given stands in the usage line alone, as the library marks it in English elsewhere."""

    def __call__(self, console: Any, options: Any, panel: HelpPanel) -> None:
        entries = [entry.copy(required=False, default=None) for entry in panel.entries]
        super().__call__(console, options, panel.copy(entries=entries))

    def render_usage(self, console: Any, _options: Any, usage: Any) -> None:
        words = [_USAGE.get(word, word) for word in str(usage).split()]
        console.print("Brug:", *filter(None, words), style="bold", markup=False, highlight=False, soft_wrap=True)
        console.print()


def usage_error(error: CycloptsError) -> Any:
    """What is wrong, and where to read more; for a terminal."""
    from rich.text import Text  # slow to load, and mostly not needed

    command = " ".join(["tovholder", *(error.command_chain or ())])
    return Text(f"{_what_is_wrong(error)}\nSe hjælpen: {command} --help")


def _what_is_wrong(error: CycloptsError) -> str:
    match error:
        case UnknownCommandError(unused_tokens=[name, *_], app=app) if app is not None:
            known = [command for command in app if not command.startswith("-")]
            return f"Kommandoen »{name}« findes ikke.{_near(name, known)} Kommandoerne er: {', '.join(known)}."
        case UnknownOptionError(token=token, argument_collection=arguments):
            name = token.keyword or token.value
            return f"Tilvalget {name} findes ikke.{_near(name, (n for known in arguments for n in known.names))}"
        case UnusedCliTokensError(unused_tokens=[first, *_]):
            return f"»{first}« er for meget. Sæt anførselstegn om en tekst med mellemrum i."
        case MissingArgumentError(argument=argument, keyword=keyword) if argument is not None:
            name = keyword or argument.name
            return f"{name} mangler en værdi." if name.startswith("-") else f"{name} mangler."
        case RepeatArgumentError(token=token):
            return f"{token.keyword} er angivet to gange."
        case CoercionError(token=token) if token is not None:
            return f"»{token.value}« kan ikke bruges til {token.keyword}."
    return "Kommandoen kan ikke læses."


def _near(name: str, known: Iterable[str]) -> str:
    return "".join(f" Mente du {near}?" for near in difflib.get_close_matches(name, known, n=1))
