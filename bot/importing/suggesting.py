"""Writes a first mapping for a file, from the headers and words that stand in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from operator import attrgetter
from zoneinfo import ZoneInfo

from rapidfuzz import fuzz, process

from bot.importing.cells import read_cell, shown
from bot.importing.columns import Column, Sheet, fold, guesses, portfolio_book, workbook
from bot.importing.conventions import Filled, conventions_of
from bot.importing.headers import column_of, keys_of
from bot.importing.layout import MOST_TITLE_ROWS, filled_lines
from bot.importing.refusals import UnreadableCellError
from bot.importing.tables import Line
from bot.importing.texts import Language, say

NEAR_ENOUGH = 86
NEAR_ENOUGH_WORDS = 75
MOST_WORDS = 20
MOST_EXAMPLES = 3
LONGEST_WORD = 40
SHORTEST_HELD = 4
_OF_NAMES = frozenset({"name", "text", "names", "email", "emails"})


@dataclass(slots=True)
class _Draft:
    """A sheet of the file, and what it is taken for. `columns` are by the file's headers, `unknown` those that
    nobody knows."""

    name: str
    fed: list[Sheet]
    header: Line
    lines: Sequence[Line]
    columns: dict[str, tuple[Sheet, Column]] = field(default_factory=dict)
    unknown: dict[str, list[str]] = field(default_factory=dict)

    def words(self, header: str) -> Counter[str]:
        index = next(index for index, cell in enumerate(self.header.cells) if shown(cell) == header)
        cells = (line.cells[index] for line in self.lines if index < len(line.cells))
        return Counter(text for cell in cells if (text := shown(cell)))


def suggested_mapping(lines: Iterable[Line], file: str, today: date, zone: ZoneInfo, language: Language) -> str:
    """Returns a mapping file. What isn't sure stands behind a "#", so that the import goes on asking for it."""
    drafts = _drafts(lines)
    parts = [
        [say("mapping_draft", language, file=file)],
        ["[sheets]", *_sheets(drafts)],
        ["[columns]", *_columns(drafts, language)],
        *([f"[values.{_quoted(title)}]", *words] for title, words in _values(drafts, zone).items()),
        *(_day_of_reports(today) for draft in drafts if _needs_a_day(draft)),
    ]
    filled = [part for part in parts[1:] if len(part) > 1] or [[say("mapping_draft_empty", language)]]
    return "\n\n".join("\n".join(part) for part in [parts[0], *filled])


def _drafts(lines: Iterable[Line]) -> list[_Draft]:
    sheets = {name: filled_lines(of_sheet) for name, of_sheet in groupby(lines, key=attrgetter("sheet"))}
    drafts: list[_Draft] = []
    for name, filled in sheets.items():
        key = portfolio_book().key_of(name)
        taken = {draft.fed[0].key for draft in drafts} | {portfolio_book().key_of(other) for other in sheets}
        possible = [workbook()[key]] if key else [sheet for sheet in workbook().values() if sheet.key not in taken]
        draft = max((_draft(name, filled, sheet) for sheet in possible if filled), key=_likeness, default=None)
        if draft and (key or _likeness(draft)[0] >= 2):
            _add_colours(draft)
            drafts.append(draft)
    return drafts


def _likeness(draft: _Draft) -> tuple[int, bool, int]:
    """Counts required columns twice; a list of projects is likelier than anything else."""
    required = sum(column.required for _, column in draft.columns.values())
    return len(draft.columns) + required, draft.fed[0].key == "projects", -len(draft.unknown)


def _draft(name: str, filled: Sequence[Line], sheet: Sheet) -> _Draft:
    header = max(filled[:MOST_TITLE_ROWS], key=lambda line: len(_matched(line, sheet)))
    draft = _Draft(name, [sheet], header, filled[filled.index(header) + 1 :])
    matched = _matched(header, sheet)
    for cell in header.cells:
        if not (text := shown(cell)):
            continue
        if text in matched:
            draft.columns[text] = (sheet, matched[text])
        else:
            draft.unknown[text] = list(draft.words(text))[:MOST_EXAMPLES]
    return draft


def _matched(line: Line, sheet: Sheet) -> dict[str, Column]:
    """Returns the columns of headers that are ours first, then those that are guessed among what is left."""
    headers = [text for cell in line.cells if (text := shown(cell))]
    matched: dict[str, Column] = {}
    for find in (column_of, _guessed, _alike):
        for header in headers:
            column = None if header in matched else find(sheet, header)
            if column is not None and column not in matched.values():
                matched[header] = column
    return matched


def _guessed(sheet: Sheet, header: str) -> Column | None:
    known = guesses(sheet.key)
    title = next((known[key] for key in keys_of(header) if key in known), None)
    return sheet.by_header[fold(title)] if title else None


def _alike(sheet: Sheet, header: str) -> Column | None:
    if len(fold(header)) < 4:
        return None
    match = process.extractOne(fold(header), list(sheet.by_header), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
    return sheet.by_header[match[0]] if match else None


def _add_colours(draft: _Draft) -> None:
    """A list of projects with a column of colours feeds the reports too."""
    reports = workbook()["reports"]
    overall = reports.by_field["overall"]
    if draft.fed[0].key != "projects" or overall.choice is None:
        return
    for header in draft.unknown:
        words = draft.words(header)
        if words and sum(fold(word) in overall.choice.meanings for word in words) * 2 >= len(words):
            draft.columns[header] = (reports, overall)
            draft.fed.append(reports)
            del draft.unknown[header]
            return


def _day_of_reports(today: date) -> list[str]:
    reports = workbook()["reports"]
    return [f"[constants.{_quoted(reports.names[0])}]", f'{_quoted(reports.by_field["day"].title)} = "{today}"']


def _needs_a_day(draft: _Draft) -> bool:
    fed = {sheet.key for sheet in draft.fed}
    return "reports" in fed and not any(column.field == "day" for _, column in draft.columns.values())


def _sheets(drafts: Sequence[_Draft]) -> Iterator[str]:
    for draft in drafts:
        ours = [sheet.names[0] for sheet in draft.fed]
        if len(ours) > 1:
            yield f"{_quoted(draft.name)} = [{', '.join(map(_quoted, ours))}]"
        elif portfolio_book().key_of(draft.name) != draft.fed[0].key:
            yield f"{_quoted(draft.name)} = {_quoted(ours[0])}"


def _columns(drafts: Sequence[_Draft], language: Language) -> Iterator[str]:
    ours = {header: column.title for draft in drafts for header, (sheet, column) in draft.columns.items()
            if column_of(sheet, header) is not column}  # fmt: skip
    yield from (f"{_quoted(header)} = {_quoted(title)}" for header, title in ours.items())
    known = {fold(header) for draft in drafts for header in draft.columns}
    unknown = {
        header: (draft, words)
        for draft in drafts
        for header, words in draft.unknown.items()
        if fold(header) not in known
    }
    for header, (draft, words) in unknown.items():
        examples = ", ".join(_short(word) for word in words)
        details = {"header": _quoted(header), "ours": _quoted(_possible(draft, header)), "examples": examples}
        yield say("mapping_draft_column", language, **details).rstrip(" :")


def _possible(draft: _Draft, header: str) -> str:
    """Returns our header that is left and of which a foreign one holds the most: Start of "Project - Start Date"."""
    taken = [column for _, column in draft.columns.values()]
    sheet = draft.fed[0]
    titles = {name: column.title for name, column in sheet.by_header.items() if column not in taken}
    known = guesses(sheet.key).items()
    titles |= {name: title for name, title in known if sheet.by_header[fold(title)] not in taken}
    held = [name for name in titles if len(name) >= SHORTEST_HELD and name in keys_of(header)[1]]
    return titles[max(held, key=len)] if held else ""


def _values(drafts: Sequence[_Draft], zone: ZoneInfo) -> dict[str, list[str]]:
    """Returns the words that can't be read, by column: with ours where one is near, else as a comment."""
    values: dict[str, list[str]] = {}
    for draft in drafts:
        for header, (_, column) in draft.columns.items():
            if column.kind not in _OF_NAMES and (words := _unreadable(draft.words(header), column, zone)):
                title = column.choice.title if column.choice else column.title
                values[title] = list(dict.fromkeys([*values.get(title, []), *words]))
    return values


def _unreadable(words: Mapping[str, int], column: Column, zone: ZoneInfo) -> Iterator[str] | list[str]:
    ways, _ = conventions_of([Filled(column.title, column, list(words))], zone, {})
    lines: dict[str, None] = {}
    for word in words:
        try:
            read_cell(word, column, ways[column.field])
        except UnreadableCellError:
            lines[_word_line(word, column)] = None
    return list(lines)[:MOST_WORDS]


def _word_line(word: str, column: Column) -> str:
    key = _quoted(word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD].rstrip()}*")
    choices = {fold(shown): shown for shown in column.choice.shown} if column.choice else {}
    near = process.extract(fold(word), list(choices), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH_WORDS, limit=1)
    return f"{key} = {_quoted(choices[near[0][0]])}" if near else f'# {key} = ""'


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else f"{word[:LONGEST_WORD].rstrip()}…"


def _quoted(text: str) -> str:
    """Writes a TOML string; JSON's are."""
    return json.dumps(text, ensure_ascii=False)
