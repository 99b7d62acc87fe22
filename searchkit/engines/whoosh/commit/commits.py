"""Commits: which is the newest that is whole, how a new one is made, which files may go.

A commit writes its segments, then a table of contents under the next number (see `toc.py`). The two newest whole
ones keep their files, so that there is one to fall back to.
"""

from __future__ import annotations

import errno
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from searchkit.engines.whoosh.directory import toc
from searchkit.engines.whoosh.segment.core import is_all_there, schema_of, segment_of
from searchkit.errors import IndexWarning

if TYPE_CHECKING:
    from whoosh.index import FileIndex

_NAME = "MAIN"
"""What Whoosh calls an index that is the only one in its folder."""
_KEPT = 2
"""The newest whole commits of which all files are kept: one to use, one to fall back to."""
_DAMAGE = frozenset({errno.ENOENT, errno.ELOOP, errno.EIO, errno.EISDIR, errno.ENOTDIR, errno.ENXIO})
"""Errors of files that say something about the files, not about this process."""
_FALLEN_BACK = (
    "the newest commit to the index in {} is damaged, and the one before is used; "
    "index the articles again, or run: searchkit verify --repair"
)


class Storage:
    """The files of a folder, asked for as Whoosh's are."""

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)

    def file_exists(self, name: str) -> bool:
        """Whether there is such a file."""
        return Path(self.folder, name).exists()


class SafeIndex:
    """A Whoosh index, opened without Whoosh: its reader of tables of contents runs what a table tells it to.

    Only who writes needs its lock and its schema, and waits until Whoosh is imported.
    """

    def __init__(self, folder: Path) -> None:
        self.storage, self.indexname = Storage(folder), _NAME

    def __reduce__(self) -> tuple[type[SafeIndex], tuple[Path]]:
        """Another process makes the schema anew: its fields know how to be Whoosh's own when they are pickled."""
        return SafeIndex, (Path(self.storage.folder),)

    @cached_property
    def _schema(self) -> Any:
        from searchkit.engines.whoosh.whoosh_schema import schema

        return schema()

    def lock(self, name: str) -> Any:
        """Return one of Whoosh's locks. It would follow a link, and wait for whoever writes to a pipe: such go."""
        from whoosh.filedb.filestore import FileStorage

        file = Path(self.storage.folder, f"{self.indexname}_{name}")
        if file.is_symlink() or file.is_fifo() or file.is_socket():
            file.unlink()
        return FileStorage(self.storage.folder).lock(f"{self.indexname}_{name}")


def committed(index: FileIndex) -> tuple[int, list[Any]]:
    """Return the number of an index's newest whole commit, and the segments of it.

    Where a later one is damaged, a warning says so. Raises nearly anything where there is no whole one.
    """
    folder = Path(index.storage.folder)
    newest, *older = toc.numbers(folder, index.indexname) or [0]
    try:
        return newest, _whole(index, newest)
    except Exception as damage:
        if toc.numbers(folder, index.indexname)[:1] > [newest]:
            return committed(index)  # another process has committed, and has removed what was looked for
        if isinstance(damage, OSError) and damage.errno not in _DAMAGE:
            raise
        # The commit of nothing, which every index begins with, is no help.
        found = next((whole for whole in _whole_among(index, older) if whole[1]), None)
        if found is None:
            raise
        warnings.warn(_FALLEN_BACK.format(folder.parent), IndexWarning, stacklevel=1)
        return found


def _whole_among(index: FileIndex, numbers: Iterable[int]) -> Iterator[tuple[int, list[Any]]]:
    """Yield those of the commits that are whole."""
    for number in numbers:
        with suppress(Exception):
            yield number, _whole(index, number)


def _whole(index: FileIndex, number: int) -> list[Any]:
    """Return the segments of a commit; raises where its table is damaged, or a file missing or cut short."""
    segments = _listed(index, number)
    if not all(is_all_there(index.storage, segment) for segment in segments):
        raise ValueError("a segment has lost its end")
    return segments


def _listed(index: FileIndex, number: int) -> list[Any]:
    said = toc.read(Path(index.storage.folder), index.indexname, number)
    if said.remark:
        warnings.warn(said.remark.format(index.storage.folder), IndexWarning, stacklevel=1)
    return [segment_of(index.indexname, each) for each in said.segments]


def remains(index: FileIndex) -> list[Any]:
    """Return the segments of the newest whole commit, or else of the newest that can be read: some of them are whole.

    Raises nearly anything where no table can be read.
    """
    try:
        return committed(index)[1]
    except Exception:
        for number in toc.numbers(Path(index.storage.folder), index.indexname):
            with suppress(Exception):
                return _listed(index, number)
        raise


def is_newest(index: FileIndex, generation: int) -> bool:
    """Whether nothing was committed after the commit of that number, without listing the folder.

    A commit writes a table of contents under the next number. Not all older ones go: there may be one to fall back to.
    """
    folder, name = index.storage.folder, index.indexname
    return toc.exists(folder, name, generation) and not toc.exists(folder, name, generation + 1)


def next_number(index: FileIndex) -> int:
    """Return the number of the next commit, which no commit has had, be it whole or damaged."""
    return max(toc.numbers(Path(index.storage.folder), index.indexname), default=-1) + 1


def publish(index: FileIndex, generation: int, segments: list[Any]) -> None:
    """Make a commit: write its table of contents, which takes effect when it gets its final name."""
    toc.write(Path(index.storage.folder), index.indexname, schema_of(index), segments, generation)


def sweep(index: FileIndex, unfinished: Iterable[Any] = ()) -> None:
    """Remove the files of all but the newest commits, and of segments that are neither in those nor `unfinished`.

    While the newest commit is damaged, nothing goes: what is whole of it may be wanted.
    """
    folder = Path(index.storage.folder)
    numbers = toc.numbers(folder, index.indexname)
    whole = dict(islice(_whole_among(index, numbers), _KEPT))
    if whole and max(whole) == numbers[0]:
        needed = {segment.segment_id() for segment in chain(*whole.values(), unfinished)}
        for path in (toc.path, toc.copy_path):
            needed |= {path(folder, index.indexname, number).name for number in whole}
        _remove_others(folder, re.compile(rf"({index.indexname}_[0-9a-z]+)\..*|(_{index.indexname}_.*)"), needed)


def _remove_others(folder: Path, pattern: re.Pattern[str], needed: set[str]) -> None:
    for file in sorted(folder.iterdir()):
        match = pattern.fullmatch(file.name)
        if match and match[match.lastindex or 0] not in needed:
            with suppress(OSError):  # another process has it open, on Windows
                file.unlink()
