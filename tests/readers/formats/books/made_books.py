"""Make books as several programs write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tests.readers.formats.office.made_files import zipped

_OPF = "http://www.idpf.org/2007/opf"
_XHTML = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'


class Item(NamedTuple):
    """A file of a book."""

    href: str
    content: str | bytes
    kind: str = "application/xhtml+xml"
    properties: str = ""


def page(body: str, head: str = "<title/>") -> str:
    """Return a page of XHTML; its empty title closes itself, as XML allows."""
    return f'<?xml version="1.0" encoding="utf-8"?><html {_XHTML}><head>{head}</head><body>{body}</body></html>'


def navigation(*entries: tuple[str, str]) -> Item:
    """Return the table of contents of EPUB 3."""
    items = "".join(f'<li><a href="{address}">{name}</a></li>' for name, address in entries)
    other = '<nav epub:type="landmarks"><ol><li><a href="x.xhtml">Обложка</a></li></ol></nav>'
    return Item("nav.xhtml", page(f'{other}<nav epub:type="toc"><ol>{items}</ol></nav>'), properties="nav")


def ncx(*entries: tuple[str, str]) -> Item:
    """Return the table of contents of EPUB 2, each entry inside the one before it."""
    points = "".join(f'<navPoint><navLabel><text>{n}</text></navLabel><content src="{a}"/>' for n, a in entries)
    points += "</navPoint>" * len(entries)
    content = f"<ncx xmlns='http://www.daisy.org/z3986/2005/ncx/'><navMap>{points}</navMap></ncx>"
    return Item("toc.ncx", content, "application/x-dtbncx+xml")


def epub(
    items: Sequence[Item],
    metadata: str = "<dc:title>Кітап</dc:title>",
    folder: str = "OEBPS/",
    others: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """Return a book of files, whose pages are read in their order."""
    manifest = "".join(
        f'<item id="i{n}" href="{i.href}" media-type="{i.kind}" properties="{i.properties}"/>'
        for n, i in enumerate(items)
    )
    spine = "".join(f'<itemref idref="i{n}"/>' for n, item in enumerate(items) if "html" in item.kind)
    head = f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{metadata}</metadata>'
    package = (
        f'<package xmlns="{_OPF}" version="3.0">{head}<manifest>{manifest}</manifest><spine>{spine}</spine></package>'
    )
    container = f'<container><rootfiles><rootfile full-path="{folder}content.opf"/></rootfiles></container>'
    members: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        f"{folder}content.opf": package,
    }
    files = {folder + item.href.replace("%20", " "): item.content for item in items if item.content}
    return zipped(members | files | dict(others or {}))


def fb2(body: str, info: str = "<book-title>Кітап</book-title>", more: str = "", charset: str = "utf-8") -> bytes:
    """Return a FictionBook of one body."""
    names = 'xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" xmlns:l="http://www.w3.org/1999/xlink"'
    head = f"<description><title-info>{info}</title-info></description>"
    book = (
        f'<?xml version="1.0" encoding="{charset}"?><FictionBook {names}>{head}<body>{body}</body>{more}</FictionBook>'
    )
    return book.encode(charset)
