"""Look documents of a segment up by external id, and read their states."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from searchkit.document import DocumentState
from searchkit.engines.whoosh.segment.reader import SegmentReader

_LOOKUP_COST = 30
"""One lookup of an id takes as long as reading the ids of so many documents in sequence."""


def live_doc_ids(segment: SegmentReader, ids: Collection[str] | None = None) -> list[int]:
    """Return the doc ids of live documents, all or those with the given external ids."""
    if ids is None:
        return np.flatnonzero(segment.live).tolist()
    if len(ids) * _LOOKUP_COST < segment.size:
        return [doc_id for doc_id in map(segment.doc_id_of, ids) if doc_id is not None]
    return [doc_id for doc_id, id_ in enumerate(segment.texts("id")) if id_ in ids and segment.live[doc_id]]


def states(segment: SegmentReader, doc_ids: Sequence[int]) -> Iterator[tuple[str, DocumentState]]:
    """Yield the external id and the state of each of the documents."""
    if doc_ids:
        analyses = segment.column("analysis")
        columns = (
            segment.texts("digest", doc_ids),
            [analyses[doc_id] for doc_id in doc_ids],
            segment.texts("path", doc_ids),
        )
        yield from zip(segment.texts("id", doc_ids), map(DocumentState, *columns), strict=True)


def stale_ids(segment: SegmentReader, analysis: str) -> Iterator[str]:
    """Yield the ids of live documents that other versions of the analyzers have analysed.

    Mostly no column is read: one version has analysed the whole segment.
    """
    if segment.distinct_values("analysis") == [analysis]:
        return
    analyses = segment.column("analysis")
    for doc_id, id_ in enumerate(segment.texts("id")):
        if segment.live[doc_id] and analyses[doc_id] != analysis:
            yield id_
