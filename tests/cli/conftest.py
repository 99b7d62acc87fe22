"""The command line as users meet it: real processes on an index of the bundled articles."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import CORPUS

COMMAND = [sys.executable, "-m", "searchkit"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the bundled articles, made by the command."""
    folder = tmp_path_factory.mktemp("cli") / "index"
    command = [*COMMAND, "index", str(CORPUS), "--index", str(folder)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert result.returncode == 0, result.stderr
    return folder


def sentence(result: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """Return the one line on stderr of a command that failed."""
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    (line,) = result.stderr.splitlines()
    assert line.startswith("searchkit: ")
    return line.removeprefix("searchkit: ")


def on_terminal(*arguments: str, columns: int = 80, stderr: int | None = None, **environment: str) -> str:
    """Return the output of a command on a terminal of some width; `stderr` may go elsewhere."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    variables = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=theirs,
        stderr=theirs if stderr is None else stderr,
        env=variables | {"TERM": "xterm-256color"} | environment,
    ) as process:
        os.close(theirs)
        printed = b"".join(_read(ours))
        process.wait(60)
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")


def _read(terminal: int) -> Iterator[bytes]:
    while True:
        try:
            content = os.read(terminal, 65_536)
        except OSError:  # Linux says so when the other end is closed
            return
        if not content:
            return
        yield content
