"""Scores of nodes that combine others: Boolean queries and disjunction maxima."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from searchkit.engines.whoosh.arrays import DocIds
from searchkit.engines.whoosh.search.doc_sets import (
    DocSet,
    NodeDocs,
    ScoreAccumulator,
    ScoredDocs,
    doc_mask,
    intersection,
    union,
)
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.query.nodes import Boolean, Node
from searchkit.work import count_work


class BooleanScorer:
    """Combines the documents of child nodes, and adds up their scores."""

    def __init__(self, reader: MultiReader, accumulator: ScoreAccumulator) -> None:
        self._reader = reader
        self._accumulator = accumulator

    def score(self, node: Boolean, match: Callable[[Node], NodeDocs]) -> NodeDocs:
        """Return the documents of a Boolean node; `match` returns those of a child node."""
        count_work()
        should = [match(child) for child in node.should]
        scored = [part for part in should if isinstance(part, ScoredDocs)]
        if len(scored) == len(should) and not (node.must or node.must_not or node.optional):
            return self._accumulator.sum_union(scored)
        must, must_not, optional = (
            [match(child) for child in children] for children in (node.must, node.must_not, node.optional)
        )
        scored += [part for part in (*must, *optional) if isinstance(part, ScoredDocs)]
        matching = self._matching(must, should, must_not)
        if not scored:
            return DocSet(doc_mask(self._reader.size, matching))
        return self._accumulator.sum_over(matching, scored)

    def _matching(self, must: Sequence[NodeDocs], should: Sequence[NodeDocs], must_not: Sequence[NodeDocs]) -> DocIds:
        """Return the documents that match: `should` is only required where there is no `must`."""
        size = self._reader.size
        if must:
            doc_ids = intersection(size, must)
        elif must_not and not should:
            doc_ids = self._reader.live_doc_ids
        else:
            doc_ids = union(size, should)
        for part in must_not:
            doc_ids = doc_ids[~part.mask(size)[doc_ids]]
        return doc_ids

    def maximum(self, first: NodeDocs, second: ScoredDocs) -> ScoredDocs:
        """Return the documents in either part, each with the greater of its two scores."""
        doc_ids = union(self._reader.size, [first, second])
        scores = self._accumulator.sum_over(doc_ids, [first] if isinstance(first, ScoredDocs) else [])
        return ScoredDocs(doc_ids, np.maximum(scores.scores, self._accumulator.sum_over(doc_ids, [second]).scores))
