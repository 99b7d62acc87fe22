"""Write a segment into one compound file: columns, posting lists, the term dictionary.

Whoosh's own writer pools postings one by one, and writes some thirty files per segment to put them
together in the end. Here whole posting lists go to one file at once.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.postings_blocks import encode_batch, encode_postings
from searchkit.engines.whoosh.codec.term_dictionary import TermDictionaryWriter
from searchkit.engines.whoosh.codec.term_info import pack_term_info, pack_term_infos
from searchkit.engines.whoosh.codec.term_postings import PostingsBatch, TermPostings
from searchkit.engines.whoosh.directory.checksums import Footer, append_checksums
from searchkit.engines.whoosh.directory.compound_file import HEADER
from searchkit.engines.whoosh.segment.core import FIELD_PREFIX
from searchkit.engines.whoosh.segment.info import POSTINGS_ENDING, TERMS_ENDING, SegmentInfo
from searchkit.storage import durable_files

_SYNC_INTERVAL = 2**22
"""Bytes after which a new segment is synced, so that a large merge does not end in a long wait."""


class SegmentOutput:
    """A segment that is being written: first all columns, then posting lists, then the rest."""

    def __init__(self, folder: Path, index_name: str) -> None:
        from secrets import token_hex

        from whoosh.filedb.structfile import StructFile  # reading needs nothing of Whoosh

        self.info = SegmentInfo(index_name, token_hex(8), 0)
        self._path = self.info.compound_path(folder)
        self._file = StructFile(durable_files.create(self._path))
        self._file.write(bytes(HEADER.size))
        self._end = HEADER.size
        self._parts: dict[str, dict[str, int]] = {}
        self._dictionary = TermDictionaryWriter()
        self._fields: dict[str, int] = {}
        self._postings_size = self._synced = 0

    @contextmanager
    def column(self, name: str, column: Any, size: int) -> Iterator[Callable[[int, Any], None]]:
        """Write a column of `size` documents.

        The context is a function that takes a doc id and its value, doc ids ascending.
        """
        writer = column.writer(self._file)
        yield writer.add
        writer.finish(size)
        self._end_part(self.info.column_file(name))

    def add_postings(self, field: str, postings: TermPostings, lengths: bytes) -> None:
        """Write the posting list of a term; terms come sorted, field by field.

        Args:
            field: The name of the field.
            postings: The posting list.
            lengths: Per posting, the document's length encoded in a byte.
        """
        encoded = encode_postings(postings, lengths)
        term_info = pack_term_info(postings, lengths, self._postings_size, len(encoded))
        self._dictionary.add(self._field_prefix(field) + postings.term, term_info)
        self._write_postings(encoded)

    def add_batch(self, field: str, batch: PostingsBatch, lengths: NDArray[np.uint8]) -> None:
        """Write the posting lists of several terms, as `add_postings` does.

        Args:
            field: The name of the field.
            batch: The posting lists.
            lengths: Per posting of the batch, the document's length encoded in a byte.
        """
        encoded = encode_batch(batch, lengths.tobytes())
        sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
        term_infos = pack_term_infos(batch, lengths, self._postings_size, sizes)
        prefix = self._field_prefix(field)
        self._dictionary.add_all([prefix + term for term in batch.terms], term_infos)
        self._write_postings(b"".join(encoded))

    def _field_prefix(self, field: str) -> bytes:
        return FIELD_PREFIX.pack(self._fields.setdefault(field, len(self._fields)))

    def _write_postings(self, encoded: bytes) -> None:
        self._file.write(encoded)
        self._postings_size += len(encoded)
        if self._postings_size - self._synced > _SYNC_INTERVAL:
            durable_files.sync(self._file.file)
            self._synced = self._postings_size

    def end_postings(self) -> None:
        """End the file of posting lists."""
        self._end_part(self.info.file_name(POSTINGS_ENDING))

    def write_extra_file(self, ending: str, content: Iterable[bytes]) -> Iterator[int]:
        """Write a file of searchkit's own, and yield the number of bytes of each chunk."""
        for chunk in content:
            self._file.write(chunk)
            yield len(chunk)
        self._end_part(self.info.file_name(ending))

    def finish(self, size: int, field_lengths: dict[str, int]) -> Iterator[int]:
        """Write the term dictionary, and yield the number of bytes of each chunk.

        Args:
            size: The number of documents.
            field_lengths: By field, the length of all documents together, in tokens.
        """
        for chunk in self._dictionary.chunks({"fieldmap": self._fields}):
            self._file.write(chunk)
            yield len(chunk)
        self._end_part(self.info.file_name(TERMS_ENDING))
        self.info.footer = self._close()
        self.info.size, self.info.field_lengths = size, field_lengths
        self.info.is_compound = True

    def _close(self) -> Footer:
        """Write the list of parts and the checksums, and sync the file.

        Whoosh expects a second pickle, of options, after the list.
        """
        parts = pickle.dumps(self._parts, 2) + pickle.dumps({}, 2)
        self._file.write(parts)
        self._file.seek(0)
        self._file.write(HEADER.pack(self._end, len(parts)))
        footer = append_checksums(self._file.file)
        durable_files.sync(self._file.file)
        self._file.close()
        return footer

    def discard(self) -> None:
        """Close and delete the unfinished file."""
        with suppress(OSError):
            self._file.file.close()
        with suppress(OSError):
            self._path.unlink()

    def _end_part(self, name: str) -> None:
        start, self._end = self._end, self._file.tell()
        self._parts[name] = {"offset": start, "length": self._end - start}
