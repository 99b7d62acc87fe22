"""Generations of an index: the engine in the current one, and new ones that take its place.

A rebuild writes a new generation beside the current one and publishes it at the end. Readers keep
the generation that they have opened, and follow at their next call.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from searchkit.engines.base import Engine, EngineFactory, Searcher
from searchkit.errors import IndexDamaged
from searchkit.storage.index_folder import IndexFolder
from searchkit_analyzers.forks import ForkSafeLock


class Generations:
    """Opens the current generation of an index, and begins and publishes new ones."""

    def __init__(self, folder: IndexFolder, engine: EngineFactory, on_close: Callable[[], None]) -> None:
        self.folder = folder
        self._make_engine = engine
        self._on_close = on_close
        self._engine: Engine | None = None
        self._opened: Path | None = None
        self._opening = ForkSafeLock()

    def searcher(self) -> Searcher:
        """Return a searcher of the newest commit; one thread opens the engine for all.

        A rebuild may replace the generation while it is opened: then the new one is opened.

        Raises:
            IndexNotFound, IndexVersionError, IndexDamaged: the index cannot be opened.
        """
        with self._opening:
            while True:
                generation = self.folder.current()
                try:
                    return self._open(generation).searcher()
                except IndexDamaged:
                    if generation == self.folder.current():
                        raise

    def current_searcher(self) -> Searcher | None:
        """Return a searcher of the newest commit, or None where there is no index yet."""
        return self.searcher() if self.folder.exists() else None

    def for_writing(self) -> Engine:
        """Return the engine of the current generation; the first one is made."""
        if not self.folder.exists():
            self.folder.publish(self.begin())
        return self._open(self.folder.current())

    def begin(self) -> Path:
        """Make a generation with an empty engine, which nobody sees before it is published."""
        generation = self.folder.begin()
        self._make_engine.create(generation)
        return generation

    def open_unpublished(self, generation: Path) -> Engine:
        """Return the engine of a generation that this process has begun, or of any version."""
        return self._make_engine(generation)

    def publish(self, generation: Path) -> None:
        """Make a generation the current one."""
        self.close()
        self.folder.publish(generation)

    def close(self) -> None:
        """Close the engine and its files."""
        if self._engine is not None:
            self._engine.close()
        self._engine = None
        self._on_close()

    def _open(self, generation: Path) -> Engine:
        if self._engine is None or generation != self._opened:
            self.close()
            self._engine, self._opened = self._make_engine(generation), generation
        return self._engine
