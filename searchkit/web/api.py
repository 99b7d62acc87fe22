"""The JSON API: the output of the command line without file paths."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import JSONResponse, StreamingResponse
from pydantic import BaseModel
from starlette.convertors import PathConvertor, register_url_convertor

from searchkit.index import Index
from searchkit.results import Results
from searchkit.web.api_params import MAX_LIMIT, Asked, Id, Limit, Offset, QueryText, asked
from searchkit.web.errors import Problem
from searchkit.web.index_service import SIMILAR, SUGGESTIONS, IndexService, search, similar, suggest
from searchkit.web.schemas import ArticleAnswer, HealthAnswer, ProblemAnswer, SearchAnswer, SuggestAnswer
from searchkit.web.translations import translations


class _AnyText(PathConvertor):
    """Reads ids from paths, line breaks included."""

    regex = r"[\s\S]*"


register_url_convertor("any", _AnyText())

_BATCH = 500
"""Hits that are found at a time where all are sent."""
_LINES = "application/x-ndjson"

_Search = Annotated[Asked, Depends(asked)]

_PROBLEMS: dict[int | str, dict[str, Any]] = {
    422: {"model": ProblemAnswer, "description": "A parameter is wrong, or the query too long"},
    503: {"model": ProblemAnswer, "description": "The query takes too long, or the index cannot be read now"},
}
_NOT_FOUND: dict[int | str, dict[str, Any]] = {404: {"model": ProblemAnswer, "description": "No article has that id"}}
_ALL_HITS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "One hit in each line, as `hits` of a search has them",
        "content": {_LINES: {"schema": {"type": "string"}}},
    },
}
_TAGS = {"search": "Find articles, and complete queries", "articles": "Read articles", "server": "Watch the server"}
TAGS = [{"name": name, "description": description} for name, description in _TAGS.items()]
"""The groups of addresses in the description of the API."""


class Api:
    """The routes for programs."""

    def __init__(self, service: IndexService) -> None:
        self._service = service
        self.router = APIRouter(responses=_PROBLEMS)
        self._add("/api/search", self.search, "search", SearchAnswer)
        self._add("/api/hits", self.hits, "search", None, _ALL_HITS, StreamingResponse)
        self._add("/api/suggest", self.suggest, "search", SuggestAnswer)
        self._add("/api/articles/{id:any}", self.article, "articles", ArticleAnswer, _NOT_FOUND)
        self._add("/api/similar/{id:any}", self.similar, "articles", SearchAnswer, _NOT_FOUND)
        self._add("/health", self.health, "server", HealthAnswer)

    def _add(
        self,
        path: str,
        answer: Callable[..., Any],
        tag: str,
        model: type[BaseModel] | None,
        responses: dict[int | str, dict[str, Any]] | None = None,
        response_class: type[Response] = JSONResponse,
    ) -> None:
        self.router.add_api_route(
            path,
            answer,
            tags=[tag],
            operation_id=answer.__name__,
            response_model=model,
            responses=responses,
            response_class=response_class,
        )

    async def search(self, asked: _Search, limit: Limit = 10, offset: Offset = 0) -> Response:
        """Find articles; a word is found in all its forms."""
        results = await self._service.run(
            search, asked.query, limit=limit, offset=offset, sort=asked.sort, options=asked.options
        )
        return json_response(_without_paths(results))

    async def hits(self, asked: _Search) -> Response:
        """Return all hits of a search, one line of JSON for each."""
        first = await self._batch(asked, 0)  # what is wrong shows before the answer begins
        return StreamingResponse(self._lines(asked, first), media_type=_LINES)

    async def _lines(self, asked: Asked, batch: list[dict[str, Any]]) -> AsyncIterator[str]:
        """Yield the lines of a batch, and of all that follow."""
        offset = 0
        while batch:
            yield "".join(f"{json.dumps(hit, ensure_ascii=False)}\n" for hit in batch)
            offset += _BATCH
            batch = await self._batch(asked, offset) if len(batch) == _BATCH else []

    async def _batch(self, asked: Asked, offset: int) -> list[dict[str, Any]]:
        results = await self._service.run(
            search, asked.query, limit=_BATCH, offset=offset, sort=asked.sort, options=asked.options
        )
        hits: list[dict[str, Any]] = _without_paths(results)["hits"]
        return hits

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
    parameter = {"parameter": problem.parameter} if problem.parameter else {}
    return json_response({"error": problem.sentence(translations("en"))} | parameter, problem.status)


def json_response(values: dict[str, Any], status: int = 200) -> Response:
    """Return a JSON response with letters unescaped."""
    return Response(json.dumps(values, ensure_ascii=False), status, media_type="application/json")


def _article(index: Index, id_: str) -> Response:
    """Return an article as a response: a long one takes time to write."""
    fields = index.document(id_).to_dict()
    del fields["cut"]
    return json_response(fields | {"path": ""})


def _without_paths(results: Results) -> dict[str, Any]:
    """Return results as the command line prints them, with empty file paths."""
    values = results.to_dict()
    for hit in values["hits"]:
        hit["path"] = ""
    return values
