"""What a turn stored, and what was refused, as scripts are told of it: read from the audit log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from dialogs.privacy.words import PEOPLE
from dialogs.turn.audience import Names
from dialogs.turn.visit import Stores
from portfolio.audit import LOOKS, REFUSALS, Action, AuditRecord
from portfolio.organisation import Person
from portfolio.reminders.kinds import Absence

# Names in a detail that tell what it is about, the first that is there.
_SUBJECTS = ("body", "person", "recipient", "lead")
# Ids that are new each time.
_IDS = frozenset({"conversation", "round", "account"})
_TIMES = frozenset({"start", "moved_to", "meeting"})
_OF_ALL = frozenset({"what", "run"})


@dataclass(frozen=True, slots=True)
class Written:
    """The lines of the audit log that a turn wrote, and the absences that came and went: on which days somebody is away
    the log doesn't tell."""

    records: Sequence[AuditRecord]
    absences: Mapping[str, Sequence[Absence]]


@dataclass(frozen=True, slots=True)
class Stored:
    """A person's stored things as they were before a turn."""

    stores: Stores
    person: Person | None
    number: int
    absences: Sequence[Absence]

    @classmethod
    async def until_now(cls, stores: Stores, person: Person | None) -> Stored:
        return cls(stores, person, (await stores.audit.head()).number, await _absences(stores, person))

    async def since(self) -> Written:
        records = [record async for record in self.stores.audit.records(after=self.number)]
        now = await _absences(self.stores, self.person)
        come = [absence for absence in now if absence not in self.absences]
        gone = [absence for absence in self.absences if absence not in now]
        return Written(records, {Action.ABSENCE_SET: come, Action.ABSENCE_ENDED: gone})


async def _absences(stores: Stores, person: Person | None) -> list[Absence]:
    return await stores.reminding.store.absences_of(person.id, date.min) if person else []


def what_was_stored(written: Written, names: Names, zone: tzinfo) -> dict[str, list[dict[str, Any]]]:
    """Writes what was done and what was refused, with times in `zone`. That something was looked at is neither."""
    absences = {action: list(days) for action, days in written.absences.items()}
    done: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for record in written.records:
        if record.action in LOOKS:
            continue
        entry = _entry(record, names, zone)
        if days := absences.get(record.action):
            absence = days.pop(0)
            entry["detail"] |= {"first": absence.first.isoformat(), "last": absence.last.isoformat()}
        (refused if record.action in REFUSALS else done).append(entry)
    return {"did": done, "refused": refused}


def _entry(record: AuditRecord, names: Names, zone: tzinfo) -> dict[str, Any]:
    told = {name: value for name, value in (record.detail or {}).items() if value and name not in _IDS}
    detail = {name: _addresses(value, names) if name in PEOPLE else value for name, value in told.items()}
    detail |= {name: datetime.fromisoformat(told[name]).astimezone(zone).isoformat() for name in _TIMES & told.keys()}
    return {"action": record.action, "subject": record.project or _subject(record, detail, names), "detail": detail}


def _subject(record: AuditRecord, detail: dict[str, Any], names: Names) -> str | None:
    """Takes what it is about out of the detail; what names nobody is about the one who did it, or about everybody."""
    for name in _SUBJECTS:
        if isinstance(detail.get(name), str):
            return str(detail[name] if name == "lead" else detail.pop(name))
    return None if _OF_ALL & detail.keys() else names.address(record.by) or None


def _addresses(value: object, names: Names) -> object:
    return [names.recipient(str(one)) for one in value] if isinstance(value, list) else names.recipient(str(value))
