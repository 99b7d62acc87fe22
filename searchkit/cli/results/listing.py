"""Hits for people: matches in colour on a terminal, between asterisks in a pipe."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from searchkit.printable import one_line, printable

if TYPE_CHECKING:
    from searchkit.cli.results.style import LineStyle
    from searchkit.results import Hit, Results, Snippet

_MOST_REASONS = 6
"""Parts of a score that a listing shows: a reference to law has thirty."""
_INDENT = "   "
_BETWEEN = " · "


def print_listing(results: Results, style: LineStyle) -> None:
    """Print hits to stdout, with an empty line after each."""
    for hit in results:
        print(_listing(hit, style), end="\n\n")


def _listing(hit: Hit, style: LineStyle) -> str:
    before, after = style.dim
    indent = max(_INDENT, " " * len(f"{hit.rank}. "))
    lines = [f"{hit.rank}. {_indented(_heading(hit), style, indent)}"]
    lines += [f"{indent}{before}{_facts(hit, style, indent)}{after}"]
    lines += [indent + _indented(hit.snippet, style, indent)] * bool(hit.snippet.text)
    return "\n".join([*lines, *_meaning(hit, style, indent), *_explanation(hit)])


def _heading(hit: Hit) -> Snippet:
    return hit.heading if hit.title else replace(hit.heading, text=hit.id, marks=())


def _indented(snippet: Snippet, style: LineStyle, indent: str) -> str:
    """Return marked text, whose further lines are indented like the first one."""
    shown = replace(snippet, text=printable(snippet.text))
    return style.wrapped(shown, indent).render(*style.mark, html=False).replace("\n", f"\n{indent}")


def _meaning(hit: Hit, style: LineStyle, indent: str) -> list[str]:
    told = replace(hit.snippet, text=one_line(str(hit.meaning)), marks=())
    return [indent + _indented(told, style, indent)] if hit.meaning else []


def _explanation(hit: Hit) -> list[str]:
    if hit.explanation is None:
        return []
    shown = sorted(hit.explanation, key=lambda word: -word.points)[:_MOST_REASONS]
    rest = [word.points for word in hit.explanation if word not in shown]
    more = [f"     {len(rest)} more add {sum(rest):.2f} points (--json lists them)"] * bool(rest)
    return [f"   {hit.score:.2f} points:", *(f"     {one_line(str(word))}" for word in shown), *more]


def _facts(hit: Hit, style: LineStyle, indent: str) -> str:
    """Return the line below the title; where the author is marked, it goes on less important."""
    copies = ("and 1 copy" if hit.copies == 1 else f"and {hit.copies} copies") if hit.copies else ""
    part = hit.passage_part.label if hit.passage_part else ""
    author = hit.byline.text or hit.author
    before = [one_line(fact) for fact in (hit.language, hit.date, hit.source) if fact]
    after = [one_line(fact) for fact in (hit.id, part, copies) if fact]
    start = len(_BETWEEN.join([*before, ""]))
    marks = tuple((start + first, start + last) for first, last in hit.byline.marks)
    text = _BETWEEN.join([*before, *([one_line(author)] if author else []), *after])
    begin, end = style.dim
    shown = style.wrapped(replace(hit.byline, text=text, marks=marks), indent)
    rendered = shown.render(end + style.mark[0], style.mark[1] + begin, html=False)
    return rendered.replace("\n", f"\n{indent}")
