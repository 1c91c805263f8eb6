"""JSON from outside: refused when it is odd, cleaned when it is merely dirty."""

from __future__ import annotations

import json
import math
import re
from typing import Any

MAX_DEPTH = 64
MAX_DIGITS = 20
MAX_PARTS = 10_000

_SUSPICIOUS = re.compile(
    rb"\\u(?:00[01789]|[dD][89a-fA-F]|20[26])|\\[bf]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\x7f"
)
# Controls but tab and line breaks, halves of surrogate pairs, and marks that turn the reading direction.
_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


class MalformedJsonError(ValueError):
    """The body is not JSON as we take it."""


def parse(body: bytes) -> Any:
    """Parses UTF-8 without byte order mark; raises MalformedJsonError also for what lenient parsers let through:
    doubled keys, NaN, endless numbers, more than 64 levels or 10,000 lists and objects. Strings come out cleaned."""
    parts = body.count(b"{") + body.count(b"[")
    if parts > MAX_PARTS:
        raise MalformedJsonError("too many parts")
    try:
        document = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_doubles,
            parse_int=_int,
            parse_float=_float,
            parse_constant=_constant,
        )
    except (ValueError, RecursionError) as error:
        raise MalformedJsonError(type(error).__name__) from error
    if parts > MAX_DEPTH and _is_deeper(document, MAX_DEPTH):
        raise MalformedJsonError("too deep")
    return cleaned(document) if _SUSPICIOUS.search(body) else document


def cleaned(document: Any) -> Any:
    """The same document with unwanted characters taken out of every string."""
    if isinstance(document, str):
        return _UNWANTED.sub("", document)
    if isinstance(document, list):
        return [cleaned(item) for item in document]
    if isinstance(document, dict):
        return {cleaned(key): cleaned(value) for key, value in document.items()}
    return document


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        raise MalformedJsonError("a key occurs twice")
    return document


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise MalformedJsonError("a number is too long")
    return int(digits)


def _float(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise MalformedJsonError("a number is too large")
    return number


def _constant(name: str) -> float:
    raise MalformedJsonError(f"{name} is not a number")


def _is_deeper(document: Any, levels: int) -> bool:
    if not isinstance(document, dict | list):
        return False
    parts = document.values() if isinstance(document, dict) else document
    return levels == 0 or any(_is_deeper(part, levels - 1) for part in parts)
