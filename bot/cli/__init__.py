"""The command line: `tovholder`. Each command's module is loaded when the command is used."""

from __future__ import annotations

import os
import sys
from importlib.metadata import version
from typing import NamedTuple

from cyclopts import App

from bot.cli import danish
from bot.logs import configure


class Command(NamedTuple):
    """`place` is where it is written, `does` what the list of commands says."""

    place: str
    does: str
    example: str

    @property
    def help(self) -> str:
        return f"{self.does}\n\nEksempel: {self.example}"


COMMANDS = {
    "demo": Command(
        "bot.cli.chatting:demo",
        "Prøv Tovholder med eksempelporteføljen på en chatside på denne maskine.",
        "tovholder demo --clock 2026-11-22T08:00 --speed 60",
    ),
    "chat": Command("bot.cli.chatting:chat", "Tal med Tovholder i terminalen.", "tovholder chat --demo"),
    "ask": Command(
        "bot.cli.asking:ask",
        "Stil et spørgsmål til porteføljen.",
        'tovholder ask "hvilke projekter er i fokusområde Klima og ressourcer"',
    ),
    "import": Command(
        "bot.cli.importing:app",
        "Hent data ind fra filer.",
        "tovholder import portfolio examples/portfolio.xlsx --dry-run",
    ),
    "remind": Command(
        "bot.cli.reminding:remind",
        "Se, hvem der skal mindes om hvad, eller send det én gang.",
        "tovholder remind --now 2026-11-27T08:00 --until 2026-12-11T16:00 --dry-run --json",
    ),
    "serve": Command(
        "bot.cli.serving:serve", "Kør tjenesten, indtil den bliver stoppet.", "TOVHOLDER_MODE=local tovholder serve"
    ),
    "package": Command(
        "bot.cli.packaging:package",
        "Lav den app-pakke, som en administrator lægger op i Teams.",
        "tovholder package --out tovholder.zip",
    ),
    "migrate": Command("bot.cli.operations:migrate", "Opdatér databasen til denne version.", "tovholder migrate"),
    "doctor": Command(
        "bot.cli.operations:doctor",
        "Undersøg indstillinger, database, påmindelser, ur, nøgler og legitimation, og se, hvad der skal rettes.",
        "tovholder doctor --delivery mette.kragelund@birkefjord.example",
    ),
}

app = App(
    name="tovholder",
    help="Hold styr på kommunens digitaliseringsportefølje, i Microsoft Teams.\n\nEksempel: tovholder demo",
    help_format="plaintext",
    version_format="rich",
    help_formatter=danish.DanishHelp(),
    error_formatter=danish.usage_error,
    version=lambda: version("tovholder"),
    group_commands=danish.COMMANDS,
    group_arguments=danish.ARGUMENTS,
    group_parameters=danish.OPTIONS,
)
app["--help"].help = "Vis denne hjælp."
app["--version"].help = "Vis versionen."
for _name, _command in COMMANDS.items():
    app.command(_command.place, name=_name, help=_command.help, sort_key=list(COMMANDS).index(_name))


def main() -> None:
    """Exit 0 done, 1 the work failed or some rows were refused, 2 wrong usage. Logs go to stderr, results to stdout."""
    configure()
    try:
        app()
        sys.stdout.flush()
    except BrokenPipeError:  # "tovholder ask … | head": whoever read the answer has had enough of it
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
