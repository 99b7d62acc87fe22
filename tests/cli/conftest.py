"""The command line as users meet it: real processes on an index of the bundled articles."""

from __future__ import annotations

import subprocess
import sys
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
