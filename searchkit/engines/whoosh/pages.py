"""From scores to an answer: the page of matches that was asked for, and counts over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.base import Match, Sort
from searchkit.engines.whoosh.scorer import Scores
from searchkit.engines.whoosh.segments import Segment


class _Found(NamedTuple):
    id: str
    score: float
    date: str


_FACETS: Mapping[str, tuple[str, Callable[[str], list[str]]]] = {
    "language": ("language", lambda value: value.split("+")),
    "year": ("date", lambda value: [value[:4]]),
    "source": ("source", lambda value: [value]),
}
"""Each facet's column, and the names under which a value of it counts."""


def page(
    segments: Sequence[Segment], scores: Sequence[Scores], limit: int, offset: int, sort: Sort
) -> tuple[Match, ...]:
    """Return matches `offset` to `offset + limit`: by score, or by date and then score; equal ones by id."""
    wanted = limit + offset
    found = [hit for segment, part in zip(segments, scores, strict=True) for hit in _best(segment, part, wanted, sort)]
    found.sort(key=lambda hit: (-hit.score, hit.id))
    if sort == "date":
        found.sort(key=lambda hit: hit.date, reverse=True)
    return tuple(Match(hit.id, hit.score) for hit in found[offset:wanted])


def facets(segments: Sequence[Segment], scores: Sequence[Scores]) -> dict[str, dict[str, int]]:
    """Return how many matches have which value, the most frequent first."""
    found = {}
    for facet, (field, names) in _FACETS.items():
        counts: Counter[str] = Counter()
        for segment, part in zip(segments, scores, strict=True):
            for value, count in segment.column(field).counts(part.matches).items():
                counts.update({name: count for name in names(value) if name})
        found[facet] = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return found


def _best(segment: Segment, part: Scores, wanted: int, sort: Sort) -> Iterator[_Found]:
    """Yield a segment's best matches, with all that equal the last of them: which of those go in is for ids to say."""
    numbers = np.flatnonzero(part.matches)
    ranks = _date_ranks(segment)[numbers] if sort == "date" else part.scores[numbers]
    if 0 < wanted < len(numbers):
        numbers = numbers[ranks >= np.partition(ranks, -wanted)[-wanted]]
    ids, dates = segment.texts("id", numbers.tolist()), segment.texts("date", numbers.tolist())
    return map(_Found, ids, part.scores[numbers].tolist(), dates)


def _date_ranks(segment: Segment) -> NDArray[np.int64]:
    """Return, for each document, a number that is greater for a later date."""
    column = segment.column("date")
    order = np.argsort(np.argsort(np.array(column.values)))
    ranks: NDArray[np.int64] = order[column.codes]
    return ranks
