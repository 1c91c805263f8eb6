"""The data map in words: what is kept for how long, and what each column holds of people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby

from dialogs.privacy.keeping_words import how_long, place_of
from dialogs.texts import Texts
from storage.data_map import DATA_MAP, Erased, For, Kept, Line, Whose
from storage.retention import times


def kept_and_how_long(texts: Texts) -> list[tuple[str, str]]:
    """Lists what is forgotten by itself, that which is kept the shortest time first."""
    by_time = sorted(times(), key=lambda one: one[1].time)
    rows = ((_what(line, rule, texts), _how_long(line, rule, texts)) for line, rule in by_time)
    return list(dict.fromkeys(rows))


def _what(line: Line, rule: For, texts: Texts) -> str:
    return texts.say(f"data_kept.{place_of(line.table.name, rule)}")


def _how_long(line: Line, kept: Kept, texts: Texts) -> str:
    return how_long(line.table.name, kept, texts)


def times_as_html(texts: Texts) -> str:
    heads = "".join(f'<th scope="col">{escape(texts.say(f"data_table.{name}"))}</th>' for name in ("what", "how_long"))
    rows = "\n".join(
        f"<tr><td>{escape(what)}</td><td>{escape(time)}</td></tr>" for what, time in kept_and_how_long(texts)
    )
    return f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>"


def times_as_markdown(texts: Texts) -> str:
    return _table([texts.say(f"data_table.{name}") for name in ("what", "how_long")], kept_and_how_long(texts))


def columns_as_markdown(texts: Texts) -> str:
    """A table for each table of the database; columns that hold alike of people share a row."""
    return "\n\n".join(
        "\n\n".join(_of_table(name, list(lines), texts))
        for name, lines in groupby(DATA_MAP, lambda line: line.table.name)
    )


def _of_table(name: str, lines: list[Line], texts: Texts) -> Iterator[str]:
    kept = "; ".join(_how_long(lines[0], one, texts) for one in lines[0].kept)
    told = texts.say("data_table.purpose", purpose=texts.name("data_purpose", lines[0].purpose))
    yield f"### `{name}`"
    yield f"{told} {texts.say('data_table.kept', how_long=kept)}"
    alike: dict[tuple[str, ...], list[str]] = {}
    for line in lines:
        is_by_id = line.erased is Erased.STAYS and line.whose is Whose.NAMED
        erased = texts.say("data_erased.stays_id") if is_by_id else texts.name("data_erased", line.erased)
        if line.kept != lines[0].kept:
            otherwise = "; ".join(_how_long(line, one, texts) for one in line.kept)
            erased = texts.say("data_table.otherwise", erased=erased, how_long=otherwise)
        held = (texts.name("data_whose", line.whose), texts.name("data_shown", line.shown), erased)
        alike.setdefault(held, []).append(f"`{line.column.name}`")
    heads = [texts.say(f"data_table.{head}") for head in ("columns", "whose", "shown", "erased")]
    yield _table(heads, [(", ".join(columns), *held) for held, columns in alike.items()])


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    return "\n".join(f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows))
