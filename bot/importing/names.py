"""The names that a file and the database know, and which of them a cell means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from bot.importing.columns import workbook
from bot.importing.rows import Entry
from portfolio.questions.answers import Vocabulary

NEAR_ENOUGH = 70
MOST_SUGGESTIONS = 100  # comparing is slow, and nobody mends more rows than these at a time
# Where neither the file nor the database has a list of them, the names in use are taken as the list.
ADOPTED = ("focus_areas", "org_units", "bodies")


@dataclass
class Names:
    """The names of a table as they are spelled, by their case-folded form; `others` are further words for the same."""

    spelled: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    suggested: int = 0

    def add(self, name: str, others: Iterable[str | None] = ()) -> None:
        known = self.spelled.setdefault(name.casefold(), name)
        for other in others:
            if other:
                self.others.setdefault(other.casefold(), known)

    def find(self, name: str) -> str | None:
        folded = name.casefold()
        return self.spelled.get(folded) or self.others.get(folded)

    def nearest(self, name: str) -> str | None:
        if self.suggested >= MOST_SUGGESTIONS:
            return None
        self.suggested += 1
        match = process.extractOne(name.casefold(), list(self.spelled), scorer=fuzz.WRatio, score_cutoff=NEAR_ENOUGH)
        return None if match is None else self.spelled[match[0]]


def names_known(vocabulary: Vocabulary) -> dict[str, Names]:
    """Collects the names that the database knows, by table."""
    tables = {key: Names() for key in ("projects", "people", *ADOPTED)}
    for project in vocabulary.projects:
        tables["projects"].add(project.number)
    for unit in vocabulary.org_units:
        tables["org_units"].add(unit.name, unit.aliases)
    for area in vocabulary.focus_areas:
        tables["focus_areas"].add(area.name, (area.short_name, *area.aliases))
    for body in vocabulary.bodies:
        tables["bodies"].add(body.name)
    for person in vocabulary.people:
        tables["people"].add(person.address)
    return tables


def add_names_of(entries: Iterable[Entry], tables: dict[str, Names]) -> None:
    """Adds what the file's rows are about; rows that were refused count, so that others can still be judged."""
    for entry in entries:
        names = tables.get(entry.table)
        if names is None or entry.key is None:
            continue
        record = entry.record
        if record is None:
            names.spelled.setdefault(entry.key[0], entry.key[0])
            continue
        name = getattr(record, workbook()[entry.table].identity[0])
        names.add(name, (getattr(record, "short_name", None), *getattr(record, "aliases", ())))
