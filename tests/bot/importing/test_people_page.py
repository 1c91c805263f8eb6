"""docs/people.md says what a file of people may hold, and what Graph is asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.directory.calls import PERMISSION, TRIES
from bot.directory.graph import PROPERTIES
from bot.importing.columns import Column
from bot.importing.mapping_file import read_mapping
from bot.importing.people_cells import people_book
from portfolio.directory import DirectoryEntry

PAGE = (Path(__file__).parents[3] / "docs" / "people.md").read_text(encoding="utf-8")
COLUMNS = people_book().main.columns


def tables() -> dict[str, list[str]]:
    """The words in code marks of each row's first two cells, by the first of them."""
    rows = [re.findall(r"`([^`]+)`", " ".join(line.split("|")[1:3])) for line in PAGE.splitlines() if line[:3] == "| `"]
    return {row[0]: row for row in rows}


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.field)
def test_operator_finds_every_column_with_its_names(column: Column) -> None:
    if column.field in DirectoryEntry.__dataclass_fields__:
        assert tables()[column.title] == list(column.headers)
    else:
        assert [header for header in column.headers if f"`{header}`" not in PAGE] == []


def test_operator_finds_every_name_of_the_sheet() -> None:
    assert [name for name in people_book().main.names if f"`{name}`" not in PAGE] == []


def test_operator_finds_what_graph_is_asked_and_with_which_permission() -> None:
    assert [name for name in (*PROPERTIES, "manager") if f"`{name}`" not in PAGE] == []
    assert f"**`{PERMISSION}`**" in PAGE
    assert TRIES == 6
    assert "six tries" in PAGE


def test_the_mapping_on_the_page_is_one(tmp_path: Path) -> None:
    (text,) = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)
    path = tmp_path / "mapping.toml"
    path.write_text(text, encoding="utf-8")
    assert read_mapping(path, people_book()).columns["Tjenestested"].column == "Fagområde"
