"""Tell the format of a file by its first bytes: names lie, and text is no picture."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_ZIP = b"PK\x03\x04"
_ZIP_CONTENTS = {
    ".epub": re.compile(rb"PK\x03\x04.{26}mimetypeapplication/epub", re.DOTALL),
    ".odt": re.compile(rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument", re.DOTALL),
    ".docx": re.compile(rb"PK\x03\x04.{26}word/", re.DOTALL),
    ".xlsx": re.compile(rb"PK\x03\x04.{26}xl/", re.DOTALL),
}
"""Names of the first members of zip archives that are one document."""
_PRESENTATION = re.compile(rb"PK\x03\x04.{26}ppt/", re.DOTALL)
_OFFICE = {b"{\\rtf": ".rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ".doc"}
_HTML = re.compile(
    rb"(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(
    rb"<\?xml\b|<!DOCTYPE\b|<[a-z][\w.:-]*\s[^<>]*xmlns|<(?:svg|rss|feed|FictionBook|mediawiki)\b", re.IGNORECASE
)
_JSON = re.compile(rb'\{\s*"(?:[^"\\]|\\.){1,200}"\s*:|\[\s*\{\s*"')
_MHT = re.compile(rb"MIME-Version:.{0,2000}multipart/related", re.IGNORECASE | re.DOTALL)
_LATEX = re.compile(rb"(?:%[^\n]*\n|\s)*\\(?:documentclass|documentstyle|input|usepackage)\b")
_BLANK = b"\xef\xbb\xbf \t\r\n"


class Signature(NamedTuple):
    """The bytes that tell a kind of file without text."""

    offset: int
    data: bytes
    name: str
    """The kind, as the end of a sentence: *a JPEG picture*."""

    def is_in(self, head: bytes) -> bool:
        """Whether a file begins with it; texts may begin with letters, but have no zero bytes."""
        is_sure = b"\0" in head or not self.data.isascii() or self.data.startswith(b"%")
        return is_sure and head.startswith(self.data, self.offset)


def is_zipped(head: bytes) -> bool:
    """Whether a file is a zip archive, such as most documents of office programs are."""
    return head.startswith(_ZIP)


def format_of(head: bytes) -> str:
    """Return the suffix of the document format that a file's first bytes tell, or nothing.

    These are the formats of office programs and books, and PDF.
    """
    if b"%PDF-" in head[:1024] and not is_zipped(head):
        return ".pdf"
    if is_zipped(head):
        return next((suffix for suffix, content in _ZIP_CONTENTS.items() if content.search(head)), "")
    start = head.lstrip(_BLANK)
    return next((suffix for data, suffix in _OFFICE.items() if start.startswith(data)), "")


def markup_of(head: bytes) -> str:
    """Return the suffix of the mark-up that a file's first bytes tell, or nothing."""
    start = _latin(head).lstrip(_BLANK + b"\xff\xfe")
    kinds = {_HTML: ".html", _XML: ".xml", _JSON: ".json", _MHT: ".mht", _LATEX: ".tex"}
    return next((suffix for pattern, suffix in kinds.items() if pattern.match(start)), "")


def kind_without_text(head: bytes) -> str:
    """Return the kind of a file that holds no text, as the end of a sentence, or nothing."""
    if is_zipped(head) and _PRESENTATION.search(head):
        return KINDS_BY_SUFFIX[".pptx"]
    return next((signature.name for signature in _signatures() if signature.is_in(head)), "")


def _latin(head: bytes) -> bytes:
    """Return the mark-up of UTF-16 as ASCII, for patterns."""
    return head.replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head


@cache
def _signatures() -> tuple[Signature, ...]:
    lines = (files("searchkit.readers.formats") / "signatures.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(Signature(int(offset), _bytes(data), name) for data, offset, name in rows)


def _bytes(escaped: str) -> bytes:
    return escaped.encode("ascii").decode("unicode_escape").encode("latin-1")


KINDS_BY_SUFFIX: Mapping[str, str] = {
    ".css": "a style sheet",
    ".js": "a program",
    ".svg": "a drawing",
    ".tex": "LaTeX; convert it to .html or .pdf",
    ".ppt": "a presentation; save it as .odp",
    ".pptx": "a presentation; save it as .odp",
}
"""The kinds of text files that hold no articles."""
