"""Text as it is written into a file: what would be a formula stays text, and nothing breaks the file."""

from __future__ import annotations

import re

# Excel takes no more letters in a cell, counted as UTF-16 counts them.
LONGEST_CELL = 32_767
# What a spreadsheet takes for the beginning of a formula, or leaves out before one.
_BEGINS_FORMULA = ("=", "+", "-", "@", "\t")
# What XML can't hold, in which a workbook is written; line breaks and tabs it can.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?")
# Half a letter.
_SURROGATE = re.compile("[\ud800-\udfff]")
_CUT = "…"


def written(text: str) -> str:
    """Return the text with its own line breaks, and without signs that no file can hold."""
    return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text)))


def begins_formula(text: str) -> bool:
    return text.startswith(_BEGINS_FORMULA)


def fitting(text: str) -> str:
    """Return the text, cut where it is longer than a cell."""
    if len(text) <= LONGEST_CELL // 2:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    return units[: 2 * (LONGEST_CELL - len(_CUT))].decode("utf-16-le", "ignore") + _CUT
