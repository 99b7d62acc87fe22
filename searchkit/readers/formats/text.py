"""Plain text: a page as it was copied or scraped."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.document import Document
from searchkit.readers.boilerplate import page
from searchkit.readers.formats.mail import mbox
from searchkit.readers.mending.leftovers import mend_leftovers
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.files import File, PackedFile
from searchkit.readers.sources.item_stream import head_of


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    if mbox.is_mailbox(head_of(file)):
        yield from mbox.read(file)
        return
    text = decode(file.read())
    is_converted = isinstance(file, PackedFile) and not file.inner_name
    yield page.to_document(text if is_converted else mend_leftovers(text, file.remark), file)
