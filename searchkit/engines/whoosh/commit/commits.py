"""Find the newest whole commit, publish the next, delete old files.

A commit is a table of contents (see `toc.py`) with the segments that it lists. Its generation is
one more than that of the commit before. The two newest whole commits keep their files, so that
there is one to fall back to.
"""

from __future__ import annotations

import errno
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain, islice
from pathlib import Path

from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.directory import toc
from searchkit.engines.whoosh.segment.info import SegmentInfo, segment_info
from searchkit.errors import IndexWarning

_KEPT = 2
"""The newest whole commits whose files are kept: one to use, one to fall back to."""
_DAMAGE = frozenset({errno.ENOENT, errno.ELOOP, errno.EIO, errno.EISDIR, errno.ENOTDIR, errno.ENXIO})
"""System errors that mean damaged files, not limits of this process."""
_FALLEN_BACK = (
    "the newest commit to the index in {} is damaged, and the one before is used; "
    "index the articles again, or run: searchkit verify --repair"
)


def newest_commit(index: SafeIndex) -> tuple[int, list[SegmentInfo]]:
    """Return the generation and segments of the newest whole commit.

    If a later one is damaged, an `IndexWarning` says so. Raises nearly anything if none is whole.
    """
    newest, *older = toc.generations(index.folder, index.name) or [0]
    try:
        return newest, _whole_segments(index, newest)
    except Exception as damage:
        if toc.generations(index.folder, index.name)[:1] > [newest]:
            return newest_commit(index)  # another process has committed and deleted the files meanwhile
        if isinstance(damage, OSError) and damage.errno not in _DAMAGE:
            raise
        # The empty commit, with which every index begins, is nothing to fall back to.
        fallback = next((commit for commit in _whole_commits(index, older) if commit[1]), None)
        if fallback is None:
            raise
        warnings.warn(_FALLEN_BACK.format(index.folder.parent), IndexWarning, stacklevel=1)
        return fallback


def _whole_commits(index: SafeIndex, generations: Iterable[int]) -> Iterator[tuple[int, list[SegmentInfo]]]:
    for generation in generations:
        with suppress(Exception):
            yield generation, _whole_segments(index, generation)


def _whole_segments(index: SafeIndex, generation: int) -> list[SegmentInfo]:
    """Return a commit's segments, or raise if any file of it is damaged."""
    segments = _listed_segments(index, generation)
    if not all(segment.has_full_length(index.folder) for segment in segments):
        raise ValueError("a segment has lost its end")
    return segments


def _listed_segments(index: SafeIndex, generation: int) -> list[SegmentInfo]:
    table = toc.read(index.folder, index.name, generation)
    if table.warning:
        warnings.warn(table.warning.format(index.folder), IndexWarning, stacklevel=1)
    return [segment_info(index.name, values) for values in table.segments]


def readable_segments(index: SafeIndex) -> list[SegmentInfo]:
    """Return the segments of the newest whole commit, or else of the newest readable table.

    Some segments of the latter are whole. Raises nearly anything if no table can be read.
    """
    try:
        return newest_commit(index)[1]
    except Exception:
        for generation in toc.generations(index.folder, index.name):
            with suppress(Exception):
                return _listed_segments(index, generation)
        raise


def is_newest(index: SafeIndex, generation: int) -> bool:
    """Whether a commit is the newest, without listing the folder.

    A later commit has the next generation. The table of this one may stay, as one to fall back to.
    """
    folder, name = str(index.folder), index.name
    return toc.exists(folder, name, generation) and not toc.exists(folder, name, generation + 1)


def next_generation(index: SafeIndex) -> int:
    """Return the next commit's generation, which no commit has had, whole or damaged."""
    return max(toc.generations(index.folder, index.name), default=-1) + 1


def publish(index: SafeIndex, generation: int, segments: Sequence[SegmentInfo]) -> None:
    """Make a commit: write its table of contents, which takes effect with its final name."""
    from searchkit.engines.whoosh.whoosh_codec.table import table_for_whoosh  # only writers need Whoosh

    for_whoosh = table_for_whoosh(index.name, index.schema, segments, generation)
    toc.write(index.folder, index.name, for_whoosh, [segment.to_dict() for segment in segments], generation)


def delete_unreferenced(index: SafeIndex, unfinished: Iterable[SegmentInfo] = ()) -> None:
    """Delete files that none of the newest whole commits refers to.

    Segments in `unfinished` keep their files. While the newest commit is damaged nothing is
    deleted: the whole part of it may be wanted.
    """
    generations = toc.generations(index.folder, index.name)
    whole = dict(islice(_whole_commits(index, generations), _KEPT))
    if whole and max(whole) == generations[0]:
        needed = {segment.id for segment in chain(*whole.values(), unfinished)}
        for path in (toc.path, toc.copy_path):
            needed |= {path(index.folder, index.name, generation).name for generation in whole}
        _delete_others(index.folder, re.compile(rf"({index.name}_[0-9a-z]+)\..*|(_{index.name}_.*)"), needed)


def _delete_others(folder: Path, pattern: re.Pattern[str], needed: set[str]) -> None:
    for file in sorted(folder.iterdir()):
        match = pattern.fullmatch(file.name)
        if match and match[match.lastindex or 0] not in needed:
            with suppress(OSError):  # another process has it open, on Windows
                file.unlink()
