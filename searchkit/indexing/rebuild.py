"""Rebuilding an index in a new generation, which then replaces the current one."""

from __future__ import annotations

from searchkit.changes import Changes
from searchkit.engines.generations import Generations
from searchkit.errors import IndexDamaged
from searchkit.indexing.document_source import DocumentSource
from searchkit.indexing.stored_documents import StoredDocuments
from searchkit.indexing.update import Update
from searchkit.indexing.workers import Workers


def rebuild(generations: Generations, source: DocumentSource, workers: Workers) -> Changes:
    """Index all documents of a source in a new generation, and publish it.

    The current generation stays if no document could be read, or on any error.
    """
    generation = generations.begin()
    engine = generations.open_unpublished(generation)
    try:
        changes = Update(lambda: engine, None, workers).run(source, prune=False)
    except BaseException:
        engine.close()
        generations.folder.discard(generation)
        raise
    engine.close()
    if changes.added:
        generations.publish(generation)
    else:
        generations.folder.discard(generation)
    return changes


def restore(generations: Generations, workers: Workers) -> Changes:
    """Rebuild an index of any version from the documents that it stores.

    Raises:
        IndexDamaged: no stored document is whole.
    """
    engine = generations.open_unpublished(generations.folder.of_any_version())
    try:
        changes = rebuild(generations, StoredDocuments(engine.recover()), workers)
    finally:
        engine.close()
    if changes.failures and not changes.added:
        raise IndexDamaged("no article in the index is whole; rebuild it with: searchkit index --rebuild PATH")
    if not changes.added:
        generations.folder.publish(generations.begin())  # an empty index stays empty, in today's format
    return changes
