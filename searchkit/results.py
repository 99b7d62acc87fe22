"""The results of searching and indexing: hits with snippets, counts of changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from searchkit.document import Document
from searchkit.parts import Part

if TYPE_CHECKING:
    from searchkit.explanation import ScoreExplanation


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text with the words of a query marked."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """(start, end) of each mark, in code points of `text`; ascending, without overlaps."""

    def render(self, before: str = "<mark>", after: str = "</mark>", *, html: bool | None = None) -> str:
        """Return the text with markup around each mark.

        Args:
            before: The markup before a mark.
            after: The markup after a mark.
            html: Whether to escape the text for HTML; by default, if `before` contains a tag.

        Returns:
            The marked text.
        """
        clean = escape if ("<" in before if html is None else html) else str
        parts, at = [], 0
        for start, end in self.marks:
            parts += [clean(self.text[at:start]), before, clean(self.text[start:end]), after]
            at = end
        return "".join([*parts, clean(self.text[at:])])

    def to_dict(self) -> dict[str, Any]:
        """Return the snippet as it appears in JSON."""
        return {"text": self.text, "marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matched, with its snippet."""

    rank: int
    """Its position in the ranking, from 1."""
    score: float
    document: Document
    heading: Snippet
    """The title, with marks."""
    snippet: Snippet
    copies: int = 0
    """How many near-duplicates of it match too, and are not shown."""
    explanation: tuple[ScoreExplanation, ...] | None = None
    """The part of the score that each query word adds, with `SearchOptions.explain`."""
    passage_part: Part | None = None
    """The page or chapter of the snippet's best passage, where the article has such parts."""

    @property
    def part(self) -> str:
        """The name of the page or chapter of the snippet; empty where there are none."""
        return self.passage_part.name if self.passage_part else ""

    @property
    def id(self) -> str:
        """The article's id."""
        return self.document.id

    @property
    def title(self) -> str:
        """Its title, without marks."""
        return self.document.title

    @property
    def language(self) -> str:
        """The code of its language, or several joined by ``+``."""
        return self.document.language

    @property
    def date(self) -> str:
        """Its date of publication, ISO 8601."""
        return self.document.date

    @property
    def source(self) -> str:
        """Its publisher."""
        return self.document.source

    @property
    def author(self) -> str:
        """The name of its author."""
        return self.document.author

    @property
    def url(self) -> str:
        """Its address on the web."""
        return self.document.url

    @property
    def path(self) -> str:
        """The file that it was read from."""
        return self.document.path

    def to_dict(self) -> dict[str, Any]:
        """Return the hit as it appears in JSON."""
        names = ("id", "title", "language", "date", "source", "author", "url", "path")
        explanation = {} if self.explanation is None else {"explanation": [each.to_dict() for each in self.explanation]}
        return (
            {"rank": self.rank, "score": round(self.score, 4)}
            | {name: getattr(self.document, name) for name in names}
            | {"part": self.part, "copies": self.copies}
            | {"title_marks": self.heading.to_dict()["marks"], "snippet": self.snippet.to_dict()}
            | explanation
        )


@dataclass(frozen=True, slots=True)
class HighlightedDocument:
    """A whole article, with the words of a query marked."""

    document: Document
    title: Snippet
    text: Snippet


@dataclass(frozen=True, slots=True)
class Correction:
    """A piece of a query that was searched otherwise than typed."""

    typed: str
    understood: str
    kind: str
    """``layout``, ``letters``, ``latin``, ``typo``, ``glued``, ``apart``, or ``name``.

    The last is a spelling that was added."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """An alternative to a piece of a query, searched beside its own words."""

    typed: str
    added: str
    kind: str
    """``synonym``, ``learned`` from the articles, ``place``, ``translation`` or ``name``.

    The last two are in another language."""


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a search; iteration, `len` and indexing give its hits."""

    query: str
    """The text of the query."""
    total: int
    """How many articles match, on all pages, near-duplicates included."""
    hits: Sequence[Hit]
    """The page of hits that was asked for."""
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For ``language``, ``year``, ``source`` and ``author``: the number of all matches by value."""
    corrections: Sequence[Correction] = ()
    """The pieces of the query that were searched otherwise than typed."""
    synonyms: Sequence[Expansion] = ()
    """The alternatives that were searched, too, where the index contains them."""
    hints: Sequence[str] = ()
    """A sentence for each invalid piece of the query."""
    took_ms: float = 0.0
    """The duration of the search, in milliseconds."""

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, index: int) -> Hit:
        return self.hits[index]

    def to_dict(self) -> dict[str, Any]:
        """Return the results as they appear in JSON."""
        return {
            "query": self.query,
            "total": self.total,
            "took_ms": round(self.took_ms, 2),
            "corrections": [asdict(correction) for correction in self.corrections],
            "synonyms": [asdict(expansion) for expansion in self.synonyms],
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
            "hits": [hit.to_dict() for hit in self.hits],
        }


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of an index's documents, terms and bytes."""

    documents: int
    segments: int
    terms: int
    bytes: int
    """The size of its files on disk."""
    languages: Mapping[str, int]
    """The number of documents in each language, or combination of languages."""
    last_commit: str
    """ISO 8601, UTC, to the second."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read."""

    path: str
    """The path of its file; for an article of a feed, its line follows."""
    error: str
    """One sentence."""


@dataclass(frozen=True, slots=True)
class ReplacedDocument:
    """An article that another one has replaced, since both have one id."""

    id: str
    path: str
    """The file of the article that is gone; empty where it came from no file."""
    by: str
    """The file of the article that the index has now."""

    def __str__(self) -> str:
        old, new = self.path or "-", self.by or "-"
        if old == new:
            return f"{self.id} stands in {new} more than once, and the last of them counts"
        return f"{self.id} stands in {old} and in {new}, and the latter counts"


@dataclass(slots=True)
class Changes:
    """Counts of documents that an update added, changed, removed or left alone; its failures."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)
    remarks: dict[str, int] = field(default_factory=dict)
    """How often something was left out or mended, by kind: *redirects left out*."""
    replaced: list[ReplacedDocument] = field(default_factory=list)
    """Articles that others of the same ids replaced, in this run or from other files."""

    @property
    def read(self) -> int:
        """How many articles could be read."""
        return self.added + self.changed + self.unchanged

    @property
    def failed(self) -> int:
        """How many articles could not be read."""
        return len(self.failures)

    def to_dict(self) -> dict[str, Any]:
        """Return the counts as they appear in JSON."""
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "unchanged": self.unchanged,
            "failed": self.failed,
            "failures": [{"path": failure.path, "error": failure.error} for failure in self.failures],
            "remarks": self.remarks,
            "replaced": [asdict(replacement) for replacement in self.replaced],
        }

    def __str__(self) -> str:
        return (
            f"added {self.added}, changed {self.changed}, removed {self.removed}, "
            f"unchanged {self.unchanged}, failed {self.failed}"
        )
