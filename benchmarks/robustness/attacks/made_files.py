"""Write files of all formats around text and mark-up that repeats itself."""

from __future__ import annotations

import io
import zipfile

SENTENCE = "Түркістанда жаңа мектеп пайдалануға берілді, оқушылар қуанышты. "
ARTICLE = f"Жаңа мектеп ашылды\n\n{SENTENCE * 3}\n"


def lines(repeated: str, count: int, once: str = ARTICLE) -> bytes:
    """Return a text that repeats a line."""
    return (once + repeated * count).encode()


def page(inner: str, head: str = "") -> bytes:
    """Return an HTML page."""
    text = f"<p>{SENTENCE * 3}</p>"
    return f"<html><head>{head}</head><body><article><h1>Мектеп</h1>{text}{inner}</article></body></html>".encode()


def attributes(count: int) -> str:
    """Return so many attributes of one tag."""
    return " ".join(f"a{number}='{number}'" for number in range(count))


def nested(opening: str, closing: str, count: int, inner: str = "x") -> str:
    """Return an element within itself."""
    return opening * count + inner + closing * count


def feed(items: str) -> bytes:
    """Return an RSS feed."""
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


def item(description: str) -> str:
    """Return an item of a feed."""
    return f"<item><title>Мектеп</title><description>{description}</description></item>"


def zipped(**members: bytes | str) -> bytes:
    """Return a zip archive; ``__`` stands for a slash, ``_`` for a dot in names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), data)
    return stream.getvalue()


WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(body: str, **members: bytes | str) -> bytes:
    """Return a Word document."""
    return zipped(word__document_xml=f"<w:document {WORD}><w:body>{body}</w:body></w:document>", **members)


WIDE = '<w:gridSpan w:val="{}"/>'
NOTE = '<w:footnoteReference w:id="1"/>'
BLANKS = '<text:s text:c="999999"/>'


def entity(number: int) -> str:
    """Return the reference to an entity."""
    return f"&a{number if number >= 0 else ''};"


def paragraph(text: str) -> str:
    """Return a paragraph of Word."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(properties: str = "") -> str:
    """Return a cell of a table of Word."""
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph('ұя')}</w:tc>"


def rows(count: int, row: str) -> bytes:
    """Return a Word document with a table."""
    return word(paragraph(SENTENCE) + f"<w:tbl>{row * count}</w:tbl>")


def sheet(data: str) -> bytes:
    """Return an Excel workbook of one sheet."""
    return zipped(
        xl__worksheets__sheet1_xml=f"<worksheet><sheetData>{data}</sheetData></worksheet>",
        xl__workbook_xml="<workbook/>",
    )


def opendocument(body: str) -> bytes:
    """Return a flat OpenDocument text."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "drawing")
    )
    return f"<office:document {names}><office:body>{body}</office:body></office:document>".encode()


def pdf(page_count: int, *, are_distinct: bool = False, text: str = "Library opened in Almaty. ") -> bytes:
    """Return a PDF that lists one page, or equal pages, so many times."""
    content = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET"
    numbers = range(5, 5 + page_count) if are_distinct else [5] * page_count
    one_page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F1 4 0 R>>>>>>"
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {page_count}/Kids[{kids}]>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *[one_page] * (page_count if are_distinct else 1),
    ]  # fmt: skip
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, value in enumerate(objects, 1):
        places.append(len(data))
        data += f"{number} 0 obj{value}endobj\n".encode()
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(data)


def book(count: int, chapter: str = "") -> bytes:
    """Return an EPUB whose spine names one chapter so many times."""
    spine = '<itemref idref="c"/>' * count
    manifest = '<item id="c" href="c.xhtml" media-type="application/xhtml+xml"/>'
    return zipped(
        mimetype="application/epub+zip",
        **{"META-INF__container_xml": '<container><rootfiles><rootfile full-path="a.opf"/></rootfiles></container>'},
        a_opf=f"<package><manifest>{manifest}</manifest><spine>{spine}</spine></package>",
        c_xhtml=f"<html><body><h1>Тарау</h1><p>{chapter or SENTENCE * 20}</p></body></html>",
    )


def mail(body: str, head: str = "") -> bytes:
    """Return a mail."""
    return f"From: a@el.kz\nSubject: Мектеп\n{head}\n{body}".encode()


def messages(depth: int) -> bytes:
    """Return a mail with a mail in it, and so on."""
    text = SENTENCE
    for number in range(depth):
        head = f"MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b{number}\n\n--b{number}\n"
        text = f"{head}Content-Type: message/rfc822\n\n{text}\n--b{number}--\n"
    return f"From: a@el.kz\nSubject: Мектеп\n{text}".encode()


def wiki(text: str) -> bytes:
    """Return a dump of MediaWiki with one page."""
    inner = f"<page><title>Мектеп</title><ns>0</ns><revision><text>{SENTENCE}{text}</text></revision></page>"
    return f"<mediawiki>{inner}</mediawiki>".encode()


def bad_members(count: int) -> bytes:
    """Return an archive whose members are all damaged."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number}.txt", SENTENCE)
    packed = stream.getvalue()
    damaged = bytearray(packed)
    for position in range(30, len(packed) - 100 * count, 12):
        damaged[position] ^= 0x55
    return bytes(damaged)


def record(url: str, body: str) -> bytes:
    """Return an answer in a web archive."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page(body)
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nContent-Type: application/http\r\n"
    return f"{head}Content-Length: {len(answer)}\r\n\r\n".encode() + answer + b"\r\n\r\n"
