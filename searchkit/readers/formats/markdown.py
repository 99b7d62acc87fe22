"""Markdown: read as the text that it is shown as. A head between ``---`` lines may give its date, author and so on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from searchkit.document import Document
from searchkit.readers.formats import html_text, records, text
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.files import File, standing_for

_HEAD = re.compile(r"\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_LINE = re.compile(r"""^(\w[\w -]*):[ \t]+["'«]?(.*?)["'»]?[ \t]*$""", re.MULTILINE)


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    from markdown_it import MarkdownIt

    source = decode(file.read())
    head = _HEAD.match(source)
    body = source[head.end() :] if head else source
    shown = html_text.of_html(MarkdownIt("commonmark").enable("table").render(body))
    given = records.fields_of(dict(_LINE.findall(head[1])) if head else {}, file)
    title = given.get("title", "")
    facts = {name: value for name, value in given.items() if name not in ("id", "text")}
    for document in text.read(standing_for(file, f"{title}\n\n{shown}".encode())):
        yield replace(document, **facts)
