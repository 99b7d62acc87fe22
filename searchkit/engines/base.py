"""The seam between searchkit and an engine, which stores postings and ranks documents.

An engine stores analyzed documents, ranks a tree of query nodes and returns documents. It knows no
language, parses no query and cuts no snippet. A new engine is one class that passes
``tests/engines/contract``. Callers ask for the smallest protocol that serves them: `Ranking`,
`DocumentStore`, `Lexicon` or `DuplicateStore`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Protocol

from searchkit.engines.document_store import DocumentStore

if TYPE_CHECKING:
    from searchkit.analysis.analyzed_document import AnalyzedDocument
    from searchkit.analysis.near_duplicates import KnownSignatures, Signatures
    from searchkit.bm25 import TermStatistics
    from searchkit.document import Document
    from searchkit.explanation import ScoreExplanation
    from searchkit.lexicon.word_dictionary import WordDictionary
    from searchkit.query.nodes import Leaf, Node
    from searchkit_analyzers.abbreviations import Abbreviation

Sort = Literal["score", "date", "oldest"]
"""The best, the newest or the oldest documents first; undated ones come last."""


@dataclass(frozen=True, slots=True)
class Match:
    """A document that matches a query, with its score."""

    id: str
    score: float
    copies: int = 0
    """How many of its near-duplicates match but are collapsed into it."""


@dataclass(frozen=True, slots=True)
class TopDocs:
    """The page of matches that a query asks for, with totals."""

    total: int
    """The number of all documents that match."""
    matches: tuple[Match, ...]
    """The page, best first; equal scores are ordered by id."""
    facets: Mapping[str, Mapping[str, int]]
    """Counts of all matches by value: ``language``, ``year``, ``month``, ``source``, ``author``."""
    distinct: int
    """The documents on all pages: of near-duplicates that are collapsed, only the first counts."""


@dataclass(frozen=True, slots=True)
class EngineStats:
    """Counts of documents, segments and terms in an engine."""

    documents: int
    segments: int
    terms: int
    languages: Mapping[str, int] = field(default_factory=dict)
    """The number of documents in each language, or combination of languages."""


@dataclass(frozen=True, slots=True)
class PendingSegments:
    """Stored documents that become searchable only with a commit."""

    ids: frozenset[str]
    """The ids of the documents."""
    content: Any
    """The engine's own handle to them; it can be pickled."""


PendingWriter = Callable[[Iterable["AnalyzedDocument"]], PendingSegments]
"""Stores analyzed documents and returns them as pending segments."""


class Ranking(Protocol):
    """Ranks the documents of one snapshot and explains their scores."""

    def rank(
        self, root: Node, *, limit: int, offset: int = 0, sort: Sort = "score", collapse_duplicates: bool = True
    ) -> TopDocs:
        """Return one page of the matching documents, with totals.

        Args:
            root: the query tree.
            limit: the size of the page, in documents.
            offset: how many documents come before the page.
            sort: ``"score"`` for the best first, ``"date"`` for the newest, ``"oldest"`` for the
                oldest.
            collapse_duplicates: whether only the first document of each near-duplicate cluster
                gets a place.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def best(self, root: Node, limit: int) -> tuple[Match, ...]:
        """Return the `limit` best matches, near-duplicates included.

        It is faster than `rank`, as it counts neither facets nor copies.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def statistics(self, words: Sequence[Leaf]) -> list[TermStatistics]:
        """Return the document frequency of each query word.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def explain(self, root: Node, ids: Sequence[str]) -> list[tuple[ScoreExplanation, ...]]:
        """Return explanations of each document's score, in the order of `ids`.

        A document has one for each word and phrase of the query tree `root`; their points add up to
        its score. An unknown id has none.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """


class PrefixExpansion(Protocol):
    """The terms of one snapshot that begin with a prefix."""

    postings: int
    """How many postings they have."""
    lists: int
    """How many posting lists are read for them."""

    def __len__(self) -> int:
        """Return the number of terms."""

    def commonest(self, cost: int, cost_of_list: int) -> Sequence[str]:
        """Return the commonest terms, sorted: as many as `cost` allows, but at least one.

        Args:
            cost: how much they may cost together.
            cost_of_list: the cost of a posting list; each posting costs 1.
        """


class TermCosts(Protocol):
    """Tells how many postings a query would touch, so that it can be cut before it is ranked.

    All counts include deleted documents. Each method raises `IndexDamaged` where files are missing
    or unreadable.
    """

    def __len__(self) -> int:
        """Return the number of documents."""

    def doc_freq(self, term: str) -> int:
        """Return how many documents hold a term."""

    def expansion(self, prefix: str) -> PrefixExpansion:
        """Return the terms that begin with `prefix`."""


class Lexicon(Protocol):
    """Lists the words, abbreviations and titles of one snapshot."""

    def words(self) -> WordDictionary:
        """Return the word dictionary, the same object each time.

        It counts deleted documents too.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """Return the abbreviations that documents define: the same object each time.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def titles(self, beginning: str, limit: int) -> list[str]:
        """Return up to `limit` titles for a completion, those that begin with `beginning` first.

        The others contain a word that begins so. Letters that people confuse are equal.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """


class DuplicateStore(Protocol):
    """Keeps the near-duplicate signatures of one snapshot."""

    def signatures_like(self, new: Signatures) -> KnownSignatures:
        """Return the signatures and clusters of documents that may be near-duplicates of new ones.

        `new` has a row for each new document; candidates share a band with one of them
        (`searchkit.analysis.near_duplicates.sharing_a_band`).

        Raises:
            IndexDamaged: files are missing or unreadable.
        """


class Searcher(Ranking, TermCosts, DocumentStore, Lexicon, DuplicateStore, Protocol):
    """A snapshot of an engine: later commits do not change it."""

    def stats(self) -> EngineStats:
        """Count documents, segments and terms.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def verify(self) -> Iterator[str]:
        """Read the whole snapshot and yield a sentence for each error in it."""


class Engine(Protocol):
    """Stores analyzed documents in one folder that `EngineFactory.create` has made."""

    def pending_writer(self) -> PendingWriter:
        """Return a picklable writer of pending segments, for use in another process.

        This engine commits the segments that it writes.
        """

    def commit(
        self, add: Iterable[AnalyzedDocument], remove: Collection[str] = (), pending: Iterable[PendingSegments] = ()
    ) -> None:
        """Add and remove documents in one step: all of them or, on an error, none.

        Args:
            add: documents to add; each replaces the document of the same id.
            remove: ids of documents to remove; unknown ids are no error.
            pending: segments of further documents to add. All ids added in one commit differ. The
                iterable is read after `add` is stored, and also when that fails, so that no segment
                is left behind.

        Raises:
            IndexLocked: another process is writing.
            StorageError: files cannot be written.
        """

    def merge(self) -> None:
        """Merge the segments that a long run of commits has left, for fast searches.

        The documents stay the same. It may do nothing.

        Raises:
            IndexLocked: another process is writing.
            StorageError: files cannot be written.
        """

    def erase(self, ids: Collection[str], *, purge: bool) -> None:
        """Remove documents whose text must leave the files of the engine, too.

        Args:
            ids: ids of documents; unknown ones are no error.
            purge: whether the files are rewritten now, without any document that was ever removed
                or replaced; otherwise the commit that follows rewrites those that hold `ids`.

        Raises:
            IndexLocked: another process is writing.
            StorageError: files cannot be written or deleted.
        """

    def searcher(self) -> Searcher:
        """Return a searcher of the newest commit, by whichever process it was made.

        Raises:
            IndexDamaged: no commit is whole.
        """

    def recover(self) -> Iterator[tuple[str, Document | None]]:
        """Yield each document's id and, if it is whole, the document, whatever else is damaged.

        This also reads the files of other versions of searchkit.

        Raises:
            IndexDamaged: no commit can be read at all.
        """

    def close(self) -> None:
        """Close all files."""


class EngineFactory(Protocol):
    """Creates and opens engines; an engine class is one."""

    def create(self, folder: Path) -> None:
        """Create an empty engine in an empty folder."""

    def __call__(self, folder: Path) -> Engine:
        """Open the engine in `folder`."""
