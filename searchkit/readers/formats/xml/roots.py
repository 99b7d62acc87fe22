"""Choose the reader of an XML file by its root element."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats.books import fb2
from searchkit.readers.formats.dumps import mediawiki
from searchkit.readers.formats.feeds import feed
from searchkit.readers.formats.office import odf
from searchkit.readers.sources.files import File
from searchkit.readers.sources.item_stream import head_of

READERS: dict[str, Callable[[File], Iterator[Document]]] = {
    "mediawiki": mediawiki.read,
    "FictionBook": fb2.read,
    "document": odf.read,
}
"""The reader of each root element, without its namespace; feeds for others."""
_REFUSED = {
    "wordDocument": "is a Word document of 2003 in XML; save it as .docx",
    "package": "is a package in XML, such as Word writes; save it as .docx",
    "Workbook": "is an Excel workbook of 2003 in XML; save it as .xlsx",
}
"""The sentence for documents in XML that are not read."""


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`; raises `ArticleError` for unknown XML."""
    root = root_of(head_of(file))
    if root in _REFUSED:
        raise ArticleError(_REFUSED[root])
    yield from READERS.get(root, feed.read)(file)


def root_of(head: bytes) -> str:
    """Return the name of the root element of a file that begins with `head`, or nothing."""
    from lxml import etree

    parser = etree.XMLPullParser(("start",), resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        parser.feed(head)
        first = next(iter(parser.read_events()), None)
        return str(first[1].tag).rpartition("}")[2] if first else ""
    except (etree.XMLSyntaxError, ValueError):
        return ""
