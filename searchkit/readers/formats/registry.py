"""The formats that are read, by the suffix of a file's name.

To add a format:

1. Write a module with a `Reader`: ``read(file: File) -> Iterator[Document]``, which raises
   `ArticleError` with the end of a sentence about the file ("is broken XML") where it cannot be
   read.
2. Name its suffixes in `FORMATS`, and in ``docs/reference/formats.md``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from searchkit.document import Document
from searchkit.readers.formats import html, jsonl, markdown, mht, tables, text
from searchkit.readers.formats.books import epub, fb2
from searchkit.readers.formats.dumps import warc
from searchkit.readers.formats.feeds import feed
from searchkit.readers.formats.mail import eml, mbox
from searchkit.readers.formats.office import docx, odf, rtf, xlsx
from searchkit.readers.formats.pdf import reader as pdf
from searchkit.readers.formats.xml import roots
from searchkit.readers.sources.files import File

Reader = Callable[[File], Iterator[Document]]
"""Yields the documents of a file; raises `ArticleError`, if possible after all good ones."""

FORMATS: dict[str, Reader] = {
    "": text.read,
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".mht": mht.read,
    ".mhtml": mht.read,
    ".json": jsonl.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": tables.read,
    ".tsv": tables.read,
    ".xml": roots.read,
    ".rss": feed.read,
    ".atom": feed.read,
    ".eml": eml.read,
    ".emlx": eml.read,
    ".mbox": mbox.read,
    ".mbx": mbox.read,
    ".warc": warc.read,
    ".wet": warc.read,
    ".arc": warc.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
    ".docm": docx.read,
    ".dotx": docx.read,
    ".rtf": rtf.read,
    **dict.fromkeys((".odt", ".ott", ".fodt", ".ods", ".fods", ".odp"), odf.read),
    ".xlsx": xlsx.read,
    ".xlsm": xlsx.read,
    ".epub": epub.read,
    ".fb2": fb2.read,
}
"""The reader of each suffix, which is lower-case and has its dot."""


def reader_of(file: File) -> Reader:
    """Return the reader of a file's format: plain text for unknown suffixes."""
    return FORMATS.get(file.suffix, text.read)
