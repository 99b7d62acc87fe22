"""The index: documents go in, ranked hits with snippets come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from searchkit.changes import Changes
from searchkit.document import Document
from searchkit.engines.base import EngineFactory
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.searching.index_reader import IndexReader
from searchkit.searching.search import SearchSession
from searchkit.storage.index_folder import IndexFolder
from searchkit.understanding.word_lists import read_synonyms

if TYPE_CHECKING:
    from searchkit.indexing.document_source import DocumentSource
    from searchkit.meaning.embedding import Progress


class Index(IndexReader):
    """A searchable collection of articles in a folder; several threads may search it at once.

    `Index.open` returns one. It holds files open until it is closed: use it as a context manager.

    >>> from searchkit import Document, Index
    >>> with Index.open("news.index") as index:                                   # doctest: +SKIP
    ...     index.update([Document(id="1", title="Сессия Ассамблеи", text="...")])
    ...     for hit in index.search("ассамблея"):
    ...         print(hit.title, hit.snippet.render("[", "]"))
    """

    @classmethod
    def open(
        cls,
        path: str | Path,
        engine: EngineFactory = WhooshEngine,
        *,
        synonyms: str | Path | None = None,
        model: str | Path | None = None,
        wait: float = 0,
    ) -> Self:
        """Return the index in a folder.

        Where there is none yet, the first `update` makes it.

        Args:
            path: The folder of the index.
            engine: The class that stores and ranks documents.
            synonyms: A file of further synonyms, written like
                ``searchkit/understanding/data/synonyms.txt``.
            model: The folder of the model that compares meanings; by default the one that
                ``SEARCHKIT_MODEL`` names.
            wait: How many seconds a write waits for another process that writes.

        Returns:
            The index; nothing is read before it is first used.

        Raises:
            SearchkitError: The synonyms cannot be read.
        """
        own = read_synonyms(Path(synonyms)) if synonyms else ()
        folder = IndexFolder(Path(path), wait)
        return cls(folder, engine, SearchSession(own, folder.vectors, Path(model) if model else None))

    def update(
        self,
        documents: DocumentSource | Iterable[Document],
        *,
        prune: bool = False,
        prune_all: bool = False,
        workers: int = 1,
    ) -> Changes:
        """Add new documents, replace changed ones, and leave the others untouched.

        Documents that other versions of the analyzers indexed are analyzed again in any case.

        Args:
            documents: A source such as `Articles`, or any iterable; of several documents with one
                id, the last counts.
            prune: Remove the documents that are gone: those that the source covers and did not
                yield; a plain iterable covers all. If too much is gone, as where a disk is not
                mounted (docs/operations.md), none is removed: a failure is a `RefusedPrune`.
            prune_all: Remove them even then, unless a root itself is not there.
            workers: How many processes analyze documents. A program that asks for more than one
                needs ``if __name__ == "__main__":``, as `multiprocessing` explains.

        Returns:
            How many documents were added, changed, removed and unchanged, and the failures.

        Raises:
            IndexLocked: Another process is writing.
            IndexFolderTaken: The folder holds something other than an index.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
            StorageError: Files cannot be written.
        """
        from searchkit.indexing.document_source import as_source  # it analyzes: a search need not import it
        from searchkit.indexing.prune_guard import Pruning
        from searchkit.indexing.update import update
        from searchkit.indexing.workers import Workers

        with self._folder.writing(), Workers(workers) as pool:
            return update(self._generations, as_source(documents), pool, Pruning.of(prune, prune_all))

    @property
    def is_embedded(self) -> bool:
        """Whether articles have vectors, which `SearchOptions.meaning` needs."""
        return any(self._folder.vectors.glob("*.vec"))

    def embed(self, *, seconds: float = float("inf"), report: Callable[[Progress], None] = lambda _: None) -> Progress:
        """Give vectors to the articles that have none, the newest first, for searches by meaning.

        What is embedded stays, however the run ends. Others may search and write meanwhile.

        Args:
            seconds: When to stop; the next run goes on.
            report: Is told how far the run is, every few articles.

        Returns:
            How many articles have vectors now.

        Raises:
            ModelError: There is no model, or it cannot be run.
            IndexNotFound: There is no index in the folder.
            IndexLocked: Another process is embedding.
        """
        from searchkit.meaning.embedding import embed
        from searchkit.meaning.encoder import Encoder
        from searchkit.meaning.model_folder import ModelFolder
        from searchkit.meaning.vector_store import VectorStore
        from searchkit.storage.vector_folder import embedding

        searcher = self._generations.searcher()
        encoder = Encoder(ModelFolder.find(self._session.model))
        with embedding(self._folder) as folder:
            return embed(searcher, VectorStore(folder, encoder.fingerprint), encoder, seconds, report)

    def delete(self, ids: Iterable[str], *, purge: bool = False) -> Changes:
        """Remove articles, and have their text leave the files of the index.

        They are found no more at once. The commit that follows rewrites the files that hold them,
        so that neither text nor postings of them remain.

        Args:
            ids: Ids as `document` takes them.
            purge: Make that commit now. It also erases all that was removed or replaced before.

        Returns:
            How many articles were removed; the failures are unknown ids. A remark counts those
            whose files are still there: the next run over them would bring them back.

        Raises:
            ArticleNotFound: Several articles have one of the ids in their files; none is removed.
            IndexNotFound: There is no index in the folder.
            IndexLocked: Another process is writing.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
            StorageError: Files cannot be written or deleted.
        """
        from searchkit.indexing.deletion import delete

        ids = [ids] if isinstance(ids, str) else list(ids)
        self.full_ids(ids)  # where there is no index, none is made
        with self._folder.writing():
            changes = delete(self._generations, ids, self.full_ids(ids), purge)
        if purge and self._folder.vectors.is_dir():
            self._forget_vectors()
        return changes

    def _forget_vectors(self) -> None:
        """Write all vectors again without those of articles that are gone."""
        from searchkit.meaning.vector_store import forget, short
        from searchkit.storage.vector_folder import embedding

        states = self._generations.searcher().states().values()
        with embedding(self._folder) as folder:
            forget(folder, [short(state.digest) for state in states])

    def rebuild(self, documents: DocumentSource | Iterable[Document], *, workers: int = 1) -> Changes:
        """Index all documents beside the old index, and replace it at the end.

        The old index stays if no document could be read, if none could be from a root from which it
        has some, or on any error.

        Args:
            documents: A source such as `Articles`, or any iterable.
            workers: How many processes analyze documents: see `update`.

        Returns:
            How many documents were added, and the failures; where the old index stays, none was
            added, and a failure names the root.

        Raises:
            IndexLocked: Another process is writing.
            IndexFolderTaken: The folder holds something other than an index.
            StorageError: Files cannot be written.
        """
        from searchkit.indexing.document_source import as_source
        from searchkit.indexing.rebuild import rebuild
        from searchkit.indexing.workers import Workers

        with self._folder.writing(), Workers(workers) as pool:
            return rebuild(self._generations, as_source(documents), pool)

    def restore(self, *, workers: int = 1) -> Changes:
        """Rebuild a damaged index, or one of another version, from the documents that it stores.

        The old index stays on any error.

        Args:
            workers: How many processes analyze documents: see `update`.

        Returns:
            How many documents were added; its failures are the documents that are lost.

        Raises:
            IndexNotFound: There is no index in the folder.
            IndexLocked: Another process is writing.
            IndexDamaged: Not one stored document is whole.
            StorageError: Files cannot be written.
        """
        from searchkit.indexing.rebuild import restore
        from searchkit.indexing.workers import Workers

        with self._folder.writing(), Workers(workers) as pool:
            return restore(self._generations, pool)
