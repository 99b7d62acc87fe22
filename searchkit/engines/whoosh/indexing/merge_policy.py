"""Select segments to merge: rarely enough for fast commits, often enough for fast searches.

Segments fall into tiers by size, as in Lucene's tiered and logarithmic merge policies. A full tier
becomes one segment of a larger tier, so a document is rewritten about once per tier, and there are
never more segments than the tiers have room for.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from typing import Protocol, TypeVar

_TIER_SIZES = (4, 16, 64, 256, 1_024, 4_096, 32_768, 262_144)
"""Live documents from which on a segment belongs to the next tier."""
_ROOM = (4, 4, 4, 4, 4, 4, 8, 8, 8)
"""Segments that make a tier full. Large ones are merged less often, since that takes time."""
_OVERFULL = 2
"""From so many times its room on, a tier is overfull: merges lag behind."""
_LARGEST = 262_144
"""Live documents of a segment that `find_final_merge` makes: a larger one would take minutes."""
_GROWTH = 2
"""A segment joins a final merge if it has at most so many documents for one of the smaller ones."""
_MAX_DELETED = 0.5
"""The share of deleted documents from which on a single segment is rewritten."""


class Sized(Protocol):
    """The sizes of a segment."""

    @property
    def size(self) -> int:
        """The number of documents, deleted ones included."""

    @property
    def live_count(self) -> int:
        """The number of documents that are not deleted."""


_S = TypeVar("_S", bound=Sized)


def find_merges(segments: Sequence[_S]) -> list[list[_S]]:
    """Return groups of segments, each of which is to be merged into one."""
    tiers = _tiers(segments)
    full = [tier for tier, room in zip(tiers, _ROOM, strict=True) if len(tier) >= room]
    others = [segment for tier, room in zip(tiers, _ROOM, strict=True) if len(tier) < room for segment in tier]
    return full + [[segment] for segment in others if segment.live_count <= _MAX_DELETED * segment.size]


def find_final_merge(segments: Sequence[_S]) -> list[_S]:
    """Return the segments to merge when a long run has ended; none where it would not pay.

    Small segments are taken first, and a large one only with a fair share of smaller ones, so few
    documents are rewritten for each one that moves to a larger segment.
    """
    chosen: list[_S] = []
    count = 0
    for segment in sorted(segments, key=lambda each: each.live_count):
        is_too_large = count + segment.live_count > _LARGEST or (chosen and segment.live_count > _GROWTH * count)
        if is_too_large:
            break
        chosen.append(segment)
        count += segment.live_count
    return chosen if len(chosen) > 1 else []


def is_overfull(segments: Sequence[Sized]) -> bool:
    """Whether there are so many segments that merging must not wait any longer."""
    return any(len(tier) >= _OVERFULL * room for tier, room in zip(_tiers(segments), _ROOM, strict=True))


def _tiers(segments: Sequence[_S]) -> list[list[_S]]:
    tiers: list[list[_S]] = [[] for _ in _ROOM]
    for segment in segments:
        tiers[bisect(_TIER_SIZES, segment.live_count)].append(segment)
    return tiers
