"""What a search hands back: hits with titles, snippets and marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from searchkit.document import Document

if TYPE_CHECKING:
    from searchkit.explanation import ScoreExplanation


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text with the words marked that a question asked for."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()
    """(start, end) of each marked stretch, in code points of `text`; ascending, without overlaps."""

    def render(self, before: str = "<mark>", after: str = "</mark>", *, html: bool | None = None) -> str:
        """Return the text with `before` and `after` around each mark.

        With `html`, the text is escaped for HTML; unless told, it is where `before` holds a tag.
        """
        clean = escape if ("<" in before if html is None else html) else str
        parts, at = [], 0
        for start, end in self.marks:
            parts += [clean(self.text[at:start]), before, clean(self.text[start:end]), after]
            at = end
        return "".join([*parts, clean(self.text[at:])])

    def to_dict(self) -> dict[str, Any]:
        """Return it as it appears in JSON."""
        return {"text": self.text, "marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matched."""

    rank: int
    """Its place in the ranking, from 1."""
    score: float
    document: Document
    heading: Snippet
    """The title, with marks."""
    snippet: Snippet
    copies: int = 0
    """How many copies of it match too, and are not shown."""
    explanation: tuple[ScoreExplanation, ...] | None = None
    """What each word of the question adds to the score, where that was asked for."""

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
        """Its language: ``kk``, ``ru`` or ``kk+ru``."""
        return self.document.language

    @property
    def date(self) -> str:
        """Its date of publication, ISO 8601."""
        return self.document.date

    @property
    def source(self) -> str:
        """Who published it."""
        return self.document.source

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self.document.author

    @property
    def url(self) -> str:
        """Where it stands on the web."""
        return self.document.url

    @property
    def path(self) -> str:
        """The file that it was read from."""
        return self.document.path

    def to_dict(self) -> dict[str, Any]:
        """Return it as it appears in JSON."""
        why = {} if self.explanation is None else {"explanation": [reason.to_dict() for reason in self.explanation]}
        names = ("id", "title", "language", "date", "source", "author", "url", "path")
        return (
            {"rank": self.rank, "score": round(self.score, 4)}
            | {name: getattr(self.document, name) for name in names}
            | {"copies": self.copies}
            | {"title_marks": self.heading.to_dict()["marks"], "snippet": self.snippet.to_dict()}
            | why
        )


@dataclass(frozen=True, slots=True)
class HighlightedDocument:
    """A whole article, with the words marked that a question asked for."""

    document: Document
    title: Snippet
    text: Snippet


@dataclass(frozen=True, slots=True)
class Correction:
    """A piece of a question that was understood otherwise than typed."""

    typed: str
    understood: str
    kind: str
    """``layout``, ``letters``, ``latin``, ``typo``, ``glued``, ``apart``, or ``name`` for a spelling that was added."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """Something else by which a question is met, beside its own words."""

    typed: str
    added: str
    kind: str
    """``synonym``, ``learned`` from the articles, ``place``, or ``translation`` and ``name`` across languages."""


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a question; iterating gives the hits."""

    query: str
    total: int
    """How many articles match in all, on whatever page they are, copies too."""
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """For ``language``, ``year``, ``source`` and ``author``: how many of all matches have which value."""
    corrections: Sequence[Correction] = ()
    """What was understood otherwise than typed."""
    synonyms: Sequence[Expansion] = ()
    """What else it is met by, where the index has that."""
    hints: Sequence[str] = ()
    """What of the question could not be understood, a sentence each."""
    took_ms: float = 0.0

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, place: int) -> Hit:
        return self.hits[place]

    def to_dict(self) -> dict[str, Any]:
        """Return it as it appears in JSON."""
        return {
            "query": self.query,
            "total": self.total,
            "took_ms": round(self.took_ms, 2),
            "corrections": [asdict(correction) for correction in self.corrections],
            "synonyms": [asdict(added) for added in self.synonyms],
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
            "hits": [hit.to_dict() for hit in self.hits],
        }


@dataclass(frozen=True, slots=True)
class Failure:
    """An article that could not be read."""

    path: str
    error: str


@dataclass(slots=True)
class Changes:
    """How many documents an update added, changed, removed or left alone, and what it failed to read."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    failures: list[Failure] = field(default_factory=list)

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
        }

    def __str__(self) -> str:
        return (
            f"added {self.added}, changed {self.changed}, removed {self.removed}, "
            f"unchanged {self.unchanged}, failed {self.failed}"
        )
