"""PDF: the text of all pages in paragraphs, without pictures of text.

A document of more than one page has parts, named as the file labels its pages. A short one is
understood as a page of a site, whose date and author stand between title and text; a long one keeps
all its lines.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.parts import Part
from searchkit.readers.boilerplate import page as scraped
from searchkit.readers.boilerplate.dates.declared import NOT_UNDERSTOOD
from searchkit.readers.boilerplate.metadata import Metadata
from searchkit.readers.formats.pdf.heading import find_heading
from searchkit.readers.formats.pdf.page_lines import PdfLine, page_lines
from searchkit.readers.formats.pdf.paragraphs import PagedText, paged_text
from searchkit.readers.formats.pdf.properties import PdfProperties, has_picture, is_scan, iso_day, read_properties
from searchkit.readers.formats.pdf.running_heads import without_running_heads
from searchkit.readers.mending.mend import JOINED, respelled
from searchkit.readers.sources.files import LARGEST_ARTICLE, File

_MOST_PAGES_OF_AN_ARTICLE = 8
"""A longer document is a book or an issue: its lines are no boilerplate of a site."""
_PAGE_BREAK = "\f"
_DRAWING = ("/Contents", "/Resources", "/Parent", "/Rotate", "/MediaBox", "/CropBox", "/UserUnit")
"""The entries of a page that its lines depend on."""
_LARGEST_PAGE = 2**24
"""The most bytes of one page's drawing: pypdf takes thirty times as much memory."""


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    import pypdf  # 0.1 s: only where there are PDF files

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports on stderr faults that it repairs by itself
    data = BytesIO(file.read())
    try:
        yield _document(_opened(pypdf, data), file)
    except pypdf.errors.DependencyError as error:
        raise ArticleError("is encrypted with AES, which needs: pip install 'searchkit-qazaq[aes]'") from error
    except pypdf.errors.PyPdfError as error:
        raise ArticleError(f"is no PDF, or a broken one ({error})") from error


def _opened(pypdf: Any, data: BytesIO) -> Any:
    pdf = pypdf.PdfReader(data)
    if pdf.is_encrypted and not pdf.decrypt(""):
        raise ArticleError("is encrypted")
    return pdf


def _document(pdf: Any, file: File) -> Document:
    pages, heads = without_running_heads(_pages(pdf, file))
    if heads:
        file.remark("running heads and page numbers of PDF files left out", len(heads))
    _respell(pages, file)
    properties = read_properties(pdf, file.path.name)
    heading = find_heading(pages, properties.title, heads)
    paged = paged_text(pages, heading.lines)
    if paged.words_joined:
        file.remark(JOINED, paged.words_joined)
    labels = _labels(pdf)
    if len(pages) > _MOST_PAGES_OF_AN_ARTICLE:
        return Document(
            id=file.id, title=heading.title, text=paged.text, date=_day(pdf, properties, file),
            author=properties.author, path=file.absolute_path, parts=_parts(labels, paged.starts),
        )  # fmt: skip
    article = scraped.to_document(_with_breaks(paged), file, Metadata(title=heading.title))
    return replace(
        article,
        title=_without_breaks(article.title),
        text=_without_breaks(article.text),
        date=article.date or _day(pdf, properties, file),
        author=_without_breaks(article.author) or properties.author,
        office=_without_breaks(article.office),
        cut=tuple((line, _without_breaks(lost)) for line, lost in article.cut),
        parts=_parts(labels, _page_starts(article)),
    )


def _respell(pages: Sequence[Sequence[PdfLine]], file: File) -> None:
    """Give lines in a font older than Unicode their Kazakh letters, before words are joined."""
    lines = [line for page in pages for line in page]
    for line, text in zip(lines, respelled([line.text for line in lines], file.remark), strict=True):
        line.text = text


def _labels(pdf: Any) -> list[str]:
    """Return the names of the pages; none where there is only one."""
    return list(pdf.page_labels) if len(pdf.pages) > 1 else []


def _parts(labels: Sequence[str], starts: Sequence[int]) -> tuple[Part, ...]:
    return tuple(Part(label, start) for label, start in zip(labels, starts, strict=False))


def _day(pdf: Any, properties: PdfProperties, file: File) -> str:
    """Return the day on which the file was made, if that may be the day of the article."""
    if properties.created and not iso_day(properties.created):
        file.remark(NOT_UNDERSTOOD)
        return ""
    if properties.created and is_scan(pdf):
        file.remark("days on which PDF files were scanned left out")
        return ""
    return iso_day(properties.created)


def _pages(pdf: Any, file: File) -> list[list[PdfLine]]:
    """Return the lines of each page; tell how many pages are only pictures, or broken."""
    pages: list[list[PdfLine]] = []
    size = pictures = 0
    broken: list[Exception] = []
    seen = _SeenPages()
    for page in pdf.pages:
        try:
            pages.append(seen.lines(page))
        except Exception as error:  # pypdf raises nearly anything over a broken page, and the others must go on
            pages.append([])
            broken.append(error)
            continue
        letters = sum(len(line.text) for line in pages[-1])
        file.reading.on_letters(0 if seen.is_known else letters)
        size += letters
        if size > LARGEST_ARTICLE:
            raise ArticleError("is too large for one article")
        pictures += not pages[-1] and not seen.is_repeated and has_picture(page)
    if not size:
        raise ArticleError(f"is a broken PDF ({broken[0]})" if broken else "has no text in it, only pictures")
    if pictures:
        file.remark("pages of PDF files without text, only pictures", pictures)
    if seen.repeated_count:
        file.remark("pages that PDF files list again left out", seen.repeated_count)
    if broken:
        file.remark("broken pages of PDF files left out", len(broken))
    return pages


class _SeenPages:
    """Reads pages; one that is listed again, or is drawn by the same bytes, is read once."""

    def __init__(self) -> None:
        self._pages: set[object] = set()
        self._lines: dict[object, list[PdfLine]] = {}
        self.is_repeated = False
        """Whether the last page was listed before."""
        self.is_known = False
        """Whether the last page was drawn by the bytes of another."""
        self.repeated_count = 0

    def lines(self, page: Any) -> list[PdfLine]:
        """Return the lines of a page; none if it was listed before."""
        own = getattr(page.indirect_reference, "idnum", None)
        self.is_repeated = own is not None and own in self._pages
        self.repeated_count += self.is_repeated
        self._pages.add(own)
        if self.is_repeated:
            return []
        drawing = tuple(repr(page.raw_get(name)) for name in _DRAWING if name in page)
        self.is_known = drawing in self._lines
        if not self.is_known:
            self._lines[drawing] = _lines(page)
        return [replace(line) for line in self._lines[drawing]]


def _lines(page: Any) -> list[PdfLine]:
    """Return the lines of one page; raises `ArticleError` if it is too large."""
    if _drawing_size(page) > _LARGEST_PAGE:
        raise ArticleError("has a page that is too large")
    return page_lines(page)


def _drawing_size(page: Any) -> int:
    """Return how many bytes draw a page."""
    contents = page.get_contents()
    return len(contents.get_data()) if contents is not None else 0


def _with_breaks(paged: PagedText) -> str:
    """Return the text with a page break at the beginning of each page but the first."""
    bounds = [0, *paged.starts[1:], len(paged.text)]
    return _PAGE_BREAK.join(paged.text[one:other] for one, other in pairwise(bounds))


def _without_breaks(text: str) -> str:
    return text.replace(_PAGE_BREAK, "")


def _page_starts(document: Document) -> list[int]:
    """Return where pages begin in the text, without page breaks, though breaks may be cut."""
    starts, offset, lines = [0], 0, iter(document.text.split("\n") if document.text else [])
    cut = {number: text.split("\n") for number, text in document.cut}
    number = 0
    while True:
        if number in cut:
            starts += [offset] * sum(line.count(_PAGE_BREAK) for line in cut[number])
            number += len(cut[number])
            continue
        line = next(lines, None)
        if line is None:
            return [min(start, max(offset - 1, 0)) for start in starts]
        before, *after = line.split(_PAGE_BREAK)
        offset += len(before)
        for piece in after:
            starts.append(offset)
            offset += len(piece)
        offset += 1
        number += 1
