"""EPUB books: the pages in the order of reading, as one article.

The table of contents names the chapters; in a book without one, the first heading of each file
does.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.dates.declared import read_day
from searchkit.readers.formats.books import contents, xhtml_text
from searchkit.readers.formats.books.book_text import BookText
from searchkit.readers.formats.books.contents import Contents
from searchkit.readers.formats.books.xhtml_text import XhtmlText
from searchkit.readers.formats.html_text import strip_tags
from searchkit.readers.formats.xml_tree import attribute, child, descendants, text_of
from searchkit.readers.formats.zip_package import ZipPackage, resolve
from searchkit.readers.sources.files import File
from searchkit.readers.tags import split_tags

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_KIND = "EPUB book"
_REPEATED = "repeated pages of books left out"


def read(file: File) -> Iterator[Document]:
    """Yield the one book in `file`.

    Raises:
        ArticleError: The file is no book, or pages of it are missing; then the rest comes first.
    """
    package = ZipPackage(file.read(), _KIND)
    book = EpubBook(package, _package_file(package))
    yield book.document(file)
    if book.unread:
        pages = "a page" if len(book.unread) == 1 else f"{len(book.unread)} pages"
        raise ArticleError(f"lacks {pages} ({book.unread[0]}); the rest was taken")


def _package_file(package: ZipPackage) -> str:
    """Return the name of the file that lists the pages."""
    container = package.xml_or_none(_CONTAINER)
    named = (
        [attribute(each, "full-path") for each in descendants(container, "rootfile")] if container is not None else []
    )
    found = [name for name in package.names if name.endswith(".opf")]
    name = next((name for name in [*named, *found] if name in package), "")
    if not name:
        raise ArticleError(f"is no {_KIND}, or a broken one")
    return name


class EpubBook:
    """The pages of a book in the order of reading."""

    def __init__(self, package: ZipPackage, package_file: str) -> None:
        """Find the pages; raises `ArticleError` for a book that is encrypted."""
        self._package, self._root = package, package.xml(package_file)
        self._folder = posixpath.dirname(package_file)
        self._items = {attribute(item, "id"): item for item in descendants(self._root, "item")}
        found = list(self._find_pages())
        self._pages = list(dict.fromkeys(found))
        self._repeated_count = len(found) - len(self._pages)
        self.unread: list[str] = []
        """The pages that are missing or damaged."""
        encrypted = _encrypted(package)
        if any(page.lower() in encrypted for page in self._pages):
            raise ArticleError("is encrypted (DRM)")

    def document(self, file: File) -> Document:
        """Return the book as an article; raises `ArticleError` if it has no text."""
        declared = child(self._root, "metadata")
        metadata = self._root if declared is None else declared
        if self._repeated_count:
            file.remark(_REPEATED, self._repeated_count)
        book = BookText()
        book.add_all(strip_tags(self._first(metadata, "description")).split("\n"))
        self._add_pages(book)
        if not book.text:
            raise ArticleError("has no text in it")
        date = self._first(metadata, "date")
        return Document(
            id=file.id,
            title=self._first(metadata, "title") or Path(file.id).name.removesuffix(file.suffix),
            text=book.text,
            author=", ".join(dict.fromkeys(map(text_of, descendants(metadata, "creator")))),
            date=read_day(date, file) if date else "",
            source=self._first(metadata, "publisher"),
            tags=split_tags([text_of(each) for each in descendants(metadata, "subject")]),
            path=file.absolute_path,
            parts=book.parts,
        )

    @staticmethod
    def _first(metadata: Any, name: str) -> str:
        return next(filter(None, map(text_of, descendants(metadata, name))), "")

    def _find_pages(self) -> Iterator[str]:
        """Yield the names of the pages, without the page that is the table of contents."""
        in_order = [self._items.get(attribute(each, "idref")) for each in descendants(self._root, "itemref")]
        for item in in_order or self._items.values():
            if item is not None and _is_page(item) and "nav" not in attribute(item, "properties").split():
                yield resolve(self._folder, attribute(item, "href"))

    def _contents(self) -> Contents:
        """Return the first table of contents that names chapters."""
        navigation = [item for item in self._items.values() if "nav" in attribute(item, "properties").split()]
        ncx = [item for item in self._items.values() if attribute(item, "media-type") == "application/x-dtbncx+xml"]
        for item in (*navigation, *ncx):
            name = resolve(self._folder, attribute(item, "href"))
            with suppress(ArticleError):  # a book is read without its table, too
                if found := contents.read(xhtml_text.root_of(self._package.read(name)), posixpath.dirname(name)):
                    return found
        return {}

    def _add_pages(self, book: BookText) -> None:
        table = self._contents()
        for name in self._pages:
            try:
                page = xhtml_text.parsed(self._package.read(name))
            except ArticleError:
                self.unread.append(name)
                continue
            chapters = _chapters(page, table.get(name.lower(), {}) if table else {"": [page.heading]})
            for number, line in enumerate(page.lines):
                for chapter in chapters[number]:
                    book.begin_chapter(chapter)
                book.add(line)


def _chapters(page: XhtmlText, by_anchor: Mapping[str, list[str]]) -> Mapping[int, list[str]]:
    """Return the names of the chapters of a page by the number of the line they begin at."""
    by_line: defaultdict[int, list[str]] = defaultdict(list)
    for anchor, names in by_anchor.items():
        by_line[page.anchors.get(anchor, 0)] += filter(None, names)
    return by_line


def _is_page(item: Any) -> bool:
    kind = attribute(item, "media-type")
    return "html" in kind or "dtbook" in kind or (not kind and "htm" in attribute(item, "href"))


def _encrypted(package: ZipPackage) -> frozenset[str]:
    """Return the names of the encrypted members, in lower case: pages, but often only fonts."""
    root = package.xml_or_none(_ENCRYPTION)
    references = descendants(root, "CipherReference") if root is not None else ()
    return frozenset(resolve("", attribute(each, "URI")).lower() for each in references)
