"""Why a hit scores what it does: a reason for each word or phrase of the question, in figures and in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

How = Literal[
    "any form", "as typed", "perhaps meant", "another name", "akin", "begins so", "exactly so", "in this order"
]

_MOST_TOLD = 5
"""Of so many terms of a word the plain words tell: thousands may begin like a prefix."""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term under which a word of the question stands in an article, and how often."""

    term: str
    """A lemma or a form; a coarse key, of which akin words have the same; a phrase as it was asked for."""
    how: How
    in_title: int
    in_text: int

    @property
    def count(self) -> int:
        """How often in all."""
        return self.in_title + self.in_text

    def to_dict(self) -> dict[str, Any]:
        """Return it as it appears in JSON."""
        return {"term": self.term, "how": self.how, "title": self.in_title, "text": self.in_text}

    def __str__(self) -> str:
        places = {"in the title": self.in_title, "in the text": self.in_text}
        counts = " and ".join(f"{_times(count)} {place}" for place, count in places.items() if count)
        return f"{self._named} {counts}"

    @property
    def _named(self) -> str:
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
    """What one word or phrase of a question adds to the score of one article.

    >>> print(Reason("законы", (TermMet("закон", "any form", 1, 3),), 4, 52, 2.47, 1.0, 6.1, 0.5))
    50 % законы: 6.10 points, “закон” in any form once in the title and 3 times in the text; 4 of 52 articles have it
    """

    word: str
    """As it is searched: ``законы``, ``!закон``, ``зак*``, ``"два слова"``, ``title:закон``."""
    terms: tuple[TermMatch, ...]
    """What of it is met in the article: an occurrence may be met under several terms."""
    articles: int
    """How many articles hold it; of a word with lemmas, how many hold the most frequent of them."""
    of: int
    """How many articles there are in all."""
    idf: float
    """How rare it is; of a phrase, how rare its words are together."""
    weight: float
    """What it counts beside other words: function words less, what tells much about an article to be like more."""
    points: float
    """What it adds to the score."""
    share: float
    """The same as a share of the score, from 0 to 1."""

    def to_dict(self) -> dict[str, Any]:
        """Return it as it appears in JSON."""
        return {
            "word": self.word,
            "terms": [term.to_dict() for term in self.terms],
            "articles": self.articles,
            "of": self.of,
            "idf": round(self.idf, 4),
            "weight": self.weight,
            "points": round(self.points, 4),
            "percent": round(100 * self.share, 1),
        }

    def __str__(self) -> str:
        share = f"{100 * self.share:.0f} %" if self.points else "–"
        points = f"{self.points:.2f} points" if self.points else "adds nothing here"
        weight = f" (counts {self.weight:g})" if self.weight != 1 else ""
        rarity = f"{self.articles} of {self.of} articles {'has' if self.articles == 1 else 'have'} it"
        return f"{share} {self.word}{weight}: {', '.join([points, *self._told])}; {rarity}"

    @property
    def _told(self) -> list[str]:
        """What is worth telling of the terms: akin words only where there are more of them than of its forms."""
        forms = max((term.count for term in self.terms if term.how != "akin"), default=0)
        told = [term for term in self.terms if term.how != "akin" or term.count > forms]
        told.sort(key=lambda term: -term.count)
        more = len(told) - _MOST_TOLD
        return [*map(str, told[:_MOST_TOLD]), *[f"and {more} more"] * (more > 0)]


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
