"""The project's own code, read as syntax trees."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def nodes_of(file: Path) -> tuple[ast.AST, ...]:
    """Every node of a file's syntax tree."""
    return tuple(ast.walk(ast.parse(file.read_text("utf-8"))))
