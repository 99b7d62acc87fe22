"""Indexes of other versions are recognized, and rebuilt from their stored documents."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Index
from searchkit.engines.whoosh.commit.commits import newest_commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.directory import toc
from searchkit.engines.whoosh.whoosh_schema import schema
from searchkit.errors import IndexVersionError, IndexWarning
from tests.conftest import Run
from tests.reliability.conftest import article, texts, texts_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an index of format 4, which had no checksums."""
    folder = tmp_path / ".searchkit"
    with Index.open(folder) as index:
        index.update([article(str(n)) for n in range(5)])
        index.update([article("1", 2)])
    (generation,) = folder.glob("g*")
    engine = SafeIndex(generation)
    number, segments = newest_commit(engine)
    for segment in segments:
        segment.footer = None
    toc.write(generation, "MAIN", schema(), [segment.to_whoosh() for segment in segments], number)
    table = toc.path(generation, "MAIN", number)
    table.write_bytes(table.read_bytes()[:-24])
    (folder / "searchkit.json").write_text(json.dumps({"format": 4, "generation": generation.name}))
    (generation / "searchkit.copy").unlink()
    return folder


@pytest.mark.filterwarnings("ignore::searchkit.errors.IndexWarning")
def test_an_older_format_is_upgraded_without_the_files(folder: Path) -> None:
    with Index.open(folder) as index:
        with pytest.raises(IndexVersionError, match="--upgrade"):
            index.search("мақала")
        with pytest.raises(IndexVersionError, match="--upgrade"):
            index.update([article("9")])
        assert index.restore().added == 5
        assert texts(index) == {str(n): article(str(n), 2 * (n == 1)).text for n in range(5)}


def test_upgrade_on_the_command_line(folder: Path, run: Run) -> None:
    assert run("search", "мақала").returncode == 2
    assert run("index", "--upgrade", "corpus").returncode == 2
    result = run("index", "--upgrade")
    assert (result.returncode, result.stdout[:8]) == (0, "added 5,")
    assert len(texts_in(folder)) == 5


def test_a_format_of_the_future_is_left_alone(folder: Path) -> None:
    description = folder / "searchkit.json"
    description.write_text(json.dumps(json.loads(description.read_text()) | {"format": 99}))
    with Index.open(folder) as index, pytest.raises(IndexVersionError, match="format 99"):
        index.search("мақала")


@pytest.fixture
def other_analyzers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return an index with one article that another version of the analyzers has analyzed."""
    folder = tmp_path / ".searchkit"
    with Index.open(folder) as index, monkeypatch.context() as patch:
        patch.setattr("searchkit.analysis.analyzed_document.analysis_version", lambda: "kk:999")
        index.update([article("1")])
    yield folder


def test_other_analyzers_are_reported(other_analyzers: Path) -> None:
    with Index.open(other_analyzers) as index:
        with pytest.warns(IndexWarning, match="1 articles .* --upgrade"):
            index.stats()
        with pytest.warns(IndexWarning, match="1 articles .* --upgrade"):
            assert index.search("мақала").total == 1
        with warnings.catch_warnings():  # once is enough
            warnings.simplefilter("error")
            assert index.search("мақала").total == 1


def test_searches_report_other_analyzers_until_the_upgrade(other_analyzers: Path, run: Run) -> None:
    result = run("search", "мақала")
    assert (result.returncode, result.stderr.count("\n")) == (0, 2)
    assert "searchkit index --upgrade" in result.stderr
    assert run("index", "--upgrade").stdout[:8] == "added 1,"
    assert "--upgrade" not in run("search", "мақала").stderr


def test_an_empty_index_is_upgraded(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([article("1")])
        index.update([], prune_all=True)
        assert index.restore().added == 0
        assert index.search("мақала").total == 0
