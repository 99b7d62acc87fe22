"""The web application: pages, API and feeds of one index behind one guard."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

import searchkit
from searchkit.errors import SearchkitError
from searchkit.web.api import TAGS, Api, problem_response
from searchkit.web.article.article_pages import ArticlePages
from searchkit.web.errors import problem_of
from searchkit.web.exports.export_routes import Exports
from searchkit.web.feeds import Feeds
from searchkit.web.index_service import IndexService
from searchkit.web.limits.access import RateLimit, TokenGuard, read_tokens
from searchkit.web.limits.requests import HeadAsGet, RequestLimit, SlashRedirect
from searchkit.web.monitoring.metrics import Measured, MetricsRoute, RequestMetrics
from searchkit.web.pages import Pages
from searchkit.web.rendering import Renderer
from searchkit.web.security import HostGuard
from searchkit.web.settings import Settings

_JSON_PATHS = ("/api/", "/health", "/openapi.json")
_LOG = logging.getLogger("searchkit.web")


class _ImmutableFiles(StaticFiles):
    """Static files whose URLs change with their contents."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Let browsers cache a file for a year."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def create(settings: Settings) -> ASGIApp:
    """Return the application that serves the index of `settings`."""
    service = IndexService(settings.index, settings.timeout, settings.memory)
    renderer = Renderer(settings.base)
    pages = Pages(service, renderer)
    app = FastAPI(
        title="searchkit",
        summary="Full-text search for Kazakh and Russian texts",
        version=searchkit.__version__,
        openapi_tags=TAGS,
        servers=[{"url": settings.url.rstrip("/") or "/"}],
        docs_url=None,
        redoc_url=None,
        root_path_in_servers=False,
        redirect_slashes=False,
    )
    article_pages = ArticlePages(service, renderer, settings)
    metrics = RequestMetrics()
    for_programs = (Api(service), Feeds(service, settings), MetricsRoute(service, metrics, settings.index))
    parts = (pages, article_pages, Exports(service, renderer), *for_programs)
    routers = [part.router for part in parts]
    for router in routers:
        app.include_router(router)
    app.mount("/static", _ImmutableFiles(packages=[("searchkit.web", "static")]))
    for error_type in (SearchkitError, HTTPException, RequestValidationError, Exception):
        app.add_exception_handler(error_type, _error_handler(pages))
    paths = {route.path for router in routers for route in router.routes if isinstance(route, Route)}
    guarded = _guarded(SlashRedirect(app, settings.base, paths), settings)
    return RequestLimit(Measured(HeadAsGet(HostGuard(guarded, settings.hosts)), metrics))


def _guarded(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Return an application that only those ask who may, and not too often."""
    tokens = read_tokens(Path(settings.token_file)) if settings.token_file else ()
    guarded = RateLimit(TokenGuard(app, tokens), settings.rate)
    if not settings.origins:
        return guarded
    return CORSMiddleware(guarded, settings.origins, allow_methods=["GET"], allow_headers=["Authorization"])


def from_environment() -> ASGIApp:
    """Return the application that environment variables describe, for any ASGI server."""
    return create(Settings.from_environment())


def _error_handler(pages: Pages) -> Callable[[Request, Exception], Response]:
    """Return a handler that answers people with a page, and programs with JSON."""

    def handle(request: Request, error: Exception) -> Response:
        problem = problem_of(error)
        if problem.name == "unavailable":
            _LOG.error("%s", error)
        wants_json = request.url.path.startswith(_JSON_PATHS)
        response = problem_response(problem) if wants_json else pages.problem(request, problem)
        response.headers.update(problem.headers | dict(getattr(error, "headers", None) or {}))
        return response

    return handle
