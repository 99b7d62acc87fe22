"""What the API answers, as its description (OpenAPI) tells programs."""

from __future__ import annotations

from pydantic import BaseModel, Field


class SnippetAnswer(BaseModel):
    """A passage, and where in it marked words begin and end (code points)."""

    text: str
    marks: list[tuple[int, int]]


class HitAnswer(BaseModel):
    """An article that matched."""

    rank: int = Field(description="Its place in the ranking, from 1.")
    score: float
    id: str
    title: str
    language: str = Field(description="kk, ru or kk+ru.")
    date: str = Field(description="ISO 8601, as exact as it is known; empty where it is not.")
    source: str
    author: str
    url: str
    path: str = Field(description="Always empty: where files lie is nobody's business.")
    copies: int = Field(description="How many copies of it match too, and are not shown.")
    title_marks: list[tuple[int, int]]
    snippet: SnippetAnswer


class CorrectionAnswer(BaseModel):
    """A piece of the question that was understood otherwise than typed."""

    typed: str
    understood: str
    kind: str


class SearchAnswer(BaseModel):
    """The answer to a question, as ``searchkit search --json`` prints it."""

    query: str
    total: int
    took_ms: float
    corrections: list[CorrectionAnswer]
    facets: dict[str, dict[str, int]]
    hits: list[HitAnswer]


class SuggestAnswer(BaseModel):
    """What an unfinished question may become, the likeliest first."""

    suggestions: list[str]


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
    path: str = Field(description="Always empty: where files lie is nobody's business.")
    tags: list[str]
    languages: list[str] = Field(description="The language of each paragraph.")


class HealthAnswer(BaseModel):
    """Whether questions can be answered."""

    status: str


class ProblemAnswer(BaseModel):
    """What went wrong, in a sentence."""

    error: str
