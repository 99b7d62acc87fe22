"""The API for programs: JSON as the command line prints it, without the paths of files."""

from __future__ import annotations

import json
from functools import partial
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response

from searchkit.engines.base import Sort
from searchkit.index import Index
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.nodes import FieldFilter
from searchkit.query.parser import Query as Parsed
from searchkit.query.parser import parse
from searchkit.results import Results
from searchkit.web.errors import Problem
from searchkit.web.index_service import ALIKE, SUGGESTIONS, IndexService, ready, search, similar, suggest
from searchkit.web.schemas import ArticleAnswer, HealthAnswer, ProblemAnswer, SearchAnswer, SuggestAnswer
from searchkit.web.search_params import LONGEST
from searchkit.web.translations import wording

MOST = 100
"""Articles of one answer."""
FURTHEST = 10_000
"""How many articles may be passed over: each costs time, and nobody pages so far."""

Question = Annotated[str, Query(max_length=LONGEST, description="A question; docs/query-language.md tells how to ask.")]
Id = Annotated[str, Path(description="The id of an article, as a search answers it.")]

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    422: {"model": ProblemAnswer, "description": "A parameter is wrong, or the question too long"},
    503: {"model": ProblemAnswer, "description": "The question takes too long, or the index cannot be read now"},
}
_MISSING: dict[int | str, dict[str, Any]] = {404: {"model": ProblemAnswer, "description": "No article has that id"}}


class Api:
    """What programs can ask of one archive."""

    def __init__(self, archive: IndexService) -> None:
        self._archive = archive
        self.router = APIRouter(responses=_PROBLEMS)
        add = self.router.add_api_route
        add("/api/search", self.search, response_model=SearchAnswer)
        add("/api/suggest", self.suggest, response_model=SuggestAnswer)
        add("/api/articles/{id:path}", self.article, response_model=ArticleAnswer, responses=_MISSING)
        add("/api/similar/{id:path}", self.similar, response_model=SearchAnswer, responses=_MISSING)
        add("/health", self.health, response_model=HealthAnswer)

    async def search(
        self,
        q: Question,
        limit: Annotated[int, Query(ge=0, le=MOST, description="How many articles to answer.")] = 10,
        offset: Annotated[int, Query(ge=0, le=FURTHEST, description="How many to pass over.")] = 0,
        sort: Annotated[Sort, Query(description="What comes first: the best or the newest.")] = "score",
        lang: Annotated[Literal["kk", "ru"] | None, Query(description="Only articles in this language.")] = None,
        across: Annotated[bool, Query(description="Search in the other language too.")] = False,
    ) -> Response:
        """Find articles; a word is found in all its forms."""
        question = partial(_question, q, lang)
        options = SearchOptions(Rewrite(translations=across))
        found = await self._archive.ask(search, question, limit=limit, offset=offset, sort=sort, options=options)
        return answer(_told(found))

    async def suggest(
        self, q: Question, limit: Annotated[int, Query(ge=1, le=MOST, description="How many.")] = SUGGESTIONS
    ) -> Response:
        """Complete a question that is being typed."""
        return answer({"suggestions": list(await self._archive.ask(suggest, q, limit))})

    async def article(self, id: Id) -> Response:
        """Read an article."""
        facts = (await self._archive.ask(Index.document, id)).to_dict()
        del facts["cut"]
        return answer(facts | {"path": ""})

    async def similar(
        self, id: Id, limit: Annotated[int, Query(ge=0, le=MOST, description="How many articles to answer.")] = ALIKE
    ) -> Response:
        """Find articles like one."""
        return answer(_told(await self._archive.ask(similar, id, limit)))

    async def health(self) -> Response:
        """Tell whether questions can be answered; 503 where they cannot."""
        await self._archive.ask(ready)
        return answer({"status": "ok"})


def problem_answer(problem: Problem) -> Response:
    """Say what went wrong."""
    return answer({"error": problem.sentence(wording("en"))}, problem.status)


def answer(values: dict[str, Any], status: int = 200) -> Response:
    """Return JSON, letters as they are."""
    return Response(json.dumps(values, ensure_ascii=False), status, media_type="application/json")


def _question(text: str, language: str | None) -> Parsed:
    question = parse(text)
    return question.within(FieldFilter("language", language)) if language else question


def _told(results: Results) -> dict[str, Any]:
    """Return an answer as the command line prints it, but for where files lie."""
    told = results.to_dict()
    for hit in told["hits"]:
        hit["path"] = ""
    return told
