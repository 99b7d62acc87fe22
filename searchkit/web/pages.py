"""Pages for people: the search page, an article, how to ask. Whatever they show is in their address."""

from __future__ import annotations

from hashlib import blake2b
from importlib.resources import files
from typing import Any, NamedTuple

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from searchkit.index import Index
from searchkit.results import HighlightedDocument, Results, Snippet
from searchkit.web.article_view import link, paragraphs
from searchkit.web.errors import Problem
from searchkit.web.facets import facets
from searchkit.web.index_service import IndexService, search, similar
from searchkit.web.search_params import LONGEST, SearchParams
from searchkit.web.settings import Settings
from searchkit.web.translations import LANGUAGES, Translations, choose, wording

HITS = 10
"""Articles on a page."""
LATEST = 5
"""Articles on the start page."""


class _Reading(NamedTuple):
    """An article, and those that are like it."""

    article: HighlightedDocument
    alike: Results


class Pages:
    """All pages of one archive."""

    def __init__(self, archive: IndexService, settings: Settings) -> None:
        self._archive = archive
        self._templates = _templates(settings.base)
        self.router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
        self.router.add_api_route("/", self.search, methods=["GET"])
        self.router.add_api_route("/article", self.article, methods=["GET"])
        self.router.add_api_route("/help", self.help, methods=["GET"])

    async def search(self, request: Request) -> HTMLResponse:
        """Answer a question; without one, show what is new."""
        asked = SearchParams.read(request.query_params).checked()
        size = LATEST if asked.is_empty else HITS
        first = (asked.page - 1) * size
        # One more than is shown tells whether another page follows: of copies nobody knows how many pages they fill.
        results = await self._archive.ask(
            search,
            asked.question,
            limit=size + 1,
            offset=first,
            sort=asked.order(),
            options=asked.options(),
        )
        return self._page(
            "search.html",
            request,
            asked,
            results=results,
            hits=results.hits[:size],
            more=len(results) > size,
            first=first,
            facets=facets(results, asked, _words(request, asked)),
            understood=understood(results),
        )

    async def article(self, request: Request) -> HTMLResponse:
        """Show an article with all words of the question marked."""
        asked = SearchParams.read(request.query_params).checked()
        found = await self._archive.ask(_read, asked)
        return self._page(
            "article.html",
            request,
            asked,
            article=found.article,
            paragraphs=paragraphs(found.article),
            original=link(found.article.document.url),
            alike=found.alike,
        )

    async def help(self, request: Request) -> HTMLResponse:
        """Show how to ask."""
        return self._page("help.html", request, SearchParams.read(request.query_params))

    def problem(self, request: Request, problem: Problem) -> HTMLResponse:
        """Say what went wrong, in the language of the page."""
        asked = SearchParams.read(request.query_params)
        sentence = problem.sentence(_words(request, asked))
        return self._page("problem.html", request, asked, status=problem.status, sentence=sentence)

    def _page(self, name: str, request: Request, asked: SearchParams, status: int = 200, **values: Any) -> HTMLResponse:
        words = _words(request, asked)
        page = self._templates.get_template(name).render(asked=asked, words=words, place=request.url.path, **values)
        return HTMLResponse(page, status, {"Content-Language": words.language, "Vary": "Accept-Language"})


def _read(index: Index, asked: SearchParams) -> _Reading:
    article = index.highlighted(asked.id, asked.question(), rewrite=asked.options().rewrite)
    return _Reading(article, similar(index, asked.id))


def understood(results: Results) -> str:
    """Return the question as it was understood, or nothing where that is as it was typed."""
    shown = results.query
    for correction in results.corrections:
        is_added = correction.kind == "name"
        meant = f"{correction.typed} ({correction.understood})" if is_added else correction.understood
        shown = shown.replace(correction.typed, meant)
    return shown if results.corrections else ""


def _words(request: Request, asked: SearchParams) -> Translations:
    return choose(asked.ui, request.headers.get("accept-language", ""))


def _templates(base: str) -> Environment:
    templates = Environment(
        loader=PackageLoader("searchkit.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["marked"] = _marked
    templates.globals |= {
        "base": base,
        "static": {name: f"{base}/static/{name}?{_print(name)}" for name in ("style.css", "suggest.js", "icon.svg")},
        "wordings": [wording(language) for language in LANGUAGES],
        "longest": LONGEST,
    }
    return templates


def _marked(snippet: Snippet) -> Markup:
    """Return a text fit for a page; `Snippet.render` has escaped all of it but the marks."""
    return Markup(snippet.render("<mark>", "</mark>", html=True))


def _print(name: str) -> str:
    """Return what changes when a file does: browsers may keep a file as long as its address stays the same."""
    return blake2b(files("searchkit.web").joinpath("static", name).read_bytes(), digest_size=4).hexdigest()
