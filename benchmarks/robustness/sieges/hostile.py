"""Hostile clients and a hostile writer: whatever they get, nobody else may notice them."""

from __future__ import annotations

import random
import socket
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from threading import Event
from urllib.parse import quote

from benchmarks.robustness.attacks.files import ATTACKS
from benchmarks.robustness.attacks.questions import questions
from benchmarks.robustness.sieges.clients import get
from benchmarks.robustness.sieges.tally import Tally

_PATIENCE = 5.0
_GET = b"GET /api/search?q=a HTTP/1.1\r\n"
_HOST = b"Host: localhost\r\n"
BROKEN = {
    "a huge header": _GET + _HOST + b"X: " + b"a" * 300_000,
    "many headers": _GET + _HOST + b"X: a\r\n" * 50_000,
    "no line end": b"GET /" + b"a" * 300_000,
    "noise": bytes(range(256)) * 40,
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 500,
    "no host": _GET + b"\r\n",
    "two lengths": _GET + _HOST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
    "a bad length": _GET + _HOST + b"Content-Length: -1\r\n\r\n",
    "a bad chunk": b"POST / HTTP/1.1\r\n" + _HOST + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n",
    "a body without end": b"POST / HTTP/1.1\r\n" + _HOST + b"Content-Length: 99999999\r\n\r\n" + b"a" * 300_000,
    "zeros in a path": b"GET /\x00%00/../../etc HTTP/1.1\r\n" + _HOST + b"\r\n",
    "bad UTF-8": b"GET /api/search?q=%ff%fe%c3 HTTP/1.1\r\n" + _HOST + b"\r\n",
    "many requests at once": (_GET + _HOST + b"\r\n") * 200,
    "half a request": _GET,
}
"""Bytes that are no request, or a strange one."""
PATHS = ("/api/search?q={}", "/?q={}", "/api/suggest?q={}", "/feed?q={}", "/api/search?q={}&sort=date&across=true")


def ask(port: int, words: Sequence[str], seed: int, tally: Tally, is_over: Event) -> None:
    """Ask hostile questions, one after the other, until it is over.

    Args:
        port: Where the server listens.
        words: Words of its index.
        seed: Another one gives other questions.
        tally: Counts the answers.
        is_over: When to end.
    """
    dice = random.Random(seed)
    while not is_over.is_set():
        kinds = [question for _, question in questions(words, dice.randrange(10**9), 1)]
        dice.shuffle(kinds)
        for question in kinds:
            tally.hostile(str(get(port, dice.choice(PATHS).format(quote(question))).status))
            if is_over.is_set():
                return


def break_requests(port: int, tally: Tally, is_over: Event) -> None:
    """Send broken requests, a few in a second; arguments as for `ask`."""
    for request in cycle(BROKEN.values()):
        if is_over.wait(0.3):
            return
        tally.hostile(f"broken {_status(port, request)}")


def _status(port: int, request: bytes) -> str:
    """Return the status of the first answer, if any."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), _PATIENCE) as client:
        with suppress(ConnectionError):
            client.sendall(request)
        return client.recv(2**16)[9:12].decode("ascii", "replace") or "closed"
    return "none"


class OpenConnections:
    """Connections that are held open, and opened again when the server closes them."""

    def __init__(self, port: int, count: int, sent: bytes = b"") -> None:
        """Prepare the connections.

        Args:
            port: Where the server listens.
            count: How many.
            sent: A byte of this is sent each second on each.
        """
        self._port, self._count, self._sent = port, count, sent
        self._open: list[tuple[socket.socket, Iterator[int]]] = []

    def run(self, is_over: Event) -> None:
        """Hold them until it is over."""
        while not is_over.wait(1):
            self._open = [pair for pair in self._open if self._is_held(*pair)]
            with suppress(OSError):
                while len(self._open) < self._count:
                    client = socket.create_connection(("127.0.0.1", self._port), _PATIENCE)
                    self._open.append((client, cycle(self._sent)))
        for client, _ in self._open:
            client.close()

    def _is_held(self, client: socket.socket, sent: Iterator[int]) -> bool:
        """Send a byte; return whether the server still listens."""
        client.setblocking(False)
        with suppress(BlockingIOError):
            try:
                client.send(bytes([next(sent)]) if self._sent else b"")
                return bool(client.recv(2**16))
            except BlockingIOError:
                return True
            except OSError:
                client.close()
        return False


SLOW_REQUEST = _GET + b"X: a\r\n" * 10_000


def drop_files(folder: Path, share: float, seconds: float, is_over: Event) -> None:
    """Write a hostile file into a folder now and then; delete it later.

    Args:
        folder: Where.
        share: The share of the size of each attack.
        seconds: Between two files.
        is_over: When to end.
    """
    folder.mkdir()
    attacks = random.Random(1).sample(ATTACKS, len(ATTACKS))
    before: list[Path] = []
    for number, attack in enumerate(cycle(attacks)):
        if is_over.wait(seconds):
            return
        file = folder / f"{number}-{attack.name}"
        file.write_bytes(attack.make(max(1, int(attack.size * share))))
        before.append(file)
        if len(before) > 5:
            before.pop(0).unlink()
