"""A server holds over real connections: silent clients, endless requests, signals."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from searchkit import Document, Index
from searchkit.web.limits import connections, requests
from tests.web.conftest import ENOUGH
from tests.web.connecting import GET, answer, connect, everything, is_closed, saying, serving, until
from tests.web.test_server import body_of, free_port


@pytest.fixture(scope="module")
def port(app: ASGIApp) -> Iterator[int]:
    with serving(app) as port:
        yield port


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "PATIENCE", 0.5)
    monkeypatch.setattr(connections, "_LOOK_EVERY", 0.1)


BEGINNINGS = {
    "silent": b"",
    "half a line": b"GET /hea",
    "half a head": b"GET /health HTTP/1.1\r\nHost: localhost\r\nX: ",
    "half a body": b"GET /help HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nabc",
    "after an answer": GET % b"/help",
}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("beginning", BEGINNINGS.values(), ids=BEGINNINGS)
def test_silent_clients_are_left(beginning: bytes) -> None:
    with serving(saying(b"y")) as port, connect(port) as client:
        client.sendall(beginning)
        everything(client)  # returns when the server has closed the connection


@pytest.mark.usefixtures("impatient")
def test_clients_that_send_a_letter_now_and_then_are_left() -> None:
    with serving(saying(b"y")) as port, connect(port) as client:
        client.sendall(b"GET /health HTTP/1.1\r\n")
        with suppress(BrokenPipeError, ConnectionResetError):
            for _ in range(int(ENOUGH / 0.05)):
                client.sendall(b"X: y\r\n")
                time.sleep(0.05)
            pytest.fail("the server is still listening")


@pytest.mark.usefixtures("impatient")
def test_clients_that_read_nothing_are_left() -> None:
    with serving(saying(b"y" * 2**25)) as port, socket.socket() as client:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", port))
        client.sendall(GET % b"/")
        time.sleep(2)
        assert len(everything(client)) < 2**25


@pytest.mark.usefixtures("impatient")
def test_clients_that_read_slowly_are_served() -> None:
    with serving(saying(b"y" * 2**23)) as port, connect(port) as client:
        client.sendall((GET % b"/").replace(b"localhost", b"localhost\r\nConnection: close"))
        received = 0
        while piece := client.recv(2**18):
            received += len(piece)
            time.sleep(0.05)
        assert received > 2**23


def test_silent_clients_keep_nobody_away(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MAX_CONNECTIONS", 50)
    monkeypatch.setattr(requests, "MAX_REQUESTS", 20)
    with serving(app) as port, ExitStack() as stack:
        silent = [stack.enter_context(connect(port)) for _ in range(120)]
        for client in silent[::2]:
            with suppress(BrokenPipeError, ConnectionResetError):
                client.sendall(b"GET / HTTP/1.1\r\nX-")
        for path in (b"/health", b"/help", b"/api/search?q=a"):
            assert answer(port, GET % path).startswith(b"HTTP/1.1 200 ")
        until(lambda: sum(map(is_closed, silent)) >= len(silent) - 50)
        assert not is_closed(silent[-1])


def test_endless_heads_are_refused(port: int) -> None:
    with connect(port) as client:
        with suppress(BrokenPipeError, ConnectionResetError):
            client.sendall(b"GET / HTTP/1.1\r\n")
            for n in range(400):
                client.sendall(b"X-%d: %s\r\n" % (n, b"y" * 1_000))
        assert everything(client)[:13] in (b"HTTP/1.1 431 ", b"")
    assert answer(port, GET % b"/health").startswith(b"HTTP/1.1 200 ")


def test_requests_one_behind_the_other(port: int) -> None:
    with connect(port) as client:
        client.sendall(
            (GET % b"/health") * 200 + b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        )
        assert everything(client).count(b"HTTP/1.1 200 OK") == 201


@pytest.mark.parametrize(
    "noise", [b"\0\1\2\r\n\r\n", b"GET  / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost:\x00\r\n\r\n"]
)
def test_noise_is_refused(port: int, noise: bytes) -> None:
    assert answer(port, noise).startswith(b"HTTP/1.1 400 ")


def test_head_over_a_connection(port: int) -> None:
    head = answer(port, (GET % b"/help").replace(b"GET", b"HEAD"))
    assert head.startswith(b"HTTP/1.1 200 ") and head.endswith(b"\r\n\r\n")


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_server_that_is_asked(tmp_path: Path, workers: int, end: signal.Signals) -> None:
    """Also while threads are stuck, and clients neither speak nor read."""
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="1", title="Мектеп", text="Ашылды")])
    port = free_port()
    stuck = "import threading, searchkit.index as i; i.Index.search = lambda *_, **__: threading.Event().wait()"
    (tmp_path / "sitecustomize.py").write_text(stuck)
    (tmp_path / "run.py").write_text(
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        f"import sitecustomize; exec({stuck!r})\nfrom searchkit.__main__ import main\n"
        "if __name__ == '__main__': main()"
    )
    command = [sys.executable, str(tmp_path / "run.py"), "serve", "--port", str(port), "--workers", str(workers)]
    with (
        subprocess.Popen([*command, "--index", str(tmp_path / "index")], stderr=subprocess.PIPE, text=True) as process,
        ExitStack() as stack,
    ):
        try:
            assert json.loads(body_of(f"http://127.0.0.1:{port}/health"))["status"] == "ok"
            for request in (GET % b"/api/search?q=a", b"GET /", b"", GET % b"/?q=a") * 5:
                stack.enter_context(connect(port)).sendall(request)
            time.sleep(0.5)
            process.send_signal(end)
            _, log = process.communicate(timeout=ENOUGH)
        finally:
            process.kill()
    assert process.returncode in (0, 128 + end, -end)
    assert "Traceback" not in log


def test_work_ends_when_a_client_with_several_requests_leaves() -> None:
    left = threading.Event()
    paths: list[str] = []

    async def answer_the_first(scope: Scope, receive: Receive, send: Send) -> None:
        paths.append(scope["path"])
        if scope["path"] == "/first":
            await saying(b"y")(scope, receive, send)
            return
        while (await receive())["type"] != "http.disconnect":
            pass
        left.set()

    with serving(answer_the_first) as port:
        with connect(port) as client:
            client.sendall(GET % b"/first" + GET % b"/second" + GET % b"/third")
            until(lambda: "/second" in paths)
        assert left.wait(ENOUGH)
    assert paths == ["/first", "/second"]


def test_several_requests_at_once_are_answered_one_by_one() -> None:
    with serving(saying(b"y")) as port, connect(port) as client:
        client.sendall(GET % b"/" * 2 + (GET % b"/").replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        assert everything(client).count(b"200 OK") == 3
