"""Files that hold other files: ``.gz`` of one, ``.zip`` of many, in each other too, within bounds.

What is in an archive has the archive's id and path, and its own below them: ``news.zip/2024/a.txt``. A file that is
only compressed keeps its name: ``a.txt.gz``.
"""

from __future__ import annotations

import gzip
import io
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from searchkit.errors import ArticleError
from searchkit.readers.sources.files import File, Packed

DEPTH = 3
"""How many archives may lie in each other."""
FILES = 100_000
"""How many files may be in one, with all those that lie in it."""
BYTES = 8 * 2**30
"""How much may come out of one."""
RATIO = 200
"""How much more may come out than went in. Texts become 3 to 10 times smaller, feeds of short ones up to 50 times."""
_ALWAYS = 64 * 2**20
"""What may come out of even the smallest."""
_IN_MEMORY = 16 * 2**20
"""An archive inside an archive that is larger than this waits on disk to be read."""

_DAMAGE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError)
"""What the standard library raises over archives that are broken or packed in ways that it does not know."""

OnFailure = Callable[[File, str], None]


class Budget:
    """What may still come out of an archive."""

    def __init__(self, size: int) -> None:
        self._files = FILES
        self._bytes = min(BYTES, max(_ALWAYS, RATIO * size))
        self.is_spent = False

    def announce(self, files: int, size: int) -> None:
        """Take so many files; raises `ArticleError` where there are too many, or more in them than may come out."""
        self._files -= files
        if self._files < 0:
            self._refuse(f"holds more than {FILES} files")
        if size > self._bytes:
            self._refuse("holds far more than an archive of articles would")

    def spend(self, size: int) -> None:
        """Take so many bytes; raises `ArticleError` where there are no more."""
        self._bytes -= size
        if self._bytes < 0:
            self._refuse("holds far more than an archive of articles would")

    def _refuse(self, sentence: str) -> None:
        self.is_spent = True
        raise ArticleError(f"{sentence}, and is not unpacked")


def unpacked(file: File, on_failure: OnFailure) -> Iterator[File]:
    """Yield a file, or instead of an archive what is in it; what is wrong with what lies in it goes to `on_failure`.

    Raises `ArticleError` where something is wrong with `file` itself. After an archive's bounds are met, nothing more
    comes out of it.
    """
    yield from _unpacked(file, Budget(file.size), 0, on_failure)


def _unpacked(file: File, budget: Budget, depth: int, on_failure: OnFailure) -> Iterator[File]:
    unpack = _ARCHIVES.get(file.suffix)
    if unpack is None:
        yield file
        return
    if depth == DEPTH:
        raise ArticleError(f"lies in more than {DEPTH - 1} archives, and is not unpacked")
    for member in unpack(file, budget, on_failure):
        try:
            yield from _unpacked(member, budget, depth + 1, on_failure)
        except ArticleError as error:
            on_failure(member, str(error))
        if budget.is_spent:
            return


def _gunzipped(file: File, budget: Budget, _: OnFailure) -> Iterator[File]:
    def opener() -> BinaryIO:
        stream = file.open()

        def spend(count: int) -> None:
            if not isinstance(file, Packed):
                file.consumed = stream.tell()
            budget.spend(count)

        return _guarded(gzip.GzipFile(fileobj=stream), spend, stream)

    inner = (file.inner if isinstance(file, Packed) else file.path.name).strip()[: -len(".gz")]
    yield Packed(
        path=file.path, id=file.id, absolute=file.absolute, was_named=file.was_named, size=0, columns=file.columns,
        inner=inner, opener=opener,
    )  # fmt: skip


def _unzipped(file: File, budget: Budget, on_failure: OnFailure) -> Iterator[File]:
    with _seekable(file) as stream, _opened(stream) as archive:
        found = [info for info in archive.infolist() if not info.is_dir()]
        budget.announce(len(found), sum(info.file_size for info in found))
        for info in found:
            member = _member(file, archive, info, budget)
            problem = _problem(info)
            if problem:
                on_failure(member, problem)
            elif not any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(member.inner).parts):
                yield member
            file.consumed += info.compress_size


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except _DAMAGE as error:
        raise ArticleError("is no zip archive, or a broken one") from error


def _seekable(file: File) -> BinaryIO:
    """Return a stream in which a zip archive can be read to and fro."""
    if not isinstance(file, Packed):
        return file.open()
    copy = cast(BinaryIO, SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the caller closes it
    with file.open() as stream:
        copyfileobj(stream, copy)
    return copy


def _member(file: File, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Packed:
    name = _name(info)
    return Packed(
        path=Path(f"{file.path}/{name}"), id=f"{file.id}/{name}", absolute=f"{file.absolute}/{name}",
        was_named=False, size=info.file_size, columns=file.columns,
        inner=name, opener=lambda: _guarded(_member_stream(archive, info), budget.spend),
    )  # fmt: skip


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name. Those without a mark of UTF-8 are UTF-8 all the same, or from Russian Windows."""
    name = info.filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp866")
    return name.replace("\\", "/")


def _problem(info: zipfile.ZipInfo) -> str:
    """Say what is wrong with a member before it is opened, or nothing."""
    name = PurePosixPath(_name(info))
    if not name.parts or name.is_absolute() or ".." in name.parts or name.parts[0].endswith(":"):
        return "has a name that leads out of its archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, and is not followed"
    return "is encrypted" if info.flag_bits & 1 else ""


def _member_stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Any:
    try:
        return archive.open(info)
    except _DAMAGE as error:
        raise ArticleError("is damaged, and cannot be unpacked") from error


def _guarded(stream: Any, spend: Callable[[int], None], below: BinaryIO | None = None) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Guarded(stream, spend, below), 2**16))


class _Guarded(io.RawIOBase):
    """A stream out of an archive that tells what is damaged as an `ArticleError`, and what it takes."""

    def __init__(self, stream: Any, spend: Callable[[int], None], below: BinaryIO | None) -> None:
        self._stream, self._spend, self._below = stream, spend, below

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._stream.read(len(buffer))
        except _DAMAGE as error:
            raise ArticleError("is damaged, and cannot be unpacked") from error
        self._spend(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        for stream in (self._stream, self._below):
            if stream is not None:
                stream.close()
        super().close()


_ARCHIVES = {".gz": _gunzipped, ".zip": _unzipped}

SUFFIXES = frozenset(_ARCHIVES)
"""The endings of archives."""
