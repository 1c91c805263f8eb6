"""Reports that people have given in Tovholder: a file may repeat them, not change them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any

from bot.importing.columns import Column, workbook
from bot.importing.identities import Identities
from bot.importing.refusals import Refusal
from bot.importing.rows import Entry
from portfolio.projects.status import StatusReport

# Returns the fields that people have reported otherwise.
Contradicted = Callable[[StatusReport, Collection[str]], Sequence[str]]


def nothing_given(_report: StatusReport, _fields: Collection[str]) -> Sequence[str]:
    return ()


def contradictions(entries: Iterable[Entry], contradicted: Contradicted, people: Identities) -> Iterator[Refusal]:
    """Takes the record from every row that says something else than what was given."""
    columns = workbook()["reports"].by_field
    for entry in entries:
        if entry.table != "reports" or entry.record is None:
            continue
        report = entry.record
        fields = contradicted(people.identified(report, "reports"), [name for name in columns if name in entry.headers])
        if fields:
            first = columns[fields[0]]
            entry.record = None
            yield entry.refusal(
                "already_given",
                first.field,
                _cell_words(getattr(report, first.field), first),
                project=report.project,
                day=report.day.strftime("%d-%m-%Y"),
                columns=", ".join(entry.headers[name] for name in fields),
            )


def _cell_words(value: Any, column: Column) -> str | None:
    """Writes the value as a person would have written it."""
    match value:
        case StrEnum() if column.choice:
            words = zip(dict.fromkeys(column.choice.meanings.values()), column.choice.shown, strict=True)
            return dict(words)[value]
        case Decimal():
            return f"{value.normalize():f}"
        case _:
            return None if value is None else str(value)
