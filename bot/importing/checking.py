"""Checks rows against each other: each thing once, references known, nobody above themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.importing.columns import Column, workbook
from bot.importing.names import ADOPTED, Names, add_names_of, names_known
from bot.importing.refusals import Refusal, in_short
from bot.importing.rows import Entry, Key
from portfolio.dates import PlanDate
from portfolio.questions.answers import Vocabulary

# The field that names what is above, by table.
_ABOVE = {"org_units": "parent", "people": "manager", "focus_areas": "replaced_by"}
_SHOWN_OF_CIRCLE = 8


def check(entries: Sequence[Entry], vocabulary: Vocabulary) -> list[Refusal]:
    """Gives names the spelling that is known, and takes the record from every entry that is refused."""
    known = names_known(vocabulary)
    _spell_as_stored(entries, known)
    with_file = names_known(vocabulary)
    add_names_of(entries, with_file)
    for table in unlisted(entries, vocabulary):
        for name in names_in_use(entries, table):
            with_file[table].add(name)
    refusals = [*_twice(entries), *_joined_by_commas(entries, unlisted(entries, vocabulary), with_file)]
    for entry in entries:
        if entry.record is not None:
            refusals += _judge(entry, with_file)
    return [*refusals, *_circles(entries, vocabulary)]


def dependents(entries: Sequence[Entry], vocabulary: Vocabulary) -> list[Refusal]:
    """Refuses rows that belong to refused rows, and rows that belong to those, until none is left."""
    known = names_known(vocabulary)
    refusals: list[Refusal] = []
    while True:
        good = {(entry.table, entry.key) for entry in entries if entry.record is not None}
        lost = {
            (entry.table, entry.key[0])
            for entry in entries
            if entry.record is None and entry.key and (entry.table, entry.key) not in good
        }
        further = [
            refusal for entry in entries if entry.record is not None for refusal in _lost_references(entry, known, lost)
        ]
        if not further:
            return refusals
        refusals += further


def _lost_references(entry: Entry, known: Mapping[str, Names], lost: set[tuple[str, str]]) -> Iterable[Refusal]:
    for column in _referring(entry.table):
        for name in _as_names(getattr(entry.record, column.field)):
            if (column.refers, name.casefold()) in lost and known[column.refers].find(name) is None:
                entry.record = None
                yield entry.refusal("depends_on_refused", column.field, name)
                return


def _spell_as_stored(entries: Iterable[Entry], known: Mapping[str, Names]) -> None:
    """Spells numbers and names as stored: in other letters they are the same thing, not a new thing."""
    for entry in entries:
        names = known.get(entry.table)
        if names is None or entry.record is None:
            continue
        field = workbook()[entry.table].identity[0]
        name = getattr(entry.record, field)
        stored = names.spelled.get(name.casefold(), name)
        if stored != name:
            entry.record = replace(entry.record, **{field: stored})


def unlisted(entries: Iterable[Entry], vocabulary: Vocabulary) -> list[str]:
    """Returns the tables of names that neither the file nor the database has anything of."""
    listed = {entry.table for entry in entries}
    return [table for table in ADOPTED if table not in listed and not getattr(vocabulary, table)]


def names_in_use(entries: Iterable[Entry], table: str) -> Iterator[str]:
    """Yields the names of a table as the rows that are still good refer to them."""
    for entry in entries:
        if entry.record is not None:
            for column in _referring(entry.table):
                if column.refers == table:
                    yield from _as_names(getattr(entry.record, column.field))


def _joined_by_commas(entries: Iterable[Entry], tables: Sequence[str], names: Mapping[str, Names]) -> Iterable[Refusal]:
    """Refuses "Klima, Data" where "Klima" is a name of its own, and no list tells what the names are."""
    for entry in entries:
        for column in _referring(entry.table):
            if entry.record is None or column.kind != "names" or column.refers not in tables:
                continue
            for name in getattr(entry.record, column.field):
                part = next((part for part in map(str.strip, name.split(",")) if names[column.refers].find(part)), name)
                if part != name:
                    entry.record = None
                    yield entry.refusal("joined_by_commas", column.field, name, part=part, sheet=_sheet_of(column))
                    break


def _sheet_of(column: Column) -> str:
    return workbook()[column.refers].names[0]


def _twice(entries: Iterable[Entry]) -> Iterable[Refusal]:
    by_key: dict[tuple[str, Key], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.key is not None:
            by_key[entry.table, entry.key].append(entry)
    for same in by_key.values():
        if len(same) > 1:
            rows = in_short([entry.row for entry in same])
            for entry in same:
                entry.record = None
            identity = workbook()[same[0].table].identity
            yield same[0].refusal("twice", identity[0], " · ".join(same[0].key or ()), count=len(same), rows=rows)


def _judge(entry: Entry, names: Mapping[str, Names]) -> list[Refusal]:
    refusals = [*_ending_before_start(entry)]
    spelled: dict[str, Any] = {}
    for column in _referring(entry.table):
        value = getattr(entry.record, column.field)
        spellings = {name: names[column.refers].find(name) for name in _as_names(value)}
        refusals += [_unknown(entry, column, name, names) for name, known in spellings.items() if known is None]
        renamed = [known for known in spellings.values() if known is not None]
        if renamed != list(spellings):
            spelled[column.field] = tuple(dict.fromkeys(renamed)) if isinstance(value, tuple) else (*renamed, None)[0]
    if refusals:
        entry.record = None
    elif spelled and entry.record is not None:
        entry.record = replace(entry.record, **spelled)
    return refusals


def _unknown(entry: Entry, column: Column, name: str, names: Mapping[str, Names]) -> Refusal:
    nearest = names[column.refers].nearest(name)
    where = _sheet_of(column)
    if nearest is None:
        return entry.refusal("unknown_name", column.field, name, sheet=where)
    return entry.refusal("unknown_name_near", column.field, name, sheet=where, nearest=nearest)


def _ending_before_start(entry: Entry) -> Iterable[Refusal]:
    start, end = getattr(entry.record, "start", None), getattr(entry.record, "end", None)
    if start is None or end is None:
        return
    backwards = end.last < start.first if isinstance(end, PlanDate) else end < start
    if backwards:
        yield entry.refusal("end_before_start", "end", start=start, end=end)


def _circles(entries: Sequence[Entry], vocabulary: Vocabulary) -> Iterable[Refusal]:
    for table, field in _ABOVE.items():
        identity = workbook()[table].identity[0]
        of_file = [entry for entry in entries if entry.table == table and entry.record is not None]
        stored = (
            _managers(vocabulary)
            if table == "people"
            else {one.name: getattr(one, field) for one in getattr(vocabulary, table)}
        )
        listed = {getattr(entry.record, identity): getattr(entry.record, field) for entry in of_file}
        circles = circles_of(stored | listed)
        for entry in of_file:
            circle = circles.get(getattr(entry.record, identity))
            if circle:
                value = getattr(entry.record, field)
                entry.record = None
                yield entry.refusal("circle", field, value, circle=" → ".join([*circle[:_SHOWN_OF_CIRCLE], circle[0]]))


def _managers(vocabulary: Vocabulary) -> dict[str, str | None]:
    """Returns everybody's manager, both by their addresses, as files have them."""
    address = {person.id: person.address for person in (*vocabulary.people, *vocabulary.others)}
    return {person.address: address.get(person.manager) if person.manager else None for person in vocabulary.people}


def circles_of(above: Mapping[str, str | None]) -> dict[str, list[str]]:
    """Returns every name that is above itself, with the circle it stands in."""
    circles: dict[str, list[str]] = {}
    settled: set[str] = set()
    for start in above:
        way: dict[str, None] = {}
        name: str | None = start
        while name is not None and name not in settled and name not in way:
            way[name] = None
            name = above.get(name)
        if name is not None and name in way:
            passed = list(way)
            circle = passed[passed.index(name) :]
            circles |= dict.fromkeys(circle, circle)
        settled.update(way)
    return circles


def _referring(table: str) -> Iterable[Column]:
    return (column for column in workbook()[table].columns if column.refers)


def _as_names(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
