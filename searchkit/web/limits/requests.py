"""Bounds the requests at a time, and the work of each."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from contextlib import suppress

from starlette.responses import PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_REQUESTS = 200
"""Requests that one process answers at a time; further ones get 503 at once."""
_HEALTH = "/health"
_ENDING = PlainTextResponse("This server is ending; try again in a moment.", 503, {"Retry-After": "5"})
_BUSY = PlainTextResponse("This server is busy; try again in a moment.", 503, {"Retry-After": "5"})


class RequestLimit:
    """Answers so many requests at a time, and ends the work for clients that have left.

    Connections without a request do not count.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._running = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif self._running >= MAX_REQUESTS and scope["path"] != _HEALTH:
            await _BUSY(scope, receive, send)
        else:
            self._running += 1
            try:
                await self._until_server_ends(scope, receive, _Answer(send))
            finally:
                self._running -= 1

    async def _until_server_ends(self, scope: Scope, receive: Receive, answer: _Answer) -> None:
        """Answer a request; refuse it when the server is told to end, which cancels it."""
        try:
            await self._while_client_waits(scope, receive, answer)
        except asyncio.CancelledError:
            if not answer.is_begun:
                await _ENDING(scope, receive, answer)

    async def _while_client_waits(self, scope: Scope, receive: Receive, send: Send) -> None:
        answering = asyncio.ensure_future(self._app(scope, _NoBody(), send))
        leaving = asyncio.ensure_future(_departure(receive))
        try:
            await asyncio.wait({answering, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if answering.done():
                await answering
        finally:
            for task in (answering, leaving):
                task.cancel()
            with suppress(asyncio.CancelledError):
                await leaving
            with suppress(asyncio.CancelledError, Exception):
                await answering


class _Answer:
    """Sends an answer, and knows whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.is_begun = False

    async def __call__(self, message: Message) -> None:
        """Send a piece of the answer."""
        self.is_begun = True
        await self._send(message)


class _NoBody:
    """Receives an empty body, and nothing more: nothing here reads one."""

    def __init__(self) -> None:
        self._is_read = False

    async def __call__(self) -> Message:
        """Return the body; whoever waits for more is cancelled when the client has left."""
        if self._is_read:
            await asyncio.get_running_loop().create_future()
        self._is_read = True
        return {"type": "http.request", "body": b"", "more_body": False}


async def _departure(receive: Receive) -> None:
    """Return when the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass


class HeadAsGet:
    """Answers HEAD like GET, without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            await send({**message, "body": b""} if message["type"] == "http.response.body" else message)

        await self._app({**scope, "method": "GET"}, receive, send_head)


class SlashRedirect:
    """Sends clients from ``/help/`` to ``/help``, under the address that they use.

    The address of the target has neither scheme nor host, which a server behind another cannot
    know.
    """

    def __init__(self, app: ASGIApp, base: str, paths: Collection[str]) -> None:
        self._app, self._base, self._paths = app, base, paths

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it with another address."""
        app = self._app
        if scope["type"] == "http" and scope["path"].endswith("/") and scope["path"].rstrip("/") in self._paths:
            query = scope.get("query_string", b"").decode("latin-1")
            app = RedirectResponse(f"{self._base}{scope['path'].rstrip('/')}{'?' if query else ''}{query}")
        await app(scope, receive, send)
