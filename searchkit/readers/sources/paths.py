"""Resolve paths, print them, and find one inside another."""

from __future__ import annotations

import errno
import glob
import os
import re
from contextlib import suppress
from pathlib import Path

from searchkit.readers.sources.passed_over import is_passed_over

INDEX_MARKER = "searchkit.json"
"""A folder with this file is an index, and not a folder of articles."""

_NO_FILE = (errno.ENOENT, errno.ENOTDIR)
"""System errors that mean that there is no file, and not that it cannot be reached."""
_ESCAPED = re.compile(rb"\\x([89a-f][0-9a-f])")
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,7}")


def suffix_of(name: str) -> str:
    """Return the suffix that tells a file's format, lower-case, or nothing.

    The suffix includes its dot. An ending with a digit at its start, as in ``22.09``, is no suffix.
    """
    suffix = Path(name).suffix.strip().lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def real_path(path: str | Path) -> str:
    """Return the resolved path as text; bytes that are not UTF-8 read ``\\xff``."""
    return printable(os.path.realpath(path))


def printable(path: str | Path) -> str:
    """Return a path as text that can be stored and printed."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def as_on_disk(path: str | Path) -> str | Path:
    """Return the path that the system knows of one that `printable` has made.

    A stored path names bytes that are not UTF-8 as ``\\xff``, which is no file's name.
    """
    text = str(path)
    if "\\x" not in text or os.path.lexists(text):
        return path
    first, *names = Path(text).parts
    known = first
    for name in names:
        known = _entry(known, name)
    return known if os.path.lexists(known) else path


def _entry(folder: str, name: str) -> str:
    """Return the path of the entry of a folder that `printable` gives this name."""
    path = os.path.join(folder, name)  # noqa: PTH118
    if "\\x" not in name or os.path.lexists(path):
        return path
    raw = _ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), os.fsencode(path))
    if os.path.lexists(raw):
        return os.fsdecode(raw)
    with suppress(OSError):  # its name has a backslash, too
        return next((entry.path for entry in os.scandir(folder) if printable(entry.name) == name), path)
    return path


def root_of(named: str) -> str:
    """Return the real file or folder that contains everything a user named.

    For a glob pattern this is its part before the first wild card.
    """
    # os.path, not Path: it answers False for names that the system refuses, where Path raises.
    if glob.has_magic(named) and not os.path.exists(named):  # noqa: PTH110
        return real_path(fixed_part(named))
    path = Path(named)
    return real_path(path) if os.path.isdir(named) else str(Path(real_path(path.parent), path.name))  # noqa: PTH112


def fixed_part(pattern: str) -> Path:
    """Return the folder of a glob pattern before its first wild part."""
    fixed = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed)


def is_gone(path: str | Path) -> bool:
    """Whether the system knows no such file.

    A closed folder, a broken disk or a share that does not answer says nothing of the kind.
    """
    try:
        os.lstat(as_on_disk(path))
    except OSError as error:
        return error.errno in _NO_FILE
    except ValueError:  # a name that no system allows
        return True
    return False


def is_dangling(path: str | Path) -> bool:
    """Whether a path is a link that leads to no file; a closed folder may hold one."""
    path = as_on_disk(path)
    try:
        os.stat(path)  # noqa: PTH116 - Path.stat raises the same, but takes no text
    except OSError as error:
        leads_nowhere = error.errno in (*_NO_FILE, errno.ELOOP)
        return leads_nowhere and os.path.islink(path)  # noqa: PTH114
    return False


def leads_out(path: str | Path, folder: str) -> bool:
    """Whether a path is a link out of the real `folder`."""
    return os.path.islink(path) and not is_inside(real_path(path), folder)  # noqa: PTH114


def is_inside(path: str, parent: str) -> bool:
    """Whether a path equals `parent` or lies below it."""
    return path == parent or path.startswith(parent.rstrip(os.sep) + os.sep)


def with_parents(path: str) -> set[str]:
    """Return a path together with all folders above it."""
    return {path, *map(str, Path(path).parents)}


def file_on_disk(path: str) -> str:
    """Return the file that holds a document's `path`: itself or its archive."""
    if os.path.lexists(as_on_disk(path)):
        return path
    parents = map(str, Path(path).parents)
    return next((parent for parent in parents if os.path.isfile(as_on_disk(parent))), path)  # noqa: PTH113


def is_walked(folder: str, path: str) -> bool:
    """Whether a walk of `folder` reaches the real `path`.

    It passes over hidden files, leftovers of programs, and the folders of indexes.
    """
    if not is_inside(path, real_path(folder)):
        return False
    relative = Path(os.path.relpath(path, real_path(folder)))
    return not is_passed_over(relative.parts) and not any(
        Path(folder, parent, INDEX_MARKER).is_file() for parent in relative.parents
    )
