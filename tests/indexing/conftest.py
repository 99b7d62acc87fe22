"""A folder of articles, and an index that is still empty."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Index


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with three articles."""
    folder = tmp_path / "articles"
    (folder / "2024").mkdir(parents=True)
    (folder / "1.txt").write_text("Бірінші\n\nМектеп туралы мақала.", "utf-8")
    (folder / "2.txt").write_text("Вторая\n\nСтатья о театре.", "utf-8")
    (folder / "2024" / "3.txt").write_text("Третья\n\nСтатья о музее.", "utf-8")
    return folder


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "index")
