"""Serving: one process, or several on one index, until Ctrl-C."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

import uvicorn

from searchkit.errors import SearchkitError
from searchkit.index import Index
from searchkit.web.index_service import ready
from searchkit.web.settings import LOOPBACK, Settings

_FAREWELL = 5
"""Seconds in which answers that are under way may be finished at the end."""
_MOST_WAITING = 200
"""Requests that one process takes on; further ones get 503 at once."""


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve an archive until interrupted.

    Raises `StorageError` where the index cannot be read, `SearchkitError` where the address cannot be taken.
    """
    if host not in LOOPBACK and not settings.url:
        raise SearchkitError(f"to serve beyond this machine, name the address that readers use: --url http://{host}")
    with Index.open(settings.index) as index:
        ready(index)
    _try(host, port)
    os.environ.update(settings.to_environment())
    with suppress(KeyboardInterrupt):
        uvicorn.run(
            "searchkit.web.app:from_environment",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=False,
            server_header=False,
            limit_concurrency=_MOST_WAITING,
            timeout_graceful_shutdown=_FAREWELL,
        )


def _try(host: str, port: int) -> None:
    """Find out whether an address can be taken, before processes are started."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family):
            pass
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SearchkitError(f"{host}, port {port}, cannot be served: {reason.lower()}") from error
