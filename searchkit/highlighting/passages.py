"""Pieces of a text: where they may be cut, and how they read once they are cut out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from searchkit.document import Document
from searchkit.results import Snippet

Span = tuple[int, int]
"""Where a piece of a text begins and ends."""

ELLIPSIS = "…"

_BETWEEN = f" {ELLIPSIS} "
_STOPS = (".", "!", "?", "…")
_PAUSES = (*_STOPS, ":", ";")
_CLOSERS = '»”")'
_UNENDED_PARAGRAPH = re.compile(r"(?<![.!?…:;,»”\"\s])\s*\n\s*")
_WORD_BORDER = re.compile(r"\s(?=\S)")
_ODD_SPACE = re.compile(r"[^\S ]\s*| \s+")


def cut(document: Document, first: int, last: int, length: int) -> Span:
    """Return the borders of a passage around `first` to `last`: whole sentences as far as they fit."""
    text, ends = document.text, document.sentence_ends
    before = bisect_right(ends, first)
    start = ends[before - 1] if before else 0
    spare = length - (last - first)
    if first - start > spare:
        start = _word_start(text, first - spare // 2, first)
    possible = ends[bisect_left(ends, last, before) : bisect_right(ends, start + length * 11 // 10, before)]
    return start, _end_of(text, possible, start + length // 3) if possible else _word_end(text, start + length, last)


def _end_of(text: str, ends: Sequence[int], enough: int) -> int:
    """Return the last of the possible ends, or that of the paragraph in which `enough` is reached."""
    for end in ends:
        if end >= enough and "\n" in text[end - 2 : end]:
            return end
    return ends[-1]


def _word_start(text: str, at: int, latest: int) -> int:
    """Return where the first whole word at or after `at` begins, at the latest at `latest`."""
    if at <= 0:
        return 0
    match = _WORD_BORDER.search(text, at - 1, latest)
    return match.end() if match else latest


def _word_end(text: str, at: int, earliest: int) -> int:
    """Return where the last whole word before `at` ends, at the earliest at `earliest`."""
    if at >= len(text):
        return len(text)
    space = max(text.rfind(" ", earliest, at), text.rfind("\n", earliest, at))
    return space if space >= 0 else max(at, earliest)


def cut_out(text: str, stretch: Span, marks: Sequence[Span]) -> Snippet:
    """Cut a piece out; one space for any white space, an ellipsis where the text was cut inside a sentence."""
    start, end = stretch
    piece = text[start:end]
    passage = piece.strip()
    first = start + len(piece) - len(piece.lstrip())
    ends_here = end >= len(text) or "\n" in text[end - 1 : end + 1] or _is_ended(passage, _PAUSES)
    before = ELLIPSIS if start > 0 and not _begins_sentence(text, start) else ""
    tidy, shifted = _respaced(before, passage, marks, first)
    return Snippet(tidy if ends_here else tidy + ELLIPSIS, shifted)


def _respaced(before: str, passage: str, marks: Sequence[Span], first: int) -> tuple[str, tuple[Span, ...]]:
    """Put one space for any white space in a passage, and something before it; return the marks as they stand then.

    `marks` are places in the text of which the passage begins at `first`.
    """
    if _is_well_spaced(passage):
        moved = len(before) - first
        return before + passage, tuple([(a + moved, b + moved) for a, b in marks])
    out, found, at = before, [], 0
    for a, b in marks:
        out += _spaced(passage[at : a - first])
        found.append((len(out), len(out) + b - a))
        out += passage[a - first : b - first]
        at = b - first
    return out + _spaced(passage[at:]), tuple(found)


def _is_well_spaced(text: str) -> bool:
    return text.isprintable() and "  " not in text


def _spaced(text: str) -> str:
    """Put one space for any white space, and a mark between paragraphs of which the first ends like a heading."""
    if _is_well_spaced(text):
        return text
    if "\n" in text:
        text = _UNENDED_PARAGRAPH.sub(_BETWEEN, text)
    return _ODD_SPACE.sub(" ", text)


def _begins_sentence(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start]
    said = before.rstrip()
    return "\n" in before or (said != before and _is_ended(said, _STOPS))


def _is_ended(text: str, stops: tuple[str, ...]) -> bool:
    """Whether a text ends with one of the stops, or with quotation marks and brackets after one."""
    return text.rstrip(_CLOSERS).endswith(stops)


def joined(pieces: Sequence[Snippet]) -> Snippet:
    """Put passages together, with an ellipsis between them."""
    first, *others = pieces
    for other in others:
        before, after = first.text.removesuffix(ELLIPSIS) + _BETWEEN, other.text.removeprefix(ELLIPSIS)
        moved = len(before) + len(after) - len(other.text)
        first = Snippet(before + after, (*first.marks, *((a + moved, b + moved) for a, b in other.marks)))
    return first
