"""Plain text: a page as it was copied or scraped."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.document import Document
from searchkit.readers.boilerplate import page
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.files import File


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    yield page.to_document(decode(file.read()), file)
