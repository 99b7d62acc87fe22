"""One commit of a Whoosh index: ranking, documents, checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property

from searchkit.changes import State
from searchkit.document import Document
from searchkit.engines.base import EngineStats, Ranking, Sort
from searchkit.engines.whoosh import lookup, pages
from searchkit.engines.whoosh.schema import COLUMNS
from searchkit.engines.whoosh.scorer import Scorer
from searchkit.engines.whoosh.segments import Segment, damage_is_told
from searchkit.errors import SearchkitError
from searchkit.query.tree import Node, leaves


class WhooshView:
    """The segments of one commit."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self.segments)

    def states(self, ids: Collection[str] | None = None) -> dict[str, State]:
        """Read digests from their columns."""
        found: dict[str, State] = {}
        for segment in self.segments:
            found.update(lookup.states(segment, lookup.numbers(segment, ids)))
        return found

    def stale(self, analysis: str) -> list[str]:
        """Ask each segment with which analyzers it was made."""
        return [id_ for segment in self.segments for id_ in lookup.stale(segment, analysis)]

    def rank(self, root: Node, *, limit: int, offset: int = 0, sort: Sort = "score") -> Ranking:
        """Score all documents and take the page that was asked for."""
        scores = self._scorer.score(root)
        return Ranking(
            total=sum(int(part.matches.sum()) for part in scores),
            matches=pages.page(self.segments, scores, limit, offset, sort),
            facets=pages.facets(self.segments, scores),
            idf={leaf: self._scorer.idf(leaf) for leaf in leaves(root)},
        )

    def document(self, id_: str) -> Document | None:
        """Look a document up by its id."""
        for segment in self.segments:
            number = segment.number_of(id_)
            if number is not None:
                return _document(segment, number)
        return None

    def stats(self) -> EngineStats:
        """Count documents, segments and terms."""
        languages: Counter[str] = Counter()
        terms: set[str] = set()
        for segment in self.segments:
            languages.update(segment.column("language").counts(segment.live))
            terms.update(segment.terms())
        return EngineStats(self._scorer.documents, len(self.segments), len(terms), dict(languages))

    def verify(self) -> Iterator[str]:
        """Read every posting and every stored document, and compare documents with their digests."""
        try:
            for segment in self.segments:
                yield from _verify(segment)
        except SearchkitError as error:
            yield str(error)


def _document(segment: Segment, number: int) -> Document:
    columns = {field: segment.texts(field, [number])[0] for field in (*COLUMNS, "path")}
    with damage_is_told():
        return Document.from_dict(segment.stored(number) | columns)


def _verify(segment: Segment) -> Iterator[str]:
    digests = segment.texts("digest")
    for number, id_ in enumerate(segment.texts("id")):
        if not segment.live[number]:
            continue
        if segment.number_of(id_) != number:
            yield f"the article {id_} cannot be found by its id"
        elif _document(segment, number).digest != digests[number]:
            yield f"the article {id_} is not as it was indexed"
    for term in segment.terms():
        if len(segment.positions(term, segment.live)) != len(segment.postings(term).ids):
            yield f"the postings of {term} do not agree with their positions"
