"""`tovholder person`: what concerns one person."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime
from json import dumps
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from bot.cli.ending import FailedError, UsageError, ends_in_words
from bot.cli.usage import ARGUMENTS, COMMANDS, OPTIONS, help_of
from bot.operator_texts import say
from bot.settings import Settings, read_settings
from portfolio.audit import Action, Seen, look
from portfolio.identity import BY_OPERATOR

if TYPE_CHECKING:  # what works on databases takes a moment to load
    from bot.wiring import Privacy
    from portfolio.privacy.held import Holdings

app = App(name="person", group_commands=COMMANDS, group_arguments=ARGUMENTS, group_parameters=OPTIONS)
Email = Annotated[str, Parameter(name=say("placeholder.email"), help=say("option.person"))]


@app.command(help=help_of("person_show"))
@ends_in_words
def show(email: Email, /, *, json: Annotated[bool, Parameter(negative=(), help=say("option.json"))] = False) -> int:
    print(asyncio.run(_show(read_settings(), email, as_json=json)))
    return 0


@app.command(help=help_of("person_erase"))
@ends_in_words
def erase(
    email: Email,
    /,
    *,
    dry_run: Annotated[bool, Parameter(negative=(), help=say("option.erase_dry_run"))] = False,
    yes: Annotated[bool, Parameter(negative=(), help=say("option.erase_yes"))] = False,
) -> int:
    return asyncio.run(_erase(read_settings(), email, dry_run=dry_run, yes=yes))


@app.command(help=help_of("person_unlink"))
@ends_in_words
def unlink(email: Email, /) -> int:
    print(asyncio.run(_unlink(read_settings(), email)))
    return 0


async def _show(settings: Settings, email: str, *, as_json: bool) -> str:
    """Returns all that is held on somebody. The look is written down before it is read, so that it stands there too.
    Raises UsageError where there is no such person."""
    from bot.operating.held import held_document, held_lines
    from bot.wiring import open_privacy

    now = datetime.now(settings.zone)
    async with open_privacy(settings) as privacy:
        held = await _held(privacy, email)
        await privacy.audit.note(look(now, BY_OPERATOR, Action.PERSON_SHOWN, Seen.PERSON, [held.person.id]))
        log = [record async for record in privacy.audit.records(held.person.id)]
        audience = await privacy.assistant.audience(now, "da")
    if as_json:
        return dumps(held_document(held, log, audience), default=str, ensure_ascii=False, indent=2)
    return "\n".join(held_lines(held, log, audience))


async def _erase(settings: Settings, email: str, *, dry_run: bool, yes: bool) -> int:
    """Shows what goes, and erases: at a terminal, once somebody has said yes."""
    from bot.operating.held import erasing_lines
    from bot.wiring import erased_list_of, open_privacy
    from storage.privacy.erased_list import UnreadableListError, UnwritableListError

    now = datetime.now(settings.zone)
    erased = erased_list_of(settings)
    async with open_privacy(settings) as privacy:
        held = await _held(privacy, email)
        await privacy.audit.note(look(now, BY_OPERATOR, Action.PERSON_SHOWN, Seen.PERSON, [held.person.id]))
        for line in erasing_lines(held, await privacy.assistant.audience(now, "da")):
            print(line, file=sys.stdout if dry_run else sys.stderr)
        if dry_run:
            print(say("erasing.dry_run"))
            return 0
        if not (yes or _says_yes(held)):
            return 1
        try:
            is_clean = await privacy.store.erase([held.person.id], BY_OPERATOR, now)
        except UnreadableListError as error:
            raise FailedError(say("erasing.unreadable_list", file=error.file, line=error.line)) from None
        except UnwritableListError as error:
            raise FailedError(say("erasing.list_failed", file=error.file, error=error.reason)) from None
    print(say("erasing.done", file=erased.file))
    if not is_clean:
        print(say("erasing.not_clean"), file=sys.stderr)
    return 0


def _says_yes(held: Holdings) -> bool:
    """Asks where there is somebody to ask; a script has ordered it."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    print(say("erasing.ask", name=held.person.name), file=sys.stderr)
    says = sys.stdin.readline().strip().casefold() == say("erasing.yes")
    if not says:
        print(say("erasing.let_be"), file=sys.stderr)
    return says


async def _held(privacy: Privacy, email: str) -> Holdings:
    """Raises UsageError where there is no such person."""
    person = await privacy.store.person_called(email)
    held = await privacy.store.held_on(person.id) if person else None
    if held is None:
        raise UsageError(say("person.unknown", email=email))
    return held


async def _unlink(settings: Settings, email: str) -> str:
    """Returns what is to be said. Raises UsageError where there is no such person."""
    from bot.wiring import open_people

    async with open_people(settings) as (people, accounts):
        person = await people.person_by_address(email)
        if person is None:
            raise UsageError(say("usage_error.unknown_person", email=email))
        was_linked = await accounts.unlink_person(person.id, BY_OPERATOR, datetime.now(UTC))
    return say("person.unlinked" if was_linked else "person.not_linked", name=person.name)
