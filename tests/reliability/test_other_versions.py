"""Indexes of other versions are recognized, and rebuilt from their stored documents."""

from __future__ import annotations

import json
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Index
from searchkit.analysis.analyzed_document import analyze_document
from searchkit.errors import IndexVersionError, IndexWarning
from searchkit.storage import checked_json
from tests.conftest import Run
from tests.engines.whoosh.stock import add_with_whoosh, delete_with_whoosh, write_with_whoosh
from tests.reliability.conftest import article, texts, texts_in


@pytest.fixture(params=[4, 5])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Return an index of an older format: Whoosh's own, in format 4 without checksums."""
    folder = tmp_path / ".searchkit"
    with Index.open(folder) as index:
        index.update([article("1")])
    (generation,) = folder.glob("g*")
    documents = [article(str(n), 2 * (n == 1)) for n in range(5)]
    shutil.rmtree(generation)
    stock = write_with_whoosh(generation, map(analyze_document, [article("0", 9), *documents[:2]]))
    add_with_whoosh(generation, map(analyze_document, documents[2:]))
    delete_with_whoosh(generation, 0)
    stock.close()
    (folder / "searchkit.json").write_text(described(request.param, generation.name))
    return folder


def described(version: int, generation: str) -> str:
    """Return a description as that version of searchkit wrote it."""
    content = {"format": version, "generation": generation}
    return json.dumps(content | ({"checksum": checked_json.checksum(content)} if version > 4 else {}))


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


def test_the_next_run_upgrades(folder: Path, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "жаңа.txt"
    file.write_text("Жаңа мақала осында.")
    result = run("index", str(file))
    assert (result.returncode, result.stdout[:8], result.stderr.count("\n")) == (0, "added 1,", 1)
    assert "upgraded from its 5 stored articles" in result.stderr
    assert len(texts_in(folder)) == 6
    assert run("index", str(file)).stderr == ""


def test_a_format_of_the_future_is_left_alone(folder: Path) -> None:
    description = folder / "searchkit.json"
    description.write_text(described(99, json.loads(description.read_text())["generation"]))
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
