"""Security of all responses: known host names only, and strict headers for browsers.

Articles come from anywhere, so browsers are told to load and run nothing but this application's own
files.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Queries stand in URLs, and other sites must not learn them.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


class HostGuard:
    """Refuses requests for unknown host names, and sets security headers on all responses.

    A page elsewhere can point its own host name at this machine (DNS rebinding) and then read what
    is meant for local readers only. The Host header of its requests gives it away.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        app = self._app if self._is_known(Headers(scope=scope).get("host", "")) else _REFUSAL
        await app(scope, receive, send_with_headers)

    def _is_known(self, host: str) -> bool:
        try:
            return urlsplit(f"//{host}").hostname in self._hosts
        except ValueError:
            return False


_REFUSAL = PlainTextResponse("This server is not reached under that name; see searchkit serve --url.", 400)
