"""The results of searching: hits with snippets, facets, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from searchkit.document import Document
from searchkit.parts import Part, Passage

if TYPE_CHECKING:
    from searchkit.explanation import MeaningExplanation, ScoreExplanation


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of text with the words of a query marked.

    Attributes:
        text: The text.
        marks: (start, end) of each mark, in code points of `text`; ascending, without overlaps.
    """

    text: str
    marks: tuple[tuple[int, int], ...] = ()

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
        pieces = ((clean(text), is_marked) for text, is_marked in self.pieces())
        return "".join(f"{before}{text}{after}" if is_marked else text for text, is_marked in pieces)

    def pieces(self) -> Iterator[tuple[str, bool]]:
        """Yield the pieces of the text in order, and whether each is a mark."""
        at = 0
        for start, end in self.marks:
            yield self.text[at:start], False
            yield self.text[start:end], True
            at = end
        yield self.text[at:], False

    def to_dict(self) -> dict[str, Any]:
        """Return the snippet as it appears in JSON."""
        return {"text": self.text, "marks": [list(mark) for mark in self.marks]}


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that matched, with its snippet.

    Attributes:
        rank: Its position in the ranking, from 1.
        score: Its score; comparable within one search only.
        document: The article as it is stored.
        heading: The title, with marks.
        snippet: The passages of the text that best answer the query, with marks.
        copies: How many near-duplicates of it match too, and are not shown.
        explanation: The part of the score that each query word adds, with `SearchOptions.explain`.
        passage_part: The page or chapter of the snippet's best passage, where the article has such
            parts.
        byline: The author, with marks; the office follows where a word of the query stands in it.
        passages: The best passages of the text, with ``search(..., passages=True)``.
        meaning: The part of the score that its meaning adds, with `SearchOptions.meaning`.
    """

    rank: int
    score: float
    document: Document
    heading: Snippet
    snippet: Snippet
    copies: int = 0
    explanation: tuple[ScoreExplanation, ...] | None = None
    passage_part: Part | None = None
    byline: Snippet = Snippet("")
    passages: tuple[Passage, ...] = ()
    meaning: MeaningExplanation | None = None

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
            | {"byline": self.byline.to_dict()}
            | ({"meaning": self.meaning.to_dict()} if self.meaning else {})
            | explanation
            | ({"passages": [passage.to_dict() for passage in self.passages]} if self.passages else {})
        )


@dataclass(frozen=True, slots=True)
class HighlightedDocument:
    """A whole article, with the words of a query marked.

    Attributes:
        document: The article as it is stored.
        title: Its title, with marks.
        text: Its whole text, with marks.
        byline: The author, with marks; the office follows where a word of the query stands in it.
    """

    document: Document
    title: Snippet
    text: Snippet
    byline: Snippet = Snippet("")


@dataclass(frozen=True, slots=True)
class Correction:
    """A piece of a query that was searched otherwise than typed.

    Attributes:
        typed: The piece as typed.
        understood: The words that were searched.
        kind: ``layout``, ``letters``, ``latin``, ``typo``, ``glued``, ``apart``, or ``name``. The
            last is a spelling that was added.
    """

    typed: str
    understood: str
    kind: str


@dataclass(frozen=True, slots=True)
class Expansion:
    """An alternative to a piece of a query, searched beside its own words.

    Attributes:
        typed: The piece as typed.
        added: The alternative.
        kind: ``synonym``, ``learned`` from the articles, ``place``, ``translation`` or ``name``.
            The last two are in another language.
    """

    typed: str
    added: str
    kind: str


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a search; iteration, `len` and indexing give its hits.

    Attributes:
        query: The text of the query.
        total: How many articles match, on all pages, near-duplicates included.
        hits: The page of hits that was asked for.
        facets: For ``language``, ``year``, ``month``, ``source`` and ``author``: the number of all
            matches by value.
        corrections: The pieces of the query that were searched otherwise than typed.
        synonyms: The alternatives that were searched, too, where the index contains them.
        hints: A sentence for each piece of the query that was searched otherwise, or not at all.
        is_cut: Whether a part costs too much work, and was not searched; `hints` tell which.
        took_ms: The duration of the search, in milliseconds.
        distinct: How many articles all pages have together: `total` without the near-duplicates
            that are not shown.
        with_all_words: How many of the matches have all words of the query, apart from function
            words; None where that was not asked, or the query has one word.
    """

    query: str
    total: int
    hits: Sequence[Hit]
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    corrections: Sequence[Correction] = ()
    synonyms: Sequence[Expansion] = ()
    hints: Sequence[str] = ()
    is_cut: bool = False
    took_ms: float = 0.0
    distinct: int = 0
    with_all_words: int | None = None

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def __getitem__(self, index: int) -> Hit:
        return self.hits[index]

    @property
    def corrected_query(self) -> str:
        """The query with its corrections, or an empty text where there are none."""
        text = self.query if self.corrections else ""
        for typed, understood, kind in map(astuple, self.corrections):
            text = replaced(text, typed, f"{typed} ({understood})" if kind == "name" else understood)
        return text

    @property
    def exact_query(self) -> str:
        """The query that searches the corrected words exactly as typed: with ``!``."""
        text = self.query
        for correction in self.corrections:
            exact = " ".join(f"!{word}" for word in correction.typed.split())
            text = replaced(text, correction.typed, exact)
        return text

    def to_dict(self) -> dict[str, Any]:
        """Return the results as they appear in JSON."""
        return {
            "query": self.query,
            "total": self.total,
            "distinct": self.distinct,
            "with_all_words": self.with_all_words,
            "took_ms": round(self.took_ms, 2),
            "corrections": [asdict(correction) for correction in self.corrections],
            "synonyms": [asdict(expansion) for expansion in self.synonyms],
            "hints": list(self.hints),
            "facets": {name: dict(counts) for name, counts in self.facets.items()},
            "hits": [hit.to_dict() for hit in self.hits],
        }


def replaced(text: str, typed: str, other: str) -> str:
    """Return a text with another one in place of each whole occurrence of a typed one."""
    return re.sub(rf"(?<![\w!]){re.escape(typed)}(?!\w)", lambda _: other, text)


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts of an index's documents, terms and bytes.

    Attributes:
        documents: The number of documents.
        segments: The number of segments.
        terms: The number of distinct terms.
        bytes: The size of its files on disk.
        languages: The number of documents in each language, or combination of languages.
        last_commit: The time of the last commit: ISO 8601, UTC, to the second.
    """

    documents: int
    segments: int
    terms: int
    bytes: int
    languages: Mapping[str, int]
    last_commit: str
