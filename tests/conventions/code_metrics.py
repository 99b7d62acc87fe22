"""Measure how readable the code is, and hold the metrics to limits.

    python -m tests.conventions.code_metrics [--json]

Prints a table; the exit code is 1 where a limit is broken. The limits and their reasons are in
CONTRIBUTING.md.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
PRODUCT = ("searchkit", "analyzers/searchkit_analyzers")
ALL = ("searchkit", "analyzers", "tests", "benchmarks", "docs", "noxfile.py")

_WHAT = re.compile(r"\bwhat\b", re.IGNORECASE)
Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)


@dataclass(frozen=True, slots=True)
class Module:
    """A parsed module of the repository."""

    path: Path
    lines: int
    tree: ast.Module

    @property
    def name(self) -> str:
        """The path relative to the repository's root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def folder(self) -> str:
        """The folder that holds the module, relative to the repository's root."""
        return self.path.parent.relative_to(ROOT).as_posix()

    def nodes(self) -> Iterator[ast.AST]:
        """Yield all syntax nodes."""
        return ast.walk(self.tree)

    def functions(self) -> Iterator[Function]:
        """Yield all functions and methods, nested ones too."""
        return (node for node in self.nodes() if isinstance(node, Function))


@dataclass(frozen=True, slots=True)
class Metric:
    """A code metric, its limit, and the places that break the limit or come closest."""

    name: str
    value: float
    limit: float
    places: Sequence[str] = ()

    @property
    def is_kept(self) -> bool:
        """Whether the value is within the limit."""
        return self.value <= self.limit

    def __str__(self) -> str:
        return f"{'ok' if self.is_kept else 'BROKEN':6} {self.name}: {self.value:g} (at most {self.limit:g})"


def modules(roots: Sequence[str]) -> list[Module]:
    """Return the parsed modules below `roots`, sorted by path."""
    paths = [path for root in roots for path in _python_files(ROOT / root)]
    return [_parsed(path) for path in sorted(paths)]


def _python_files(root: Path) -> Iterator[Path]:
    if root.is_file():
        yield root
    else:
        yield from root.rglob("*.py")


def _parsed(path: Path) -> Module:
    text = path.read_text("utf-8")
    return Module(path, text.count("\n"), ast.parse(text))


def docstrings_with_what(found: Sequence[Module]) -> Metric:
    """Return the percentage of docstring first lines that contain the word "what"."""
    firsts = [(place, line) for module in found for place, line in _first_lines(module)]
    places = [f"{place} {line}" for place, line in firsts if _WHAT.search(line)]
    return Metric('docstring first lines with "what", %', round(100 * len(places) / len(firsts), 2), 2, places)


def _first_lines(module: Module) -> Iterator[tuple[str, str]]:
    for node in module.nodes():
        if isinstance(node, Documented) and (docstring := ast.get_docstring(node)):
            yield f"{module.name}:{getattr(node, 'lineno', 1)}", docstring.splitlines()[0]


def words_of_first_lines(found: Sequence[Module]) -> Metric:
    """Return the median number of words in docstring first lines."""
    return Metric(
        "median words of a docstring's first line",
        median(len(line.split()) for module in found for _, line in _first_lines(module)),
        11,
    )


def types_defined_twice(found: Sequence[Module]) -> Metric:
    """Return how many public class names are defined in more than one module."""
    homes = defaultdict(set)
    for module in found:
        for node in module.nodes():
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].add(module.name)
    places = [f"{name}: {', '.join(sorted(where))}" for name, where in sorted(homes.items()) if len(where) > 1]
    return Metric("public type names defined in more than one module", len(places), 0, places)


def median_function(found: Sequence[Module]) -> Metric:
    """Return the median length of functions, in lines with signature and docstring."""
    return Metric("median lines of a function", median(_length(f) for module in found for f in module.functions()), 5)


def longest_function(found: Sequence[Module]) -> Metric:
    """Return the length of the longest function, in lines."""
    return _largest("lines of the longest function", 40, _function_lengths(found))


def _function_lengths(found: Sequence[Module]) -> Iterator[tuple[int, str]]:
    for module in found:
        yield from ((_length(node), f"{module.name}:{node.lineno} {node.name}") for node in module.functions())


def _length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def longest_module(found: Sequence[Module]) -> Metric:
    """Return the number of lines of the longest module."""
    return _largest("lines of the longest module", 300, [(module.lines, module.name) for module in found])


def fullest_folder(found: Sequence[Module]) -> Metric:
    """Return the number of modules in the fullest folder, ``__init__.py`` not counted."""
    counts = Counter(module.folder for module in found if module.path.name != "__init__.py")
    return _largest("modules in the fullest folder", 14, [(count, folder) for folder, count in counts.items()])


def _largest(name: str, limit: int, sized: Iterator[tuple[int, str]] | Sequence[tuple[int, str]]) -> Metric:
    ranked = sorted(sized, reverse=True)
    places = [f"{place} ({size})" for size, place in ranked if size > limit]
    return Metric(name, ranked[0][0], limit, places or [f"{ranked[0][1]} ({ranked[0][0]})"])


METRICS: Sequence[tuple[Callable[[Sequence[Module]], Metric], Sequence[str]]] = (
    (docstrings_with_what, ALL),
    (words_of_first_lines, ALL),
    (types_defined_twice, PRODUCT),
    (median_function, PRODUCT),
    (longest_function, ALL),
    (longest_module, ALL),
    (fullest_folder, ALL),
)
"""Each metric, and the folders over which it is counted."""


def metrics() -> list[Metric]:
    """Return all metrics of the repository as it stands."""
    return [metric(modules(roots)) for metric, roots in METRICS]


def main() -> int:
    """Print the metrics and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print JSON")
    found = metrics()
    if parser.parse_args().json:
        print(json.dumps([asdict(metric) for metric in found], ensure_ascii=False))
    else:
        for metric in found:
            print(metric)
            print("".join(f"         {place}\n" for place in metric.places if not metric.is_kept), end="")
    return int(not all(metric.is_kept for metric in found))


if __name__ == "__main__":
    sys.exit(main())
