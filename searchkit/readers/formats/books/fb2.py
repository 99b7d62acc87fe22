"""FictionBook, ``.fb2``: a book as one article, whose sections are its chapters.

Notes follow at the end, as they do in the file. Pictures are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.dates.declared import read_day
from searchkit.readers.formats import xml_tree
from searchkit.readers.formats.books.book_text import BookText
from searchkit.readers.formats.xml_tree import attribute, child, descendants, local_name, text_of
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.files import File
from searchkit.readers.tags import split_tags

_LINES = frozenset({"p", "v", "subtitle", "text-author", "date", "tr"})
"""Elements that are a line of the text."""
_NAMES_OF_AN_AUTHOR = ("first-name", "middle-name", "last-name")
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


def read(file: File) -> Iterator[Document]:
    """Yield the one book in `file`.

    Raises:
        ArticleError: The file is no book, or broken XML; then the readable text comes first.
    """
    root, is_broken = _parsed(_without_pictures(file.read()))
    if local_name(root) != "FictionBook":
        raise ArticleError("is broken XML" if is_broken else "is XML, but no FictionBook")
    yield _book(root, file)
    if is_broken:
        raise ArticleError("is broken XML; what could be read of it was taken")


def _parsed(data: bytes) -> tuple[Any, bool]:
    """Return the root element, and whether the XML is broken."""
    try:
        return xml_tree.parse(data), False
    except ArticleError:
        text = _XML_DECLARATION.sub("", decode(data).lstrip("\ufeff"), count=1).encode("utf-8", "replace")
    try:
        return xml_tree.parse(text), False  # the declared charset was wrong
    except ArticleError:
        return xml_tree.parse(text, recover=True), True


def _without_pictures(data: bytes) -> bytes:
    """Return a book without its encoded pictures, which are most of its bytes."""
    kept, position = [], 0
    while (start := data.find(b"<binary", position)) >= 0 and (end := data.find(b"</binary>", start)) >= 0:
        kept.append(data[position:start])
        position = end + len(b"</binary>")
    return b"".join([*kept, data[position:]])


def _book(root: Any, file: File) -> Document:
    info, publication = (child(root, "description", name) for name in ("title-info", "publish-info"))
    book = BookText()
    annotation = child(info, "annotation")
    if annotation is not None:
        _add_lines(annotation, book, has_chapters=False)
    for body in (each for each in root if local_name(each) == "body"):
        _add_body(body, book)
    if not book.text:
        raise ArticleError("has no text in it")
    return Document(
        id=file.id,
        title=text_of(child(info, "book-title")) or Path(file.id).name.removesuffix(file.suffix),
        text=book.text,
        author=", ".join(filter(None, map(_author, _children(info, "author")))),
        date=_day(child(info, "date"), child(publication, "year"), file),
        source=text_of(child(publication, "publisher")),
        tags=split_tags(text_of(child(info, "keywords"))),
        path=file.absolute_path,
        parts=book.parts,
    )


def _children(element: Any, name: str) -> list[Any]:
    return [] if element is None else [each for each in element if local_name(each) == name]


def _author(element: Any) -> str:
    names = " ".join(filter(None, (text_of(child(element, name)) for name in _NAMES_OF_AN_AUTHOR)))
    return names or text_of(child(element, "nickname"))


def _day(written: Any, published: Any, file: File) -> str:
    for value in ("" if written is None else attribute(written, "value"), text_of(written), text_of(published)):
        if value:
            return read_day(value, file)
    return ""


def _add_body(body: Any, book: BookText) -> None:
    """Append a body of a book: the first one has chapters; the others, such as notes, are one."""
    name = attribute(body, "name")
    if name:
        book.begin_chapter(_heading(child(body, "title")) or name)
    _add_lines(body, book, has_chapters=not name)


def _add_lines(element: Any, book: BookText, *, has_chapters: bool) -> None:
    for each in element:
        name = local_name(each)
        if name == "section" and has_chapters:
            heading = _heading(child(each, "title"))
            if heading:
                book.begin_chapter(heading)
        if name in _LINES:
            book.add(_line(each))
        elif name != "image":
            _add_lines(each, book, has_chapters=has_chapters)


def _line(element: Any) -> str:
    """Return the text of a line, without the numbers of notes; cells of a table are apart."""
    if local_name(element) == "tr":
        return " ".join(map(_line, element))
    numbers = [each for each in descendants(element, "a") if attribute(each, "type") == "note"]
    for number in numbers:
        for each in number.iter():
            each.text = None
            each.tail = each.tail if each is number else None
    return "".join(element.itertext())


def _heading(title: Any) -> str:
    """Return a heading of several lines in one: *Глава 1. Встреча*."""
    lines = [] if title is None else list(filter(None, map(text_of, _children(title, "p"))))
    return " ".join([*map(_ended, lines[:-1]), *lines[-1:]])


def _ended(line: str) -> str:
    """Return a line with a full stop, if it has no mark at its end."""
    return line if line[-1] in ".!?…:" else f"{line}."
