"""PDF files in the shapes that word processors, browsers, typesetters and scanners make.

The fonts have names and no glyphs: readers of text need only the table from codes to letters.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

A4 = (595, 842)


@dataclass
class Text:
    """A piece of text at a place, in points from the lower left corner."""

    text: str
    x: float = 72
    y: float = 700
    size: float = 12
    bold: bool = False
    hidden: bool = False


@dataclass
class PdfPage:
    """A page of pieces, perhaps with pictures of (width, height) dots that fill it."""

    pieces: list[Text] = field(default_factory=list)
    pictures: Sequence[tuple[int, int]] = ()

    def write(self, text: str, y: float = 750, size: float = 11, bold: bool = False, x: float = 72) -> float:
        """Write lines below each other, and return the next height.

        Two spaces at the start of a line indent it.
        """
        for line in text.split("\n"):
            indent = 14 if line.startswith("  ") else 0
            if line.strip():
                self.pieces.append(Text(line.strip(), x + indent, y, size, bold))
            y -= 1.25 * size
        return y


def pdf(
    pages: Iterable[PdfPage],
    info: Mapping[str, str | bytes] | None = None,
    labels: str = "",
    font: str = "TimesNewRomanPSMT",
) -> bytes:
    """Return a PDF of pages.

    Args:
        pages: The pages.
        info: Its properties; a value in bytes is written as it is.
        labels: The page labels, as in ``0 << /S /r >> 4 << /S /D >>``.
        font: The name of the font, to which ``-Bold`` is added.
    """
    pages = list(pages)
    numbers = f"/PageLabels << /Nums [{labels}] >>" if labels else ""
    kids = " ".join(f"{9 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {numbers} >>".encode(),
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        _info(info or {}),
        _stream(_to_unicode({char for page in pages for piece in page.pieces for char in piece.text})),
        *(_font(f"{font}{ending}", number) for ending, number in (("", 7), ("-Bold", 8))),
        *(_descendant(f"{font}{ending}") for ending in ("", "-Bold")),
    ]
    for number, page in enumerate(pages):
        first_picture = 9 + 2 * len(pages) + sum(len(other.pictures) for other in pages[:number])
        objects += [_page(page, 10 + 2 * number, first_picture), _stream(_drawn(page))]
    objects += [_picture(*size) for page in pages for size in page.pictures]
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    size = len(objects) + 1
    return body + head + b"trailer << /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(body))


def _info(info: Mapping[str, str | bytes]) -> bytes:
    def value(of: str | bytes) -> bytes:
        return b"<%s>" % (b"\xfe\xff" + of.encode("utf-16-be") if isinstance(of, str) else of).hex().encode()

    return b"<< %s >>" % b" ".join(b"/%s %s" % (name.encode(), value(text)) for name, text in info.items())


def _stream(content: bytes, entries: str = "") -> bytes:
    data = zlib.compress(content)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(data), entries.encode(), data)


def _to_unicode(letters: Iterable[str]) -> bytes:
    pairs = [f"<{ord(letter):04x}> <{letter.encode('utf-16-be').hex()}>" for letter in sorted(letters)]
    blocks = [pairs[at : at + 90] for at in range(0, len(pairs), 90)]
    maps = "".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n" for block in blocks)
    head = "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <0000> <ffff> endcodespacerange\n"
    return f"{head}{maps}endcmap end".encode()


def _font(name: str, descendant: int) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type0 /BaseFont /ABCDEF+{name} /Encoding /Identity-H"
        f" /DescendantFonts [{descendant} 0 R] /ToUnicode 4 0 R >>"
    ).encode()


def _descendant(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+{name} /DW 500"
        " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    ).encode()


def _page(page: PdfPage, contents: int, first_picture: int) -> bytes:
    pictures = " ".join(f"/P{number} {first_picture + number} 0 R" for number in range(len(page.pictures)))
    resources = f"<< /Font << /R 5 0 R /B 6 0 R >> /XObject << {pictures} >> >>"
    box = f"[0 0 {A4[0]} {A4[1]}]"
    page_entries = f"/Parent 2 0 R /MediaBox {box} /Contents {contents} 0 R /Resources {resources}"
    return f"<< /Type /Page {page_entries} >>".encode()


def _drawn(page: PdfPage) -> bytes:
    pictures = "".join(f"q {A4[0]} 0 0 {A4[1]} 0 0 cm /P{number} Do Q\n" for number in range(len(page.pictures)))
    return (pictures + "".join(map(_shown, page.pieces))).encode()


def _shown(piece: Text) -> str:
    codes = piece.text.encode("utf-16-be").hex()
    font, mode = ("B" if piece.bold else "R"), (3 if piece.hidden else 0)
    return f"BT /{font} {piece.size} Tf {mode} Tr 1 0 0 1 {piece.x} {piece.y} Tm <{codes}> Tj ET\n"


def _picture(width: int, height: int) -> bytes:
    entries = f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray"
    return _stream(b"\x00" * 64, f"{entries} /BitsPerComponent 1")
