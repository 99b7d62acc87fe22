"""Ids of records: those that only their file makes unique get its id before them.

Two sites number their articles from 1, so ``1`` in ``b.jsonl`` is ``b.jsonl#1``, as a part of a
page follows its address.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchkit.document import Document
    from searchkit.readers.sources.files import File

_GLOBAL = re.compile(
    r"""
    [a-z][a-z0-9+.-]*://(?!localhost\b|127\.|\[::1\]|0\.0\.0\.0)[^\s/?\#].*  # an address with a host
    | urn:[a-z0-9][a-z0-9-]{1,31}:.+
    | tag:[^\s:,]+,\d{4}(-\d\d){0,2}:.+                                      # RFC 4151
    | \{?(?!0{8}-)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\}?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_REST = re.compile(r"#.*|:\d+(?:/\d+)?|", re.DOTALL)


def is_global_id(id_: str) -> bool:
    """Whether no other file has the id for another article: a URL, a URN, a tag URI or a UUID.

    >>> is_global_id("https://el.kz/1"), is_global_id("77")
    (True, False)
    """
    return bool(_GLOBAL.fullmatch(id_.strip()))


def with_scoped_id(document: Document, file: File) -> Document:
    """Return a document of `file` under an id that no other file's documents have.

    What comes from standard input, or from a program, has no file, and keeps its id.
    """
    if not document.path or is_global_id(document.id) or _is_scoped(document.id, file.id):
        return document
    return document.with_id(f"{file.id}#{document.id}")


def _is_scoped(id_: str, file_id: str) -> bool:
    return id_.startswith(file_id) and bool(_REST.fullmatch(id_, len(file_id)))


def split_file_id(id_: str, path: str) -> tuple[str, str] | None:
    """Split an id into the name of its file and the rest: ``feed.jsonl``, ``:12`` or ``#77``.

    Returns None where the id does not begin with an end of `path`.
    """
    path = path.replace(os.sep, "/")
    name = path.rpartition("/")[2]
    end = id_.find(name) + len(name) if name else -1
    while end >= len(name) > 0:
        if _REST.fullmatch(id_, end) and path.endswith("/" + id_[:end]):
            return id_[:end], id_[end:]
        end = id_.find(name, end - len(name) + 1) + len(name)
    return None


def bare_id(scoped: str) -> str:
    """Return the id that a record has in its file, given the rest of `split_file_id`."""
    return scoped[1:] if scoped.startswith("#") else ""
