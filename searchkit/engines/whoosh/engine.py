"""A Whoosh index as an engine: commits, ranking, documents, checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from searchkit.changes import State
from searchkit.document import Document
from searchkit.engines.base import EngineStats, Ranking, Sort
from searchkit.engines.whoosh import pages
from searchkit.engines.whoosh.schema import COLUMNS, STATE, fields_of, schema
from searchkit.engines.whoosh.scorer import Scorer
from searchkit.engines.whoosh.segments import Segment, damage_is_told
from searchkit.entry import Entry
from searchkit.errors import IndexDamaged, IndexLocked
from searchkit.query.tree import Node, leaves

_WRITER_MEGABYTES = 256
_ATTEMPTS = 3


class WhooshEngine:
    """Keeps its entries in a standard Whoosh index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with damage_is_told():
            self._index = self._open_whole()
        self._scorer: Scorer | None = None
        self._reader: Any = None

    def _open_whole(self) -> Any:
        """Open the index. Another process may replace the table of contents just while it is read: then try again."""
        for _ in range(_ATTEMPTS):
            with suppress(OSError, whoosh_index.IndexError):
                return self._open()
        return self._open()

    def _open(self) -> Any:
        if any(self._folder.iterdir()):
            return whoosh_index.open_dir(str(self._folder), schema=schema())
        return whoosh_index.FileIndex.create(FileStorage(str(self._folder)), schema(), "MAIN")

    def commit(self, add: Iterable[Entry], remove: Collection[str] = ()) -> None:
        """Add and remove in one Whoosh commit."""
        try:
            writer = self._index.writer(limitmb=_WRITER_MEGABYTES)
        except whoosh_index.LockError as error:
            raise IndexLocked(f"another process is writing to the index in {self._folder}") from error
        try:
            self._write(writer, add, remove)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()

    def _write(self, writer: Any, add: Iterable[Entry], remove: Collection[str]) -> None:
        known = self._numbers()
        for id_ in remove:
            if id_ in known:
                writer.delete_document(known.pop(id_))
        for entry in add:
            if entry.document.id in known:
                writer.delete_document(known.pop(entry.document.id))
            writer.add_document(**fields_of(entry))

    def _numbers(self) -> dict[str, int]:
        """Return Whoosh's number of each live document. Deleting by number is quick, deleting by id is not."""
        found: dict[str, int] = {}
        base = 0
        for segment in self._read().segments:
            found |= {id_: base + n for n, id_ in enumerate(segment.texts("id")) if segment.live[n]}
            base += segment.size
        return found

    def states(self) -> dict[str, State]:
        """Read the digests of all documents from their columns."""
        found: dict[str, State] = {}
        for segment in self._read().segments:
            rows = zip(segment.live, segment.texts("id"), *map(segment.texts, STATE), strict=True)
            found.update({id_: State(*state) for live, id_, *state in rows if live})
        return found

    def rank(self, root: Node, *, limit: int, offset: int = 0, sort: Sort = "score") -> Ranking:
        """Score all documents and take the page that was asked for."""
        scorer = self._read()
        scores = scorer.score(root)
        return Ranking(
            total=sum(int(part.matches.sum()) for part in scores),
            matches=pages.page(scorer.segments, scores, limit, offset, sort),
            facets=pages.facets(scorer.segments, scores),
            idf={leaf: scorer.idf(leaf) for leaf in leaves(root)},
        )

    def document(self, id_: str) -> Document | None:
        """Look a document up by its id."""
        for segment in self._read().segments:
            number = segment.number_of(id_)
            if number is not None:
                return _document(segment, number)
        return None

    def stats(self) -> EngineStats:
        """Count documents, segments and terms."""
        scorer = self._read()
        languages: Counter[str] = Counter()
        terms: set[str] = set()
        for segment in scorer.segments:
            languages.update(segment.column("language").counts(segment.live))
            terms.update(segment.terms())
        return EngineStats(scorer.documents, len(scorer.segments), len(terms), dict(languages))

    def verify(self) -> Iterator[str]:
        """Read every posting and every stored document, and compare documents with their digests."""
        try:
            for segment in self._read().segments:
                yield from _verify(segment)
        except IndexDamaged as error:
            yield str(error)

    def close(self) -> None:
        """Close the reader."""
        if self._reader is not None:
            self._reader.close()
        self._reader = self._scorer = None

    def _read(self) -> Scorer:
        """Return a scorer over the newest commit: another process may have written since the last question."""
        with damage_is_told():
            if self._scorer is None or self._reader.generation() != self._index.latest_generation():
                self.close()
                self._reader = self._index.reader()
                leaves_ = [leaf for leaf, _ in self._reader.leaf_readers() if leaf.doc_count_all()]
                self._scorer = Scorer([Segment(leaf) for leaf in leaves_])
        return self._scorer


def _document(segment: Segment, number: int) -> Document:
    columns = {field: segment.texts(field, [number])[0] for field in (*COLUMNS, "path")}
    return Document.from_dict(segment.stored(number) | columns)


def _verify(segment: Segment) -> Iterator[str]:
    digests = segment.texts("digest")
    for number, id_ in enumerate(segment.texts("id")):
        if segment.live[number] and _document(segment, number).digest != digests[number]:
            yield f"the article {id_} is not as it was indexed"
    for term in segment.terms():
        ids, _ = segment.postings(term)
        if len(ids) and len(segment.positions(term, segment.live)) != len(ids):
            yield f"the postings of {term} do not agree with their positions"
