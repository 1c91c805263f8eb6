"""What a message's HTML knows and its text doesn't: emoji, pictures, and what is quoted."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

# A tag, a named character, or a character by itself.
_PIECE = re.compile(r"<[^<>]*>|&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,31});|.", re.IGNORECASE | re.DOTALL)
# Some programs escape it.
_QUOTED = re.compile(
    r"(?:<|&lt;)quoted\b[^<>]{0,300}?(?:>|&gt;)(?:[^<]{0,3000}?(?:<|&lt;)/quoted\s*(?:>|&gt;))?", re.IGNORECASE
)
_BLOCKQUOTE = re.compile(r"<blockquote\b[^<>]*>(?:(?!</?blockquote\b).)*</blockquote\s*>", re.IGNORECASE | re.DOTALL)
_MESSAGE_ID = re.compile(
    r"(?:<|&lt;)(?:quoted|blockquote)\b[^<>]{0,300}?\b(?:messageid|itemid)\s*=\s*(?:[\"']|&quot;)?([^\"'\s<>/&]+)",
    re.IGNORECASE,
)
# Teams writes neither declarations nor comments; to look for their ends would take long where there are none.
_DECLARATION = re.compile(r"<(?=[!?])")
_EMOJI = "emoji"
_PICTURES = frozenset({"img", "attachment", "video", "audio"})
_LONGEST_EMOJI = 16
_DEEPEST = 8
_LONGEST = 100_000


class _Letter(NamedTuple):
    """A letter that can be seen, and its place in the text."""

    first: int
    last: int
    sign: str


@dataclass
class Rich(HTMLParser):
    """A message as HTML. `signs` are its letters and emoji in their order, without spaces and without what is quoted;
    `emoji` says which of them are emoji; `quoted` is the id of the message replied to."""

    signs: list[str] = field(default_factory=list)
    emoji: set[int] = field(default_factory=set)
    quotes: bool = False
    quoted: str | None = None
    has_pictures: bool = False
    _depth: int = 0

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def read(cls, document: str) -> Rich:
        rich = cls()
        rich.feed(_DECLARATION.sub("&lt;", document[:_LONGEST]))
        rich.close()
        return rich

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "blockquote":
            self._depth += 1
            self.quotes = True
            self.quoted = self.quoted or of.get("itemid") or None
        elif not self._depth and (tag == _EMOJI or _EMOJI in of.get("itemtype", "").lower()):
            self.emoji.add(len(self.signs))
            self.signs.append(of.get("alt", "").strip()[:_LONGEST_EMOJI])
        elif not self._depth and tag in _PICTURES:
            self.has_pictures = True

    def handle_endtag(self, tag: str) -> None:
        if tag == "blockquote":
            self._depth = max(0, self._depth - 1)

    def handle_data(self, data: str) -> None:
        if not self._depth:
            self.signs.extend(sign for sign in data if not sign.isspace())


def without_quote(text: str, rich: Rich | None) -> str:
    """Take away the message that the person replies to, which may stand as a tag in the text, or in the text's head
    where only the HTML says that it is a quote."""
    bare = _QUOTED.sub(" ", text)
    for _ in range(_DEEPEST):
        bare = _BLOCKQUOTE.sub(" ", bare)
    if rich is None or not rich.quotes:
        return bare
    own = [sign for at, sign in enumerate(rich.signs) if at not in rich.emoji]
    letters = list(_letters(bare))
    shown = [letter.sign for letter in letters]
    if own and len(shown) > len(own) and shown[-len(own) :] == own:
        return bare[letters[-len(own)].first :]
    return bare


def message_quoted(text: str, rich: Rich | None) -> str | None:
    """The id of the message replied to, as far as text and HTML say."""
    named = _MESSAGE_ID.search(text)
    return named[1] if named else rich.quoted if rich else None


def with_emoji(text: str, rich: Rich | None) -> str:
    """The text with the emoji that only the HTML holds, each where it stands; at the end where text and HTML differ."""
    if rich is None or not rich.emoji:
        return text
    letters = list(_letters(text))
    shown = "".join(letter.sign for letter in letters)
    if shown == "".join(rich.signs):
        return text
    if shown != "".join(sign for at, sign in enumerate(rich.signs) if at not in rich.emoji):
        missing = [rich.signs[at] for at in sorted(rich.emoji) if rich.signs[at] not in text]
        return " ".join([text, *missing])
    pieces, place, letters_before = [], 0, 0
    for at, sign in enumerate(rich.signs):
        if at not in rich.emoji:
            letters_before += 1
            continue
        here = letters[letters_before - 1].last if letters_before else place
        pieces += [text[place:here], f" {sign} "]
        place = here
    return "".join([*pieces, text[place:]])


def _letters(text: str) -> Iterator[_Letter]:
    for piece in _PIECE.finditer(text):
        written = piece.group()
        sign = "" if written[0] == "<" and len(written) > 1 else html.unescape(written)
        if sign and not sign.isspace():
            yield _Letter(piece.start(), piece.end(), sign)


def rich_of(documents: Iterable[object]) -> Rich | None:
    """Reads the first that is HTML at all."""
    return next((Rich.read(document) for document in documents if isinstance(document, str)), None)
