"""Shared by all tests: folders, the command line as a real process, tables of examples."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from searchkit import Articles, Index
from searchkit.readers import articles
from searchkit.readers.reading.file_readings import FileReadings

settings.register_profile("searchkit", deadline=None)  # the first example of all reads the dictionaries
settings.load_profile("searchkit")

# What a shell starts in the background is told to ignore Ctrl-C, and so would be the processes that
# tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

TESTS = Path(__file__).parent
CORPUS = TESTS.parent / "corpus"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


def cases(path: Path) -> list[tuple[str, ...]]:
    """Return the lines of a table of examples.

    Columns are parted by ``|``; a line that begins with ``#`` is a comment.
    """
    lines = path.read_text("utf-8").splitlines()
    return [
        tuple(column.strip() for column in line.split("|"))
        for line in lines
        if line.strip() and not line.startswith("#")
    ]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run ``searchkit`` in an empty folder, as a user would."""

    def run(*arguments: str | Path, text: str | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "searchkit", *map(str, arguments)]
        return subprocess.run(command, input=text, capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=120)

    return run


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """Return an index of the bundled articles."""
    with Index.open(tmp_path_factory.mktemp("archive") / "index") as index:
        changes = index.update(Articles([str(CORPUS)]))
        assert not changes.failures
        yield index


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have all files read in this process, where a test has replaced a part of a reader."""
    monkeypatch.setattr(articles, "FileReadings", lambda _: FileReadings(None))
