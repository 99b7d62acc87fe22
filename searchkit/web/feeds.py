"""For other programs of the reader: a question as an Atom feed, and the archive as a search engine of the browser."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from searchkit.web.article_view import link
from searchkit.web.index_service import IndexService, search
from searchkit.web.search_params import SearchParams
from searchkit.web.settings import Settings
from searchkit.web.translations import choose

ENTRIES = 20
"""Articles of a feed, the newest first."""
_CLOCKS = ZoneInfo("Asia/Almaty")
_NO_DATE = "1970-01-01T00:00:00Z"
"""An entry of Atom needs a date; articles without one are older than all others."""
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Feeds:
    """The feeds of one archive."""

    def __init__(self, archive: IndexService, settings: Settings) -> None:
        self._archive = archive
        self._url = settings.url
        self._templates = _templates()
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route("/feed", self.feed, methods=["GET"])
        self.router.add_api_route("/opensearch.xml", self.opensearch, methods=["GET"])

    async def feed(self, request: Request) -> Response:
        """Answer a question with the newest articles, for whoever follows a topic."""
        asked = SearchParams.read(request.query_params).checked()
        results = await self._archive.ask(
            search,
            asked.question,
            limit=ENTRIES,
            sort="date",
            options=asked.options(),
        )
        return self._xml(
            "feed.xml", request, "application/atom+xml", asked=asked, hits=results.hits, plain=SearchParams()
        )

    async def opensearch(self, request: Request) -> Response:
        """Tell a browser how to ask."""
        asked = SearchParams.read(request.query_params)
        return self._xml("opensearch.xml", request, "application/opensearchdescription+xml", asked=asked)

    def _xml(self, name: str, request: Request, kind: str, *, asked: SearchParams, **values: object) -> Response:
        words = choose(asked.ui, request.headers.get("accept-language", ""))
        site = (self._url or str(request.base_url)).rstrip("/")
        text = self._templates.get_template(name).render(asked=asked, words=words, site=site, **values)
        headers = {"Vary": "Accept-Language", "Cache-Control": "private, max-age=300"}
        return Response(_NOT_IN_XML.sub(" ", text), 200, headers, media_type=kind)


def moment(date: str) -> str:
    """Return an article's date as Atom wants it, to the second: what is not known of it is its beginning.

    >>> moment("2024-03-28"), moment("2022"), moment("2025-04-29T15:30")
    ('2024-03-28T00:00:00+05:00', '2022-01-01T00:00:00+06:00', '2025-04-29T15:30:00+05:00')
    """
    if not date:
        return _NO_DATE
    day, _, time = date.partition("T")
    whole = f"{day}-01-01"[:10] if len(day) < 10 else day
    try:
        return datetime.fromisoformat(f"{whole}T{time or '00:00'}").replace(tzinfo=_CLOCKS).isoformat()
    except ValueError:  # the 30th of February
        return _NO_DATE


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("searchkit.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    templates.filters |= {"moment": moment, "link": link}
    return templates
