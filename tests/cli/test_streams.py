"""Terminals, pipes and closed streams."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import COMMAND, on_terminal
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


def test_colour_on_a_terminal_only(index: Path) -> None:
    command = ["search", "тасқын", "--index", str(index)]
    assert "\x1b[1;33m" in on_terminal(*command)
    assert "\x1b[" not in on_terminal(*command, NO_COLOR="1").replace("\x1b[2m", "").replace("\x1b[0m", "")


def test_progress_on_a_terminal_only(run: Run, tmp_path: Path) -> None:
    shown = on_terminal("index", str(CORPUS), "--index", str(tmp_path / "index"))
    assert "indexing" in shown
    assert "writing" in shown
    assert "added" in shown
