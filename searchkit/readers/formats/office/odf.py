"""OpenDocument files, ``.odt``, ``.ods``, ``.odp`` and the flat ``.fodt``: the text they show.

Footnotes and endnotes follow at the end. Deleted text, headers and footers are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import xml_tree
from searchkit.readers.formats.office import properties, sheets
from searchkit.readers.formats.office.story import Story
from searchkit.readers.formats.xml_tree import attribute, child, descendants, local_name
from searchkit.readers.formats.zip_package import ZipPackage
from searchkit.readers.sources.files import File

_NO_TEXT = frozenset(
    "tracked-changes annotation annotation-end note-citation ruby-text title desc forms object object-ole "
    "script header-decl footer-decl date-time-decl binary-data event-listeners".split()
)
"""Elements that are not read: deleted text, comments, numbers of notes, names of pictures."""
_BLANKS = re.compile(r"[ \t\r\n]+")
_DRAWING = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_MOST_SPACES = 100


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`; raises `ArticleError`, if possible after all good ones."""
    data = file.read()
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        root = xml_tree.parse(data)
        if child(root, "body") is None:
            raise ArticleError("is XML, but no OpenDocument file")
        yield from _documents(root, child(root, "meta"), file)
        return
    package = ZipPackage(data, "OpenDocument file")
    manifest = "META-INF/manifest.xml"
    if manifest in package and b"encryption-data" in package.read(manifest):
        raise ArticleError("is encrypted")
    yield from _documents(package.xml("content.xml"), package.xml_or_none("meta.xml"), file)


def _documents(content: Any, meta: Any, file: File) -> Iterator[Document]:
    body = child(content, "body")
    if body is None:
        raise ArticleError("is no OpenDocument file, or a broken one")
    comment_count = sum(1 for _ in descendants(body, "annotation"))
    if comment_count:
        file.remark("comments beside OpenDocument files left out", comment_count)
    spreadsheet = child(body, "spreadsheet")
    if spreadsheet is not None:
        tables = descendants(spreadsheet, "table")
        yield from sheets.to_documents((sheets.Sheet(attribute(each, "name"), _rows(each)) for each in tables), file)
        return
    story = OdfStory()
    story.walk(body)
    lines = "".join([story.text, *story.notes]).split("\n")
    yield from properties.to_documents("\n".join(line.strip(" ") for line in lines), file, properties.from_xml(meta))


def _rows(table: Any) -> Iterator[list[str]]:
    for row in descendants(table, "table-row"):
        cells: list[str] = []
        for cell in row:
            repeated = attribute(cell, "number-columns-repeated")
            story = OdfStory()
            story.walk(cell)
            text = (
                attribute(cell, "date-value").removesuffix("T00:00:00") or (story.text + "".join(story.notes)).strip()
            )
            cells += [text] * (min(int(repeated), _MOST_SPACES) if repeated.isdecimal() else 1)
        if any(cells):
            yield cells


class OdfStory(Story):
    """The text of OpenDocument's XML elements, and the notes that it refers to."""

    def __init__(self) -> None:
        super().__init__()
        self.notes: list[str] = []

    def walk(self, element: Any) -> None:
        """Append the text of an element that stands between paragraphs."""
        name = local_name(element)
        if name in ("p", "h"):
            self._inline(element)
            self.end_paragraph()
        elif name == "table-row":
            self.add_row(self._text_in(cell) for cell in element)
        elif name not in _NO_TEXT:
            for each in element:
                self.walk(each)

    def _inline(self, element: Any) -> None:
        """Append the text of an element inside a paragraph."""
        self.add(_BLANKS.sub(" ", element.text or ""))
        for each in element:
            self._inline_child(each)
            self.add(_BLANKS.sub(" ", each.tail or ""))

    def _inline_child(self, element: Any) -> None:
        name = local_name(element)
        if name == "s":
            count = attribute(element, "c") or "1"
            self.add(" " * (min(int(count), _MOST_SPACES) if count.isdecimal() else 1))
        elif name in ("tab", "line-break"):
            self.add("\t" if name == "tab" else "\n")
        elif name == "note":
            self.notes += [self._text_in(body) for body in element if local_name(body) == "note-body"]
        elif name in ("p", "h", "list", "table") or str(element.tag).startswith(_DRAWING):
            self.add_box(self._text_in(element))
        elif name and name not in _NO_TEXT:
            self._inline(element)

    def _text_in(self, element: Any) -> str:
        return self.captured(lambda: self.walk(element))
