"""The JSON API: the output of the command line without file paths."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Response
from starlette.convertors import PathConvertor, register_url_convertor

from searchkit.engines.base import Sort
from searchkit.index import Index
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.nodes import FieldFilter
from searchkit.query.parser import Query as ParsedQuery
from searchkit.query.parser import parse
from searchkit.results import Results
from searchkit.web.errors import Problem
from searchkit.web.index_service import SIMILAR, SUGGESTIONS, IndexService, search, similar, suggest
from searchkit.web.schemas import ArticleAnswer, HealthAnswer, ProblemAnswer, SearchAnswer, SuggestAnswer
from searchkit.web.search_params import MAX_QUERY_LENGTH
from searchkit.web.translations import translations
from searchkit_analyzers import LANGUAGES


class _AnyText(PathConvertor):
    """Reads ids from paths, line breaks included."""

    regex = r"[\s\S]*"


register_url_convertor("any", _AnyText())

MAX_LIMIT = 100
"""Hits of one response."""
MAX_OFFSET = 10_000
"""Hits that may be passed over: each costs time, and nobody pages further."""

if TYPE_CHECKING:
    LanguageCode = str
else:
    LanguageCode = Literal[tuple(LANGUAGES)]

QueryText = Annotated[
    str,
    Query(max_length=MAX_QUERY_LENGTH, description="A query; see docs/reference/query-language.md."),
]
Limit = Annotated[int, Query(ge=0, le=MAX_LIMIT, description="Number of articles.")]
Id = Annotated[str, Path(description="The id of an article, as a search returns it.")]

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    422: {"model": ProblemAnswer, "description": "A parameter is wrong, or the query too long"},
    503: {"model": ProblemAnswer, "description": "The query takes too long, or the index cannot be read now"},
}
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": ProblemAnswer, "description": "No article has that id"}}


class Api:
    """The routes for programs."""

    def __init__(self, service: IndexService) -> None:
        self._service = service
        self.router = APIRouter(responses=_PROBLEMS)
        add = self.router.add_api_route
        add("/api/search", self.search, response_model=SearchAnswer)
        add("/api/suggest", self.suggest, response_model=SuggestAnswer)
        add("/api/articles/{id:any}", self.article, response_model=ArticleAnswer, responses=_NOT_FOUND)
        add("/api/similar/{id:any}", self.similar, response_model=SearchAnswer, responses=_NOT_FOUND)
        add("/health", self.health, response_model=HealthAnswer)

    async def search(
        self,
        q: QueryText,
        limit: Limit = 10,
        offset: Annotated[int, Query(ge=0, le=MAX_OFFSET, description="Number of articles to pass over.")] = 0,
        sort: Annotated[Sort, Query(description="Best first or newest first.")] = "score",
        lang: Annotated[LanguageCode | None, Query(description="Only articles in this language.")] = None,
        across: Annotated[bool, Query(description="Search in the other language too.")] = False,
    ) -> Response:
        """Find articles; a word is found in all its forms."""
        query = partial(_parsed, q, lang)
        options = SearchOptions(Rewrite(translations=across))
        results = await self._service.run(search, query, limit=limit, offset=offset, sort=sort, options=options)
        return json_response(_without_paths(results))

    async def suggest(
        self, q: QueryText, limit: Annotated[int, Query(ge=1, le=MAX_LIMIT, description="How many.")] = SUGGESTIONS
    ) -> Response:
        """Complete a query that is being typed."""
        return json_response({"suggestions": list(await self._service.run(suggest, q, limit))})

    async def article(self, id: Id) -> Response:
        """Return one article."""
        return await self._service.run(_article, id)

    async def similar(self, id: Id, limit: Limit = SIMILAR) -> Response:
        """Find articles like one."""
        return json_response(_without_paths(await self._service.run(similar, id, limit)))

    async def health(self) -> Response:
        """Tell whether the index answers queries; 503 where it does not."""
        await self._service.check()
        return json_response({"status": "ok"})


def problem_response(problem: Problem) -> Response:
    """Return a problem as JSON with an English sentence."""
    return json_response({"error": problem.sentence(translations("en"))}, problem.status)


def json_response(values: dict[str, Any], status: int = 200) -> Response:
    """Return a JSON response with letters unescaped."""
    return Response(json.dumps(values, ensure_ascii=False), status, media_type="application/json")


def _article(index: Index, id_: str) -> Response:
    """Return an article as a response: a long one takes time to write."""
    fields = index.document(id_).to_dict()
    del fields["cut"]
    return json_response(fields | {"path": ""})


def _parsed(text: str, language: str | None) -> ParsedQuery:
    query = parse(text)
    return query.within(FieldFilter("language", language)) if language else query


def _without_paths(results: Results) -> dict[str, Any]:
    """Return results as the command line prints them, with empty file paths."""
    values = results.to_dict()
    for hit in values["hits"]:
        hit["path"] = ""
    return values
