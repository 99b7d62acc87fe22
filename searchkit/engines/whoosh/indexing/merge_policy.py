"""Which segments are to become one: rarely enough for quick commits, often enough for quick searches.

Segments fall into classes by size. A class that is full becomes one segment of a larger class, so a document is
rewritten about once a class, and there are never more segments than the classes have room for.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from typing import Protocol, TypeVar

_CLASSES = (4, 16, 64, 256, 1_024, 4_096, 32_768, 262_144)
"""Living documents from which on a segment belongs to the next class."""
_ROOM = (4, 4, 4, 4, 4, 4, 8, 8, 8)
"""How many segments make a class full. Large ones are merged less often, since that takes time."""
_CROWD = 2
"""A class with so many times its room is crowded: its merges lag behind."""
_DELETED = 0.5
"""The share of deleted documents from which on a segment is written anew."""


class Sized(Protocol):
    """What has to be known of a segment."""

    def doc_count(self) -> int:
        """How many documents live."""

    def doc_count_all(self) -> int:
        """How many it holds, deleted ones included."""


_S = TypeVar("_S", bound=Sized)


def full(segments: Sequence[_S]) -> list[list[_S]]:
    """Return the groups of segments each of which is to become one; none if all is well."""
    classes = _classes(segments)
    groups = [members for members, room in zip(classes, _ROOM, strict=True) if len(members) >= room]
    waiting = [each for members, room in zip(classes, _ROOM, strict=True) if len(members) < room for each in members]
    return groups + [[each] for each in waiting if each.doc_count() <= _DELETED * each.doc_count_all()]


def crowded(segments: Sequence[Sized]) -> bool:
    """Whether there are so many segments that merging must not wait any longer."""
    return any(len(members) >= _CROWD * room for members, room in zip(_classes(segments), _ROOM, strict=True))


def _classes(segments: Sequence[_S]) -> list[list[_S]]:
    classes: list[list[_S]] = [[] for _ in _ROOM]
    for segment in segments:
        classes[bisect(_CLASSES, segment.doc_count())].append(segment)
    return classes
