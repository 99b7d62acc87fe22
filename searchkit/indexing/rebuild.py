"""Rebuilding an index in a new generation, which then replaces the current one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from searchkit.changes import Changes, Failure
from searchkit.engines.generations import Generations
from searchkit.errors import IndexDamaged, StorageError
from searchkit.indexing.document_source import DocumentSource, roots_of
from searchkit.indexing.folder_devices import FolderDevices
from searchkit.indexing.prune_guard import PruneGuard, Pruning
from searchkit.indexing.stored_documents import StoredDocuments
from searchkit.indexing.update import Update
from searchkit.indexing.workers import Workers
from searchkit.readers.sources.roots import Root

_NOTHING_READ = "has no article that can be read, so "


def rebuild(
    generations: Generations, source: DocumentSource, workers: Workers, devices: FolderDevices | None = None
) -> Changes:
    """Index all documents of a source in a new generation, and publish it.

    The current generation stays if no document could be read, if none could be from a root from
    which it has some, or on any error. The new one remembers `devices`, too.
    """
    guard = PruneGuard(roots_of(source), devices or FolderDevices({}), Pruning.NONE)
    generation = generations.begin()
    try:
        changes = _index(generations, generation, source, workers, guard)
        losses = list(_losses(generations, guard, changes))
    except BaseException:
        generations.folder.discard(generation)
        raise
    for loss in losses:
        changes.add_failure(loss)
    if changes.added and not losses:
        generations.publish(generation)
    else:
        generations.folder.discard(generation)
        changes.added = 0
    return changes


def _index(
    generations: Generations, generation: Path, source: DocumentSource, workers: Workers, guard: PruneGuard
) -> Changes:
    engine = generations.open_unpublished(generation)
    try:
        changes = Update(lambda: engine, None, workers, guard).run(source)
        guard.devices.save(generation)
    finally:
        engine.close()
    return changes


def _losses(generations: Generations, guard: PruneGuard, changes: Changes) -> Iterator[Failure]:
    """Yield the roots whose articles would be lost."""
    exists = generations.folder.exists()
    stays = "the index stays as it was" if exists else "no index is made"
    known = _known_roots(generations, guard) if exists and guard.unread else set()
    for root in guard.unread:
        if root.path is not None and (root in known or not changes.added):
            yield Failure(root.name, _NOTHING_READ + stays)


def _known_roots(generations: Generations, guard: PruneGuard) -> set[Root]:
    """Return the roots of the current generation's articles."""
    try:
        searcher = generations.searcher()
        return {root for _, path in searcher.paths() for root in guard.roots.holding(path)}
    except StorageError:
        return set()


def restore(generations: Generations, workers: Workers) -> Changes:
    """Rebuild an index of any version from the documents that it stores.

    Raises:
        IndexDamaged: no stored document is whole.
    """
    old = generations.folder.of_any_version()
    engine = generations.open_unpublished(old)
    try:
        changes = rebuild(generations, StoredDocuments(engine.recover()), workers, FolderDevices.of(old))
    finally:
        engine.close()
    if changes.failures and not changes.added:
        raise IndexDamaged("no article in the index is whole; rebuild it with: searchkit index --rebuild PATH")
    if not changes.added:
        generations.folder.publish(generations.begin())  # an empty index stays empty, in today's format
    return changes
