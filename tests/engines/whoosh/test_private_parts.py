"""No module touches the private parts of Whoosh."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit

PACKAGE = Path(searchkit.__file__).parent
PUBLIC = {
    "whoosh",
    "whoosh.codec",
    "whoosh.columns",
    "whoosh.fields",
    "whoosh.filedb.filestore",
    "whoosh.formats",
    "whoosh.index",
    "whoosh.matching",
    "whoosh.reading",
}
"""Modules that the documentation of Whoosh describes."""
MODULES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", MODULES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_modules_keep_to_what_is_public(file: Path) -> None:
    tree = ast.parse(file.read_text("utf-8"))
    modules = {module for module in _imported(tree) if module.split(".")[0] == "whoosh"}
    assert modules <= PUBLIC
    assert not modules or not list(_private(tree))


def _imported(tree: ast.AST) -> set[str]:
    froms = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return froms | {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}


def _private(tree: ast.AST) -> Iterator[str]:
    """Yield private attributes that are used on anything but `self`."""
    for node in ast.walk(tree):
        is_private = isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.endswith("__")
        if is_private and ast.unparse(node.value) not in ("self", "cls"):
            yield ast.unparse(node)
