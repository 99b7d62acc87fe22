"""Pages saved as one file, ``.mht`` and ``.mhtml``: their HTML without the pictures."""

from __future__ import annotations

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import html
from searchkit.readers.sources.files import File, with_content


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    yield from html.read(page_of(file))


def page_of(file: File) -> File:
    """Return the HTML page in `file`, under the same id; raises `ArticleError`."""
    message = BytesParser(policy=policy.default).parsebytes(file.read())
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    if page is None:
        raise ArticleError("has no page in it")
    return with_content(file, _utf8(page))


def _utf8(page: EmailMessage) -> bytes:
    """Return a page in UTF-8 if its header gives the charset.

    The HTML may declare another one.
    """
    data = page.get_payload(decode=True)
    assert isinstance(data, bytes)
    charset = page.get_content_charset()
    try:
        return data.decode(charset).encode("utf-8") if charset else data
    except (LookupError, UnicodeError):
        return data
