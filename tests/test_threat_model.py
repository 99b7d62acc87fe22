"""Each promise of the threat model names a test that exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "threat-model.md").read_text("utf-8")
SECTIONS = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
PROMISES = re.findall(r"^\| (.+?) \| `(tests/\S+?\.py)::(\w+)` \|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("promise", "path", "name"), PROMISES)
def test_a_promise_is_tested(promise: str, path: str, name: str) -> None:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    names = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    assert name in names, promise


def test_every_promise_names_a_test() -> None:
    rows = [line for section in SECTIONS[1:] for line in section.splitlines() if line.startswith("|")]
    assert [row for row in rows if "::" not in row and row not in ("| promise | test |", "|---|---|")] == []
    assert len(PROMISES) == sum("::" in row for row in rows) > 30


def test_each_party_has_promises_and_their_limits() -> None:
    for section in SECTIONS[1:]:
        assert "| promise | test |" in section
        assert "*Not promised:*" in section
