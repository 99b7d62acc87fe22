"""Decode the files of a segment, which never change, to arrays.

Whoosh's own readers copy whole files into memory to open them, and hand out postings one by one.
Here files are mapped, and blocks of postings and columns become arrays. The tests compare with
stock Whoosh on the same index.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.byte_columns import BytesColumn, distinct_values
from searchkit.engines.whoosh.codec.posting_list import PostingList, concatenate_blocks
from searchkit.engines.whoosh.codec.postings_blocks import decode_blocks
from searchkit.engines.whoosh.codec.prefix_postings import Block
from searchkit.engines.whoosh.codec.term_dictionary import TermDictionary, entries
from searchkit.engines.whoosh.codec.term_info import (
    TermStats,
    inlined_postings,
    postings_extent,
    unpack_term_stats,
)
from searchkit.engines.whoosh.directory.compound_file import (
    EMPTY_FILE,
    CompoundFile,
    MappedFile,
    RepairedCompoundFile,
    SeparateFiles,
)
from searchkit.engines.whoosh.segment.columns import STORED, unpack_stored_fields
from searchkit.engines.whoosh.segment.info import POSTINGS_ENDING, TERMS_ENDING, SegmentInfo
from searchkit.engines.whoosh.segment.prefix_terms import SegmentPrefixTerms

FIELD_PREFIX = struct.Struct("!H")
"""The number of a field, with which all keys of its terms begin."""
_NO_FIELD = 65535


class SegmentCore:
    """The files of one segment. Deletions are not among them: a commit keeps those."""

    def __init__(self, folder: Path, info: SegmentInfo) -> None:
        self.id = info.id
        self.size = info.size
        """The number of documents, deleted ones included."""
        self._info = info
        self._files = self._open(folder, info)
        self._columns: dict[str, BytesColumn] = {}
        self._few_terms: dict[str, list[bytes]] = {}

    @staticmethod
    def _open(folder: Path, info: SegmentInfo) -> CompoundFile | SeparateFiles:
        return CompoundFile(info.compound_path(folder), info.footer) if info.is_compound else SeparateFiles(folder)

    @cached_property
    def _dictionary(self) -> TermDictionary:
        return TermDictionary(self._file(self._info.file_name(TERMS_ENDING)))

    @cached_property
    def _postings(self) -> MappedFile:
        return self._file(self._info.file_name(POSTINGS_ENDING))

    def _key(self, field: str, term: bytes) -> bytes:
        return FIELD_PREFIX.pack(self._dictionary.fields.get(field, _NO_FIELD)) + term

    def _term_info(self, field: str, term: bytes) -> bytes | None:
        return self._dictionary.find(self._key(field, term))

    def postings(self, field: str, term: bytes) -> PostingList | None:
        """Return the posting list of a term, or None if the segment lacks the term."""
        term_info = self._term_info(field, term)
        return None if term_info is None else concatenate_blocks(list(self.posting_blocks(term_info)))

    def term_stats(self, field: str, term: bytes) -> TermStats:
        """Return the statistics of a term; raise `KeyError` if the segment lacks it."""
        term_info = self._term_info(field, term)
        if term_info is None:
            raise KeyError(term)
        return unpack_term_stats(term_info)

    def doc_freq(self, field: str, term: bytes) -> int:
        """Return how many documents hold a term, deleted ones included."""
        term_info = self._term_info(field, term)
        return unpack_term_stats(term_info).doc_freq if term_info else 0

    def blocks_of_terms(self, field: str, terms: Iterable[bytes]) -> Iterator[tuple[bytes, list[Block]]]:
        """Yield the terms that the segment has, each with the blocks of its posting list."""
        for term in terms:
            term_info = self._term_info(field, term)
            if term_info is not None:
                yield term, list(self.posting_blocks(term_info))

    def blocks_with_prefix(self, field: str, prefix: bytes) -> Iterator[tuple[bytes, list[Block]]]:
        """Yield the terms with a prefix, sorted, each with the blocks of its posting list."""
        for term, term_info in self.terms_with_info(field, prefix):
            yield term, list(self.posting_blocks(term_info))

    def prefix_terms(self, field: str, prefix: bytes) -> SegmentPrefixTerms:
        """Return the terms with a prefix, and their doc freqs, without reading them one by one."""
        key = self._key(field, prefix)
        content = self._dictionary.with_prefix(key)
        self._files.count_read(len(content))
        return SegmentPrefixTerms(content, self._dictionary.starts_with_prefix(key), FIELD_PREFIX.size)

    def fields(self) -> Iterable[str]:
        """Return the names of the fields that have terms."""
        return self._dictionary.fields

    def terms_with_info(self, field: str, prefix: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        """Yield the terms of a field with a prefix, sorted, each with its term info."""
        if field not in self.fields():
            return
        content = self._dictionary.with_prefix(self._key(field, prefix))
        self._files.count_read(len(content))
        for key, term_info in entries(content, 0, len(content)):
            yield key[FIELD_PREFIX.size :], term_info

    def posting_blocks(self, term_info: bytes) -> Iterator[tuple[Any, Any, Any]]:
        """Yield the postings of each block: (steps from doc id to doc id, weights, values)."""
        extent = postings_extent(term_info)
        if extent is None:
            yield inlined_postings(term_info)
        else:
            content = self._postings.get(*extent)
            self._files.count_read(len(content))
            yield from decode_blocks(content)

    def has_column(self, name: str) -> bool:
        """Whether any document has a value in a column."""
        return self._files.file_exists(self._info.column_file(name))

    def whoosh_column(self, name: str, column: Any) -> Any:
        """Return Whoosh's own reader of a column, a sequence of values."""
        from searchkit.engines.whoosh.codec.whoosh_columns import column_reader  # only merging needs Whoosh

        return column_reader(self._column(name), column, self.size)

    def terms(self, field: str) -> Iterator[bytes]:
        """Yield the terms of a field, sorted."""
        return (term for term, _ in self.terms_with_info(field))

    def few_terms(self, field: str) -> list[bytes]:
        """Return all terms of a field with few of them, which are read once."""
        if field not in self._few_terms:
            self._few_terms[field] = list(self.terms(field))
        return self._few_terms[field]

    def numeric_column(self, field: str) -> NDArray[np.float64]:
        """Return a column of unsigned integers, 0 where a document has no value.

        The file ends with the last document that has a value.
        """
        values = np.zeros(self.size)
        content = self._column(field).read_all()
        stored = np.frombuffer(content, ">u4") if content else values[:0]
        values[: len(stored)] = stored
        return values

    def bytes_value(self, field: str, doc_id: int) -> memoryview:
        """Return a document's value in a column of byte strings."""
        if field not in self._columns:
            self._columns[field] = self._bytes_column(field)
        return self._columns[field][doc_id]

    def bytes_values(self, field: str) -> Iterator[bytes]:
        """Yield all documents' values in a column of byte strings."""
        return iter(self._bytes_column(field))

    def docs_with_value(self, field: str) -> NDArray[np.intp]:
        """Return the doc ids with a value in a column of byte strings."""
        return np.flatnonzero(self._bytes_column(field).lengths)

    def docs_containing(self, field: str, substring: bytes) -> Iterator[int]:
        """Yield the doc ids whose value has a substring, without looking at each value."""
        return self._bytes_column(field).docs_containing(substring)

    def fixed_width_rows(self, field: str, width: int) -> NDArray[np.uint8]:
        """Return a column of byte strings of equal length, of shape (size, width).

        The rows are zeros where not all values have that length.
        """
        lengths = self._bytes_column(field).lengths
        if not self.size or not np.all(lengths == width):
            return np.zeros((self.size, width), np.uint8)
        return np.frombuffer(self._column(field).read_all(), np.uint8, self.size * width).reshape(-1, width)

    def reference_column(self, field: str) -> tuple[list[bytes], NDArray[np.int32]]:
        """Return the distinct values of a column, and per document the index of its value."""
        content = self._column(field).read_all()
        if not content:
            return [b""], np.zeros(self.size, np.int32)
        codes = np.frombuffer(content, ">u2" if content[-1] == ord("H") else "u1", self.size)
        return list(distinct_values(content[codes.nbytes :])), codes.astype(np.int32)

    def stored_fields(self, doc_id: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        return unpack_stored_fields(self.bytes_value(STORED, doc_id))

    def damaged_blocks(self) -> Iterator[str]:
        """Read everything, and yield a sentence for each block that has changed."""
        return self._files.damaged_blocks()

    def extra_file(self, ending: str) -> memoryview:
        """Return a file of searchkit's own, empty where the segment has none."""
        return self._file(self._info.file_name(ending)).read_all()

    def _bytes_column(self, field: str) -> BytesColumn:
        return BytesColumn(self._column(field), self.size)

    def _column(self, field: str) -> MappedFile:
        return self._file(self._info.column_file(field))

    def _file(self, name: str) -> MappedFile:
        return self._files.open_file(name) if self._files.file_exists(name) else EMPTY_FILE


class RepairedSegmentCore(SegmentCore):
    """The files of a segment that may be damaged, repaired where that is possible."""

    @staticmethod
    def _open(folder: Path, info: SegmentInfo) -> CompoundFile:
        return RepairedCompoundFile(info.compound_path(folder), info.footer)
