"""Output for people and programs: reports, progress, documents, tables, JSON.

Hits are in `hits`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from searchkit.printable import STEERING, one_line, printable

if TYPE_CHECKING:
    from searchkit.changes import Changes
    from searchkit.document import Document
    from searchkit.results import Results

DOCUMENT_FIELDS = ("id", "language", "date", "source", "author", "office", "url", "path")
"""Fields that are printed above the title of a document."""

_LISTED = 10
"""Replaced articles that are listed one by one."""
_MESSAGES = Path(__file__).with_name("messages.tsv")

_AS_ESCAPES = {code: f"\\u{code:04x}" for code in STEERING}


def report(sentence: str) -> None:
    """Print a problem or a remark to stderr as one line."""
    try:
        print(f"searchkit: {one_line(sentence)}", file=sys.stderr, flush=True)
    except OSError:
        # Otherwise Python would write once more at its end, and change the exit code.
        sys.stderr = null_stream()


def null_stream() -> TextIO:
    """Return a stream that discards its text."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123


def report_failures(changes: Changes, skipped: Collection[str]) -> None:
    """Name unreadable files, skipped file types, and whatever was left out."""
    for failure in changes.failures:
        report(f"{failure.path}: {failure.error}")
    for replacement in changes.replaced[:_LISTED]:
        report(str(replacement))
    if len(changes.replaced) > _LISTED:
        report(f"{len(changes.replaced) - _LISTED} more ids stand for several articles each; --json lists all")
    for kind, count in changes.remarks.items():
        report(f"{kind}: {count}")
    if skipped:
        report(f"passed over files of other kinds: {', '.join(sorted(skipped))}")


def report_corrections(results: Results) -> None:
    """Print the corrected query and the one that searches exactly, in the language as typed."""
    if not results.corrections:
        return
    shown, exact = results.corrected_query, results.exact_query
    # Keys of another layout are in no language.
    has_language = all(correction.kind != "layout" for correction in results.corrections)
    message = _message("corrected", results.query if has_language else shown)
    print(one_line(message.format(shown, exact)), file=sys.stderr)


def report_synonyms(results: Results) -> None:
    """Print the other names that were searched for, in the query's language."""
    names: dict[str, list[str]] = {}
    for expansion in results.synonyms:
        if expansion.kind != "place":  # nearly every query has one: a line for it would be noise
            names.setdefault(expansion.typed, []).append(expansion.added)
    if names:
        listed = "; ".join(f"{typed} = {', '.join(others)}" for typed, others in names.items())
        print(one_line(_message("expanded", results.query).format(listed)), file=sys.stderr)


def _message(name: str, query: str) -> str:
    """Return the template of a message in the language of `query`."""
    from searchkit_analyzers import ANALYZER

    lines = (line.split("\t") for line in _MESSAGES.read_text("utf-8").splitlines() if not line.startswith("#"))
    templates = {language: text for language, message, text in lines if message == name}
    return templates.get(ANALYZER.language(query) or "", next(iter(templates.values())))


@contextmanager
def progress_bar(doing: str, at_end: str = "") -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on a terminal, and nothing elsewhere.

    Yields ``advance(done, total)``, which takes bytes or articles.

    Args:
        doing: The label of the bar.
        at_end: The label once all is read, while it is written; by default the same.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)

        def advance(done: int, total: int) -> None:
            description = at_end if at_end and 0 < total <= done else doing
            bar.update(task, completed=done, total=total or None, description=description)

        yield advance


def print_document(document: Document, part: str = "") -> None:
    """Print a document: fields, the name of its part, title, text."""
    fields = document.to_dict() | {"part": part}
    for name in (*DOCUMENT_FIELDS, "part"):
        if fields[name]:
            print(f"{name}: {one_line(fields[name])}")
    print(f"\n{one_line(document.title)}\n\n{printable(document.text)}")


def print_table(values: Mapping[str, Any]) -> None:
    """Print names and values, one pair a line."""
    for name, value in values.items():
        shown = ", ".join(f"{k or '-'} {v}" for k, v in value.items()) if isinstance(value, Mapping) else value
        print(one_line(f"{name.replace('_', ' ')}: {shown}"))


def to_json(value: Any) -> str:
    """Return JSON on one line, with characters that could steer a terminal escaped."""
    import json

    return json.dumps(value, ensure_ascii=False).translate(_AS_ESCAPES)
