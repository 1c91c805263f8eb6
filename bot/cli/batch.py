"""Files with one JSON object a line, each of which gets one JSON document."""

from __future__ import annotations

import codecs
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from bot.cli.ending import UsageError
from bot.operator_texts import say
from bot.strict_json import MalformedJsonError, parse

LONGEST_LINE = 1_000_000

Document = Mapping[str, Any]


class UnreadableLineError(ValueError):
    """A line that can't be answered; says why, in Danish."""


async def answer_lines(file: BinaryIO, answer: Callable[[Document], Awaitable[Document]]) -> int:
    """Prints one document a line, in the order of the file; a line that can't be answered gets one saying so. Returns
    the exit code."""
    refused = 0
    for number, line in enumerate(_lines(file), 1):
        if line is not None and not line.strip():
            continue
        try:
            document = await answer(_object_in(line))
        except UnreadableLineError as error:
            refused += 1
            document = {"kind": "error", "line": number, "text": str(error)}
        print(json_line(document), flush=True)
    return 1 if refused else 0


def open_batch(file: Path) -> BinaryIO:
    """Raises UsageError."""
    try:
        return file.open("rb")
    except FileNotFoundError:
        raise UsageError(say("batch.no_file", file=file)) from None
    except OSError:
        raise UsageError(say("batch.unreadable_file", file=file)) from None


def asker_of(document: Document, otherwise: str | None) -> str | None:
    """Returns the address of who asks. Raises UnreadableLineError."""
    asker = document.get("as") or otherwise
    if asker is not None and not isinstance(asker, str):
        raise UnreadableLineError(say("batch.not_email"))
    return asker


def json_line(document: Document) -> str:
    return json.dumps(document, ensure_ascii=False)


def _lines(file: BinaryIO) -> Iterator[bytes | None]:
    """Yields each line; None for one that is too long to be read."""
    while line := file.readline(LONGEST_LINE):
        is_whole = len(line) < LONGEST_LINE or line.endswith(b"\n")
        rest = line
        while rest and not rest.endswith(b"\n") and not is_whole:
            rest = file.readline(LONGEST_LINE)
        yield line if is_whole else None


def _object_in(line: bytes | None) -> Document:
    if line is None:
        raise UnreadableLineError(say("batch.too_long", most=LONGEST_LINE))
    line = line.removeprefix(codecs.BOM_UTF8)
    try:
        line.decode("utf-8")
        document = parse(line)
    except UnicodeDecodeError:
        raise UnreadableLineError(say("batch.not_utf8")) from None
    except MalformedJsonError:
        raise UnreadableLineError(say("batch.not_json")) from None
    if not isinstance(document, dict):
        raise UnreadableLineError(say("batch.not_object"))
    return document
