"""Errors as users see them: one sentence and an exit code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import sentence
from tests.conftest import Run


@pytest.mark.parametrize("verb", [("search", "а"), ("show", "a"), ("stats",), ("verify",)])
def test_without_an_index(run: Run, verb: tuple[str, ...]) -> None:
    assert sentence(run(*verb)) == "there is no index in .searchkit; make one with: searchkit index PATH"


def test_an_unknown_id(run: Run, index: Path) -> None:
    assert sentence(run("show", "nothing", "--index", index)) == "no article has the id nothing"


def test_an_index_of_another_version(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".searchkit").mkdir()
    description = tmp_path / ".searchkit" / "searchkit.json"
    description.write_text('{"format": 99}')
    assert "made by another version of searchkit" in sentence(run("search", "а"))
    assert "made by another version of searchkit" in sentence(run("index", "."))
    description.write_text('{"format": 0}')  # it would be upgraded, but there is nothing of it
    assert "made by another version of searchkit" in sentence(run("search", "а"))
    assert "names no generation" in sentence(run("index", "."))


def test_a_folder_that_may_not_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    assert "cannot be used for an index" in sentence(run("index", "a.txt", "--index", "/proc/index"))


def test_a_full_disk(run: Run, tmp_path: Path) -> None:
    """A write fails half-way, by a limit on file size, and the last commit stays."""
    (tmp_path / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    (tmp_path / "b.txt").write_text("Тақырып\n\n" + " ".join(f"сөз{n}" for n in range(9000)), "utf-8")
    assert run("index", "a.txt").returncode == 0
    command = f"ulimit -f 64; exec {sys.executable} -m searchkit index b.txt"
    result = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=60)
    assert "file too large" in sentence(result)
    assert run("search", "мәтінді").returncode == 0
    assert run("verify").returncode == 0
    assert run("index", "b.txt").stdout.startswith("added 1,")


def test_a_folder_that_is_no_index(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    assert "holds other things than an index" in sentence(run("index", "news", "--index", "news"))


def test_wrong_usage_is_exit_code_2(run: Run) -> None:
    assert run("search").returncode == 2
    assert run("search", "а", "--sort", "size").returncode == 2
    assert run("frobnicate").returncode == 2
