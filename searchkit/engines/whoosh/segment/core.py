"""Decode the file of a segment, which never changes, to arrays."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.doc_columns import BytesColumn, unpack_references
from searchkit.engines.whoosh.codec.packed_ints import Int32s, unpack
from searchkit.engines.whoosh.codec.posting_list import BlockOccurrences
from searchkit.engines.whoosh.codec.stored_articles import Groups, unpack_fields
from searchkit.engines.whoosh.codec.term_blocks import TermBlock
from searchkit.engines.whoosh.codec.term_dictionary import TermDictionary, TermRange
from searchkit.engines.whoosh.directory.segment_file import RepairedSegmentFile, Section, SegmentFile
from searchkit.engines.whoosh.schema import (
    ARTICLE_SIZES,
    ARTICLES,
    ID,
    IDS_SORTED,
    STORED_LISTS,
    STORED_TEXTS,
)
from searchkit.engines.whoosh.segment.info import SegmentInfo


class SegmentCore:
    """The file of one segment. Deletions are not in it: a commit keeps those."""

    def __init__(self, folder: Path, info: SegmentInfo) -> None:
        self.id = info.id
        self.size = info.size
        """The number of documents, deleted ones included."""
        self._file = self._open(folder, info)
        self._columns: dict[str, BytesColumn] = {}

    @staticmethod
    def _open(folder: Path, info: SegmentInfo) -> SegmentFile:
        return SegmentFile(info.path(folder), info.footer)

    def section(self, name: str) -> Section:
        """Return a section of the file, an empty one where it has none of that name."""
        return self._file.section(name)

    def section_sizes(self) -> dict[str, int]:
        """Return by name how many bytes each section takes."""
        return {name: length for name, (_, length) in self._file.sections.items()}

    @cached_property
    def dictionary(self) -> TermDictionary:
        """The terms with their postings."""
        return TermDictionary(self._file.section)  # not of this object: it would hold itself, and the file

    def block(self, number: int) -> TermBlock:
        """Return a block of the term dictionary."""
        block = self.dictionary.block(number)
        self._file.count_read(block.nbytes)
        return block

    def occurrences(self, number: int) -> BlockOccurrences:
        """Return the occurrences of the terms of a block."""
        occurrences = self.dictionary.occurrences(number)
        self._file.count_read(occurrences.nbytes)
        return occurrences

    def terms(self) -> Iterator[bytes]:
        """Yield all terms, sorted."""
        return (term for each in self.dictionary.with_prefix(b"") for term in each.terms)

    def with_prefix(self, prefix: bytes) -> Iterator[TermRange]:
        """Yield the terms with a prefix, sorted, block by block."""
        for each in self.dictionary.with_prefix(prefix):
            self._file.count_read(each.block.nbytes)
            yield each

    def numbers(self, field: str) -> Int32s:
        """Return a column of numbers."""
        return unpack(self.section(field).read_all(), self.size)

    def values(self, field: str) -> BytesColumn:
        """Return a column of byte strings."""
        if field not in self._columns:
            self._columns[field] = BytesColumn(self.section(field), self.size)
        return self._columns[field]

    def docs_with_value(self, field: str) -> NDArray[np.intp]:
        """Return the doc ids with a value in a column of byte strings."""
        return np.flatnonzero(self.values(field).lengths)

    def references(self, field: str) -> tuple[list[bytes], Int32s]:
        """Return the distinct values of a column, and per document the index of its value."""
        return unpack_references(self.section(field), self.size)

    @cached_property
    def _by_id(self) -> Int32s:
        return unpack(self.section(IDS_SORTED).read_all(), self.size)

    def docs_with_id(self, id_: bytes) -> Iterable[int]:
        """Return the documents with an external id, deleted ones included."""
        ids, by_id = self.values(ID), self._by_id
        row = bisect_left(by_id, id_, key=ids.__getitem__)
        while row < self.size and ids[by_id[row]] == id_:
            yield int(by_id[row])
            row += 1

    @cached_property
    def articles(self) -> Groups:
        """The stored fields and token offsets of all documents."""
        return Groups(self.section(ARTICLES), self.section(ARTICLE_SIZES))

    def stored_fields(self, doc_id: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        return unpack_fields(self.articles.fields(doc_id), STORED_TEXTS, STORED_LISTS)

    def damaged_blocks(self) -> Iterator[str]:
        """Read everything, and yield a sentence for each block that has changed."""
        return self._file.damaged_blocks()


class RepairedSegmentCore(SegmentCore):
    """The file of a segment that may be damaged, repaired where that is possible."""

    @staticmethod
    def _open(folder: Path, info: SegmentInfo) -> SegmentFile:
        return RepairedSegmentFile(info.path(folder), info.footer)
