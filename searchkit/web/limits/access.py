"""Who may ask, and how often: bearer tokens, and a rate for each client."""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from ipaddress import IPv6Address, ip_address
from math import ceil
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from searchkit.errors import SearchkitError

MAX_CLIENTS = 10_000
"""Clients whose requests are counted: the one that was silent the longest is forgotten."""
_BURST = 10
"""Seconds of its rate that a client may use at once."""
_MIN_TOKEN = 16
"""Characters of a token: a shorter one can be guessed."""
_OPEN_PATHS = ("/health",)
"""Paths that need no token."""
_FREE_PATHS = ("/health", "/static/")
"""Beginnings of paths that do not count: a page of results asks for four files of the site."""
_NO_TOKEN = JSONResponse(
    {"error": "a token is needed: Authorization: Bearer TOKEN"}, 401, {"WWW-Authenticate": "Bearer"}
)


def read_tokens(path: Path) -> tuple[str, ...]:
    """Return the tokens of a file, one in each line; raises `SearchkitError`."""
    try:
        lines = [line.strip() for line in path.read_text("utf-8").splitlines()]
    except (OSError, UnicodeDecodeError) as error:
        raise SearchkitError(f"the tokens in {path} cannot be read: {error}") from error
    tokens = tuple(line for line in lines if line and not line.startswith("#"))
    if not tokens or any(len(token) < _MIN_TOKEN or not token.isascii() for token in tokens):
        raise SearchkitError(f"{path} needs a token in each line, of at least {_MIN_TOKEN} Latin letters and figures")
    return tokens


class TokenGuard:
    """Refuses requests without one of the tokens; where there are none, all pass."""

    def __init__(self, app: ASGIApp, tokens: Sequence[str]) -> None:
        self._app = app
        self._tokens = [token.encode() for token in tokens]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        is_open = scope["type"] != "http" or scope["path"] in _OPEN_PATHS or not self._tokens
        app = self._app if is_open or self._is_known(Headers(scope=scope).get("authorization", "")) else _NO_TOKEN
        await app(scope, receive, send)

    def _is_known(self, authorization: str) -> bool:
        scheme, _, token = authorization.partition(" ")
        given = token.strip().encode("utf-8", "replace")
        matches = [hmac.compare_digest(given, each) for each in self._tokens]  # all, so that time tells nothing
        return scheme.lower() == "bearer" and any(matches)


class RateLimit:
    """Lets each client make so many requests a minute; 0 is no limit.

    A client is an address, or the first half of one of IPv6. It may save up some seconds of its
    rate (a token bucket).
    """

    def __init__(self, app: ASGIApp, per_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._per_second = per_minute / 60
        self._room = max(1.0, self._per_second * _BURST)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or tell the client when to come again."""
        app = self._app
        if scope["type"] == "http" and self._per_second and not scope["path"].startswith(_FREE_PATHS):
            wait = self._wait(_client(scope))
            app = _too_often(wait) if wait else app
        await app(scope, receive, send)

    def _wait(self, client: str) -> float:
        """Return how many seconds a client has to wait; 0 lets it pass, and counts the request."""
        now = self._clock()
        left, before = self._buckets.pop(client, (self._room, now))
        left = min(self._room, left + (now - before) * self._per_second)
        wait = 0.0 if left >= 1 else (1 - left) / self._per_second
        self._buckets[client] = (left if wait else left - 1, now)
        if len(self._buckets) > MAX_CLIENTS:
            self._buckets.popitem(last=False)
        return wait


def _client(scope: Scope) -> str:
    """Return the address of a client; of IPv6 the half that one household has."""
    address = str((scope.get("client") or ("",))[0])
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(int(parsed) >> 64) if isinstance(parsed, IPv6Address) and not parsed.ipv4_mapped else address


def _too_often(wait: float) -> JSONResponse:
    sentence = "this client asks too often; try again when Retry-After says"
    return JSONResponse({"error": sentence}, 429, {"Retry-After": str(ceil(wait))})
