"""HTML pages: search results, one article, query help.

A page depends on its URL alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.exceptions import HTTPException

from searchkit.index import Index
from searchkit.printable import printable
from searchkit.results import Snippet
from searchkit.web.article_view import ArticleParagraph, paragraphs, safe_link
from searchkit.web.errors import Problem
from searchkit.web.index_service import IndexService, similar
from searchkit.web.result_page.counted_search import counted_search
from searchkit.web.result_page.facets import PARAMETERS, facets, whole_facet
from searchkit.web.result_page.paging import Paging
from searchkit.web.result_page.timeline import bars, spans
from searchkit.web.search_params import MAX_QUERY_LENGTH, PAGE_SIZES, SearchParams
from searchkit.web.settings import Settings
from searchkit.web.translations import UI_LANGUAGES, Translations, choose_translations, translations
from searchkit.work import count_work
from searchkit_analyzers import LANGUAGES

LATEST = 5
"""Articles on the start page."""
_STATIC_FILES = ("style.css", "suggest.js", "icon.svg")


class Pages:
    """The routes for people."""

    def __init__(self, service: IndexService, settings: Settings) -> None:
        self._service = service
        self._templates = _templates(settings.base)
        self.router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        self.router.add_api_route("/", self.search, methods=["GET"])
        self.router.add_api_route("/article", self.article, methods=["GET"])
        self.router.add_api_route("/values", self.values, methods=["GET"])
        self.router.add_api_route("/help", self.help, methods=["GET"])

    async def search(self, request: Request) -> HTMLResponse:
        """Return a result page; without a query, the newest articles."""
        params = _params(request).validated()
        size = LATEST if params.is_empty else params.per
        found = await self._service.run(counted_search, params, size, (params.page - 1) * size)
        texts = _texts(request, params)
        return self._page(
            "search.html",
            request,
            params,
            results=found.results,
            paging=Paging(params.page, size, found.results.distinct),
            facets=facets(found.counts, params, texts),
            bars=bars(found.counts, params),
            spans=spans(params, date.today()),
        )

    async def values(self, request: Request) -> HTMLResponse:
        """Return all values of one facet, or those that contain a text."""
        params = _params(request).validated()
        name, containing = (request.query_params.get(key, "")[:MAX_QUERY_LENGTH] for key in ("facet", "containing"))
        if name not in PARAMETERS:
            raise HTTPException(404)
        found = await self._service.run(counted_search, params, 0, 0)
        facet = whole_facet(name, containing, found.counts, params, _texts(request, params))
        return self._page("values.html", request, params, facet=facet, containing=containing)

    async def article(self, request: Request) -> HTMLResponse:
        """Return one article with all query words marked."""
        params = _params(request).validated()
        return await self._service.run(self._article_page, request, params)

    def _article_page(self, index: Index, request: Request, params: SearchParams) -> HTMLResponse:
        """Return the page of an article: a long one takes time to write."""
        article = index.highlighted(params.id, params.query(), rewrite=params.search_options().rewrite)
        return self._page(
            "article.html",
            request,
            params,
            article=article,
            paragraphs=_counted(paragraphs(article)),
            original=safe_link(article.document.url),
            similar=similar(index, params.id),
        )

    async def help(self, request: Request) -> HTMLResponse:
        """Return the page that explains the query language."""
        return self._page("help.html", request, _params(request).shortened())

    def problem(self, request: Request, problem: Problem) -> HTMLResponse:
        """Return an error page in the language of the reader."""
        params = _params(request).shortened()
        sentence = problem.sentence(_texts(request, params))
        return self._page("problem.html", request, params, status=problem.status, sentence=sentence)

    def _page(
        self, template: str, request: Request, params: SearchParams, status: int = 200, **values: Any
    ) -> HTMLResponse:
        texts = _texts(request, params)
        html = self._templates.get_template(template).render(params=params, texts=texts, **values)
        return HTMLResponse(html, status, {"Content-Language": texts.language, "Vary": "Accept-Language"})


def _counted(some: Iterable[ArticleParagraph]) -> Iterator[ArticleParagraph]:
    """Yield paragraphs, and count them as work: a page may have a million."""
    for paragraph in some:
        count_work()
        yield paragraph


def _params(request: Request) -> SearchParams:
    return SearchParams.read(request.query_params.multi_items())


def _texts(request: Request, params: SearchParams) -> Translations:
    return choose_translations(params.ui, request.headers.get("accept-language", ""))


def _templates(base: str) -> Environment:
    templates = Environment(
        loader=PackageLoader("searchkit.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    templates.filters["marked"] = _marked
    templates.globals |= {
        "base": base,
        "static": {name: f"{base}/static/{name}?{_fingerprint(name)}" for name in _STATIC_FILES},
        "ui_translations": [translations(language) for language in UI_LANGUAGES],
        "languages": tuple(LANGUAGES),
        "max_query_length": MAX_QUERY_LENGTH,
        "page_sizes": PAGE_SIZES,
    }
    return templates


def _marked(snippet: Snippet) -> Markup:
    """Return a snippet as HTML; `Snippet.render` escapes all of it but the marks."""
    return Markup(replace(snippet, text=printable(snippet.text)).render("<mark>", "</mark>", html=True))


def shown(value: object) -> object:
    """Return a value as it may stand on a page: text that comes from articles steers nothing."""
    return printable(value) if type(value) is str else value


def _fingerprint(name: str) -> str:
    """Return a digest of a static file for its URL.

    Browsers may cache a file as long as its URL stays the same.
    """
    return blake2b(files("searchkit.web").joinpath("static", name).read_bytes(), digest_size=4).hexdigest()
