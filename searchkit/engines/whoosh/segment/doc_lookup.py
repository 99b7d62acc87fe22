"""From ids to documents: which number they have in a segment, and what tells whether they have changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from searchkit.document import DocumentState
from searchkit.engines.whoosh.segment.reader import SegmentReader

_LOOKUP = 30
"""How many documents' ids are read one after the other in the time that one id takes to be looked up."""


def numbers(segment: SegmentReader, ids: Collection[str] | None = None) -> list[int]:
    """Return the numbers of live documents, all or those of some ids: looked up if few, else met on the way through."""
    if ids is None:
        return np.flatnonzero(segment.live).tolist()
    if len(ids) * _LOOKUP < segment.size:
        return [number for number in map(segment.number_of, ids) if number is not None]
    return [number for number, id_ in enumerate(segment.texts("id")) if id_ in ids and segment.live[number]]


def states(segment: SegmentReader, found: Sequence[int]) -> Iterator[tuple[str, DocumentState]]:
    """Yield the ids and states of the documents of those numbers."""
    if found:
        analyses = segment.column("analysis")
        columns = segment.texts("digest", found), [analyses[n] for n in found], segment.texts("path", found)
        yield from zip(segment.texts("id", found), map(DocumentState, *columns), strict=True)


def stale(segment: SegmentReader, analysis: str) -> Iterator[str]:
    """Yield the ids of live documents that were indexed with other analyzers; mostly that takes no reading at all."""
    if segment.distinct("analysis") == [analysis]:
        return
    analyses = segment.column("analysis")
    for number, id_ in enumerate(segment.texts("id")):
        if segment.live[number] and analyses[number] != analysis:
            yield id_
