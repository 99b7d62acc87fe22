"""When to put segments together: rarely enough for quick commits, often enough for quick searches.

Segments fall into classes by size. A class that is full becomes one segment of a larger class, so a document is
rewritten at most once a class, and there are never more segments than the classes have room for.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from typing import Protocol, TypeVar

_CLASSES = (32, 128, 512, 2_048, 16_384, 131_072)
"""Living documents from which on a segment belongs to the next class."""
_ROOM = (8, 4, 4, 4, 8, 8, 8)
"""How many segments make a class full. Large ones are merged less often, since that takes time."""
_DELETED = 0.5
"""The share of deleted documents from which on a segment is written anew."""


class Sized(Protocol):
    """What has to be known of a segment."""

    def doc_count(self) -> int:
        """How many documents live."""

    def doc_count_all(self) -> int:
        """How many it holds, deleted ones included."""


_S = TypeVar("_S", bound=Sized)


def chosen(segments: Sequence[_S]) -> list[_S]:
    """Return the segments that are to become one; none if all is well."""
    classes: list[list[_S]] = [[] for _ in _ROOM]
    for segment in segments:
        classes[bisect(_CLASSES, segment.doc_count())].append(segment)
    for members, room in zip(classes, _ROOM, strict=True):
        if len(members) >= room:
            return members
    return [segment for segment in segments if segment.doc_count() <= _DELETED * segment.doc_count_all()][:1]
