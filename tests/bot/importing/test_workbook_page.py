"""docs/workbook.md says what the import does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bot.importing
from bot.importing.csv_file import LARGEST_ROW_COUNT
from bot.importing.files import LARGEST_BYTES
from bot.importing.mapping import HeaderMapping
from bot.importing.mapping_file import read_mapping
from bot.importing.xlsx_child import ALL_ROWS, COLUMNS, SHEET_ROWS
from dialogs.values.dates import parse_date
from dialogs.values.numbers import parse_number

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "workbook.md").read_text(encoding="utf-8")
LAYOUT = tomllib.loads(Path(bot.importing.__file__).with_name("workbook.toml").read_text(encoding="utf-8"))
PARTS = dict(re.findall(r"^##+ (.+?)\n(.*?)(?=^##|\Z)", PAGE, re.MULTILINE | re.DOTALL))


def rows(part: str) -> list[list[str]]:
    """A part's table, row by row, each with the words in code marks of its first two or three cells."""
    lines = [line for line in PARTS[part].splitlines() if line.startswith("| ") and "`" in line]
    return [re.findall(r"`([^`]+)`", " ".join(line.split("|")[1:3])) for line in lines]


@pytest.mark.parametrize("sheet", LAYOUT["sheets"].values(), ids=LAYOUT["sheets"])
def test_secretary_finds_every_sheet_with_its_columns(sheet: dict[str, Any]) -> None:
    title, *others = sheet["names"]
    assert rows(title) == [column["headers"] for column in sheet["columns"]]
    assert all(f"`{name}`" in PARTS[title] for name in others)
    required = re.findall(r"\*\*`(.+?)`\*\*, required", PARTS[title])
    assert required == [column["headers"][0] for column in sheet["columns"] if column.get("required")]


@pytest.mark.parametrize("choice", LAYOUT["choices"].values(), ids=LAYOUT["choices"])
def test_secretary_finds_every_word_of_a_choice(choice: dict[str, Any]) -> None:
    title = "Colours" if choice["title"] == "Status" else choice["title"]
    assert rows(title) == [words for key, words in choice.items() if key != "title"]
    assert f"`{choice['title']}`" in PAGE


def written(part: str) -> list[str]:
    """What the table of a part says may be written."""
    lines = [line for line in PARTS[part].splitlines() if line.startswith("| ")]
    return [word for line in lines for word in re.findall(r"`([^`]+)`", line)]


@pytest.mark.parametrize("text", written("Dates"))
def test_every_date_on_the_page_is_understood(text: str) -> None:
    assert 2025 <= parse_date(text).last.year <= 2026


@pytest.mark.parametrize("text", written("Numbers"))
def test_every_number_on_the_page_is_understood(text: str) -> None:
    assert parse_number(text) > 0


def test_limits_on_the_page_are_the_true_ones() -> None:
    limits = PARTS["Limits"]
    assert SHEET_ROWS == LARGEST_ROW_COUNT
    assert f"{LARGEST_BYTES // 2**20} MB" in limits
    assert f"{SHEET_ROWS:,} in a sheet, {ALL_ROWS:,} in all" in limits
    assert f"{COLUMNS} in a sheet" in limits


def test_the_mapping_on_the_page_does_what_it_says(
    make_workbook: Callable[..., Path], run_import: Any, tmp_path: Path
) -> None:
    (text,) = re.findall(r"```toml\n(.+?)```", PAGE, re.DOTALL)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(text, encoding="utf-8")
    tables = re.findall(r"^\| Ref\..+?(?=\n\n)", PAGE, re.MULTILINE | re.DOTALL)
    cells = [[[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()] for table in tables]
    register, log = ([table[0], *table[2:]] for table in cells)
    code, document = run_import(make_workbook({"Register": register, "RAG log": log}), mapping=mapping)
    assert (code, document["refused"]) == (0, [])
    assert document["tables"]["projects"]["added"] == document["tables"]["reports"]["added"] == 1


def test_the_csv_file_on_the_page_is_read(tmp_path: Path, run_import: Any) -> None:
    (text,) = re.findall(r"```\n(Nr;.+?)```", PAGE, re.DOTALL)
    path = tmp_path / "projekter.csv"
    path.write_text(text, encoding="utf-8")
    code, document = run_import(path)
    assert (code, document["tables"]["projects"]["added"]) == (0, 1)


def test_the_mapping_of_a_register_on_the_page_does_what_it_says(
    make_workbook: Callable[..., Path], run_import: Any, tmp_path: Path
) -> None:
    (text,) = re.findall(r"```text\n(.+?)```", PAGE, re.DOTALL)
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(text, encoding="utf-8")
    rows = [["Ref", "Name", "DCA", "Cost"], [1, "Et", "Amber/Red", "1,250.5"], [2, "To", "Green", "Exempt under"]]
    code, document = run_import(make_workbook({"GMPP": rows}), mapping=mapping)
    assert (code, document["refused"]) == (0, [])
    assert document["tables"]["projects"]["added"] == document["tables"]["reports"]["added"] == 2


@pytest.mark.parametrize("line", re.findall(r"^\| `([^`[]+ = .+?)` \|", PAGE, re.MULTILINE))
def test_every_line_of_a_mapping_on_the_page_is_one(tmp_path: Path, line: str) -> None:
    parts = re.findall(r"^\| `\[(.+?)\]`|^\| `([^`[]+ = .+?)` \|", PAGE, re.MULTILINE)
    part = [name for name, _ in parts[: parts.index(("", line))] if name][-1]
    (tmp_path / "mapping.toml").write_text(f"[{part}]\n{line}\n", encoding="utf-8")
    assert read_mapping(tmp_path / "mapping.toml") != HeaderMapping()
