"""The commands under siege: one that watches and indexes, and one that serves."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

from benchmarks.robustness.process_memory import tree_memory

_START = 300.0
"""Seconds that a command gets to start."""
_SEARCHKIT = (sys.executable, "-m", "searchkit")


class Command:
    """A running command whose lines are kept."""

    def __init__(self, name: str, *arguments: str) -> None:
        self.name = name
        self.lines: list[str] = []
        self.process = subprocess.Popen(
            [*_SEARCHKIT, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        self._listening = Thread(target=self._listen, daemon=True)
        self._listening.start()

    def _listen(self) -> None:
        assert self.process.stdout
        self.lines.extend(self.process.stdout)

    def wait_for(self, text: str) -> None:
        """Wait until a line has a text; raises `RuntimeError` with the lines if none comes."""
        deadline = time.monotonic() + _START
        while not any(text in line for line in list(self.lines)):
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.name}: {''.join(self.lines)}")
            time.sleep(0.05)

    @property
    def memory(self) -> float:
        """Megabytes of all its processes."""
        return tree_memory(self.process.pid) / 2**10

    def end(self, how: signal.Signals, seconds: float) -> Iterator[str]:
        """Send a signal, and yield the problems of the end.

        Args:
            how: The signal.
            seconds: In which it must end.
        """
        if self.process.poll() is not None:
            yield f"{self.name} ended too early, with {self.process.returncode}"
        self.process.send_signal(how)
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            yield f"{self.name} did not end within {seconds:.0f} s of {how.name}"
        self.kill()
        yield from self._faults(how)

    def _faults(self, how: signal.Signals) -> Iterator[str]:
        if self.process.returncode not in (0, 128 + how, -how, -signal.SIGKILL):
            yield f"{self.name} ended with {self.process.returncode} after {how.name}"
        for number, line in enumerate(self.lines):
            if line.startswith("Traceback"):
                yield f"{self.name} printed a traceback: {''.join(self.lines[number:])[:6000]}"

    def kill(self) -> None:
        """End it in any case."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        self._listening.join(1)


def watching(folder: Path, index: Path) -> Command:
    """Start to index a folder and its changes; return when all that is there is indexed."""
    command = Command("watch", "index", str(folder), "--index", str(index), "--watch", "--prune", "--json")
    command.wait_for('"added"')
    return command


def serving(index: Path, port: int) -> Command:
    """Start a server; return when it takes requests."""
    command = Command("server", "serve", "--index", str(index), "--port", str(port))
    command.wait_for("running on")
    return command


def verified(index: Path) -> Iterator[str]:
    """Yield the problems that `searchkit verify` finds."""
    command = [*_SEARCHKIT, "verify", "--index", str(index)]
    ended = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if ended.returncode:
        yield f"verify: {ended.stdout.strip()} {ended.stderr.strip()}"


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])
