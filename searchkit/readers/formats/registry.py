"""The formats that are read, by the suffix of a file's name.

To add a format:

1. Write a module with a `Reader`: ``read(file: File) -> Iterator[Document]``, which raises
   `ArticleError` with the end of a sentence about the file ("is broken XML") where it cannot be
   read.
2. Name its suffixes in `FORMATS`, and in ``docs/reference/formats.md``.

Other packages bring readers, too: see `register_reader`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import html, jsonl, markdown, mht, signatures, tables, text
from searchkit.readers.formats.books import epub, fb2
from searchkit.readers.formats.dumps import warc
from searchkit.readers.formats.feeds import feed
from searchkit.readers.formats.further import further_reader, further_readers
from searchkit.readers.formats.mail import eml, mbox
from searchkit.readers.formats.office import doc, docx, odf, rtf, xlsx
from searchkit.readers.formats.pdf import reader as pdf
from searchkit.readers.formats.xml import roots
from searchkit.readers.sources.files import File
from searchkit.readers.sources.item_stream import head_of

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
    ".rdf": feed.read,
    ".atom": feed.read,
    ".eml": eml.read,
    ".emlx": eml.read,
    ".mbox": mbox.read,
    ".mbx": mbox.read,
    ".warc": warc.read,
    ".wet": warc.read,
    ".arc": warc.read,
    ".pdf": pdf.read,
    ".doc": doc.read,
    ".dot": doc.read,
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


_NAMED_AS_TEXT = frozenset({"", ".txt", ".text"})
_NAMED_AS_DOCUMENTS = frozenset({".doc", ".docx", ".rtf", ".odt", ".xlsx", ".pdf"})
"""Suffixes that programs also give to HTML."""
_ZIPPED = frozenset({".docx", ".docm", ".dotx", ".xlsx", ".xlsm", ".odt", ".ott", ".ods", ".odp", ".epub"})
"""Suffixes of zip archives that are one document."""


def reader_of(file: File) -> Reader:
    """Return the reader of a file's format, which its first bytes tell, or else its suffix.

    The reader of a kind that holds no articles raises its `ArticleError`.

    Raises:
        ArticleError: The file cannot be opened.
    """
    if str(file.path) == "-":
        return FORMATS[file.suffix]
    further = further_reader(file.suffix)
    if further:
        return lambda each: iter(further(each))
    head = head_of(file)
    if signatures.is_zipped(head) and file.suffix in _ZIPPED:
        return FORMATS[file.suffix]
    told = signatures.format_of(head)
    if told:
        return FORMATS[told]
    kind = signatures.kind_without_text(head)
    if kind:
        return _refusal(kind)
    by_suffix = FORMATS.get(file.suffix)
    if by_suffix is None or file.suffix in _NAMED_AS_TEXT | _NAMED_AS_DOCUMENTS:
        markup = signatures.markup_of(head)
        if markup and markup in FORMATS:
            return FORMATS[markup]
        kind = signatures.KINDS_BY_SUFFIX.get(markup) or signatures.KINDS_BY_SUFFIX.get(file.suffix, "")
        if kind:
            return _refusal(kind)
    return by_suffix or text.read


def is_known(suffix: str) -> bool:
    """Whether files with a suffix are read."""
    return suffix in FORMATS or suffix in further_readers()


def _refusal(kind: str) -> Reader:
    def refuse(_: File) -> Iterator[Document]:
        raise ArticleError(f"is {kind}" if ";" in kind or "," in kind else f"is {kind}, and holds no article")

    return refuse
