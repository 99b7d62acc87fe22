"""Document ids that are made of file names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

from searchkit.document import Document
from searchkit.indexing.known_documents import KnownDocuments
from searchkit.readers.record_ids import bare_id, is_global_id, split_file_id
from searchkit.readers.sources.paths import file_on_disk, is_gone


class FileIds:
    """Gives each file one id, and no two files the same.

    A file that is known from a folder above or below keeps its id. A file whose name is taken gets
    as much of its path as it needs to differ.
    """

    def __init__(self, known: KnownDocuments) -> None:
        self._known = known
        self._name_of_path: dict[str, str] = {}
        self._path_of_name: dict[str, str] = {}
        self._bare_ids: dict[str, set[str]] = defaultdict(set)
        """By path: ids that earlier versions took from the file's records as they were."""
        self.predecessors: dict[str, str] = {}
        """By an id of this run: such an id, in whose place it comes."""
        self._known_are_loaded = False

    def assign(self, document: Document) -> Document:
        """Return the document under its final id; ids that are unique anywhere stay."""
        parts = split_file_id(document.id, document.path)
        if parts is None:
            return document
        if not self._known_are_loaded:
            self._load_known()
        name, rest = parts
        assigned = self._name_of_path.get(document.path) or self._free_name(name, document.path)
        self._name_of_path[document.path] = assigned
        self._path_of_name[assigned] = document.path
        if bare_id(rest) in self._bare_ids.get(document.path, ()):
            self.predecessors[assigned + rest] = bare_id(rest)
        return document if assigned == name else document.with_id(assigned + rest)

    def predecessors_of(self, ids: Collection[str]) -> set[str]:
        """Return the ids in whose place documents with `ids` come."""
        return {self.predecessors[id_] for id_ in self.predecessors.keys() & ids}

    def _load_known(self) -> None:
        """Load the names of indexed files, once the first file comes."""
        self._known_are_loaded = True
        for id_, path in self._known.paths():
            if parts := split_file_id(id_, path):
                self._name_of_path[path] = parts[0]
                self._path_of_name[parts[0]] = path
            elif path and not is_global_id(id_):
                self._bare_ids[path].add(id_)

    def _free_name(self, name: str, path: str) -> str:
        """Return the shortest end of the path, not shorter than `name`, that no other file has."""
        parts = Path(path).parts
        shortest = name.count("/") + 1
        ends = ["/".join(parts[-count:]) for count in range(shortest, len(parts) + 1)]
        return next((end for end in ends if self._is_free(end, path)), path)

    def _is_free(self, name: str, path: str) -> bool:
        owner = self._path_of_name.get(name, path)
        return owner == path or is_gone(file_on_disk(owner))
