"""The HTTP server: one process or several on one index, until Ctrl-C."""

from __future__ import annotations

import os
import socket
from contextlib import suppress
from pathlib import Path

import uvicorn

from searchkit.errors import SearchkitError
from searchkit.index import Index
from searchkit.web.index_service import check
from searchkit.web.limits.access import read_tokens
from searchkit.web.limits.connections import PatientProtocol
from searchkit.web.settings import LOOPBACK, Settings

_SHUTDOWN = 2
"""Seconds that running requests get to finish after Ctrl-C, or SIGTERM."""


def serve(settings: Settings, host: str, port: int, workers: int) -> None:
    """Serve an index with `workers` processes until interrupted.

    Raises `StorageError` where the index cannot be read, `SearchkitError` where tokens cannot, or
    where the address cannot be bound.
    """
    if host not in LOOPBACK and not settings.url:
        raise SearchkitError(f"to serve beyond this machine, name the address that readers use: --url http://{host}")
    if settings.token_file:
        read_tokens(Path(settings.token_file))
    with Index.open(settings.index) as index:
        check(index)
    _check_address(host, port)
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
            http=PatientProtocol,
            timeout_graceful_shutdown=_SHUTDOWN,
        )


def _check_address(host: str, port: int) -> None:
    """Bind the address once, to fail before any process starts."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family):
            pass
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SearchkitError(f"{host}, port {port}, cannot be served: {reason.lower()}") from error
