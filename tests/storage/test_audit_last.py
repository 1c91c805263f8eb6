"""The audit log is written last in every transaction: its head is locked from then on, and who waits while they hold it
may wait for somebody who waits for them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.kit.source import nodes_of

STORAGE = Path(__file__).parents[2] / "storage"
Block = ast.AsyncWith | ast.AsyncFunctionDef
# Called last in the transaction of a restored database.
ENDING = {"make_ready"}
FILES = [file for file in sorted(STORAGE.rglob("*.py")) if "write_down(" in file.read_text(encoding="utf-8")]


def waits(node: ast.AST) -> list[ast.Await]:
    found = (one for one in ast.walk(node) if isinstance(one, ast.Await))
    return sorted(found, key=lambda one: (one.lineno, one.col_offset))


def writes(wait: ast.Await) -> bool:
    call = wait.value
    return isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "write_down"


def transactions(file: Path) -> Iterator[Block]:
    """Yields the transactions, and the functions that end one that was begun elsewhere."""
    for node in nodes_of(file):
        begins = isinstance(node, ast.AsyncWith) and "transaction" in ast.dump(node.items[0].context_expr)
        ends = isinstance(node, ast.AsyncFunctionDef) and node.name in ENDING
        if begins or ends:
            yield node


def last_to_run(block: Block) -> ast.Await:
    """What stands within a call runs before it."""
    within = [one for one in waits(block) if not any(one in waits(other)[1:] for other in waits(block))]
    return within[-1]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_nothing_is_waited_for_once_the_log_is_written(file: Path):
    written = [one for block in transactions(file) for one in waits(block) if writes(one)]
    everywhere = [node for node in nodes_of(file) if isinstance(node, ast.Await) and writes(node)]
    assert len(written) == len(everywhere), "written outside a transaction"
    for block in transactions(file):
        of_block = [one for one in waits(block) if writes(one)]
        assert not of_block or of_block == [last_to_run(block)], f"line {block.lineno}"
