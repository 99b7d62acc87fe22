"""Readers that programs register and packages bring, in child processes and in this one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from searchkit import Articles, Document, Index, SearchkitError, register_reader
from searchkit.readers.formats import further
from searchkit.readers.reading.idle_children import take
from searchkit.readers.reading.limits import FileLimits

READER = """
from searchkit import ArticleError, Document

def read(file):
    text = file.read().decode("utf-16")
    if text.startswith("?"):
        raise ArticleError("has no answer")
    for number, line in enumerate(text.splitlines(), 1):
        yield Document(id=f"{file.id}#{number}", text=line, path=file.absolute_path)
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a module of readers, and a folder of articles in a format of its own."""
    (tmp_path / "lined_texts.py").write_text(READER, "utf-8")
    articles = tmp_path / "articles"
    articles.mkdir()
    (articles / "a.lines").write_text("Тасқын басталды\nНаурыз келді", "utf-16")
    (articles / "b.LINES").write_text("?", "utf-16")
    (articles / "c.djvu").write_bytes(b"AT&TFORM")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(further, "_registered", {})
    return tmp_path


@pytest.mark.parametrize("limits", [FileLimits(), None])
def test_a_registered_reader_reads_its_files(package: Path, limits: FileLimits | None) -> None:
    register_reader(".lines", "lined_texts:read")
    articles = Articles([str(package / "articles")], limits=limits)
    with Index.open(package / "index") as index:
        changes = index.update(articles)
        assert sorted(document.id for document in index) == ["a.lines#1", "a.lines#2"]
    (failure,) = changes.failures
    assert failure.error == "has no answer"


def test_a_reader_that_is_registered_later_is_known_to_a_new_child(package: Path) -> None:
    child = take(FileLimits())
    assert child.serves(FileLimits())
    register_reader(".lines", "lined_texts:read")
    assert not child.serves(FileLimits())
    child.end()


def test_an_installed_package_brings_a_reader(package: Path) -> None:
    """The entry point is all that a package needs: the command line reads its files."""
    metadata = package / "lined_texts-1.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: lined-texts\nVersion: 1\n", "utf-8")
    (metadata / "entry_points.txt").write_text("[searchkit.readers]\n.lines = lined_texts:read\n", "utf-8")
    path = os.pathsep.join((str(package), *filter(None, sys.path)))
    command = [sys.executable, "-m", "searchkit", "index", "articles", "--index", "index"]
    done = subprocess.run(command, cwd=package, env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True)
    assert "has no answer" in done.stderr
    with Index.open(package / "index") as index:
        assert [hit.id for hit in index.search("наурыз")] == ["a.lines#2"]


def here(file: object) -> list[Document]:
    return []


@pytest.mark.parametrize(
    "suffix, reader, sentence",
    [
        ("lines", "lined_texts:read", "a suffix is a text such as .djvu, not 'lines'"),
        (".lines", "no_such_module:read", "the reader no_such_module:read cannot be imported: No module named"),
        (".lines", "lined_texts:write", "the reader lined_texts:write cannot be imported"),
        (".lines", "lined_texts", "cannot be imported"),
        (".lines", "lined_texts:__name__", "is no function"),
        (".lines", lambda file: [], "cannot be imported by other processes"),
        (".lines", 7, "cannot be imported by other processes"),
    ],
)
def test_what_cannot_be_imported_is_refused(package: Path, suffix: str, reader: object, sentence: str) -> None:
    with pytest.raises(SearchkitError, match=sentence):
        register_reader(suffix, reader)  # type: ignore[arg-type]
    assert not further.further_readers()


def test_a_function_of_a_module_can_be_given_itself(package: Path) -> None:
    register_reader(".Here", here)
    assert further.further_readers() == {".here": f"{__name__}:here"}
