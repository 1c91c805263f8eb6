"""Reads orders for a list as a file: "excel", "eksportér dem", "lav et regneark med de røde projekter"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from dialogs.turn.orders import ExportList
from dialogs.turn.readings import Asked, AskerUnknown, Clarify, Reading
from dialogs.understanding.following.said import Said
from dialogs.understanding.language.phrasebook import spelled_phrases
from dialogs.values.letters import Word, words_of
from portfolio.exports import FileKind

SECTION = "file_word"
# Nobody asks for a file in more words.
MOST_WORDS = 60
_LONGEST = 4
_KINDS = {"workbook": FileKind.XLSX, "csv": FileKind.CSV, "file": FileKind.XLSX}
# What may stand before the file, or before the list where that comes first.
_LEADS = frozenset({"wants", "makes", "articles", "exports", "how"})


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a message, each way in which phrases of the section stand there."""

    words: Sequence[Word]

    def past(self, at: int, *groups: str) -> int:
        """The index behind the longest phrase of one of the groups that begins there; `at` where none does."""
        phrases = spelled_phrases(SECTION)
        for end in range(min(len(self.words), at + _LONGEST), at, -1):
            if not set(groups).isdisjoint(phrases.get(self._keys(at, end), ())):
                return end
        return at

    def before(self, end: int, *groups: str) -> int:
        """The index at which the longest phrase of one of the groups begins that ends there."""
        phrases = spelled_phrases(SECTION)
        for start in range(max(0, end - _LONGEST), end):
            if not set(groups).isdisjoint(phrases.get(self._keys(start, end), ())):
                return start
        return end

    def kind(self, start: int, end: int) -> str | None:
        found = spelled_phrases(SECTION).get(self._keys(start, end), ())
        return next((group for group in _KINDS if group in found), None)

    def only(self, start: int, end: int, *groups: str) -> bool:
        while start < end and (after := self.past(start, *groups)) > start:
            start = after
        return start >= end

    def _keys(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(word.key for word in self.words[start:end])


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that is wanted, with the words that say of which list. `is_told`: it is plain that a file is wanted, also
    where those aren't understood."""

    kind: FileKind
    words: str
    is_told: bool
    asks_how: bool
    is_of_shown: bool


def file_wanted(text: str) -> Wanted | None:
    """Return what file the message asks for, by its form alone; None where it asks for none."""
    said = words_of(text)
    if not 0 < len(said) <= MOST_WORDS:
        return None
    words = _Words(said)
    end, behind = _file_at_the_end(words)
    start, before, is_told = _file_at_the_head(words, end)
    if before is None and behind is None and not is_told:
        return None
    listed = text[said[start].first : said[end - 1].last].strip(" ,") if start < end else ""
    is_of_shown = words.only(start, end, "shown", "articles", *_LEADS)
    asks_how = words.past(0, "how") > 0 and is_of_shown
    return Wanted(_KINDS[before or behind or "file"], listed, is_told, asks_how, is_of_shown)


def _file_at_the_end(words: _Words) -> tuple[int, str | None]:
    """ "gem listen som excel, tak": where the list ends, and what kind of file stands behind it."""
    end = len(words.words)
    while (start := words.before(end, "after")) < end:
        end = start
    start = words.before(end, *_KINDS)
    if start == end or start == 0:
        return len(words.words), None
    kind, end = words.kind(start, end), start
    while (start := words.before(end, "articles")) < end:
        end = start
    start = words.before(end, "into")
    return (start, kind) if start < end else (len(words.words), None)


def _file_at_the_head(words: _Words, end: int) -> tuple[int, str | None, bool]:
    """ "kan du lave et excel-ark med": where the list begins, the kind of file before it, and whether that makes it
    plain that a file is wanted."""
    at, exports, makes = 0, False, False
    while at < end:
        exports = exports or words.past(at, "exports") > at
        makes = makes or words.past(at, "makes", "wants") > at
        after = words.past(at, *_LEADS)
        if after == at:
            break
        at = after
    at_file = words.past(at, "into") if exports else at
    after = words.past(at_file, *_KINDS)
    kind = words.kind(at_file, after) if after > at_file else None
    if kind is None or after > end or (kind == "file" and not (makes or exports)):
        return (at if exports else 0), None, exports
    of = words.past(after, "about", "into")
    is_told = exports or of > after or after == end
    return (0, None, False) if kind == "file" and not is_told else (of, kind, is_told)


def list_wanted(text: str, read: Callable[[str], Reading]) -> Reading | None:
    """Return the order of a file that the message is, where it isn't understood as anything else; None where it is no
    such order."""
    wanted = file_wanted(text)
    if wanted is None:
        return None
    if wanted.asks_how or wanted.is_of_shown:
        return ExportList(wanted.kind, asks_how=wanted.asks_how)
    order = ExportList(wanted.kind, words=wanted.words)
    match read(wanted.words):
        case Asked(question):
            return replace(order, question=question)
        case AskerUnknown() | Clarify() as reading:
            return reading
    # "kun de røde i excel" goes on from the answer before, and "data ligger i excel" from nothing.
    return order if wanted.is_told or Said.of(wanted.words, None).cues else None
