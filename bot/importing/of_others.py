"""Rows of people that would take what is another's: a name at sign-in, an Entra id, or the person themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.importing.identities import Identities
from bot.importing.refusals import Refusal, in_short
from bot.importing.rows import Entry
from portfolio.organisation import Person
from portfolio.whole import KnownPeople

_ACCOUNTS = ("upn", "entra_id")


@dataclass(frozen=True, slots=True)
class _Row:
    entry: Entry
    person: Person
    known_as: str

    @property
    def accounts(self) -> Iterator[tuple[str, str]]:
        return ((name, value) for name in _ACCOUNTS if (value := getattr(self.person, name)))


def of_others(entries: Sequence[Entry], people: Identities, known: KnownPeople) -> Iterator[Refusal]:
    """Takes the record from every row that is another row's person, or has the account of another."""
    rows = [
        _Row(entry, entry.record, people.known_as(entry.record.email))
        for entry in entries
        if entry.table == "people" and entry.record is not None
    ]
    yield from _shared(rows)
    for row in rows:
        if row.entry.record is not None and (refusal := _taken(row, known)):
            row.entry.record = None
            yield refusal


def _shared(rows: Sequence[_Row]) -> Iterator[Refusal]:
    """Refuses rows of one file that are one person's, or have one account."""
    by_value: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for row in rows:
        for key in (("email", row.known_as), *row.accounts):
            by_value[key].append(row.entry)
    for (field, value), same in by_value.items():
        if len(same) > 1:
            first, numbers = same[0], in_short([entry.row for entry in same])
            written = first.key[0] if field == "email" and first.key else value
            for entry in same:
                entry.record = None
            code = "person_shared" if field == "email" else "account_shared"
            yield first.refusal(code, field, written, count=len(same), rows=numbers)


def _taken(row: _Row, known: KnownPeople) -> Refusal | None:
    if row.known_as in known.vouched:  # what the row says of the account doesn't count
        return None
    for field, value in row.accounts:
        holder = known.accounts.get((field, value))
        if holder is not None and holder != row.known_as:
            theirs = [address for address, whose in known.addresses.items() if whose == holder] or [value]
            return row.entry.refusal("account_of_another", field, value, who=theirs[-1])  # the e-mail, if any
    return None
