"""Response bodies of the API, as its OpenAPI description lists them."""

from __future__ import annotations

from pydantic import BaseModel, Field

from searchkit_analyzers import LANGUAGES

_NO_PATH = "Always empty: file paths are not published."


class SnippetAnswer(BaseModel):
    """A passage, and where its marks start and end, in code points."""

    text: str
    marks: list[tuple[int, int]]


class TermAnswer(BaseModel):
    """A term under which a word of the query matches an article."""

    term: str
    how: str
    title: int
    text: int


class ExplanationAnswer(BaseModel):
    """What one word or phrase of the query adds to the score of a hit."""

    word: str
    terms: list[TermAnswer]
    articles: int
    of: int
    idf: float
    weight: float
    points: float
    percent: float


class PassageAnswer(BaseModel):
    """A verbatim passage of an article, and where it stands in its text, in code points."""

    text: str
    start: int
    end: int
    part: str
    score: float
    marks: list[tuple[int, int]]


class MeaningAnswer(BaseModel):
    """The part of a hit's score that its meaning adds, and the passage like the question."""

    points: float
    passage: str


class HitAnswer(BaseModel):
    """An article that matches the query."""

    rank: int = Field(description="Its position in the ranking, from 1.")
    score: float
    id: str
    title: str
    language: str = Field(description=f"One of {', '.join(LANGUAGES)}, or several of them joined by +.")
    date: str = Field(description="ISO 8601, as precise as it is known; empty where it is not.")
    source: str
    author: str
    url: str
    path: str = Field(description=_NO_PATH)
    part: str = Field(description="The page or chapter of the passage; empty where the article has none.")
    copies: int = Field(description="Near-duplicates of it that match too, and are not shown.")
    title_marks: list[tuple[int, int]]
    snippet: SnippetAnswer
    byline: SnippetAnswer = Field(description="The author, and the office where a word of the query stands in it.")
    passages: list[PassageAnswer] = Field(default=[], description="Where `passages` asks for them.")
    explanation: list[ExplanationAnswer] = Field(default=[], description="Where `explain` asks for it.")
    meaning: MeaningAnswer | None = Field(default=None, description="Where `meaning` asks for it.")


class CorrectionAnswer(BaseModel):
    """A part of the query that was searched in a corrected form."""

    typed: str
    understood: str
    kind: str


class ExpansionAnswer(BaseModel):
    """An alternative to a part of the query, which was searched beside it."""

    typed: str
    added: str
    kind: str


class SearchAnswer(BaseModel):
    """Search results, as ``searchkit search --json`` prints them."""

    query: str
    total: int = Field(description="All articles that match.")
    distinct: int = Field(description="The hits of all pages: of near-duplicates that are folded, one.")
    with_all_words: int | None = Field(default=None, description="Where it was counted: hits with all words.")
    took_ms: float
    corrections: list[CorrectionAnswer]
    synonyms: list[ExpansionAnswer] = Field(description="Other names and translations that were searched too.")
    hints: list[str] = Field(description="What was searched otherwise than typed, or not at all: a sentence each.")
    facets: dict[str, dict[str, int]] = Field(
        description="The number of all matches by value: `language`, `year`, `month`, `source`, `author`."
    )
    hits: list[HitAnswer]


class SuggestAnswer(BaseModel):
    """Completions of an unfinished query, the likeliest first."""

    suggestions: list[str]


class PartAnswer(BaseModel):
    """A page or a chapter of an article, and where it begins, in code points."""

    name: str
    start: int
    kind: str = Field(description="page or chapter")


class ArticleAnswer(BaseModel):
    """An article as it was indexed, as ``searchkit show --json`` prints it."""

    id: str
    title: str
    text: str
    language: str
    date: str
    source: str
    author: str
    office: str
    url: str
    path: str = Field(description=_NO_PATH)
    tags: list[str]
    languages: list[str] = Field(description="The language of each paragraph.")
    parts: list[PartAnswer] = Field(description="The pages or chapters of a long article.")


class HealthAnswer(BaseModel):
    """The state of the index: ``ok`` where it answers queries."""

    status: str


class ProblemAnswer(BaseModel):
    """An error as one sentence."""

    error: str
    parameter: str = Field(default="", description="The parameter that is wrong, where one is.")
