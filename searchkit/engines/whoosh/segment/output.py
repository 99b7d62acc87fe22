"""Write a segment into one file, section by section.

Groups of articles and blocks of terms are written as they come, so that memory holds neither.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from searchkit.engines.whoosh.codec.postings_batch import PostingsBatch
from searchkit.engines.whoosh.codec.stored_articles import Article, GroupWriter
from searchkit.engines.whoosh.codec.term_blocks import blocks_of
from searchkit.engines.whoosh.codec.term_dictionary import BLOCKS, TermDictionaryWriter
from searchkit.engines.whoosh.directory import segment_file
from searchkit.engines.whoosh.directory.checksums import Footer, append_checksums
from searchkit.engines.whoosh.schema import ARTICLE_SIZES, ARTICLES
from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.storage import durable_files

_SYNC_INTERVAL = 2**22
"""Bytes after which a new segment is synced, so that a large merge does not end in a long wait."""


class SegmentOutput:
    """A segment that is being written: first all articles, then all terms, then the rest."""

    def __init__(self, folder: Path, index_name: str) -> None:
        from secrets import token_hex

        self.info = SegmentInfo(index_name, token_hex(8), 0)
        self._path = self.info.path(folder)
        self._file = durable_files.create(self._path)
        self._file.write(bytes(segment_file.HEADER_SIZE))
        self._begin = self._end = self._synced = segment_file.HEADER_SIZE
        self._sections: dict[str, tuple[int, int]] = {}
        self._articles, self._dictionary = GroupWriter(), TermDictionaryWriter()

    def add_article(self, article: Article) -> None:
        """Write the stored fields and token offsets of the next document."""
        self._write(self._articles.add(article))

    def add_articles(self, count: int, fields: memoryview, offsets: memoryview) -> None:
        """Write a whole group of articles of another segment as it is."""
        self._write(self._articles.add_group(count, fields, offsets))

    def end_articles(self) -> None:
        """End the section of articles."""
        self._write(self._articles.flush())
        self._end_section(ARTICLES)
        self.add_section(ARTICLE_SIZES, [self._articles.sizes()])

    def add_postings(self, batch: PostingsBatch) -> None:
        """Write the postings of several terms, which come after all before."""
        for block in blocks_of(batch):
            self._write(self._dictionary.add(block))

    def end_postings(self) -> None:
        """End the term dictionary."""
        self._end_section(BLOCKS)
        for name, content in self._dictionary.sections().items():
            self.add_section(name, [content])

    def add_section(self, name: str, content: Iterable[bytes]) -> None:
        """Write a whole section."""
        for _ in self.write_section(name, content):
            pass

    def write_section(self, name: str, content: Iterable[bytes]) -> Iterator[int]:
        """Write a whole section, and yield the number of bytes of each chunk."""
        for chunk in content:
            self._write(chunk)
            yield len(chunk)
        self._end_section(name)

    def _write(self, content: bytes) -> None:
        self._file.write(content)
        self._end += len(content)
        if self._end - self._synced > _SYNC_INTERVAL:
            durable_files.sync(self._file)
            self._synced = self._end

    def _end_section(self, name: str) -> None:
        self._sections[name] = self._begin, self._end - self._begin
        self._begin = self._end

    def finish(self, size: int) -> None:
        """Write the list of sections and the checksums, and sync the file.

        Args:
            size: The number of documents.
        """
        sections = json.dumps(self._sections, separators=(",", ":")).encode()
        self._file.write(sections)
        self._file.seek(0)
        self._file.write(segment_file.header(self._end, len(sections)))
        self.info.footer, self.info.size = self._close(), size

    def _close(self) -> Footer:
        footer = append_checksums(self._file)
        durable_files.sync(self._file)
        self._file.close()
        return footer

    def discard(self) -> None:
        """Close and delete the unfinished file."""
        with suppress(OSError):
            self._file.close()
        with suppress(OSError):
            self._path.unlink()
