"""Markdown is read as it is displayed.

A head between ``---`` lines may give date, author and so on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from searchkit.document import Document
from searchkit.readers.formats import records, text
from searchkit.readers.formats.html_text import text_of_html
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.files import File, with_content

_HEAD = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEAD_LINE = re.compile(r"""^(\w[\w -]*):[ \t]+["'«]?(.*?)["'»]?[ \t]*$""", re.MULTILINE)


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    from markdown_it import MarkdownIt

    source = decode(file.read())
    head = _HEAD.match(source)
    body = source[head.end() :] if head else source
    content = text_of_html(MarkdownIt("commonmark").enable("table").render(body))
    fields = records.fields_of(dict(_HEAD_LINE.findall(head[1])) if head else {}, file)
    title = fields.get("title", "")
    metadata = {name: value for name, value in fields.items() if name not in ("id", "text")}
    for document in text.read(with_content(file, f"{title}\n\n{content}".encode())):
        yield replace(document, **metadata)
