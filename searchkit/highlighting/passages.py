"""Passages of a text: where they are cut, and how they read."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from searchkit.document import Document
from searchkit.results import Snippet

Span = tuple[int, int]
"""The start and end of a piece of text, in code points."""

ELLIPSIS = "…"

_BETWEEN_PASSAGES = f" {ELLIPSIS} "
_SENTENCE_ENDS = (".", "!", "?", "…")
_PAUSES = (*_SENTENCE_ENDS, ":", ";")
_CLOSERS = '»”")'
_UNENDED_PARAGRAPH = re.compile(r"(?<![.!?…:;,»”\"\s])\s*\n\s*")
_WORD_START = re.compile(r"\s(?=\S)")
_IRREGULAR_SPACE = re.compile(r"[^\S ]\s*| \s+")


def cut_passage(document: Document, first: int, last: int, length: int) -> Span:
    """Return the span of a passage around `first` to `last`.

    It has whole sentences as far as they fit. `first`, `last` and `length` are in code points of
    the document's text.
    """
    text, ends = document.text, document.sentence_ends
    before = bisect_right(ends, first)
    start = ends[before - 1] if before else 0
    spare = length - (last - first)
    if first - start > spare:
        start = _word_start(text, first - spare // 2, first)
    possible = ends[bisect_left(ends, last, before) : bisect_right(ends, start + length * 11 // 10, before)]
    return start, _end_of(text, possible, start + length // 3) if possible else _word_end(text, start + length, last)


def _end_of(text: str, ends: Sequence[int], enough: int) -> int:
    """Return the first end of a paragraph after `enough`, else the last end."""
    for end in ends:
        if end >= enough and "\n" in text[end - 2 : end]:
            return end
    return ends[-1]


def _word_start(text: str, at: int, latest: int) -> int:
    """Return the start of the first whole word from `at` on, at the latest `latest`."""
    if at <= 0:
        return 0
    match = _WORD_START.search(text, at - 1, latest)
    return match.end() if match else latest


def _word_end(text: str, at: int, earliest: int) -> int:
    """Return the end of the last whole word before `at`, at the earliest `earliest`."""
    if at >= len(text):
        return len(text)
    space = max(text.rfind(" ", earliest, at), text.rfind("\n", earliest, at))
    return space if space >= 0 else max(at, earliest)


def extract(text: str, span: Span, marks: Sequence[Span]) -> Snippet:
    """Cut out a span with regular spaces, and an ellipsis where a sentence is cut."""
    start, end = span
    piece = text[start:end]
    passage = piece.strip()
    first = start + len(piece) - len(piece.lstrip())
    ends_here = end >= len(text) or "\n" in text[end - 1 : end + 1] or _is_ended(passage, _PAUSES)
    before = ELLIPSIS if start > 0 and not _begins_sentence(text, start) else ""
    tidy, shifted = _respaced(before, passage, marks, first)
    return Snippet(tidy if ends_here else tidy + ELLIPSIS, shifted)


def _respaced(before: str, passage: str, marks: Sequence[Span], first: int) -> tuple[str, tuple[Span, ...]]:
    """Put `before` in front of a passage, make its spaces regular, and shift its marks.

    `marks` are spans of the text in which the passage begins at `first`.
    """
    if _is_well_spaced(passage):
        shift = len(before) - first
        return before + passage, tuple([(a + shift, b + shift) for a, b in marks])
    out, shifted, at = before, [], 0
    for a, b in marks:
        out += _spaced(passage[at : a - first])
        shifted.append((len(out), len(out) + b - a))
        out += passage[a - first : b - first]
        at = b - first
    return out + _spaced(passage[at:]), tuple(shifted)


def _is_well_spaced(text: str) -> bool:
    return text.isprintable() and "  " not in text


def _spaced(text: str) -> str:
    """Make any white space one space; an ellipsis follows a heading."""
    if _is_well_spaced(text):
        return text
    if "\n" in text:
        text = _UNENDED_PARAGRAPH.sub(_BETWEEN_PASSAGES, text)
    return _IRREGULAR_SPACE.sub(" ", text)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start]
    stripped = before.rstrip()
    return "\n" in before or (stripped != before and _is_ended(stripped, _SENTENCE_ENDS))


def _is_ended(text: str, stops: tuple[str, ...]) -> bool:
    """Whether a text ends with a stop, or with quotation marks and brackets after one."""
    return text.rstrip(_CLOSERS).endswith(stops)


def join_snippets(snippets: Sequence[Snippet]) -> Snippet:
    """Join passages into one snippet, with an ellipsis between them."""
    joined, *others = snippets
    for other in others:
        before = joined.text.removesuffix(ELLIPSIS) + _BETWEEN_PASSAGES
        after = other.text.removeprefix(ELLIPSIS)
        shift = len(before) + len(after) - len(other.text)
        joined = Snippet(before + after, (*joined.marks, *((a + shift, b + shift) for a, b in other.marks)))
    return joined
