"""The routes of an article: its page, and the page of the articles like it.

Those are asked for apart, so that however long they take, the article is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from searchkit.errors import ArticleNotFound
from searchkit.index import Index
from searchkit.printable import safe_link
from searchkit.results import Results
from searchkit.web.article.article_view import ArticleParagraph, paragraphs
from searchkit.web.article.citation import citation
from searchkit.web.index_service import IndexService, similar
from searchkit.web.rendering import Renderer, params_of, texts_of
from searchkit.web.search_params import MAX_OFFSET, SearchParams
from searchkit.web.settings import Settings
from searchkit.work import count_work


class Neighbours(NamedTuple):
    """The results before and after an article, as query strings; empty where there is none."""

    previous: str = ""
    next: str = ""


class ArticlePages:
    """The routes for readers of an article."""

    def __init__(self, service: IndexService, renderer: Renderer, settings: Settings) -> None:
        self._service = service
        self._render = renderer.page
        self._url = settings.url
        self.router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        self.router.add_api_route("/article", self.article, methods=["GET"])
        self.router.add_api_route("/similar", self.similar, methods=["GET"])

    async def article(self, request: Request) -> HTMLResponse:
        """Return one article with all query words marked."""
        return await self._service.run(self._article, request, params_of(request).validated())

    def _article(self, index: Index, request: Request, asked: SearchParams) -> HTMLResponse:
        """Return the page of an article: a long one takes time to write."""
        params = asked if asked.id else replace(asked, id=_id_at(index, asked))
        article = index.highlighted(params.id, params.query(), rewrite=params.search_options().rewrite)
        site = (self._url or str(request.base_url)).rstrip("/")
        permanent = f"{site}/article{SearchParams().url(id=article.document.id)}"
        return self._render(
            "article.html",
            request,
            params,
            article=article,
            paragraphs=_counted(paragraphs(article)),
            original=safe_link(article.document.url),
            neighbours=_neighbours(index, params),
            matches=len(article.title.marks) + len(article.text.marks),
            permanent=permanent,
            citation=citation(article.document, texts_of(request, params), permanent),
        )

    async def similar(self, request: Request) -> HTMLResponse:
        """Return the articles like one."""
        params = params_of(request).validated()
        found = await self._service.run(similar, params.id)
        return self._render("similar.html", request, params, similar=found)


def _id_at(index: Index, params: SearchParams) -> str:
    """Return the id of the result at the rank of the parameters; raises `ArticleNotFound`."""
    if params.at:
        for hit in _results(index, params, 1):
            return hit.id
    raise ArticleNotFound("no article is named, and no result has that rank")


def _results(index: Index, params: SearchParams, limit: int) -> Results:
    return index.search(
        params.query(),
        limit=limit,
        offset=params.at - 1,
        sort=params.effective_sort(),
        options=params.search_options(),
    )


def _neighbours(index: Index, params: SearchParams) -> Neighbours:
    """Return the results beside an article that is itself one."""
    if not params.at:
        return Neighbours()
    last = min(_results(index, params, 0).distinct, MAX_OFFSET)
    return Neighbours(
        _result_url(params, params.at - 1) if params.at > 1 else "",
        _result_url(params, params.at + 1) if params.at < last else "",
    )


def _result_url(params: SearchParams, rank: int) -> str:
    return params.url(id="", at=rank, page=1 + (rank - 1) // params.per)


def _counted(some: Iterable[ArticleParagraph]) -> Iterator[ArticleParagraph]:
    """Yield paragraphs, and count them as work: a page may have a million."""
    for paragraph in some:
        count_work()
        yield paragraph
