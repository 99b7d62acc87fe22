"""A folder with one article, and processes that watch it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.watch.watching import Watching


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "old.txt").write_text("Ескі мақала\n\nКітапхана.", "utf-8")
    return tmp_path / "news"


@pytest.fixture
def watch(tmp_path: Path, folder: Path) -> Iterator[Callable[..., Watching]]:
    started: list[Watching] = []

    def start(*options: str) -> Watching:
        started.append(Watching(folder, tmp_path / "index", *options))
        return started[-1]

    yield start
    for watching in started:
        if watching.process.poll() is None:
            watching.process.kill()
        watching.process.communicate()
