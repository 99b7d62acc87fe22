"""The application: pages, API and feeds of one archive behind one guard."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

import searchkit
from searchkit.errors import SearchkitError
from searchkit.web.api import Api, problem_answer
from searchkit.web.errors import problem_of
from searchkit.web.feeds import Feeds
from searchkit.web.index_service import IndexService
from searchkit.web.pages import Pages
from searchkit.web.security import Guard
from searchkit.web.settings import Settings

_FOR_PROGRAMS = ("/api/", "/health", "/openapi.json")
_LOG = logging.getLogger("searchkit.web")


class _Files(StaticFiles):
    """Files whose addresses change when they do."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Let browsers keep them."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create(settings: Settings) -> ASGIApp:
    """Return the application that serves an archive."""
    archive = IndexService(settings.index, settings.patience, settings.memory)
    pages = Pages(archive, settings)
    app = FastAPI(
        title="searchkit",
        summary="Full-text search for Kazakh and Russian texts",
        version=searchkit.__version__,
        docs_url=None,
        redoc_url=None,
        root_path_in_servers=False,
    )
    for part in (pages, Api(archive), Feeds(archive, settings)):
        app.include_router(part.router)
    app.mount("/static", _Files(packages=[("searchkit.web", "static")]))
    for kind in (SearchkitError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(kind, _teller(pages))
    return Guard(app, settings.hosts)


def from_environment() -> ASGIApp:
    """Return the application that environment variables describe: what an ASGI server calls."""
    return create(Settings.from_environment())


def _teller(pages: Pages) -> Callable[[Request, Exception], Response]:
    """Return what tells people on a page what went wrong, and programs in JSON."""

    def tell(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem.name == "unavailable":
            _LOG.error("%s", error)
        is_program = request.url.path.startswith(_FOR_PROGRAMS)
        response = problem_answer(problem) if is_program else pages.problem(request, problem)
        response.headers.update(problem.headers | dict(getattr(error, "headers", None) or {}))
        return response

    return tell
