"""Ids as users type them: in full, or as a record has them in its file.

``7`` stands for ``feed.jsonl#7`` where no other file has a record with that id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from searchkit.engines.document_store import DocumentStore
from searchkit.errors import ArticleNotFound
from searchkit.readers.record_ids import bare_id, split_file_id

_LISTED = 5
"""Ids that a message lists."""


def full_id(store: DocumentStore, id_: str) -> str:
    """Return the full id of the document that `id_` stands for.

    Raises:
        ArticleNotFound: No document has that id, or several have it in their files.
    """
    if store.states([id_]):
        return id_
    states = store.states(store.ids_ending(f"#{id_}"))
    return _only(id_, [full for full, state in states.items() if _id_in_file(full, state.path) == id_])


def full_ids(store: DocumentStore, ids: Collection[str]) -> Mapping[str, str]:
    """Return the full ids by those in `ids`; unknown ones are left out.

    Raises:
        ArticleNotFound: Several documents have one of the ids in their files.
    """
    known = {id_: id_ for id_ in store.states(ids)}
    others = set(ids) - known.keys()
    found: dict[str, list[str]] = defaultdict(list)
    for full, path in store.paths() if others else ():
        bare = _id_in_file(full, path)
        if bare in others:
            found[bare].append(full)
    return known | {bare: _only(bare, full) for bare, full in found.items()}


def _id_in_file(full: str, path: str) -> str:
    parts = split_file_id(full, path)
    return bare_id(parts[1]) if parts else ""


def _only(id_: str, found: Iterable[str]) -> str:
    first, *others = sorted(found) or [""]
    if not first:
        raise ArticleNotFound(f"no article has the id {id_}")
    if others:
        more = f" and {len(others) + 1 - _LISTED} more" if len(others) >= _LISTED else ""
        listed = ", ".join([first, *others][:_LISTED])
        raise ArticleNotFound(f"several articles have the id {id_} in their files: {listed}{more}; name one in full")
    return first
