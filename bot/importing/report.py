"""Reports what an import did or would do, for people and for programs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.importing.columns import workbook
from bot.importing.reading import Reading
from bot.importing.refusals import Refusal
from bot.importing.texts import EXAMPLES, Language, explain, in_lines, rows_in_words, say, tell
from portfolio.whole import ImportChange, ImportChanges, Tally

MOST_KINDS_SHOWN = 50


@dataclass(frozen=True)
class Report:
    """`changes` is None when nothing may be stored."""

    reading: Reading
    changes: ImportChanges | None
    dry_run: bool = False

    @property
    def exit_code(self) -> int:
        return 1 if self.reading.refusals else 0

    def as_document(self, language: Language) -> dict[str, Any]:
        """Returns the report as `--json` prints it."""
        return {
            "stored": self.changes is not None and not self.dry_run,
            "dry_run": self.dry_run,
            "tables": {table: self._counts(table) for table in workbook()},
            "changes": [
                {"table": change.table, "record": change.record, "fields": list(change.fields)}
                for change in (self.changes.examples if self.changes else ())
            ],
            "refused": [refused_document(refusal, language) for refusal in self.reading.refusals],
            "notes": [
                {"code": note.code, "sheet": note.sheet, "text": tell(note, language)} for note in self.reading.notes
            ],
            "ignored": {"sheets": list(self.reading.unknown_sheets), "columns": dict(self.reading.unknown_columns)},
            "kept": [
                {"table": change.table, "record": change.record, "fields": list(change.fields)}
                for change in (self.changes.kept if self.changes else ())
            ],
        }

    def _counts(self, table: str) -> dict[str, int]:
        tally = self.changes.tallies.get(table, Tally()) if self.changes else Tally()
        return asdict(tally) | {"refused": self.reading.refused_rows.get(table, 0)}

    def result(self, language: Language) -> Iterator[str]:
        """Yields lines on what was stored, or would be."""
        if self.changes is None:
            return
        yield self._headline(self.changes, language)
        for table, tally in self.changes.tallies.items():
            if tally != Tally():
                counts = {name: str(count) for name, count in asdict(tally).items()}
                yield say("tally", language, table=_title(table, language), **counts)
                if self.dry_run:
                    yield from self._examples(table, tally, language)

    def _headline(self, changes: ImportChanges, language: Language) -> str:
        if self.dry_run:
            return say("dry_run_nothing" if changes.is_empty else "dry_run", language)
        if self.reading.refusals:
            count = sum(self.reading.refused_rows.values())
            return say("imported_partly", language, count=rows_in_words(count, language))
        return say("nothing_new" if changes.is_empty else "imported", language)

    def _examples(self, table: str, tally: Tally, language: Language) -> Iterator[str]:
        examples = [change for change in self.changes.examples if change.table == table] if self.changes else []
        yield from (_in_words(change, language) for change in examples)
        left = tally.added + tally.changed - len(examples)
        if left:
            yield say("more_changes", language, count=str(left))

    def remarks(self, language: Language) -> Iterator[str]:
        """Yields lines on what was refused or left out."""
        for sheet in self.reading.unknown_sheets:
            yield say("ignored_sheet", language, sheet=sheet)
        for sheet, columns in self.reading.unknown_columns.items():
            yield say("ignored_columns", language, sheet=sheet, columns=", ".join(columns))
        if self.reading.refusals:
            count = sum(self.reading.refused_rows.values())
            yield from refusal_lines(self.reading.refusals, count, language, is_stored=self.changes is not None)
        yield from (tell(note, language) for note in self.reading.notes)
        kept = self.changes.kept if self.changes else ()
        of_directory = [change for change in kept if change.table == "people"]
        for key, some in (
            ("directory_kept", of_directory),
            ("changed_here", [c for c in kept if c not in of_directory]),
        ):
            if some:
                examples = ", ".join(change.record for change in some[:EXAMPLES])
                yield say(key, language, count=str(len(some)), examples=examples)


def refused_document(refusal: Refusal, language: Language) -> dict[str, Any]:
    reason, what_to_do = explain(refusal, language)
    return {
        "sheet": refusal.sheet,
        "row": refusal.row,
        "column": refusal.column,
        "value": refusal.value,
        "code": refusal.code,
        "reason": reason,
        "what_to_do": what_to_do,
    }


def refusal_lines(
    refusals: Sequence[Refusal], rows: int, language: Language, *, is_stored: bool, can_be_partial: bool = True
) -> Iterator[str]:
    """Yields lines on what was refused; `rows` are as many rows of the file, none where it is the file itself."""
    if not is_stored:
        yield say("refused", language, count=rows_in_words(rows, language)) if rows else say("refused_file", language)
    kinds = _kinds_of(refusals)
    for alike in kinds[:MOST_KINDS_SHOWN]:
        yield from in_lines(alike, language)
    if len(kinds) > MOST_KINDS_SHOWN:
        yield say("more_refused", language, count=str(sum(map(len, kinds[MOST_KINDS_SHOWN:]))))
    if rows and not is_stored and can_be_partial:
        yield say("try_partial", language)


def _kinds_of(refusals: Sequence[Refusal]) -> list[list[Refusal]]:
    """Groups by column and reason; what follows from refused rows is one kind, what is suggested another for each."""
    kinds: dict[tuple[str | None, ...], list[Refusal]] = defaultdict(list)
    for refusal in refusals:
        place = (None, None) if refusal.code == "depends_on_refused" else (refusal.sheet, refusal.column)
        kinds[*place, refusal.code, refusal.details.get("nearest")].append(refusal)
    return list(kinds.values())


def _title(table: str, language: Language) -> str:
    return workbook()[table].names[0 if language == "da" else 1]


def _in_words(change: ImportChange, language: Language) -> str:
    if not change.fields:
        return say("added", language, record=change.record)
    columns = workbook()[change.table].by_field
    fields = ", ".join(columns[name].title if name in columns else name for name in change.fields)
    return say("changed", language, record=change.record, fields=fields)
