"""Who looked at what is held on the reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dialogs.cards.elements import Element, card_reply, line, small
from dialogs.privacy.words import seen_words, who_words
from dialogs.turn.audience import Audience
from dialogs.turn.reply import ForOne, Reply
from dialogs.values.plain import plain
from dialogs.wording.days import local, number_of
from dialogs.wording.values import day_words, more_words, period_words
from portfolio.audit import AuditEntry

MOST_ROWS = 20
LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class SeenBy:
    """The looks at what is held on the reader from the first day to the last, the newest first."""

    looks: Sequence[AuditEntry]
    first: date
    last: date | None

    def reply(self, audience: Audience) -> Reply:
        texts = audience.texts
        rows = list(dict.fromkeys(_row(entry, audience) for entry in self.looks))
        when = texts.say("seen_by.since", day=day_words(self.first, audience))
        if self.last is not None:
            when = period_words(self.first, self.last, audience)
        heading = texts.say("seen_by.nobody", when=when)
        if rows:
            heading = texts.count("seen_by.heading", len(rows), number=number_of(len(rows), audience), when=when)
        words = [texts.say("seen_by.row", day=day_words(day, audience), who=who, what=what) for day, who, what in rows]
        more = more_words(len(rows) - MOST_ROWS, audience, "seen_by.more")
        what_counts = texts.say("seen_by.what_counts")
        body: list[Element] = [line(plain(one, LONGEST_LINE)) for one in words[:MOST_ROWS]]
        body += [small(text) for text in more] + [small(plain(what_counts, 600)) | {"spacing": "Medium"}]
        lines = [*(f"- {one}" for one in words[:MOST_ROWS]), *more, what_counts]
        return card_reply(ForOne, heading, lines, body, texts)


def _row(entry: AuditEntry, audience: Audience) -> tuple[date, str, str]:
    """Shows one row for each day on which somebody looked at the same thing, however often."""
    return local(entry.at, audience).date(), who_words(entry.by, audience), seen_words(entry.detail, audience)
