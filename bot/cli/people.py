"""`tovholder person`: what concerns one person."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

from cyclopts import App, Parameter

from bot.cli.ending import UsageError, ends_in_words
from bot.cli.usage import ARGUMENTS, COMMANDS, OPTIONS, help_of
from bot.operator_texts import say
from bot.settings import Settings, read_settings
from portfolio.identity import BY_OPERATOR

app = App(name="person", group_commands=COMMANDS, group_arguments=ARGUMENTS, group_parameters=OPTIONS)
Email = Annotated[str, Parameter(name=say("placeholder.email"), help=say("option.person"))]


@app.command(help=help_of("person_unlink"))
@ends_in_words
def unlink(email: Email, /) -> int:
    print(asyncio.run(_unlink(read_settings(), email)))
    return 0


async def _unlink(settings: Settings, email: str) -> str:
    """Returns what is to be said. Raises UsageError where there is no such person."""
    from bot.wiring import open_people

    async with open_people(settings) as (people, accounts):
        person = await people.person_by_address(email)
        if person is None:
            raise UsageError(say("usage_error.unknown_person", email=email))
        was_linked = await accounts.unlink_person(person.id, BY_OPERATOR, datetime.now(UTC))
    return say("person.unlinked" if was_linked else "person.not_linked", name=person.name)
