"""HTML pages: search results, the values of a facet, query help, problems.

A page depends on its URL alone.
"""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from starlette.exceptions import HTTPException

from searchkit.web.errors import Problem
from searchkit.web.index_service import IndexService
from searchkit.web.rendering import Renderer, params_of, texts_of
from searchkit.web.result_page.counted_search import counted_search
from searchkit.web.result_page.facets import PARAMETERS, facets, whole_facet
from searchkit.web.result_page.paging import Paging
from searchkit.web.result_page.timeline import bars, spans
from searchkit.web.search_params import MAX_QUERY_LENGTH

LATEST = 5
"""Articles on the start page."""


class Pages:
    """The routes for people, but for those of an article."""

    def __init__(self, service: IndexService, renderer: Renderer) -> None:
        self._service = service
        self._render = renderer.page
        self.router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        for path, page in (("/", self.search), ("/values", self.values), ("/help", self.help)):
            self.router.add_api_route(path, page, methods=["GET"])

    async def search(self, request: Request) -> HTMLResponse:
        """Return a result page; without a query, the newest articles."""
        params = params_of(request).validated()
        size = LATEST if params.is_empty else params.per
        found = await self._service.run(counted_search, params, size, (params.page - 1) * size)
        return self._render(
            "search.html",
            request,
            params,
            results=found.results,
            paging=Paging(params.page, size, found.results.distinct),
            facets=facets(found.counts, params, texts_of(request, params)),
            bars=bars(found.counts, params),
            spans=spans(params, date.today()),
            is_embedded=found.is_embedded,
        )

    async def values(self, request: Request) -> HTMLResponse:
        """Return all values of one facet, or those that contain a text."""
        params = params_of(request).validated()
        name, containing = (request.query_params.get(key, "")[:MAX_QUERY_LENGTH] for key in ("facet", "containing"))
        if name not in PARAMETERS:
            raise HTTPException(404)
        found = await self._service.run(counted_search, params, 0, 0)
        facet = whole_facet(name, containing, found.counts, params, texts_of(request, params))
        return self._render("values.html", request, params, facet=facet, containing=containing)

    async def help(self, request: Request) -> HTMLResponse:
        """Return the page that explains the query language."""
        return self._render("help.html", request, params_of(request).shortened())

    def problem(self, request: Request, problem: Problem) -> HTMLResponse:
        """Return an error page in the language of the reader."""
        params = params_of(request).shortened()
        sentence = problem.sentence(texts_of(request, params))
        return self._render("problem.html", request, params, status=problem.status, sentence=sentence)
