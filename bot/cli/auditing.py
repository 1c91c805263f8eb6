"""`tovholder audit`: reading the audit log, and verifying that nobody changed it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from json import dumps
from typing import Annotated, Any

from cyclopts import App, Parameter

from bot.cli.ending import UsageError, ends_in_words, fail, read_day
from bot.cli.usage import ARGUMENTS, COMMANDS, OPTIONS, help_of
from bot.operator_texts import count, say
from bot.settings import Settings, read_settings
from dialogs.privacy.words import line_document, line_words
from dialogs.turn.audience import Audience
from portfolio.audit import Action, AuditRecord, Seen, look
from portfolio.audit_chain import Fault, Findings, Told, Wrong
from portfolio.identity import BY_OPERATOR, PersonId, is_person_id

EXAMPLE_DAY = "2026-11-01"
_DAY = timedelta(days=1)

app = App(name="audit", group_commands=COMMANDS, group_arguments=ARGUMENTS, group_parameters=OPTIONS)


class NobodyError(Exception):
    """There is no such person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Says what is to be shown: of somebody, and from one day to another."""

    email: str | None
    since: date | None
    until: date | None


@app.command(help=help_of("audit_show"))
@ends_in_words
def show(
    *,
    person: Annotated[str | None, Parameter(metavar=say("placeholder.email"), help=say("option.audit_person"))] = None,
    since: Annotated[str | None, Parameter(metavar=say("placeholder.day"), help=say("option.audit_since"))] = None,
    until: Annotated[str | None, Parameter(metavar=say("placeholder.day"), help=say("option.audit_until"))] = None,
    json: Annotated[bool, Parameter(negative=(), help=say("option.json"))] = False,
) -> int:
    first, last = (None if day is None else read_day(day, EXAMPLE_DAY) for day in (since, until))
    try:
        asyncio.run(_show(read_settings(), Asked(person, first, last), as_json=json))
    except NobodyError:
        return fail(say("auditing.unknown_person", email=person))
    return 0


@app.command(help=help_of("audit_verify"))
@ends_in_words
def verify(
    *,
    head: Annotated[str | None, Parameter(metavar=say("placeholder.head"), help=say("option.audit_head"))] = None,
    json: Annotated[bool, Parameter(negative=(), help=say("option.json"))] = False,
) -> int:
    try:
        told = None if head is None else Told.read(head)
    except ValueError:
        raise UsageError(say("auditing.not_head", value=head)) from None
    findings = asyncio.run(_check(read_settings(), told))
    print(dumps(_document(findings), ensure_ascii=False) if json else "\n".join(_lines(findings, told)))
    return 1 if findings.count else 0


async def _show(settings: Settings, asked: Asked, *, as_json: bool) -> None:
    """Writes line by line what may be long. The look is written down first, so that it stands there whatever follows.
    Raises NobodyError."""
    from bot.wiring import open_assistant

    async with open_assistant(settings) as portfolio:
        now, log = datetime.now(settings.zone), portfolio.stores.audit
        whom = await _person(portfolio.people, asked.email)
        audience = await portfolio.assistant.audience(now, "da")
        await log.note(look(now, BY_OPERATOR, Action.LOG_SHOWN, Seen.LOG, None if whom is None else [whom]))
        begin = datetime.combine(asked.since, time.min, settings.zone) if asked.since else None
        end = datetime.combine(asked.until + _DAY, time.min, settings.zone) if asked.until else None
        records = log.records(whom, begin, end)
        await (_print_document(records, asked, audience) if as_json else _print_lines(records, audience))


async def _person(people: Any, email: str | None) -> PersonId | None:
    """Takes the id of somebody who is held no more, too. Raises NobodyError."""
    if email is None:
        return None
    person = await people.person_by_address(email) or await people.person(PersonId(email.strip()))
    if person is None and not is_person_id(email.strip()):
        raise NobodyError
    return person.id if person else PersonId(email.strip())


async def _print_lines(records: AsyncIterator[AuditRecord], audience: Audience) -> None:
    is_empty = True
    async for record in records:
        print(line_words(record, audience))
        is_empty = False
    if is_empty:
        fail(say("auditing.no_lines"))


async def _print_document(records: AsyncIterator[AuditRecord], asked: Asked, audience: Audience) -> None:
    head = {"person": asked.email, "since": asked.since, "until": asked.until}
    print(dumps(head, default=str, ensure_ascii=False)[:-1] + ', "rows": [', end="")
    join = "\n"
    async for record in records:
        print(join + dumps(line_document(record, audience), ensure_ascii=False), end="")
        join = ",\n"
    print("]}")


async def _check(settings: Settings, told: Told | None) -> Findings:
    from bot.wiring import open_database_of
    from storage.audit import SqlAuditLog

    async with open_database_of(settings, migrates=False) as database:
        return await SqlAuditLog(database).check(told)


def _lines(findings: Findings, told: Told | None) -> Iterator[str]:
    head = findings.head
    if findings.count:
        yield count("auditing.broken", findings.count)
        yield from (f"- {_fault_words(fault)}" for fault in findings.faults)
        if left := findings.count - len(findings.faults):
            yield count("auditing.more", left)
        yield say("auditing.what_now")
    elif head:
        yield say("auditing.whole", rows=findings.rows, number=head.number, head=head.told.write())
    if head and head.removed:
        yield say("auditing.removed", removed=head.removed)
    if told and not findings.count:
        yield say("auditing.as_told")


def _fault_words(fault: Fault) -> str:
    if fault.wrong is Wrong.MISSING:
        return count("audit_fault.missing", fault.last - fault.first + 1, first=fault.first, last=fault.last)
    return say(f"audit_fault.{fault.wrong.value}", first=fault.first, last=fault.last)


def _document(findings: Findings) -> dict[str, Any]:
    head = findings.head
    return {
        "whole": findings.count == 0,
        "rows": findings.rows,
        "head": head.told.write() if head else None,
        "removed": head.removed if head else None,
        "count": findings.count,
        "faults": [{"wrong": one.wrong.value, "first": one.first, "last": one.last} for one in findings.faults],
    }
