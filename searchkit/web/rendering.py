"""Writes HTML pages from templates, in the language of the reader."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from importlib.resources import files
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from searchkit.printable import printable, safe_link
from searchkit.results import Snippet
from searchkit.web.search_params import MAX_QUERY_LENGTH, PAGE_SIZES, SearchParams
from searchkit.web.translations import UI_LANGUAGES, Translations, choose_translations, translations
from searchkit_analyzers import LANGUAGES

MAX_EXPORT = 1000
"""Articles of one export."""
_STATIC_FILES = ("style.css", "suggest.js", "page.js", "icon.svg")


class Renderer:
    """Writes the pages of a site; `base` is the prefix of its paths."""

    def __init__(self, base: str) -> None:
        self._templates = _templates(base)

    def page(
        self, template: str, request: Request, params: SearchParams, status: int = 200, **values: Any
    ) -> HTMLResponse:
        """Return a page with the values that its template needs."""
        texts = texts_of(request, params)
        html = self._templates.get_template(template).render(params=params, texts=texts, **values)
        return HTMLResponse(html, status, {"Content-Language": texts.language, "Vary": "Accept-Language"})


def params_of(request: Request) -> SearchParams:
    """Return the parameters of a request's address."""
    return SearchParams.read(request.query_params.multi_items())


def texts_of(request: Request, params: SearchParams) -> Translations:
    """Return the interface texts that a reader has chosen, or the browser asks for."""
    return choose_translations(params.ui, request.headers.get("accept-language", ""))


def shown(value: object) -> object:
    """Return a value as it may stand on a page: text that comes from articles steers nothing."""
    return printable(value) if type(value) is str else value


def _templates(base: str) -> Environment:
    templates = Environment(
        loader=PackageLoader("searchkit.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    templates.filters |= {"marked": _marked, "safe_link": safe_link}
    templates.globals |= {
        "base": base,
        "static": {name: f"{base}/static/{name}?{_fingerprint(name)}" for name in _STATIC_FILES},
        "ui_translations": [translations(language) for language in UI_LANGUAGES],
        "languages": tuple(LANGUAGES),
        "max_query_length": MAX_QUERY_LENGTH,
        "page_sizes": PAGE_SIZES,
        "max_export": MAX_EXPORT,
    }
    return templates


def _marked(snippet: Snippet) -> Markup:
    """Return a snippet as HTML; `Snippet.render` escapes all of it but the marks."""
    return Markup(replace(snippet, text=printable(snippet.text)).render("<mark>", "</mark>", html=True))


def _fingerprint(name: str) -> str:
    """Return a digest of a static file for its URL.

    Browsers may cache a file as long as its URL stays the same.
    """
    return blake2b(files("searchkit.web").joinpath("static", name).read_bytes(), digest_size=4).hexdigest()
