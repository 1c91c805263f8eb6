"""What the documents promise, the product keeps."""

from __future__ import annotations

import ast
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from cyclopts import App

from bot.cli import app
from bot.settings import PREFIX, Settings
from tests.kit.source import nodes_of

ROOT = Path(__file__).parents[1]
ROOMS = ("bot", "dialogs", "portfolio", "storage", "manifest", "examples", "benchmarks", "tests")
SOURCES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
LONGEST_FILE, LONGEST_FUNCTION = 400, 60
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
COMMANDS = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^tovholder .+$", COMMANDS, re.MULTILINE)


def documented_settings() -> dict[str, str]:
    """Each setting's name in the table and the default that stands beside it."""
    rows = re.findall(rf"^\| `{PREFIX}(\w+)` \| (?:`(.*?)`)? ?\|", SETTINGS, re.MULTILINE)
    return {name.lower(): default for name, default in rows}


def default_of(name: str) -> str:
    value = Settings.model_fields[name].default
    return ",".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def test_operator_finds_every_setting_and_its_default_in_the_documents():
    assert documented_settings() == {name: default_of(name) for name in Settings.model_fields}


def commands(group: App = app, path: str = "tovholder") -> Iterator[tuple[str, App]]:
    """Each command that does something, with its full name, such as "tovholder import portfolio"."""
    for name in group:
        if not name.startswith("-"):
            command, full = group[name], f"{path} {name}"
            if command.default_command is not None:
                yield full, command
            yield from commands(command, full)


def test_operator_finds_every_command_in_the_documents():
    assert set(re.findall(r"^### `(.+)`$", COMMANDS, re.MULTILINE)) == {name for name, _ in commands()}


def test_operator_finds_an_example_of_every_command():
    assert [name for name, _ in commands() if not any(line.startswith(name) for line in EXAMPLES)] == []


def test_operator_finds_an_example_in_the_help_of_every_command():
    assert [name for name, command in commands() if f" {name}" not in command.help.partition("Eksempel:")[2]] == []


@pytest.mark.parametrize("group", ["", "import"])
def test_newcomer_reads_what_each_command_does(group: str, capsys: pytest.CaptureFixture[str]):
    app(f"{group} --help", result_action="return_value")
    page = capsys.readouterr().out
    names = [name for name in (app[group] if group else app) if not name.startswith("-")]
    assert [name for name in names if not re.search(rf"^│ {name} +[A-ZÆØÅ]", page, re.MULTILINE)] == []


def test_newcomer_waits_for_no_framework_to_read_the_list_of_commands():
    heavy = {"botbuilder", "aiohttp", "sqlalchemy", "pydantic", "openpyxl"}
    program = "import sys; from bot.cli import app; app('--help', result_action='return_value'); print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], check=True, cwd=ROOT, capture_output=True, text=True)
    assert heavy & set(told.stdout.splitlines()[-1].split()) == set()


def test_reader_can_be_everyone_whom_the_examples_name():
    listed = (ROOT / "examples" / "data" / "people.csv").read_text(encoding="utf-8")
    said = COMMANDS + README + "".join(command.help for _, command in commands())
    people = set(re.findall(r"--as ([\w.]+)@birkefjord\.example", said))
    assert people
    assert people <= set(re.findall(r"^([\w.]+),", listed, re.MULTILINE))
    assert set(re.findall(r"@([\w.]+\.example)", said)) == {"birkefjord.example"}


@pytest.mark.parametrize("line", EXAMPLES)
def test_operator_can_type_the_documents_examples(line: str):
    tokens = shlex.split(line, comments=True)[1:]
    command, _, unused = app.parse_args(tokens, exit_on_error=False, print_error=False)[:3]
    assert command is not None
    assert not unused


def test_reader_can_take_in_every_file():
    lines = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in SOURCES}
    assert {path: count for path, count in lines.items() if count > LONGEST_FILE} == {}


def test_reader_can_take_in_every_function():
    assert [name for path in SOURCES for name, lines in functions(path) if lines > LONGEST_FUNCTION] == []


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Each function of a file with its number of lines."""
    for node in nodes_of(path):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{path.relative_to(ROOT)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def imported(path: Path) -> set[str]:
    """The top names of what a file imports."""
    nodes = nodes_of(path)
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level]
    return {name.split(".")[0] for name in names}


def test_bot_framework_stays_in_the_bot_room():
    outside = [path for path in SOURCES if path.relative_to(ROOT).parts[0] not in ("bot", "tests")]
    framework = {"botbuilder", "botframework", "msrest"}
    assert [str(path.relative_to(ROOT)) for path in outside if imported(path) & framework] == []


def test_lock_files_name_no_addresses_and_no_machine():
    address = re.compile(r"://|\"resolved\"|index-url|find-links|(?<![\w.])/\w")
    for lock in (ROOT / "requirements.lock", *ROOT.glob("package-lock.json")):
        assert not address.search(lock.read_text(encoding="utf-8")), lock


def test_every_pinned_package_carries_its_hashes():
    pins = re.split(r"\n(?=\S)(?!#)", (ROOT / "requirements.lock").read_text(encoding="utf-8"))
    assert [pin.splitlines()[0] for pin in pins if "--hash=sha256:" not in pin] == []


def test_everything_the_product_depends_on_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = {re.split(r"[^\w.-]", line)[0].lower() for line in sum(extras, project["dependencies"])}
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert wanted - set(re.findall(r"^([a-z0-9-]+)==", lock, re.MULTILINE)) == set()


def test_contributor_finds_every_place_that_the_recipes_name():
    places = re.findall(r"`((?:[\w.]+/)+[\w.]*)`", CONTRIBUTING)
    assert len(places) > 10
    assert [place for place in places if not (ROOT / place).exists()] == []
