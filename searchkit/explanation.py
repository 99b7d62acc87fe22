"""Explanations of a hit's score, word by word, in figures and in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

MatchKind = Literal[
    "any form", "as typed", "perhaps meant", "another name", "akin", "begins so", "exactly so", "in this order"
]
"""How a query word matches a term of a document."""

_MAX_TERMS_SHOWN = 5
"""The number of terms that a sentence lists for one word: a prefix may match thousands."""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term under which a query word matches a document, with its frequencies.

    Attributes:
        term: A lemma, a form, the coarse key of a word family, or the text of a phrase.
        how: How the word matches the term.
        in_title: The number of occurrences in the title.
        in_text: The number of occurrences in the text.
    """

    term: str
    how: MatchKind
    in_title: int
    in_text: int

    @property
    def count(self) -> int:
        """The number of occurrences in title and text."""
        return self.in_title + self.in_text

    def to_dict(self) -> dict[str, Any]:
        """Return the match as its JSON object."""
        return {"term": self.term, "how": self.how, "title": self.in_title, "text": self.in_text}

    def __str__(self) -> str:
        fields = {"in the title": self.in_title, "in the text": self.in_text}
        counts = " and ".join(f"{_times(count)} {field}" for field, count in fields.items() if count)
        return f"{self._label} {counts}"

    @property
    def _label(self) -> str:
        match self.how:
            case "any form":
                return f"“{self.term}” in any form"
            case "as typed":
                return "as typed"
            case "akin":
                return f"words akin to it (“{self.term.rstrip('-')}…”)"
            case "another name":
                return f"{self.term}, another name of it,"
            case "perhaps meant":
                return f"“{self.term}”, perhaps meant,"
            case "begins so":
                return f"“{self.term}”"
            case _:
                return self.how


@dataclass(frozen=True, slots=True)
class ScoreExplanation:
    """The part of a document's score that one query word or phrase adds.

    Attributes:
        word: The word as it is searched: ``законы``, ``!закон``, ``зак*``, ``"два слова"``,
            ``title:закон``.
        terms: The terms that match in the document; one occurrence may match under several.
        doc_freq: The number of documents that contain it; for a word with lemmas, its most frequent
            lemma.
        doc_count: The number of all documents.
        idf: Its inverse document frequency; for a phrase, the sum over its words.
        weight: Its weight: below 1 for function words, above 1 for key words of a similar document.
        points: The score that it adds.
        share: The points as a share of the score, from 0 to 1.

    >>> matches = (TermMatch("закон", "any form", 0, 3),)
    >>> print(ScoreExplanation("законы", matches, 4, 52, 2.47, 1.0, 6.1, 0.5))
    50 % законы: 6.10 points, “закон” in any form 3 times in the text; 4 of 52 articles have it
    """

    word: str
    terms: tuple[TermMatch, ...]
    doc_freq: int
    doc_count: int
    idf: float
    weight: float
    points: float
    share: float

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as its JSON object."""
        return {
            "word": self.word,
            "terms": [term.to_dict() for term in self.terms],
            "articles": self.doc_freq,
            "of": self.doc_count,
            "idf": round(self.idf, 4),
            "weight": self.weight,
            "points": round(self.points, 4),
            "percent": round(100 * self.share, 1),
        }

    def __str__(self) -> str:
        share = f"{100 * self.share:.0f} %" if self.points else "–"
        points = f"{self.points:.2f} points" if self.points else "adds nothing here"
        weight = f" (counts {self.weight:g})" if self.weight != 1 else ""
        doc_freq = f"{self.doc_freq} of {self.doc_count} articles {'has' if self.doc_freq == 1 else 'have'} it"
        return f"{share} {self.word}{weight}: {', '.join([points, *self._term_phrases])}; {doc_freq}"

    @property
    def _term_phrases(self) -> list[str]:
        """The most frequent terms in words; akin words only where they outnumber forms."""
        most_forms = max((term.count for term in self.terms if term.how != "akin"), default=0)
        shown = [term for term in self.terms if term.how != "akin" or term.count > most_forms]
        shown.sort(key=lambda term: -term.count)
        more = len(shown) - _MAX_TERMS_SHOWN
        return [*map(str, shown[:_MAX_TERMS_SHOWN]), *[f"and {more} more"] * (more > 0)]


@dataclass(frozen=True, slots=True)
class MeaningExplanation:
    """The part of a hit's score that its meaning adds, with `SearchOptions.meaning`.

    Attributes:
        points: The score that it adds; less than 0 where the article is about something else.
        passage: The beginning of the passage that is most like the question.

    >>> print(MeaningExplanation(8.31, "Паводковая ситуация стабильна"))
    by meaning: 8.3 points, like «Паводковая ситуация стабильна»
    """

    points: float
    passage: str

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation as its JSON object."""
        return {"points": round(self.points, 4), "passage": self.passage}

    def __str__(self) -> str:
        return f"by meaning: {self.points:.1f} points, like «{self.passage}»"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
