"""Help pages, and what is wrong with a line that can't be used, in our own words instead of the library's English."""

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

from bot.operator_texts import say

COMMANDS = Group.create_default_commands(say("help_page.commands_title"))
ARGUMENTS = Group.create_default_arguments(say("help_page.arguments_title"))
OPTIONS = Group.create_default_parameters(say("help_page.options_title"))

_USAGE = {"COMMAND": say("help_page.command"), "[OPTIONS]": say("help_page.options"), "[ARGS]": ""}


def help_of(command: str) -> str:
    example = say("help_page.example", example=say(f"command_help.{command}.example"))
    return f"{say(f'command_help.{command}.does')}\n\n{example}"


class HelpPage(DefaultFormatter):
    """A help page that names what must be given in the usage line alone: elsewhere the library marks it in English."""

    def __call__(self, console: Any, options: Any, panel: HelpPanel) -> None:
        entries = [entry.copy(required=False, default=None) for entry in panel.entries]
        super().__call__(console, options, panel.copy(entries=entries))

    def render_usage(self, console: Any, _options: Any, usage: Any) -> None:
        words = [_USAGE.get(word, word) for word in str(usage).split()]
        line = [say("help_page.usage"), *filter(None, words)]
        console.print(*line, style="bold", markup=False, highlight=False, soft_wrap=True)
        console.print()


def usage_error(error: CycloptsError) -> Any:
    """Says what is wrong and where to read more, for a terminal."""
    from rich.text import Text  # slow to load, and mostly not needed

    command = " ".join(["tovholder", *(error.command_chain or ())])
    return Text(f"{_what_is_wrong(error)}\n{say('usage_error.read_more', command=command)}")


def _what_is_wrong(error: CycloptsError) -> str:
    match error:
        case UnknownCommandError(unused_tokens=[name, *_], app=app) if app is not None:
            known = [command for command in app if not command.startswith("-")]
            near, commands = _near(name, known), ", ".join(known)
            return say("usage_error.unknown_command", name=name, near=near, commands=commands)
        case UnknownOptionError(token=token, argument_collection=arguments):
            name = token.keyword or token.value
            near = _near(name, (known for argument in arguments for known in argument.names))
            return say("usage_error.unknown_option", name=name, near=near)
        case UnusedCliTokensError(unused_tokens=[first, *_]):
            return say("usage_error.too_much", word=first)
        case MissingArgumentError(argument=argument, keyword=keyword) if argument is not None:
            name = keyword or argument.name
            return say("usage_error.missing_value" if name.startswith("-") else "usage_error.missing", name=name)
        case RepeatArgumentError(token=token):
            return say("usage_error.twice", name=token.keyword)
        case CoercionError(token=token) if token is not None:
            return say("usage_error.unfit", value=token.value, name=token.keyword)
    return say("usage_error.unreadable")


def _near(name: str, known: Iterable[str]) -> str:
    return "".join(say("usage_error.near", name=near) for near in difflib.get_close_matches(name, known, n=1))
