"""Document ids that are made of file names."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from searchkit.document import Document
from searchkit.indexing.known_documents import KnownDocuments
from searchkit.readers.sources.paths import file_on_disk

_LINE_NUMBER = re.compile(r":\d+(?:/\d+)?\Z")


class FileIds:
    """Gives each file one id, and no two files the same.

    A file that is known from a folder above or below keeps its id. A file whose name is taken gets
    as much of its path as it needs to differ.
    """

    def __init__(self, known: KnownDocuments) -> None:
        self._known = known
        self._name_of_path: dict[str, str] = {}
        self._path_of_name: dict[str, str] = {}
        self._known_are_loaded = False

    def assign(self, document: Document) -> Document:
        """Return the document under its final id; documents of feeds keep their own."""
        name, line = _split(document.id)
        if not _is_end_of_path(name, document.path):
            return document
        if not self._known_are_loaded:
            self._load_known()
        assigned = self._name_of_path.get(document.path) or self._free_name(name, document.path)
        self._name_of_path[document.path] = assigned
        self._path_of_name[assigned] = document.path
        return document if assigned == name else replace(document, id=assigned + line)

    def _load_known(self) -> None:
        """Load the names of indexed files, which only files need."""
        self._known_are_loaded = True
        for id_, state in self._known.load_all().items():
            name, _ = _split(id_)
            if _is_end_of_path(name, state.path):
                self._name_of_path[state.path] = name
                self._path_of_name[name] = state.path

    def _free_name(self, name: str, path: str) -> str:
        """Return the shortest free end of `path` that contains `name`."""
        parts = Path(path).parts
        shortest = name.count("/") + 1
        ends = ["/".join(parts[-count:]) for count in range(shortest, len(parts) + 1)]
        return next((end for end in ends if self._is_free(end, path)), path)

    def _is_free(self, name: str, path: str) -> bool:
        owner = self._path_of_name.get(name, path)
        return owner == path or not os.path.lexists(file_on_disk(owner))


def _split(id_: str) -> tuple[str, str]:
    """Split an id into the file's name and the line number in it: ``feed.jsonl``, ``:12``."""
    line = _LINE_NUMBER.search(id_)
    cut = line.start() if line else len(id_)
    return id_[:cut], id_[cut:]


def _is_end_of_path(name: str, path: str) -> bool:
    return path.endswith(os.sep + name.replace("/", os.sep))
