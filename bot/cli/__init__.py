"""The command line: `tovholder`. Each command's module is loaded when the command is used."""

from __future__ import annotations

from cyclopts import App

from bot.logs import configure

COMMANDS = {
    "serve": "bot.cli.serving:serve",
    "demo": "bot.cli.chatting:demo",
    "chat": "bot.cli.chatting:chat",
    "ask": "bot.cli.asking:ask",
    "import": "bot.cli.importing:app",
    "package": "bot.cli.packaging:package",
    "migrate": "bot.cli.operations:migrate",
    "doctor": "bot.cli.operations:doctor",
}

app = App(name="tovholder", help="Keep hold of the municipality's digitalisation portfolio, in Microsoft Teams.")
for _name, _target in COMMANDS.items():
    app.command(_target, name=_name)


def main() -> None:
    """Exit 0 done, 1 the work failed or some rows were refused, 2 wrong usage. Logs go to stderr, results to stdout."""
    configure()
    app()
