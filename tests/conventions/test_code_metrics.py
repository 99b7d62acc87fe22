"""The metrics see what they count, and the repository keeps their limits."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

import pytest

from tests.conventions.code_metrics import (
    METRICS,
    ROOT,
    Metric,
    Module,
    docstrings_with_what,
    fullest_folder,
    longest_function,
    longest_module,
    median_function,
    modules,
    types_defined_twice,
    words_of_first_lines,
)

SHORT = '"""Return the lemmas of a word."""\nclass Token:\n    def fold(self):\n        return self\n'
LONG = '"""What a word is."""\nclass Token:\n    pass\ndef f():\n' + "    pass\n" * 50


def module(name: str, text: str) -> Module:
    return Module(ROOT / "example" / name, text.count("\n"), ast.parse(text))


EXAMPLES = [module("short.py", SHORT), module("long.py", LONG)]


@pytest.mark.parametrize(
    ("metric", "value"),
    [
        (docstrings_with_what, 50),
        (words_of_first_lines, 5),
        (types_defined_twice, 1),
        (median_function, 26.5),
        (longest_function, 51),
        (longest_module, 54),
        (fullest_folder, 2),
    ],
)
def test_values(metric: Callable[[Sequence[Module]], Metric], value: float) -> None:
    assert metric(EXAMPLES).value == value


def test_places_are_named() -> None:
    assert longest_function(EXAMPLES).places == ["example/long.py:4 f (51)"]
    assert types_defined_twice(EXAMPLES).places == ["Token: example/long.py, example/short.py"]


@pytest.mark.parametrize(("metric", "roots"), METRICS, ids=lambda value: getattr(value, "__name__", ""))
def test_the_repository_keeps_its_limits(metric: Callable[[Sequence[Module]], Metric], roots: Sequence[str]) -> None:
    found = metric(modules(roots))
    assert found.is_kept, "\n".join([str(found), *found.places])
