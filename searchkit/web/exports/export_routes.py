"""The routes that give results as files."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from searchkit.index import Index
from searchkit.results import Results
from searchkit.web.exports.tables import as_csv, as_workbook, rows
from searchkit.web.index_service import IndexService
from searchkit.web.rendering import MAX_EXPORT, Renderer, params_of, texts_of
from searchkit.web.search_params import SearchParams

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Exports:
    """The routes for whoever takes results elsewhere."""

    def __init__(self, service: IndexService, renderer: Renderer) -> None:
        self._service = service
        self._render = renderer.page
        self.router = APIRouter(include_in_schema=False)
        for ending, export in (("csv", self.csv), ("xlsx", self.workbook), ("html", self.page)):
            self.router.add_api_route(f"/export.{ending}", export, methods=["GET"])

    async def csv(self, request: Request) -> Response:
        """Return the results as CSV."""
        return await self._service.run(_csv, request, params_of(request).validated())

    async def workbook(self, request: Request) -> Response:
        """Return the results as a workbook for Excel."""
        return await self._service.run(_workbook, request, params_of(request).validated())

    async def page(self, request: Request) -> Response:
        """Return the results as a page without anything else, which Word opens."""
        return await self._service.run(self._page, request, params_of(request).validated())

    def _page(self, index: Index, request: Request, params: SearchParams) -> Response:
        response = self._render("export.html", request, params, results=_results(index, params))
        response.headers.update(_attachment("html"))
        return response


def _results(index: Index, params: SearchParams) -> Results:
    return index.search(params.query(), limit=MAX_EXPORT, sort=params.effective_sort(), options=params.search_options())


def _csv(index: Index, request: Request, params: SearchParams) -> Response:
    table = rows(_results(index, params), texts_of(request, params))
    return Response(as_csv(table), headers=_attachment("csv"), media_type="text/csv; charset=utf-8")


def _workbook(index: Index, request: Request, params: SearchParams) -> Response:
    table = rows(_results(index, params), texts_of(request, params))
    return Response(as_workbook(table), headers=_attachment("xlsx"), media_type=_WORKBOOK)


def _attachment(ending: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="articles.{ending}"', "Vary": "Accept-Language"}
