"""Tells what a directory changes among people, for people and for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.importing.people_cells import people_book
from bot.importing.people_file import PeopleReading
from bot.importing.refusals import Refusal
from bot.importing.report import refusal_lines, refused_document
from bot.importing.texts import Language, say, tell
from portfolio.departures import Departure
from portfolio.directory import DirectoryEntry
from portfolio.directory_changes import MOVING, Conflict, PersonChange, Synced
from portfolio.identity import PersonId
from portfolio.organisation import Person, Role

MOST_SHOWN = 20
# A field of a person, by that of the file's columns that tells it.
_COLUMNS = {"unit": "department"}


@dataclass(frozen=True)
class PeopleReport:
    """`synced` is None where the file can't be used, or can't tell who has left. `is_held` says that more would leave
    than is believed without a yes."""

    synced: Synced | None
    stored: bool = False
    dry_run: bool = False
    is_held: bool = False
    is_full: bool = False
    reading: PeopleReading = field(default_factory=PeopleReading)
    conflicts: Sequence[Refusal] = ()

    @property
    def refusals(self) -> list[Refusal]:
        return [*self.reading.refusals, *self.conflicts]

    @property
    def exit_code(self) -> int:
        return 1 if self.refusals or not (self.stored or self.dry_run) else 0

    def as_document(self, language: Language) -> dict[str, Any]:
        """Returns the report as `--json` prints it."""
        lists: dict[str, list[str]] = {name: sorted(map(_after, people)) for name, people in self._lists()}
        empty: dict[str, list[str]] = {"joined": [], "left": [], "moved": [], "changed": []}
        return {
            "stored": self.stored,
            "dry_run": self.dry_run,
            **(empty | lists),
            "too_many_leaving": self.is_held,
            **self._details(),
            "refused": [refused_document(refusal, language) for refusal in self.refusals],
            "notes": [
                {"code": note.code, "sheet": note.sheet, "text": tell(note, language)} for note in self.reading.notes
            ],
            "ignored": {
                "sheets": list(self.reading.unknown_sheets),
                "columns": list(self.reading.unknown_columns),
            },
        }

    def _details(self) -> dict[str, Any]:
        if self.synced is None:
            return {"here": None, "details": [], "handover": [], "unknown_departments": {}, "unknown_managers": []}
        changes = self.synced.changes
        return {
            "here": changes.here,
            "details": [
                {"person": _after(change), "fields": dict(self._before_and_after(change))} for change in changes.changed
            ],
            "handover": [self._handed_over(one) for one in self.synced.departures if one.is_something_left],
            "unknown_departments": dict(changes.unknown_units),
            "unknown_managers": sorted(set(changes.unknown_managers.values())),
        }

    def _handed_over(self, departure: Departure) -> dict[str, Any]:
        address = self._addresses
        return {
            "person": _address(departure.person),
            "name": departure.person.name,
            "projects": list(departure.leads),
            "owns": list(departure.owns),
            "risks": list(departure.risks),
            "benefits": list(departure.benefits),
            "bodies": list(departure.bodies),
            "departments": list(departure.departments),
            "roles": [role.value for role in departure.person.roles],
            "stood_in_for": [address.get(person, "") for person in departure.stood_in_for],
            "deputies": [address.get(person, "") for person in departure.deputies],
        }

    @property
    def _addresses(self) -> Mapping[PersonId, str]:
        return self.synced.addresses if self.synced else {}

    def _lists(self) -> Iterator[tuple[str, Sequence[PersonChange]]]:
        if self.synced is not None:
            changes = self.synced.changes
            yield "joined", changes.joined
            yield "left", changes.left
            yield "moved", changes.moved
            yield "changed", changes.altered

    def _before_and_after(self, change: PersonChange) -> Iterator[tuple[str, tuple[Any, Any]]]:
        for name in sorted(change.fields):
            yield name, (self._value(name, change.before), self._value(name, change.after))

    def _value(self, name: str, person: Person | None) -> Any:
        value = getattr(person, name)
        if name == "manager" and value is not None:
            return self._addresses.get(value, "")
        return [role.value for role in value] if name == "roles" else value

    # In words

    def result(self, language: Language) -> Iterator[str]:
        """Yields lines on what was stored, or would be."""
        if self.synced is None or not (self.stored or self.dry_run or self.is_held):
            return
        yield self._headline(language)
        for name, people in self._lists():
            if people:
                yield self._title(name, len(people), language)
                yield from (self._line(name, change, language) for change in people[:MOST_SHOWN])
                if len(people) > MOST_SHOWN:
                    yield say("more_changes", language, count=str(len(people) - MOST_SHOWN))
        for departure in self.synced.departures:
            if departure.is_something_left:
                yield from self._departure(departure, language)

    def _headline(self, language: Language) -> str:
        changes = self.synced.changes if self.synced else None
        is_nothing = changes is None or not (changes.all or changes.merged)
        if self.dry_run:
            return say("people_dry_run_nothing" if is_nothing else "people_dry_run", language)
        if not self.stored:
            return say("people_would", language)
        return say("nothing_new" if is_nothing else "people_stored", language)

    @staticmethod
    def _title(name: str, count: int, language: Language) -> str:
        number = str(count)
        match name:
            case "joined":
                return say("people_joined", language, count=number)
            case "left":
                return say("people_left", language, count=number)
            case "moved":
                return say("people_moved", language, count=number)
        return say("people_changed", language, count=number)

    def _line(self, name: str, change: PersonChange, language: Language) -> str:
        line = say("person", language, name=change.after.name, address=_after(change))
        told = [
            f"{_title_of(field)} {_written(before)} → {_written(after)}"
            for field, (before, after) in self._before_and_after(change)
            if (field in MOVING) == (name == "moved")
        ]
        if name == "joined" and change.before and change.before.roles:
            told = [say("people_back", language, roles=_roles(change.after.roles))]
        return f"{line}: {', '.join(told)}" if told and name != "left" else line

    def _departure(self, departure: Departure, language: Language) -> Iterator[str]:
        person = departure.person
        yield say("hand_over", language, name=person.name, address=_address(person))
        for key, names in (
            ("hand_over_leads", departure.leads),
            ("hand_over_owns", departure.owns),
            ("hand_over_risks", departure.risks),
            ("hand_over_benefits", departure.benefits),
            ("hand_over_bodies", departure.bodies),
            ("hand_over_departments", departure.departments),
            ("hand_over_roles", [_roles(person.roles)] if person.roles else []),
        ):
            if names:
                yield say(key, language, names=", ".join(names))

    def remarks(self, language: Language) -> Iterator[str]:
        """Yields lines on what was refused, left out, or not known."""
        reading, changes = self.reading, self.synced.changes if self.synced else None
        for sheet in reading.unknown_sheets:
            yield say("ignored_sheet", language, sheet=sheet)
        if reading.unknown_columns:
            yield say("people_ignored_columns", language, columns=", ".join(reading.unknown_columns))
        if self.refusals:
            rows = reading.refused_rows + len(self.conflicts)
            may = not (self.is_full and reading.refused_rows)
            yield from refusal_lines(self.refusals, rows, language, is_stored=self.stored, can_be_partial=may)
            if not may:
                yield say("people_full_refused", language)
        if changes and changes.unknown_units:
            names = ", ".join(f"{name} ({count})" for name, count in sorted(changes.unknown_units.items()))
            yield say("people_unknown_units", language, names=names)
        if changes and changes.unknown_managers:
            names = ", ".join(sorted(set(changes.unknown_managers.values()))[:MOST_SHOWN])
            yield say("people_unknown_managers", language, names=names)
        yield from (tell(note, language) for note in reading.notes)
        if changes and self.is_held:
            left, here = str(len(changes.left)), str(changes.here)
            yield say("people_held_dry" if self.dry_run else "people_held", language, left=left, here=here)


def conflict_refusal(conflict: Conflict, entry: DirectoryEntry, row: int | None, source: str | None) -> Refusal:
    """Returns the refusal of an entry that would take another's address: of a row, or of somebody in `source`."""
    column = people_book().main.by_field[conflict.field].title
    who = entry.name or next((value for _, value in entry.keys), "")
    if conflict.holder is None:
        return Refusal("address_of_several", source, row, column, conflict.value, {"who": who})
    details = {"who": who, "whose": conflict.holder.name}
    return Refusal("address_taken", source, row, column, conflict.value, details)


def _after(change: PersonChange) -> str:
    return _address(change.after)


def _address(person: Person) -> str:
    return person.address or person.entra_id or ""


def _title_of(name: str) -> str:
    column = people_book().main.by_field.get(_COLUMNS.get(name, name))
    return column.title if column else name


def _written(value: Any) -> str:
    return ", ".join(map(str, value)) or "–" if isinstance(value, list) else str(value or "–")


def _roles(roles: Sequence[Role]) -> str:
    choice = people_book().main.by_field["roles"].choice
    if choice is None:
        return ""
    words: dict[Any, list[str]] = defaultdict(list)
    for meaning, shown in zip(dict.fromkeys(choice.meanings.values()), choice.shown, strict=True):
        words[meaning].append(shown)
    return ", ".join(words[role][0] for role in roles)
