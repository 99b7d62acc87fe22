"""Unpack archives, ``.zip``, and compressed files, nested in each other, within bounds.

A member of an archive has the archive's id and path with its own below them:
``news.zip/2024/a.txt``. A file that is only compressed keeps its name: ``a.txt.gz``.
"""

from __future__ import annotations

import bz2
import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from searchkit.errors import ArticleError
from searchkit.readers.sources.files import File, PackedFile
from searchkit.readers.sources.passed_over import is_passed_over
from searchkit.readers.sources.unpack_budget import BudgetedStream, UnpackBudget

try:
    from lzma import LZMAError
except ImportError:  # some builds of Python lack it
    LZMAError = OSError  # type: ignore[misc, assignment]

MAX_DEPTH = 3
"""The most archives that may be nested in each other."""
_IN_MEMORY = 16 * 2**20
"""A nested zip archive larger than this (bytes) waits on disk to be read."""

DAMAGE = (
    OSError, EOFError, zlib.error, LZMAError, zipfile.BadZipFile, struct.error, RuntimeError, NotImplementedError,
    ValueError, OverflowError, LookupError, TypeError, AttributeError, MemoryError,
)  # fmt: skip
"""The errors of the standard library over archives that are broken or packed in unknown ways."""

OnMemberFailure = Callable[[File, str], None]
"""Receives a member that cannot be read, and the reason."""


def unpack(file: File, on_failure: OnMemberFailure) -> Iterator[File]:
    """Yield the members of an archive, or `file` itself if it is none.

    Failures of members go to `on_failure`. Once a bound of `UnpackBudget` is met, nothing more is
    unpacked.

    Raises:
        ArticleError: The archive itself cannot be read.
    """
    yield from _unpack(file, UnpackBudget(file.size), 0, on_failure)


def _unpack(file: File, budget: UnpackBudget, depth: int, on_failure: OnMemberFailure) -> Iterator[File]:
    unpacker = _UNPACKERS.get(file.suffix)
    if unpacker is None:
        yield file
        return
    if depth == MAX_DEPTH:
        raise ArticleError(f"lies in more than {MAX_DEPTH - 1} archives, and is not unpacked")
    for member in unpacker(file, budget, on_failure):
        try:
            yield from _unpack(member, budget, depth + 1, on_failure)
        except ArticleError as error:
            on_failure(member, str(error))
        if budget.is_spent:
            return


def _decompress(file: File, budget: UnpackBudget, _: OnMemberFailure) -> Iterator[File]:
    """Yield the one file that is compressed in `file`."""
    decompressor: Any = _DECOMPRESSORS[file.suffix]

    def opener() -> BinaryIO:
        stream = file.open()

        def spend(count: int) -> None:
            if not isinstance(file, PackedFile):
                file.bytes_read = stream.tell()
            budget.spend(count)

        return _buffered(decompressor(stream), spend, stream)

    inner_name = (file.inner_name if isinstance(file, PackedFile) else file.path.name).strip()[: -len(file.suffix)]
    yield PackedFile(
        path=file.path, id=file.id, absolute_path=file.absolute_path, is_explicit=file.is_explicit, size=0,
        reading=file.reading, inner_name=inner_name, opener=opener,
    )  # fmt: skip


def _unzip(file: File, budget: UnpackBudget, on_failure: OnMemberFailure) -> Iterator[File]:
    with _seekable(file) as stream, _opened(stream) as archive:
        members = [info for info in archive.infolist() if not info.is_dir()]
        budget.reserve(len(members), sum(info.file_size for info in members))
        encrypted = [info for info in members if info.flag_bits & 1]
        if len(encrypted) > 1:
            on_failure(file, f"holds {len(encrypted)} encrypted files, such as {_name(encrypted[0])}")
            members = [info for info in members if not info.flag_bits & 1]
        for info in members:
            member = _member(file, archive, info, budget)
            problem = _problem(info)
            if problem:
                on_failure(member, problem)
            elif not is_passed_over(PurePosixPath(member.inner_name).parts):
                yield member
            file.bytes_read += info.compress_size


def _opened(stream: BinaryIO) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except DAMAGE as error:
        raise ArticleError("is no zip archive, or a broken one") from error


def _seekable(file: File) -> BinaryIO:
    """Return a seekable stream, which reading a zip archive needs."""
    if not isinstance(file, PackedFile):
        return file.open()
    copy = cast(BinaryIO, SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the caller closes it
    with file.open() as stream:
        copyfileobj(stream, copy)
    return copy


def _member(file: File, archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: UnpackBudget) -> PackedFile:
    name = _name(info)
    return PackedFile(
        path=Path(f"{file.path}/{name}"), id=f"{file.id}/{name}", absolute_path=f"{file.absolute_path}/{name}",
        is_explicit=False, size=info.file_size, reading=file.reading,
        inner_name=name, opener=lambda: _buffered(_member_stream(archive, info), budget.spend),
    )  # fmt: skip


def _name(info: zipfile.ZipInfo) -> str:
    """Return a member's name; one without a UTF-8 mark is UTF-8 or cp866.

    Russian Windows writes cp866 there, which zipfile reads as cp437.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("cp866")
    return name.replace("\\", "/")


def _problem(info: zipfile.ZipInfo) -> str:
    """Return the reason why a member must not be opened, or nothing."""
    name = PurePosixPath(_name(info))
    if not name.parts or name.is_absolute() or ".." in name.parts or name.parts[0].endswith(":"):
        return "has a name that leads out of its archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link, and is not followed"
    return "is encrypted" if info.flag_bits & 1 else ""


def _member_stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Any:
    try:
        return archive.open(info)
    except DAMAGE as error:
        raise ArticleError("is damaged, and cannot be unpacked") from error


def _buffered(stream: Any, spend: Callable[[int], None], below: BinaryIO | None = None) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(BudgetedStream(stream, spend, below, DAMAGE), 2**16))


def _from_xz(stream: BinaryIO) -> Any:
    from lzma import LZMAFile  # some builds of Python lack it

    return LZMAFile(stream)


_DECOMPRESSORS = {
    ".gz": lambda stream: gzip.GzipFile(fileobj=stream),
    ".bz2": bz2.BZ2File,
    ".xz": _from_xz,
    ".lzma": _from_xz,
}
_UNPACKERS = {".zip": _unzip, **dict.fromkeys(_DECOMPRESSORS, _decompress)}

SUFFIXES = frozenset(_UNPACKERS)
"""The suffixes of archives."""
