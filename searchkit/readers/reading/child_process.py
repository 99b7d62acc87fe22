"""A `ChildProcess` is the parent's side: it starts a child, asks it, and waits within bounds."""

from __future__ import annotations

import os
import pickle
import selectors
import signal
import subprocess
import sys
from contextlib import suppress
from threading import Timer
from typing import Any, cast

from searchkit.readers.formats.further import further_readers
from searchkit.readers.reading.child import LENGTH, NO_MEMORY, Request
from searchkit.readers.reading.events import Reply, decoded
from searchkit.readers.reading.limits import FileLimits

_BOOT = """
import pickle, sys
sys.path[:] = pickle.load(sys.stdin.buffer.raw)
from searchkit.readers.reading.child import main
main()
"""
_AT_ONCE = 2**18
_START_SECONDS = 30.0
_AHEAD = 2**20
"""The bytes that a child may be ahead of its parent, where the system allows it."""


class ChildEnded(Exception):
    """A child has ended, or was ended since it answered nothing; says why, as of a file."""


def can_start() -> bool:
    """Whether child processes can be started: where Python is a library of a program, it cannot."""
    return "python" in os.path.basename(sys.executable or "").lower() and not getattr(sys, "frozen", False)  # noqa: PTH119


class ChildProcess:
    """Another process that reads files, and answers in the order of the requests."""

    def __init__(self, limits: FileLimits) -> None:
        """Start a child; raises `OSError` where the system refuses."""
        self.seconds = limits.seconds
        """The processor time of an article of the file that is read."""
        self._limits, self._folder = limits, os.getcwd()  # noqa: PTH109
        self._readers = dict(further_readers())
        life, self._life = os.pipe() if os.name == "posix" else (-1, -1)
        options: dict[str, Any] = {"pass_fds": [life]} if life >= 0 else {}
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _BOOT], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL, bufsize=0, start_new_session=True, **options,
            )  # fmt: skip
        finally:
            _close(life)
        self._output = cast(int, self._process.stdout and self._process.stdout.fileno())
        self._received = bytearray()
        _widen(self._output)
        self._send(sys.path)
        self._send((limits, life, self._readers))
        self._wait_until_it_runs()

    def _wait_until_it_runs(self) -> None:
        try:
            self._receive(_START_SECONDS)
        except ChildEnded as error:
            self.end()
            raise OSError("no child process can be started") from error

    def serves(self, limits: FileLimits) -> bool:
        """Whether it still runs, with these limits and readers, and where this process is now."""
        here = (limits, os.getcwd(), further_readers())  # noqa: PTH109
        return self._process.poll() is None and here == (self._limits, self._folder, self._readers)

    def ask(self, request: Request) -> None:
        """Send a request; one that a dead child never gets is asked of the next one."""
        self._send(request)

    def _send(self, value: object) -> None:
        data = memoryview(pickle.dumps(value))
        with suppress(OSError):  # its answer will be missing, which tells more
            while data and self._process.stdin:
                data = data[self._process.stdin.write(data) or 0 :]

    def receive(self) -> Reply:
        """Wait for the next reply; raises `ChildEnded` if none comes."""
        return self._receive(self._limits.waiting_seconds)

    def _receive(self, seconds: float) -> Reply:
        size = LENGTH + int.from_bytes(self._bytes(LENGTH, seconds), "big")
        data = bytes(self._bytes(size, seconds)[LENGTH:])
        del self._received[:size]
        return decoded(data)

    def _bytes(self, count: int, seconds: float) -> bytearray:
        """Return the first received bytes, `count` of them."""
        while len(self._received) < count:
            data = self._read(seconds)
            if not data:
                raise ChildEnded(self._reason())
            self._received += data
        return self._received[:count]

    def _read(self, seconds: float) -> bytes:
        """Wait for some bytes; nothing comes from a child that has ended."""
        if os.name == "posix" and not _is_ready(self._output, seconds):
            raise ChildEnded(f"gave nothing for {seconds:g} s, and was given up")
        timer = Timer(seconds, self._process.kill)
        if os.name != "posix":  # it cannot wait for bytes of a pipe
            timer.start()
        try:
            return os.read(self._output, _AT_ONCE)
        finally:
            timer.cancel()

    def _reason(self) -> str:
        """Return why the child has ended."""
        code = self._process.wait()
        if code == 0:
            return ""
        if code == -getattr(signal, "SIGXCPU", 0):
            return f"takes more than {self.seconds:g} s of processor time, and was given up"
        if code == NO_MEMORY:
            return f"{self._limits.of_memory}, and was given up"
        if code == -getattr(signal, "SIGKILL", 0):
            return "was given up, since the system ended the process that read it"
        return f"breaks the program that reads it ({_cause(code)}), and was given up"

    def end(self) -> None:
        """End the child at once."""
        self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream:
                stream.close()
        _close(self._life)
        self._life = -1


def _cause(code: int) -> str:
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"exit code {code}"


def _close(descriptor: int) -> None:
    if descriptor >= 0:
        os.close(descriptor)


def _widen(descriptor: int) -> None:
    """Let a pipe hold more, so that the child need not wait for its parent."""
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # the user has many pipes
            fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, _AHEAD)


def _is_ready(descriptor: int, seconds: float) -> bool:
    """Whether bytes come within so many seconds."""
    with selectors.DefaultSelector() as selector:
        selector.register(descriptor, selectors.EVENT_READ)
        return bool(selector.select(seconds))
