"""Text into words: the same word however it is written, inflected or spelled with ae, oe and aa."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

from portfolio.dates import PlanDate

GENITIVE = ("s", "'", "’")

# Bounded repetitions only: the time is linear in the length of the text.
_CASE_NUMBER = re.compile(r"[A-Za-zÆØÅæøå]{0,3}\d{4}-\d{3,7}|\d{3,7}/\d{2}(?!\d)")  # "S2021-4857", "8725/21"
_TOKEN = re.compile(
    r"(?<![\w/-])(?:[A-Za-zÆØÅæøå]{0,3}\d{4}-\d{3,7}|\d{3,7}/\d{2})(?![\w/-])"  # case numbers
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"  # e-mail
    r"|\d+(?:[.,:/-]\d+)*"  # numbers and dates
    r"|%|,|[🔴🟥🟡🟨🟢🟩]"
    r"|[^\W_]+(?:[&'’´`][^\W_]+)*"  # words, "B&U", "Lars'"
)
_BARE = re.compile(r"[^\W_]+|[%🔴🟥🟡🟨🟢🟩]")
_DEFINITE_RET = re.compile(r"(?<=[td])rets?$")  # "jobcentret" is "jobcenter"
_MENTION = re.compile(r"<at>[^<]{0,100}</at>|^\s*@?tovholder\b[\s,:]*", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"[\s,.!?]{1,5}(?:m?vh(?!\W?\d)|(?:med )?(?:venlig|kærlig|bedste|mange) hilsen|(?:mange |bedste )?hilsner|hilsen|"
    r"(?:best|kind) regards|regards)\b[^?]{0,60}$",
    re.IGNORECASE,
)
_LETTERS = str.maketrans({"å": "aa", "æ": "ae", "ø": "oe", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"})
# Soft hyphens, spaces without a width, and marks for the direction of reading. What joins emoji isn't among them.
_UNSEEN = re.compile("[\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2064\ufeff]")
# English words that are typed without their apostrophe, and mean nothing else.
_CONTRACTED = {
    short.replace("'", ""): short
    for short in (
        *(
            "i'm",
            "i've",
            "you're",
            "they're",
            "we've",
            "that's",
            "there's",
            "what's",
            "who's",
            "how's",
            "where's",
            "when's",
        ),
        *("let's", "don't", "doesn't", "didn't", "can't", "couldn't", "isn't", "aren't", "wasn't", "weren't"),
        *("haven't", "hasn't", "shouldn't", "wouldn't"),
    )
}
_APOSTROPHES = str.maketrans("’´`", "'''")
_SHORTEST_STEMMED = 4
_SHORTEST_STEM = 3
_CUT_AT_MOST = 2

_stemmer = snowballstemmer.stemmer("danish")


class Word(NamedTuple):
    """A word of the text. `key` is its folded spelling, `stem` what its inflections share; `first` and `last` its
    place among the characters of the text; `date` what it says where it is (part of) a written date. `is_name`: it is a
    name with digits in it, letter for letter."""

    text: str
    key: str
    stem: str
    first: int
    last: int
    date: PlanDate | None = None
    is_case_number: bool = False
    is_name: bool = False

    @property
    def is_number(self) -> bool:
        return self.date is None and not self.is_name and self.text[0].isdigit()


def without_mention(text: str) -> str:
    """Remove mentions of the bot, and its name in front."""
    return _MENTION.sub(" ", text)


def without_framing(text: str) -> str:
    """Remove mentions of the bot, and the signature of a mail."""
    bare = without_mention(text)
    signature = _SIGNATURE.search(bare)
    return bare[: signature.start()] if signature and bare[: signature.start()].strip() else bare


def composed(text: str) -> str:
    """The same text with "å" as one letter, as a Mac writes it in two, and without marks that nobody sees."""
    return text if text.isascii() else _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def fold(text: str) -> str:
    """Lower case, æ/ø/å as ae/oe/aa, other accents dropped."""
    folded = composed(text).casefold().translate(_LETTERS)
    if folded.isascii():
        return folded
    return "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))


def plain_letters(key: str) -> str:
    """Return a folded word as people write it who have no æ, ø and å: "rode", "bedre end gra"."""
    return key.replace("oe", "o").replace("ae", "a").replace("aa", "a")


def by_plain_letters(keys: Iterable[str]) -> dict[str, str]:
    """Return the folded words by how they look in plain letters, where that is something else."""
    return {plain: key for key in keys if (plain := plain_letters(key)) != key}


def bare_words(text: str) -> tuple[str, ...]:
    """Letters and digits alone, folded: "Åse Æbelø-Holm" is three words."""
    return tuple(_BARE.findall(fold(text)))


@lru_cache(maxsize=65_536)
def stem(key: str) -> str:
    """Return the part of a folded word that its inflections share."""
    bare = re.sub(r"['’´`]s?$", "", key).replace("&", "")
    if len(bare) < _SHORTEST_STEMMED or bare[0].isdigit():
        return bare
    bare = _DEFINITE_RET.sub("er", bare)
    short: str = _stemmer.stemWord(bare)
    # "sommer" is not "som", nor "billigst" "bil": a short rest is a stem only where little was cut off.
    too_short = len(short) < _SHORTEST_STEM or (len(short) == _SHORTEST_STEM and len(bare) - len(short) > _CUT_AT_MOST)
    return bare if too_short else short


@lru_cache(maxsize=65_536)
def key_of(text: str) -> str:
    """Return the folded spelling of one word, with its apostrophe: "im", "I’m" and "i'm" are the same."""
    key = fold(text).translate(_APOSTROPHES)
    return _CONTRACTED.get(key, key)


def words_of(text: str) -> list[Word]:
    return list(each_word(text))


def each_word(text: str) -> Iterator[Word]:
    """Yield the words one by one, for whoever looks at the first few alone."""
    for match in _TOKEN.finditer(composed(text)):
        written = match.group()
        key = key_of(written)
        is_case_number = _CASE_NUMBER.fullmatch(written) is not None
        yield Word(written, key, stem(key), match.start(), match.end(), None, is_case_number)


def stems_of(text: str) -> tuple[str, ...]:
    return tuple(word.stem for word in words_of(text) if word.text != ",")
