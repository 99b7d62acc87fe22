"""Hits for people: matches in colour on a terminal, between asterisks in a pipe."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from searchkit.printable import one_line, printable

if TYPE_CHECKING:
    from searchkit.results import Hit, Results, Snippet

_MOST_REASONS = 6
"""Parts of a score that a listing shows: a reference to law has thirty."""


@dataclass(frozen=True, slots=True)
class _Style:
    """Text before and after matches, and before and after less important lines."""

    mark: tuple[str, str]
    dim: tuple[str, str]


_COLOURS = _Style(("\x1b[1;33m", "\x1b[0m"), ("\x1b[2m", "\x1b[0m"))
_ASTERISKS = _Style(("**", "**"), ("", ""))


def print_results(results: Results) -> None:
    """Print hits to stdout, and their total and the time taken to stderr."""
    style = _COLOURS if _takes_colours() else _ASTERISKS
    for hit in results:
        print(_listing(hit, style), end="\n\n")
    counted = "1 article" if results.total == 1 else f"{results.total} articles"
    print(f"{counted} in {results.took_ms:.0f} ms", file=sys.stderr)


def _takes_colours() -> bool:
    """Whether stdout is a terminal with colours and the user allows them (https://no-color.org)."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")


def _listing(hit: Hit, style: _Style) -> str:
    heading = _marked(hit.heading, style) if hit.title else printable(hit.id)
    before, after = style.dim
    lines = [f"{hit.rank}. {heading}", f"{before}   {_fields(hit, style)}{after}"]
    lines += [f"   {_marked(hit.snippet, style)}"] * bool(hit.snippet.text)
    return "\n".join([*lines, *_explanation(hit)])


def _explanation(hit: Hit) -> list[str]:
    if hit.explanation is None:
        return []
    shown = sorted(hit.explanation, key=lambda word: -word.points)[:_MOST_REASONS]
    rest = [word.points for word in hit.explanation if word not in shown]
    more = [f"     {len(rest)} more add {sum(rest):.2f} points (--json lists them)"] * bool(rest)
    return [f"   {hit.score:.2f} points:", *(f"     {one_line(str(word))}" for word in shown), *more]


def _marked(snippet: Snippet, style: _Style) -> str:
    return replace(snippet, text=printable(snippet.text)).render(*style.mark, html=False)


def _byline(hit: Hit, style: _Style) -> str:
    """Return the author and marks that end where the less important line goes on."""
    before, after = style.dim
    byline = replace(hit.byline, text=one_line(hit.byline.text))
    return byline.render(after + style.mark[0], style.mark[1] + before, html=False) or one_line(hit.author)


def _fields(hit: Hit, style: _Style) -> str:
    copies = ("and 1 copy" if hit.copies == 1 else f"and {hit.copies} copies") if hit.copies else ""
    part = hit.passage_part.label if hit.passage_part else ""
    facts = [one_line(fact) for fact in (hit.language, hit.date, hit.source)]
    fields = (*facts, _byline(hit, style), one_line(hit.id), one_line(part), copies)
    return " · ".join(field for field in fields if field)
