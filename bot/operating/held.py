"""Tells what is held on a person, for people and for scripts, and what becomes of it when they are erased."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from bot.operator_texts import count, say
from dialogs.privacy.held_words import holding_words, kept_words
from dialogs.privacy.keeping_words import how_long
from dialogs.privacy.words import line_document, line_words
from dialogs.turn.audience import Audience
from portfolio.audit import AuditRecord
from portfolio.organisation import Person
from portfolio.privacy.held import Fate, Holding, Holdings
from portfolio.privacy.keeping import For, Kept, Purpose
from storage.audit import audit
from storage.data_map.messages import AUDIT

MOST_NAMED = 20


def held_lines(held: Holdings, log: Sequence[AuditRecord], audience: Audience) -> Iterator[str]:
    """Goes by what it is kept for, each with how long."""
    yield say("held.heading", name=held.person.name, at=audience.now)
    for purpose, rows in _by_purpose(held.rows):
        yield ""
        yield say("held.purpose", purpose=audience.texts.name("data_purpose", purpose))
        for (table, kept), several in groupby(rows, lambda row: (row.table, kept_words(row, audience))):
            yield say("held.table", table=say(f"held_table.{table}"), kept=kept)
            yield from (f"  - {holding_words(row, audience)}" for row in several)
    if held.unsure:
        yield ""
        yield say("held.unsure")
        yield from (f"  - {_place(row)}: {holding_words(row, audience)}" for row in held.unsure)
    yield ""
    yield count("held.log", len(log), kept=how_long(audit.name, AUDIT, audience.texts))
    yield from (f"  {line_words(record, audience)}" for record in log)


def held_document(held: Holdings, log: Sequence[AuditRecord], audience: Audience) -> dict[str, Any]:
    return {
        "person": _person(held.person, audience),
        "at": audience.now.isoformat(),
        "held": [_row(row) for row in held.rows],
        "unsure": [_row(row) for row in held.unsure],
        "log": [line_document(record, audience) for record in log],
    }


def erasing_lines(held: Holdings, audience: Audience) -> Iterator[str]:
    """Says what goes, what is changed, and what stays as a former employee's."""
    yield say("erasing.heading", name=held.person.name)
    for fate in Fate:
        tables = Counter(row.table for row in held.rows if row.fate is fate)
        if tables:
            listed = ", ".join(f"{say(f'held_table.{table}').lower()} ({number})" for table, number in tables.items())
            yield say(f"erasing.{fate.value}", listed=listed)
    if held.leads:
        shown = ", ".join(held.leads[:MOST_NAMED])
        yield count("erasing.leads", len(held.leads), numbers=shown, first=held.leads[0])
    if held.unsure:
        yield count("erasing.unsure", len(held.unsure))
        yield from (f"  - {_place(row)}: {holding_words(row, audience)}" for row in held.unsure[:MOST_NAMED])
    if held.person.is_here:
        yield say("erasing.is_here")
    yield say("erasing.log_stays")


def _by_purpose(rows: Sequence[Holding]) -> Iterator[tuple[Purpose, list[Holding]]]:
    for purpose in Purpose:
        of_it = [row for row in rows if row.purpose is purpose]
        if of_it:
            yield purpose, of_it


def _place(row: Holding) -> str:
    return say(f"held_table.{row.table}")


def _person(person: Person, audience: Audience) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "email": person.email,
        "upn": person.upn,
        "entra_id": person.entra_id,
        "unit": person.unit,
        "manager": audience.names.address(person.manager) or None if person.manager else None,
        "roles": [role.value for role in person.roles],
        "language": person.language,
        "standing": person.standing.value,
    }


def _row(row: Holding) -> dict[str, Any]:
    return {
        "purpose": row.purpose.value,
        "table": row.table,
        "kept": [_kept(one) for one in row.kept],
        "key": dict(row.key),
        "values": dict(row.values),
        "parts": list(row.parts),
        "texts": {name: list(texts) for name, texts in row.texts.items()},
        "erased": row.fate.value,
    }


def _kept(kept: Kept) -> dict[str, Any]:
    if isinstance(kept, For):
        return {"seconds": int(kept.time.total_seconds()), "since": kept.since}
    return {"while": kept.value}
