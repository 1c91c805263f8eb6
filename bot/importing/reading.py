"""Reads a file into a portfolio that may be stored, and a list of what may not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.importing.checking import check, dependents, names_in_use, unlisted
from bot.importing.columns import RECORDS, workbook
from bot.importing.files import file_lines
from bot.importing.frozen import Contradicted, contradictions, nothing_given
from bot.importing.identities import Identities
from bot.importing.mapping import HeaderMapping
from bot.importing.of_others import of_others
from bot.importing.refusals import FileRefusedError, Note, Refusal
from bot.importing.rows import Entry, Rows, read_rows
from bot.importing.tables import Line
from portfolio.questions.answers import Vocabulary
from portfolio.whole import KnownPeople, Portfolio

NOBODY_KNOWN = KnownPeople()


@dataclass(frozen=True)
class Reading:
    """`portfolio` holds the good rows alone; `not_given` are fields, by table, that the file has no column for."""

    portfolio: Portfolio = field(default_factory=Portfolio)
    not_given: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refusals: Sequence[Refusal] = ()
    refused_rows: Mapping[str, int] = field(default_factory=dict)
    unknown_sheets: Sequence[str] = ()
    unknown_columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    notes: Sequence[Note] = ()


def read_portfolio(
    path: Path,
    vocabulary: Vocabulary,
    zone: ZoneInfo,
    mapping: HeaderMapping,
    *,
    partial: bool = False,
    contradicted: Contradicted = nothing_given,
    known: KnownPeople = NOBODY_KNOWN,
) -> Reading:
    """`partial` also refuses the rows that depend on refused ones. Raises OSError when the file can't be opened."""
    with closing(file_lines(path, mapping)) as lines:
        return portfolio_of(lines, vocabulary, zone, mapping, partial=partial, contradicted=contradicted, known=known)


def portfolio_of(
    lines: Iterable[Line],
    vocabulary: Vocabulary,
    zone: ZoneInfo,
    mapping: HeaderMapping,
    *,
    partial: bool = False,
    contradicted: Contradicted = nothing_given,
    known: KnownPeople = NOBODY_KNOWN,
) -> Reading:
    try:
        rows = read_rows(lines, mapping, zone, vocabulary)
    except FileRefusedError as error:
        return Reading(refusals=[error.refusal])
    people = Identities(vocabulary, known)
    judged = [*rows.refusals, *check(rows.entries, vocabulary), *of_others(rows.entries, people, known)]
    refusals = [*judged, *contradictions(rows.entries, contradicted, people)]
    if partial:
        refusals += dependents(rows.entries, vocabulary)
    return Reading(
        _portfolio(rows.entries, vocabulary, people),
        _not_given(rows),
        sorted(refusals, key=_place_of(rows)),
        Counter(entry.table for entry in rows.entries if entry.record is None),
        rows.layout.unknown_sheets,
        rows.layout.unknown_columns,
        [*rows.notes, *(() if refusals and not partial else _missing(rows, vocabulary))],
    )


def _missing(rows: Rows, vocabulary: Vocabulary) -> Iterator[Note]:
    """Tells of sheets that nobody has given yet and without which answers differ."""
    if "org_units" not in rows.given and not any(unit.parent or unit.aliases for unit in vocabulary.org_units):
        yield Note("no_org_units")
    if "people" not in rows.given and not vocabulary.people:
        yield Note("no_people")
    if "reports" not in rows.given and not vocabulary.projects:
        yield Note("no_reports")


def _portfolio(entries: Sequence[Entry], vocabulary: Vocabulary, people: Identities) -> Portfolio:
    tables: dict[str, list[Any]] = {table: [] for table in RECORDS}
    for entry in entries:
        if entry.record is not None:
            tables[entry.table].append(people.identified(entry.record, entry.table))
    for table in unlisted(entries, vocabulary):
        record, _ = RECORDS[table]
        tables[table] = [record(name=name) for name in dict.fromkeys(names_in_use(entries, table))]
    listed = {person.id for person in tables["people"]}
    mentioned = tuple(person for person in people.new if person.id not in listed)
    return Portfolio(**{table: tuple(records) for table, records in tables.items()}, mentioned=mentioned)


def _not_given(rows: Rows) -> dict[str, frozenset[str]]:
    return {
        table: frozenset(column.field for column in workbook()[table].columns) - given
        for table, given in rows.given.items()
    }


def _place_of(rows: Rows) -> Any:
    sheets = {sheet: place for place, sheet in enumerate(dict.fromkeys(entry.sheet for entry in rows.entries))}
    return lambda refusal: (sheets[refusal.sheet], refusal.row)
