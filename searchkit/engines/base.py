"""The seam between searchkit and whatever stores the postings: as small as its users need.

An engine keeps entries (a document and its postings), ranks a tree of word groups, and hands documents back. It knows
no language, parses no question and cuts no snippet. A new engine is one class that passes
``tests/engines/test_contract.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from searchkit.analysis.analyzed_document import AnalyzedDocument
    from searchkit.analysis.near_duplicates import KnownSignatures, Signatures
    from searchkit.analysis.token_offsets import Occurrences
    from searchkit.bm25 import TermStatistics
    from searchkit.document import Document, DocumentState
    from searchkit.explanation import ScoreExplanation
    from searchkit.lexicon.word_dictionary import WordDictionary
    from searchkit.query.nodes import Leaf, Node
    from searchkit_analyzers.abbreviations import Abbreviation

Sort = Literal["score", "date"]


@dataclass(frozen=True, slots=True)
class Match:
    """A document that matched."""

    id: str
    score: float
    copies: int = 0
    """How many copies of it match that are not on the page."""


@dataclass(frozen=True, slots=True)
class TopDocs:
    """The answer to one question."""

    total: int
    """How many documents match in all."""
    matches: tuple[Match, ...]
    """The page of them that was asked for, best first; equal scores in the order of ids."""
    facets: Mapping[str, Mapping[str, int]]
    """For ``language``, ``year``, ``source`` and ``author``: how many of all matches have which value."""


class LocatedDocument(NamedTuple):
    """A document, and where the words of a question stand in it."""

    document: Document
    occurrences: Occurrences | None
    """None where that is not known without analysis."""


@dataclass(frozen=True, slots=True)
class EngineStats:
    """What is in an engine."""

    documents: int
    segments: int
    terms: int
    languages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PendingSegments:
    """Entries that are stored, but that nobody sees before a commit takes them up."""

    ids: frozenset[str]
    content: Any
    """What the engine has to know of it."""


Store = Callable[[Iterable["AnalyzedDocument"]], PendingSegments]
"""Stores entries as a part."""


class Searcher(Protocol):
    """One state of an engine, as the last commit before it was asked for left it.

    It stays what it is whatever is committed later. All methods raise `IndexDamaged` where files are missing or cannot
    be read.
    """

    def states(self, ids: Collection[str] | None = None) -> dict[str, DocumentState]:
        """Return, for every document by its id, or for those of `ids`, what tells whether it has changed."""

    def stale(self, analysis: str) -> list[str]:
        """Return the ids of documents that were indexed with other versions of the analyzers."""

    def sketches_like(self, new: Signatures) -> KnownSignatures:
        """Return what tells of the documents that may be like new ones: see
        `searchkit.analysis.near_duplicates.sharing_a_band`."""

    def rank(
        self, root: Node, *, limit: int, offset: int = 0, sort: Sort = "score", all_copies: bool = False
    ) -> TopDocs:
        """Return the documents that match, best first, or newest first where `sort` is ``"date"``.

        Of documents of one group only the first stands on a page, unless `all_copies`.
        """

    def best(self, root: Node, limit: int) -> tuple[Match, ...]:
        """Return the documents that match best, copies too: less than `rank` tells, and sooner."""

    def rarities(self, words: Sequence[Leaf]) -> list[TermStatistics]:
        """Return how rare each word is."""

    def document(self, id_: str) -> Document | None:
        """Return the document of that id as it was indexed, or None."""

    def locate(self, ids: Sequence[str], leaves: Sequence[Leaf]) -> list[LocatedDocument | None]:
        """Return documents with the places of a question's words in them; None where there is none of an id."""

    def vocabulary(self) -> WordDictionary:
        """Return the words that are stored, deleted documents' included: the same object each time."""

    def explain(self, root: Node, ids: Sequence[str]) -> list[tuple[ScoreExplanation, ...]]:
        """Return, for each document, what each word and phrase of a question adds to its score; together, all of it."""

    def names(self) -> tuple[Abbreviation, ...]:
        """Return the names that the articles abbreviate: the same object each time."""

    def titles(self, beginning: str, limit: int) -> list[str]:
        """Return titles that begin so or hold words that do, those first that begin so.

        They look so: letters that people type for one another count as one.
        """

    def stats(self) -> EngineStats:
        """Count what is stored."""

    def verify(self) -> Iterator[str]:
        """Read everything back and yield a sentence for each thing that is wrong."""


class Engine(Protocol):
    """Stores entries in one folder, which `EngineFactory.create` has made."""

    def store(self) -> Store:
        """Return what stores entries in another process, to which it can be sent: this one has to commit its parts."""

    def commit(
        self, add: Iterable[AnalyzedDocument], remove: Collection[str] = (), parts: Iterable[PendingSegments] = ()
    ) -> None:
        """Add entries, replacing those of the same id, and remove others by id: all of it or, on an error, nothing.

        `parts` are entries, too, of which no id comes twice. They are asked for when `add` is stored, and also where
        that fails: what other processes have stored by then goes.

        Raises `IndexLocked` where another process is writing, `StorageError` where files cannot be written.
        """

    def view(self) -> Searcher:
        """Return the newest state."""

    def stored(self) -> Iterator[tuple[str, Document | None]]:
        """Yield each article's id and, if it is whole, the article itself, whatever else is damaged.

        An engine that another version of searchkit has made is read too.
        """

    def close(self) -> None:
        """Let go of all files."""


class EngineFactory(Protocol):
    """Makes and opens engines; an engine's class is one."""

    def create(self, folder: Path) -> None:
        """Make an empty engine in an empty folder."""

    def __call__(self, folder: Path) -> Engine:
        """Return the engine in `folder`."""
