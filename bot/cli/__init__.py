"""The command line: `tovholder`. Each command's module is loaded when the command is used."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version

from cyclopts import App

from bot.cli import usage
from bot.logs import configure
from bot.operator_texts import say

# Where each command is written, in the order of the list of commands.
COMMANDS = {
    "demo": "bot.cli.chatting:demo",
    "chat": "bot.cli.chatting:chat",
    "ask": "bot.cli.asking:ask",
    "import": "bot.cli.importing:app",
    "sync": "bot.cli.syncing:sync",
    "person": "bot.cli.people:app",
    "remind": "bot.cli.reminding:remind",
    "serve": "bot.cli.operations:serve",
    "package": "bot.cli.packaging:package",
    "audit": "bot.cli.auditing:app",
    "migrate": "bot.cli.operations:migrate",
    "backup": "bot.cli.copying:backup",
    "restore": "bot.cli.copying:restore",
    "move": "bot.cli.copying:move",
    "doctor": "bot.cli.operations:doctor",
}

app = App(
    name="tovholder",
    help=usage.help_of("tovholder"),
    help_format="plaintext",
    version_format="rich",
    help_formatter=usage.HelpPage(),
    error_formatter=usage.usage_error,
    version=lambda: version("tovholder"),
    group_commands=usage.COMMANDS,
    group_arguments=usage.ARGUMENTS,
    group_parameters=usage.OPTIONS,
)
app["--help"].help = say("help_page.help")
app["--version"].help = say("help_page.version")
for _place, (_name, _code) in enumerate(COMMANDS.items()):
    app.command(_code, name=_name, help=usage.help_of(_name), sort_key=_place)


def main() -> None:
    """Exit 0 done, 1 the work failed or some rows were refused, 2 wrong usage. Logs go to stderr, results to stdout."""
    configure()
    try:
        app()
        sys.stdout.flush()
    except BrokenPipeError:  # "tovholder ask … | head": whoever read the answer has had enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
