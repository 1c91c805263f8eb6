"""Keys that texts are found by and sorted by."""

from __future__ import annotations

import re
import unicodedata

# æ, ø and å come after z, in that order; "aa" is å's older spelling.
_DANISH = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}", "ü": "y"})
_UNSTORABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DIGITS = re.compile(r"[0-9]+")


def searchable(text: str) -> str:
    """Folded so that case, composition and spacing make no difference; without what a database can't store."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return " ".join(_UNSTORABLE.sub(" ", folded).split())


def danish_key(text: str) -> str:
    """Sorts in the Danish alphabet's order when compared letter by letter."""
    letters = searchable(text).replace("aa", "å").translate(_DANISH)
    plain = unicodedata.normalize("NFKD", letters)
    return plain if plain.isascii() else "".join(letter for letter in plain if not unicodedata.combining(letter))


def number_key(number: str) -> str:
    """Sorts P9 before P10."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(12), searchable(number))
