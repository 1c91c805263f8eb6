"""A list as a file: its name, and what stands in it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from dialogs.exports.csv_file import csv_of
from dialogs.exports.workbook import Sheets, workbook_of
from dialogs.questions.answering import with_first_day
from dialogs.questions.understood_card import sort_words, understood
from dialogs.turn.answer import Answering, Asking, Finding
from dialogs.turn.audience import Audience
from dialogs.turn.table import Table, Tabling
from dialogs.values.plain import one_line
from dialogs.wording.values import day_words
from portfolio.exports import FileKind
from portfolio.questions.question import Question, Target

LONGEST_NAME = 80
# What some system doesn't take in a file's name, or SharePoint.
_UNNAMEABLE = re.compile(r'[<>:"/\\|?*~#%&{}\x00-\x1f]+')
# Answers that are a number of projects, or one of them, are listed as what they are of.
_OF_PROJECTS = frozenset({Target.COUNT, Target.FIGURE, Target.FIELD, Target.PROJECT})


@dataclass(frozen=True, slots=True)
class Listing:
    """An answer with its table. `question` has the days that were worked out; `title` is the answer's own heading."""

    question: Question
    answer: Finding
    table: Table
    title: str


@dataclass(frozen=True, slots=True)
class File:
    name: str
    kind: FileKind
    content: bytes


@dataclass(frozen=True, slots=True)
class Exporter:
    """Makes files of answers: `answers` and `tables` are those of all features, by what is asked for."""

    answers: Mapping[Target, Answering]
    tables: Mapping[Target, Tabling]

    async def listing(self, asking: Asking) -> Listing | None:
        """Return None where what is asked for isn't listed. Raises UserError."""
        asking = replace(asking, question=listed(asking.question))
        tabling = self.tables.get(asking.question.target)
        if tabling is None:
            return None
        asking = await with_first_day(asking)
        answer, table = await self.answers[asking.question.target](asking), await tabling(asking)
        heading = answer.reply(asking.audience).text.partition("\n")[0]
        return Listing(asking.question, answer, table, heading.rstrip("."))

    async def file(self, listing: Listing, kind: FileKind, audience: Audience) -> File:
        content = await asyncio.to_thread(_content, listing, kind, audience)
        return File(name_of(listing, kind, audience), kind, content)


def listed(question: Question) -> Question:
    if question.target not in _OF_PROJECTS:
        return question
    return replace(question, target=Target.PROJECTS, figure=None, fact=None)


def name_of(listing: Listing, kind: FileKind, audience: Audience) -> str:
    """ "3 røde projekter i Børn og Unge 2026-06-16.xlsx" """
    title = one_line(_UNNAMEABLE.sub(" ", listing.title), LONGEST_NAME).strip(" .…")
    return f"{title or audience.texts.say('export.sheet')} {audience.today.isoformat()}.{kind.value}"


def _content(listing: Listing, kind: FileKind, audience: Audience) -> bytes:
    if kind is FileKind.CSV:
        return csv_of(listing.table)
    say = audience.texts.say
    sheets = Sheets(say("export.sheet"), say("export.about_sheet"), _about(listing, audience))
    return workbook_of(listing.table, sheets, audience.now)


def _about(listing: Listing, audience: Audience) -> list[str]:
    """Say what the list is: its heading, how the question was understood, how many rows, of which day."""
    texts, question = audience.texts, listing.question
    lines = [listing.title, *understood(question, audience)[1]]
    if question.sort:
        lines.append(texts.say("sort.sorted", order=sort_words(question.sort, texts).lower()))
    lines.append(texts.count("export.rows", len(listing.table.rows)))
    lines.append(texts.say("export.made", day=day_words(audience.today, audience), time=f"{audience.now:%H.%M}"))
    return lines
