"""The postings of one document, made by a plain walk over its terms."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.analysis.token_offsets import TEXT_START


@dataclass(slots=True)
class Posting:
    """The occurrences of one term in one document."""

    in_text: int = 0
    in_title: int = 0
    positions: list[int] = field(default_factory=list)
    """Ascending. A position comes twice where the word is spelled otherwise than the term."""


def positions_of(analyzed: AnalyzedDocument) -> Iterator[int]:
    """Yield the position of each token."""
    yield from range(analyzed.title_length)
    yield from range(TEXT_START, TEXT_START + analyzed.text_length)


def postings_of(analyzed: AnalyzedDocument) -> dict[str, Posting]:
    """Return the posting of each term."""
    postings: dict[str, Posting] = {}
    for position, (exact, inexact) in zip(positions_of(analyzed), analyzed.terms, strict=True):
        for term in exact:
            _add(postings, term, position, 1)
        for term in inexact:
            _add(postings, term, position, 2)
    return postings


def _add(postings: dict[str, Posting], term: str, position: int, times: int) -> None:
    posting = postings.setdefault(term, Posting())
    if position < TEXT_START:
        posting.in_title += 1
    else:
        posting.in_text += 1
    posting.positions += [position] * times
