"""Plain text: the first line is the title, the rest the text."""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.document import Document
from searchkit.readers.charset import decode
from searchkit.readers.files import File

_LONGEST_TITLE = 300
"""A first line longer than this (code points) is a paragraph, not a title."""


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    title, text = split_title(decode(file.read()))
    yield Document(id=file.id, title=title, text=text, path=file.absolute)


def split_title(text: str) -> tuple[str, str]:
    """Return the first line with something on it, and what follows it."""
    text = text.strip()
    first, _, rest = text.partition("\n")
    return (first.strip(), rest.strip()) if len(first) <= _LONGEST_TITLE else ("", text)
