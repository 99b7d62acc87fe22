"""Read one file, or the members of an archive; whatever is raised is that file's failure."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.errors import ArticleError
from searchkit.readers.formats.registry import Reader, is_known, reader_of
from searchkit.readers.mending.mend import mended_document
from searchkit.readers.reading.events import Event, MemberBegun, PassedOver, Unread
from searchkit.readers.record_ids import with_scoped_id
from searchkit.readers.sources import archives
from searchkit.readers.sources.files import File

_LONGEST_REASON = 300
"""The most letters of an error of a library: some quote the whole file."""
_OUTSIDE = (KeyboardInterrupt, SystemExit, GeneratorExit)
"""What ends the program, or the reading: no fault of a file."""
_REASONS: dict[type[BaseException], str] = {
    MemoryError: "needs more memory than it may take, and was given up",
    RecursionError: "is nested too deeply",
}


def is_readable(file: File) -> bool:
    """Whether a file has a known format, or was named by the user itself."""
    return file.is_explicit or is_known(file.suffix)


def read_file(file: File, reader: Reader | None = None, skip: int = 0) -> Iterator[Event]:
    """Yield the events of a file. Nothing that a reader raises stops the program.

    Args:
        file: A file, or an archive, whose members are read.
        reader: The reader of the file, where it is known.
        skip: How many members of an archive are passed over, since they were read before.
    """
    failed: list[Unread] = []
    try:
        for number, member in enumerate(archives.unpack(file, lambda *failure: failed.append(_unread(*failure)))):
            yield from failed if number >= skip else ()
            failed.clear()
            if member is not file:
                yield MemberBegun(member.name, member.absolute_path, member.size)
            if number >= skip:
                yield from _read(member, reader)
    except BaseException as error:
        failed.append(_failure(file, error))
    yield from failed


def _read(file: File, reader: Reader | None) -> Iterator[Event]:
    if not is_readable(file):
        yield PassedOver(file.suffix)
        return
    try:
        for document in (reader or reader_of(file))(file):
            yield with_scoped_id(mended_document(document, file.remark), file)
    except BaseException as error:
        yield _failure(file, error)


def _failure(file: File, error: BaseException) -> Unread:
    """Return the failure of a file; raises what is no fault of it."""
    if isinstance(error, _OUTSIDE):
        raise error
    if isinstance(error, ArticleError):
        return _unread(file, str(error))
    if isinstance(error, ImportError):
        library = error.name or str(error)
        return Unread(
            file.name,
            f"needs the library {library}, which is missing: install searchkit again",
            file.absolute_path,
            library,
        )
    return _unread(file, _REASONS.get(type(error)) or f"cannot be read ({_described(error)})")


def _described(error: BaseException) -> str:
    """Return the kind of an error and what it says, which may fail in turn."""
    try:
        said = " ".join(str(error).split())
    except Exception:
        said = ""
    return f"{type(error).__name__}: {said[:_LONGEST_REASON]}"


def _unread(file: File, error: str) -> Unread:
    return Unread(file.name, error, file.absolute_path)
