"""Rich Text Format, ``.rtf``: the text without pictures, headers, footers and deleted text.

It follows the specification of RTF 1.9.1. The charset of each font counts for its bytes, and notes
follow at the end.
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats.office import properties
from searchkit.readers.formats.office.rtf_parser import RtfParser
from searchkit.readers.sources.files import File


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`.

    Raises:
        ArticleError: The file is no RTF, or cut off; then the article comes first.
    """
    rtf = parsed(file.read())
    if rtf.comment_count:
        file.remark("comments beside RTF documents left out", rtf.comment_count)
    yield from properties.to_documents(rtf.text, file, rtf.properties)
    if rtf.is_cut_off:
        raise ArticleError("is cut off; what could be read of it was taken")


def parsed(data: bytes) -> RtfParser:
    """Return the parser that has read `data`; raises `ArticleError` if it is no RTF."""
    start = data[:1024].find(b"{\\rtf")
    if start < 0:
        raise ArticleError("is no RTF document, or a broken one")
    parser = RtfParser()
    parser.read(data[start:])
    return parser
