"""Deletion of articles by id, such as a court orders: from the index, then from its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from searchkit.changes import Changes, Failure
from searchkit.engines.generations import Generations
from searchkit.readers.sources.paths import file_on_disk, is_gone

COME_BACK = "articles whose files are still there, so that indexing them again brings them back"


def delete(generations: Generations, ids: Sequence[str], full_ids: Mapping[str, str], purge: bool) -> Changes:
    """Delete documents, and purge the files of the index on request.

    Args:
        generations: The index.
        ids: Ids as the user gives them.
        full_ids: By them, the full ids of the documents; the others are failures.
        purge: Whether the files of the index are rewritten now.
    """
    states = generations.searcher().states(set(full_ids.values()))
    changes = Changes(removed=len(states))
    changes.failures = [Failure(id_, "no article has this id") for id_ in dict.fromkeys(ids) if id_ not in full_ids]
    if states or purge:
        generations.for_writing().erase(states.keys(), purge=purge)
    remaining = sum(bool(state.path) and not is_gone(file_on_disk(state.path)) for state in states.values())
    changes.remarks = {COME_BACK: remaining} if remaining else {}
    return changes
