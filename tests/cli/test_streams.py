"""Terminals, pipes and closed streams."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import COMMAND
from tests.conftest import CORPUS, Run


def test_closed_streams(index: Path) -> None:
    for command, code in (("search тасқын >&-", 0), ("show nothing 2>&-", 2), ("show nothing 2>/dev/full", 2)):
        line = f"{sys.executable} -m searchkit {command.replace(' ', f' --index {index} ', 1)}"
        assert subprocess.run(["bash", "-c", line], stdin=subprocess.DEVNULL, timeout=60).returncode == code, command


def test_a_closed_pipe_is_no_error(index: Path) -> None:
    command = [*COMMAND, "search", "-кракозябра", "-n", "50", "--index", str(index)]
    whole = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert whole.stdout.count("\n\n") > 40
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        errors = process.stderr.read().decode()
    assert "Traceback" not in errors
    assert "Exception" not in errors


def on_terminal(*command: str, environment: dict[str, str] | None = None) -> str:
    """Return what a command writes to a terminal."""
    main, side = pty.openpty()
    variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"}
    with subprocess.Popen(command, stdout=side, stderr=side, env=variables | (environment or {})) as process:
        os.close(side)
        written = b""
        while True:
            try:
                chunk = os.read(main, 65536)
            except OSError:
                break
            if not chunk:
                break
            written += chunk
        process.wait(60)
    os.close(main)
    return written.decode()


def test_colour_on_a_terminal_only(index: Path) -> None:
    command = [*COMMAND, "search", "тасқын", "--index", str(index)]
    assert "\x1b[1;33m" in on_terminal(*command)
    assert "\x1b[" not in on_terminal(*command, environment={"NO_COLOR": "1"}).replace("\x1b[2m", "").replace(
        "\x1b[0m", ""
    )


def test_progress_on_a_terminal_only(run: Run, tmp_path: Path) -> None:
    shown = on_terminal(*COMMAND, "index", str(CORPUS), "--index", str(tmp_path / "index"))
    assert "indexing" in shown
    assert "added" in shown
