"""Web archives, ``.warc`` and ``.arc``: an article for each page that a crawler met.

An archive may have gigabytes: it is read record by record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import Message
from hashlib import blake2b
from io import StringIO
from logging import CRITICAL, getLogger
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.dates.declared import parse_moment
from searchkit.readers.formats import html, records, text
from searchkit.readers.formats.pdf import reader as pdf
from searchkit.readers.sources.declared_charset import codec_of, decoded
from searchkit.readers.sources.files import LARGEST_ARTICLE, File, with_content
from searchkit.readers.sources.item_stream import BROKEN, ItemStream

OTHER = "records of a crawl that are no pages left out"
"""The kind of remark for pictures, scripts, questions to servers, notes of the crawler."""
ERRORS = "answers of a crawl that are errors or redirections left out"
"""The kind of remark for answers without a page."""
REPEATED = "repeated pages of a crawl left out"
"""The kind of remark for pages that did not change since they were met before."""
_READERS: dict[str, Callable[[File], Iterator[Document]]] = {
    "text/html": html.read,
    "application/xhtml+xml": html.read,
    "application/pdf": pdf.read,
}
"""The reader of each type of content that is an article."""
_CONTENT_RECORDS = frozenset({"response", "resource", "conversion"})
_UNPACKED = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""Ways to pack an answer that warcio unpacks without other libraries."""
_CHUNK = 2**16
_BREAKS_OFF = "is a web archive that is broken, or breaks off"


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`.

    Raises:
        ArticleError: The archive is broken, or some pages are; all good ones come first.
    """
    with ItemStream(file) as items:
        crawl = _Crawl(file, items)
        yield from crawl.documents()
    records.raise_problems(crawl.problems, "pages")
    if not crawl.has_pages:
        raise ArticleError("is a web archive without pages")


@dataclass(slots=True)
class _Crawl:
    """A web archive that is being read."""

    file: File
    items: ItemStream
    problems: list[str] = field(default_factory=list)
    count: int = 0
    has_pages: bool = False
    _seen: dict[bytes, set[bytes]] = field(default_factory=dict)
    """The digests of the contents that each address had."""

    def documents(self) -> Iterator[Document]:
        """Yield the articles; problems are noted."""
        from warcio.exceptions import ArchiveLoadFailed

        # It warns of addresses that it mends.
        getLogger("warcio").setLevel(CRITICAL)
        try:
            for record in self._records():
                self.count += 1
                yield from self._document(record)
        except ArticleError as error:
            self.problems.insert(0, f"{error}{BROKEN}")
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError):
            self.problems.insert(0, f"{_BREAKS_OFF}{BROKEN}")

    def _records(self) -> Iterator[Any]:
        """Yield the records; one that is not read to its end is passed in bounded steps."""
        from warcio.archiveiterator import ArchiveIterator

        class Strict(ArchiveIterator):  # type: ignore[misc]
            INC_RECORD = ""  # it reports on stderr faults that it passes by itself

            def _next_record(self, next_line: bytes | None) -> Any:
                try:
                    return super()._next_record(next_line)
                except EOFError as error:  # which it takes for the end of the archive
                    raise ArticleError(_BREAKS_OFF) if next_line else error from error

        for record in Strict(self.items.buffered(), arc2warc=True):
            yield record
            while record.raw_stream.read(_CHUNK):
                self.items.begin_item()
            self.items.begin_item()
            if getattr(record.raw_stream, "limit", 0) > 0:
                raise ArticleError(_BREAKS_OFF)

    def _document(self, record: Any) -> Iterator[Document]:
        """Yield the article of a record, if it holds a page; others are counted."""
        if record.rec_type == "revisit":
            self.file.remark(REPEATED)
            return
        kind, charset = _content_type(record)
        read_page = text.read if (record.rec_type, kind) == ("conversion", "text/plain") else _READERS.get(kind)
        if record.rec_type not in _CONTENT_RECORDS or read_page is None:
            self.file.remark(OTHER)
        elif _is_error(record):
            self.file.remark(ERRORS)
        else:
            url = _header(record, "WARC-Target-URI").strip("<> ")
            try:
                yield from self._page(record, url, charset, read_page)
            except ArticleError as error:
                self.problems.append(f"the page {url} {error}")
            except Exception as error:  # libraries raise nearly anything over broken pages
                self.problems.append(f"the page {url} cannot be read ({type(error).__name__}: {error})")

    def _page(
        self, record: Any, url: str, charset: str, read_page: Callable[[File], Iterator[Document]]
    ) -> Iterator[Document]:
        data = _content(record)
        self.has_pages = True
        captures = self._seen.setdefault(_digest(url.encode()), set())
        digest = _digest(data)
        if digest in captures:
            self.file.remark(REPEATED)
            return
        met = _header(record, "WARC-Date")
        id_ = f"{url}#{met}" if captures else url or f"{self.file.id}:{self.count}"
        captures.add(digest)
        if codec_of(charset):
            data = decoded(data, charset).encode("utf-8", "replace")
        page = replace(with_content(self.file, data), id=id_, url=url, saved_at=_moment(met))
        yield from read_page(page)


def _content_type(record: Any) -> tuple[str, str]:
    """Return the type of a record's content, such as ``text/html``, and its charset."""
    message = Message()
    message["Content-Type"] = " ".join(_declared_type(record).split())
    return message.get_content_type(), message.get_content_charset() or ""


def _declared_type(record: Any) -> str:
    declared = record.http_headers.get_header("Content-Type") if record.http_headers else record.content_type
    return declared or "application/octet-stream"


def _content(record: Any) -> bytes:
    """Return the content of an answer; raises `ArticleError` if it cannot be unpacked."""
    packed = record.http_headers.get_header("Content-Encoding", "") if record.http_headers else ""
    if (packed or "").strip().lower() not in _UNPACKED:
        raise ArticleError(f"is packed in a way that is not known here ({packed})")
    with redirect_stderr(StringIO()) as faults:  # where warcio tells them
        data = b"".join(_chunks(record.content_stream()))
    if faults.getvalue():
        raise ArticleError("is damaged, and cannot be unpacked")
    if not data:
        raise ArticleError("is empty")
    while record.raw_stream.read(_CHUNK):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise ArticleError("breaks off")
    return data


def _chunks(stream: Any) -> Iterator[bytes]:
    """Yield the bytes of an answer; raises `ArticleError` if there are too many."""
    size = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > LARGEST_ARTICLE:
            raise ArticleError("is too large for one article")
        yield chunk


def _is_error(record: Any) -> bool:
    return record.http_headers is not None and record.http_headers.get_statuscode() not in ("200", "203")


def _header(record: Any, name: str) -> str:
    return record.rec_headers.get_header(name) or ""


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _moment(date: str) -> datetime | None:
    """Return when a page was met, in Kazakhstan: its *yesterday* is the day before."""
    moment = parse_moment(date)
    return datetime.fromisoformat(moment) if "T" in moment else None
