"""Whatever a reader raises is the failure of its file, and the others are read."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Articles, Document, FileLimits, Index
from searchkit.readers.formats.registry import FORMATS
from searchkit.readers.sources.files import File
from tests.readers.reading import KAZAKH


class Panic(BaseException):
    """An error such as those of libraries in Rust, which are no `Exception`."""


class Speechless(Exception):
    def __str__(self) -> str:
        raise ValueError


ERRORS = [
    MemoryError(),
    RecursionError("maximum recursion depth exceeded"),
    lzma.LZMAError("Corrupt input data"),
    zlib.error("Error -3"),
    struct.error("unpack requires a buffer"),
    OverflowError("date value out of range"),
    AssertionError(),
    KeyError("w:tbl"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    StopIteration("end"),
    ImportError("no such library"),
    Panic("index out of bounds"),
    Speechless(),
    OSError(5, "Input/output error"),
    ValueError("x" * 10_000 + "\n" * 100),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("documents_before", [0, 1])
def test_a_reader_may_raise_anything(
    error: BaseException, documents_before: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(file: File) -> Iterator[Document]:
        yield from [Document(id=file.id, text="Мәтін")] * documents_before
        raise error

    monkeypatch.setitem(FORMATS, ".md", read)
    for name in ("a.txt", "b.md", "c.txt"):
        (tmp_path / name).write_text(KAZAKH, "utf-8")
    found = Articles(tmp_path)
    assert [document.id for document in found] == ["a.txt", *["b.md"] * documents_before, "c.txt"]
    (failure,) = found.failures
    assert failure.path == str(tmp_path / "b.md")
    assert failure.error and "\n" not in failure.error and len(failure.error) < 500
    assert Index.open(tmp_path / "index").update(found).failed == 1


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_what_ends_the_program_is_no_failure(
    error: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: File) -> Iterator[Document]:
        raise error

    monkeypatch.setitem(FORMATS, ".txt", read)
    (tmp_path / "a.txt").write_text(KAZAKH, "utf-8")
    with pytest.raises(error):
        list(Articles(tmp_path))


@pytest.mark.parametrize("limits", [None, FileLimits()])
@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED])
@pytest.mark.parametrize("nested", [False, True])
def test_a_damaged_member_of_an_archive(method: int, nested: bool, limits: FileLimits | None, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        archive.writestr("1.zip" if nested else "1.txt", KAZAKH * 50)
        archive.writestr("2.txt", KAZAKH)
    data = bytearray(path.read_bytes())
    data[50:90] = bytes(40)
    path.write_bytes(data)
    (tmp_path / "b.txt").write_text(KAZAKH, "utf-8")
    found = Articles(tmp_path, limits=limits)
    assert [document.id for document in found] == ["a.zip/2.txt", "b.txt"]
    assert len(found.failures) == 1
