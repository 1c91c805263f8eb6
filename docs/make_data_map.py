"""Puts the data map's tables into docs/data-protection.md: `make data-map`."""

from __future__ import annotations

import re
from pathlib import Path

from bot.pages.data_map import columns_as_markdown, times_as_markdown
from dialogs.texts import Texts

DOCUMENT = Path(__file__).with_name("data-protection.md")


def with_tables(document: str) -> str:
    """Gives the document with what stands between its marks made anew."""
    texts = Texts.of("da")
    for mark, table in (("times", times_as_markdown(texts)), ("columns", columns_as_markdown(texts))):
        begin, end = f"<!-- {mark} -->", f"<!-- /{mark} -->"
        between = re.compile(f"{begin}\n.*?{end}", re.DOTALL)
        document = between.sub(lambda _, new=f"{begin}\n\n{table}\n\n{end}": new, document, count=1)
    return document


if __name__ == "__main__":
    DOCUMENT.write_text(with_tables(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
