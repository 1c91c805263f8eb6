"""Reads what a message's HTML knows and its text doesn't: emoji, pictures, and what is quoted."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple

# A tag, a named character, or a character by itself.
_PIECE = re.compile(r"<[^<>]*>|&(?:#\d{1,7}|#x[\da-f]{1,6}|\w{2,31});|.", re.IGNORECASE | re.DOTALL)
# A tag of a quote, which some programs escape; what stands in its attributes may look like tags.
_QUOTE_TAG = re.compile(
    r"(?:<|&lt;)(?P<end>/?)(?P<name>quoted|quote|blockquote)\b"
    r"(?P<about>(?:\"[^\"]{0,5000}\"|'[^']{0,5000}'|[^<>\"'&]|&(?![lg]t;))*|[^<>]{0,300}?)(?:>|&gt;)",
    re.IGNORECASE,
)
_IDS = ("messageid", "itemid", "guid")
_MESSAGE_ID = re.compile(r"\b(?:messageid|itemid|guid)\s*=\s*(?:[\"']|&quot;)?([^\"'\s<>/&]+)", re.IGNORECASE)
# Tags right before and right behind a letter.
_BEGINS, _ENDS = re.compile(r"<[a-z][^<>]*>\Z", re.IGNORECASE), re.compile(r"(?:</[a-z][^<>]*>)+", re.IGNORECASE)
# A line that is quoted, as mail programs mark it. ">50" is a number.
_MARKED = re.compile(r"^[ \t]*(?:>|&gt;)(?![ \t]*[\d=]).*$", re.MULTILINE)
# Stands in the text for an attachment, such as the message replied to.
_PLACE = re.compile(r"</?attachment\b[^<>]*>", re.IGNORECASE)
# Teams writes neither declarations nor comments, and ends its tags; to look for ends would take long where there are
# none.
_NO_TAG = re.compile(r"<(?=[!?])|<(?!(?:[^<>\"']|\"[^\"]{0,1000}\"|'[^']{0,1000}'){0,3000}>)")
_EMOJI, _MENTION = "emoji", "mention"
_QUOTES = frozenset({"blockquote", "quote", "quoted"})
_LINES = frozenset({"p", "div", "br", "li", "tr", "pre", "blockquote"})
_SPANS = frozenset({"span", "at"})
_PICTURES = frozenset({"img", "attachment", "video", "audio"})
_MAY_STAND_ALONE = "quoted"
# Marks without a width of their own, and those that choose between an emoji's two looks.
_UNSEEN = frozenset({"Cf", "Mn"})
_LONGEST_EMOJI = 16
_LONGEST, _LONGEST_TAG = 100_000, 300


class _Letter(NamedTuple):
    """A letter that can be seen, and its place in the text."""

    first: int
    last: int
    sign: str


@dataclass
class Rich(HTMLParser):
    """A message as HTML. `signs` are its letters and emoji in their order, without spaces; `emoji` and `in_quote` say
    which of them are emoji, and which are of the message replied to, whose id is `quoted`. `words` is what the person
    wrote, as the text would have it."""

    signs: list[str] = field(default_factory=list)
    emoji: set[int] = field(default_factory=set)
    in_quote: set[int] = field(default_factory=set)
    quotes: bool = False
    quoted: str | None = None
    quoted_mentions: list[str] = field(default_factory=list)
    has_pictures: bool = False
    _alone: frozenset[str] = frozenset()
    _depth: int = 0
    _words: list[str] = field(default_factory=list)
    _mentions: list[bool] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    @classmethod
    def read(cls, document: str) -> Rich:
        rich = cls(_alone=frozenset() if f"</{_MAY_STAND_ALONE}" in document.lower() else frozenset({_MAY_STAND_ALONE}))
        rich.feed(_NO_TAG.sub("&lt;", unicodedata.normalize("NFC", document[:_LONGEST])))
        rich.close()
        return rich

    @property
    def words(self) -> str:
        return "".join(self._words).strip()

    def shown(self, *, emoji: bool, quote: bool) -> str:
        """The letters that a text shows, with or without emoji and quote."""
        return _seen("".join(self.signs[at] for at in self.places(emoji=emoji, quote=quote)))

    def places(self, *, emoji: bool, quote: bool) -> list[int]:
        left_out = (set() if emoji else self.emoji) | (set() if quote else self.in_quote)
        return [at for at in range(len(self.signs)) if at not in left_out]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        kind = of.get("itemtype", "").lower()
        if tag in _QUOTES:
            self.quotes = True
            self.quoted = self.quoted or next(filter(None, map(of.get, _IDS)), None)
            self._depth += tag not in self._alone
        elif tag == _EMOJI or _EMOJI in kind:
            self.emoji.add(len(self.signs))
            self._add(_emoji_of(tag, of))
            self._write(f" {self.signs[-1]} ")
        elif not self._depth and tag in _PICTURES:
            self.has_pictures = True
        if tag in _SPANS:
            self._mentions.append(tag == "at" or _MENTION in kind)
            self._write("<at>" if self._mentions[-1] else "")
        self._write("\n" if tag in _LINES else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _QUOTES and tag not in self._alone:
            self._depth = max(0, self._depth - 1)
        elif tag in _SPANS and self._mentions:
            self._write("</at>" if self._mentions.pop() else "")
        self._write("\n" if tag in _LINES else "")

    def handle_data(self, data: str) -> None:
        if self._depth and self._mentions and self._mentions[-1]:
            self.quoted_mentions.append(data)
        for sign in _seen(data):
            self._add(sign)
        self._write(html.escape(data, quote=False))

    def _add(self, sign: str) -> None:
        if self._depth:
            self.in_quote.add(len(self.signs))
        self.signs.append(sign)

    def _write(self, words: str) -> None:
        if words and not self._depth:
            self._words.append(words)


def _emoji_of(tag: str, of: Mapping[str, str]) -> str:
    """The sign, else what the program calls it; what merely holds an emoji is none."""
    sign = of.get("alt", "").strip()
    if not sign and tag in ("img", _EMOJI):
        sign = of.get("title", "").strip() or of.get("itemid", "").strip()
    return sign[:_LONGEST_EMOJI]


def own_words(text: str, rich: Rich | None) -> str:
    """Return the person's own words, with emoji and without quote; from the HTML alone where the text shows nothing."""
    if rich is not None and not any(_letters(text)):
        return rich.words
    return _with_emoji(_without_quote(text, rich), rich)


def _without_quote(text: str, rich: Rich | None) -> str:
    """Take away the message that the person replies to, which may stand as a tag in the text, or as words where only
    the HTML says that they are a quote. Where the two can't be brought together, the HTML says what is the person's."""
    bare = _MARKED.sub("", _PLACE.sub(" ", _without_tags(text)))
    if rich is None or not rich.quotes:
        return bare
    letters = list(_letters(bare))
    shown = "".join(letter.sign for letter in letters)
    for emoji in (True, False):
        own = rich.shown(emoji=emoji, quote=False)
        if shown == own:
            return bare
        if shown == rich.shown(emoji=emoji, quote=True):
            return _cut(bare, letters, rich, emoji=emoji)
        if own and shown.endswith(own):
            return bare[_with_tags_before(bare, letters[-len(own)].first) :]
        if own and shown.startswith(own):
            return bare[: _with_tags_behind(bare, letters[len(own) - 1].last)]
    return rich.words


def _without_tags(text: str) -> str:
    """The text without quotes that are tags. A quote that isn't ended goes to the end, but for the one that may stand
    for a message alone."""
    spans: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    for tag in _QUOTE_TAG.finditer(text):
        name = tag["name"].lower()
        spans.append((tag.start(), tag.end()))
        if not tag["end"] and not tag["about"].endswith("/"):
            opened.append((name, tag.start()))
        elif tag["end"] and name in [name for name, _ in opened]:
            while (begun := opened.pop())[0] != name:
                pass
            spans.append((begun[1], tag.end()))
    spans += [(first, len(text)) for name, first in opened if name != _MAY_STAND_ALONE]
    pieces: list[str] = []
    place = 0
    for first, last in sorted(spans):
        pieces += [text[place:first], " "]
        place = max(place, last)
    return "".join([*pieces, text[place:]])


def _cut(text: str, letters: list[_Letter], rich: Rich, *, emoji: bool) -> str:
    """The text, which shows all that the HTML does, without the letters that are quoted there."""
    pieces: list[str] = []
    place = before = 0
    is_quoted = False
    for at in rich.places(emoji=emoji, quote=True):
        length = len(_seen(rich.signs[at]))
        if length and is_quoted != (at in rich.in_quote):
            is_quoted = not is_quoted
            if is_quoted:
                pieces.append(text[place : _with_tags_before(text, letters[before].first)])
            else:
                place = _with_tags_before(text, letters[before].first)
        before += length
    return " ".join(pieces if is_quoted else [*pieces, text[place:]])


def _with_tags_before(text: str, place: int) -> int:
    """The place before the tags that begin right there."""
    while tag := _BEGINS.search(text, max(0, place - _LONGEST_TAG), place):
        place = tag.start()
    return place


def _with_tags_behind(text: str, place: int) -> int:
    tags = _ENDS.match(text, place)
    return tags.end() if tags else place


def message_quoted(text: str, rich: Rich | None) -> str | None:
    """The id of the message replied to, as far as text and HTML say."""
    ids = (_MESSAGE_ID.search(tag["about"]) for tag in _QUOTE_TAG.finditer(text) if not tag["end"])
    named = next((one for one in ids if one), None)
    return named[1] if named else rich.quoted if rich else None


def _with_emoji(text: str, rich: Rich | None) -> str:
    """The text with the emoji that only the HTML holds, each where it stands; at the end where text and HTML differ."""
    emoji = rich.emoji - rich.in_quote if rich else set()
    if rich is None or not emoji:
        return text
    letters = list(_letters(text))
    shown = "".join(letter.sign for letter in letters)
    if shown == rich.shown(emoji=True, quote=False):
        return text
    if shown != rich.shown(emoji=False, quote=False):
        missing = [rich.signs[at] for at in sorted(emoji) if rich.signs[at] not in text]
        return " ".join([text, *missing])
    pieces, place, letters_before = [], 0, 0
    for at in rich.places(emoji=True, quote=False):
        if at not in emoji:
            letters_before += 1
            continue
        here = _with_tags_behind(text, letters[letters_before - 1].last) if letters_before else place
        pieces += [text[place:here], f" {rich.signs[at]} "]
        place = here
    return "".join([*pieces, text[place:]])


def _letters(text: str) -> Iterator[_Letter]:
    for piece in _PIECE.finditer(text):
        written = piece.group()
        sign = "" if written[0] == "<" and len(written) > 1 else _seen(html.unescape(written))
        for letter in sign:
            yield _Letter(piece.start(), piece.end(), letter)


def _seen(text: str) -> str:
    """The letters that take a place, neither spaces nor marks that only say how others are shown."""
    return "".join(sign for sign in text if not (sign.isspace() or unicodedata.category(sign) in _UNSEEN))


def rich_of(documents: Iterable[object]) -> Rich | None:
    """Reads the first that holds anything."""
    return next((Rich.read(one) for one in documents if isinstance(one, str) and one.strip()), None)
