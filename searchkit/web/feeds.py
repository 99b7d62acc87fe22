"""Atom feeds of searches, and the OpenSearch description that browsers read."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from searchkit.printable import safe_link
from searchkit.web.index_service import IndexService, search
from searchkit.web.rendering import shown
from searchkit.web.search_params import SearchParams
from searchkit.web.settings import Settings
from searchkit.web.translations import choose_translations
from searchkit_analyzers import LANGUAGES

ENTRIES = 20
"""Articles of a feed, the newest first."""
_TIME_ZONE = ZoneInfo("Asia/Almaty")
_NO_DATE = "1970-01-01T00:00:00Z"
"""The date of entries without one: Atom requires a date, and these sort as the oldest."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feeds:
    """The routes for feed readers and browsers."""

    def __init__(self, service: IndexService, settings: Settings) -> None:
        self._service = service
        self._url = settings.url
        self._templates = _templates()
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route("/feed", self.feed, methods=["GET"])
        self.router.add_api_route("/opensearch.xml", self.opensearch, methods=["GET"])

    async def feed(self, request: Request) -> Response:
        """Return the newest articles that match a query, as Atom."""
        params = SearchParams.read(request.query_params.multi_items()).validated()
        results = await self._service.run(
            search, params.query, limit=ENTRIES, sort="date", options=params.search_options()
        )
        values = {"params": params, "hits": results.hits, "no_params": SearchParams()}
        return self._xml("feed.xml", request, "application/atom+xml", values)

    async def opensearch(self, request: Request) -> Response:
        """Return the description that lets a browser add this search engine."""
        params = SearchParams.read(request.query_params.multi_items())
        return self._xml("opensearch.xml", request, "application/opensearchdescription+xml", {"params": params})

    def _xml(self, template: str, request: Request, media_type: str, values: dict[str, object]) -> Response:
        params = SearchParams.read(request.query_params.multi_items())
        texts = choose_translations(params.ui, request.headers.get("accept-language", ""))
        site = (self._url or str(request.base_url)).rstrip("/")
        xml = self._templates.get_template(template).render(texts=texts, site=site, **values)
        headers = {"Vary": "Accept-Language", "Cache-Control": "private, max-age=300"}
        return Response(_NOT_IN_XML.sub(" ", xml), 200, headers, media_type=media_type)


def atom_date(date: str) -> str:
    """Return an article's date to the second, as Atom requires.

    Unknown parts become the earliest possible.

    >>> atom_date("2024-03-28"), atom_date("2022"), atom_date("2025-04-29T15:30")
    ('2024-03-28T00:00:00+05:00', '2022-01-01T00:00:00+06:00', '2025-04-29T15:30:00+05:00')
    """
    if not date:
        return _NO_DATE
    day, _, time = date.partition("T")
    full_day = f"{day}-01-01"[:10] if len(day) < 10 else day
    try:
        return datetime.fromisoformat(f"{full_day}T{time or '00:00'}").replace(tzinfo=_TIME_ZONE).isoformat()
    except ValueError:  # the 30th of February
        return _NO_DATE


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("searchkit.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        finalize=shown,
    )
    templates.filters |= {"atom_date": atom_date, "safe_link": safe_link}
    templates.globals["languages"] = tuple(LANGUAGES)
    return templates
