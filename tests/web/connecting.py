"""Servers and clients over real connections, for tests."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from searchkit.web.limits.connections import PatientProtocol
from tests.web.conftest import ENOUGH

GET = b"GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"


@contextmanager
def serving(app: ASGIApp) -> Iterator[int]:
    """Serve with the protocol of ``searchkit serve``; yield the port."""
    with socket.create_server(("127.0.0.1", 0), backlog=1000) as listening:
        server = uvicorn.Server(uvicorn.Config(app, http=PatientProtocol, log_level="critical"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        until(lambda: server.started)
        try:
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def saying(body: bytes) -> ASGIApp:
    """Return an application that has one answer."""

    async def say(_: Scope, __: Receive, send: Send) -> None:
        length = str(len(body)).encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", length)]})
        await send({"type": "http.response.body", "body": body})

    return say


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds, but not for ever."""
    deadline = time.monotonic() + ENOUGH
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), ENOUGH)


def answer(port: int, request: bytes) -> bytes:
    """Send a request, and return all that comes back until the other side closes."""
    with connect(port) as client:
        client.sendall(request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        return everything(client)


def everything(client: socket.socket) -> bytes:
    received = b""
    with suppress(ConnectionResetError):
        while piece := client.recv(2**16):
            received += piece
    return received


def is_closed(client: socket.socket) -> bool:
    """Whether the other side has closed a connection on which nothing comes."""
    client.setblocking(False)
    try:
        return client.recv(1) == b""
    except BlockingIOError:
        return False
    except ConnectionResetError:
        return True
