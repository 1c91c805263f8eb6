"""What the data protection officer reads is what the service does."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from bot.pages.data_map import kept_and_how_long
from dialogs.texts import Texts
from storage.data_map import DATA_MAP

DOCS = Path(__file__).parents[1] / "docs"
DOCUMENT = (DOCS / "data-protection.md").read_text(encoding="utf-8")


def test_tables_are_those_of_the_data_map() -> None:
    specification = importlib.util.spec_from_file_location("make_data_map", DOCS / "make_data_map.py")
    assert specification is not None
    assert specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    assert module.with_tables(DOCUMENT) == DOCUMENT, "run `make data-map`"


def test_every_column_and_every_time_is_there() -> None:
    tables = re.findall(r"^### `(\w+)`$", DOCUMENT, re.MULTILINE)
    assert len(tables) == len(set(tables))
    told = {
        f"{table}.{column}"
        for table, text in zip(tables, DOCUMENT.split("### `")[1:], strict=True)
        for row in re.findall(r"^\| (`.+?) \|", text, re.MULTILINE)
        for column in re.findall(r"`(\w+)`", row)
    }
    assert told == {line.name for line in DATA_MAP}
    assert all(f"| {what} | {time} |" in DOCUMENT for what, time in kept_and_how_long(Texts.of("da")))
