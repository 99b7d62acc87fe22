"""Edits of a text, and the offsets of the text that they make."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class TextEdit(NamedTuple):
    """A stretch of a text, and the text that takes its place."""

    start: int
    end: int
    text: str


def apply(edits: Sequence[TextEdit], text: str) -> str:
    """Return a text with edits made; they ascend and do not overlap."""
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join([*pieces, text[at:]])


def moved(offsets: Sequence[int], edits: Sequence[TextEdit]) -> list[int]:
    """Return where ascending offsets of a text are after edits.

    An offset inside an edit moves to its end: a page that begins with the rest of a word begins
    with the next one.
    """
    result, shift, number = [], 0, 0
    for offset in offsets:
        while number < len(edits) and edits[number].end <= offset:
            edit = edits[number]
            shift += len(edit.text) - (edit.end - edit.start)
            number += 1
        inside = number < len(edits) and edits[number].start < offset
        result.append(shift + (edits[number].start + len(edits[number].text) if inside else offset))
    return result
