"""Damage that a file cannot hide: each kind makes a file of which some text cannot be read."""

from __future__ import annotations

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping

Damage = Callable[[bytes, random.Random], bytes]

_TEXT_MEMBER = re.compile(r"word/document\.xml|content\.xml|worksheets/|c0\.xhtml|\.(?:txt|fb2)$")
_PICTURE = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x48"
_PROGRAM = b"\x7fELF\x02\x01\x01" + bytes(9)
_DATABASE = b"SQLite format 3\0\x10\0\x01\x01\0"


def empty(data: bytes, randomness: random.Random) -> bytes:
    """Leave nothing."""
    return b""


def blank(data: bytes, randomness: random.Random) -> bytes:
    """Leave white space."""
    return b" \r\n" * 200


def zeros(data: bytes, randomness: random.Random) -> bytes:
    """Put zeros in place of everything, as a crash of the system does."""
    return bytes(len(data))


def another_kind(data: bytes, randomness: random.Random) -> bytes:
    """Put a picture, a program or a database under the file's name."""
    return randomness.choice([_PICTURE, _PROGRAM, _DATABASE]) + randomness.randbytes(3000)


def random_bytes(data: bytes, randomness: random.Random) -> bytes:
    """Put random bytes in place of everything."""
    return randomness.randbytes(3000)


def cut(data: bytes, randomness: random.Random) -> bytes:
    """Cut the file, as a broken download does."""
    return data[: int(len(data) * randomness.uniform(0.3, 0.8))]


def cut_early(data: bytes, randomness: random.Random) -> bytes:
    """Cut the file within its first bytes."""
    return data[:40]


def flipped_member(data: bytes, randomness: random.Random) -> bytes:
    """Flip bits in the member of a zip archive that holds the text."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        member = next(info for info in archive.infolist() if _TEXT_MEMBER.search(info.filename))
    start = member.header_offset + 30 + len(member.filename.encode()) + len(member.extra)
    middle = start + member.compress_size // 2
    return data[:middle] + bytes(255 - byte for byte in data[middle : middle + 8]) + data[middle + 8 :]


def flipped(data: bytes, randomness: random.Random) -> bytes:
    """Flip bits in the middle of compressed data."""
    middle = len(data) // 2
    return data[:middle] + bytes(255 - byte for byte in data[middle : middle + 8]) + data[middle + 8 :]


def locked(data: bytes, randomness: random.Random) -> bytes:
    """Mark the members of a zip archive as encrypted."""
    changed = bytearray(data)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(signature)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(signature, at + 4)
    return bytes(changed)


def no_article(data: bytes, randomness: random.Random) -> bytes:
    """Leave a page without words."""
    return b"<html><head><title></title><script>var a = 1;</script></head><body><nav></nav></body></html>"


def unknown_columns(data: bytes, randomness: random.Random) -> bytes:
    """Leave a table without a column of texts."""
    return b"a;b;c\n1;2;3\n"


def bad_line(data: bytes, randomness: random.Random) -> bytes:
    """Break one of several JSON lines."""
    first, *rest = data.split(b"\n")
    return b"\n".join([first, b'{"title": "x", "text"', *rest])


def locked_word(data: bytes, randomness: random.Random) -> bytes:
    """Put the streams that Word writes for a document with a password."""
    from tests.readers.formats.office.made_doc import compound_file

    return compound_file({"EncryptionInfo": b"\x04\0\x04\0", "EncryptedPackage": randomness.randbytes(4096)})


def locked_pdf(data: bytes, randomness: random.Random) -> bytes:
    """Encrypt a PDF with a password."""
    from pypdf import PdfWriter

    writer, stream = PdfWriter(clone_from=io.BytesIO(data)), io.BytesIO()
    writer.encrypt("құпия", algorithm="RC4-128")
    writer.write(stream)
    return stream.getvalue()


def picture_pdf(data: bytes, randomness: random.Random) -> bytes:
    """Leave a PDF of pictures."""
    from tests.readers.formats.pdf.made_files import PdfPage, pdf

    return pdf([PdfPage(pictures=[(2480, 3508)])])


def cut_gzip(data: bytes, randomness: random.Random) -> bytes:
    """Compress, and cut."""
    return cut(gzip.compress(data), randomness)


ANY: tuple[Damage, ...] = (empty, blank, zeros, another_kind, random_bytes)
"""Damage of any file."""
ZIPPED: tuple[Damage, ...] = (cut, cut_early, flipped_member, locked)
"""Damage of zip archives, such as office documents."""
MARKUP: tuple[Damage, ...] = (cut, cut_early)
"""Damage of formats that must have an end."""
COMPRESSED: tuple[Damage, ...] = (cut, cut_early, flipped)
"""Damage of compressed files."""

DAMAGE: Mapping[str, tuple[Damage, ...]] = {
    ".html": (no_article,),
    ".csv": (unknown_columns,),
    ".jsonl": (bad_line, cut),
    ".json": MARKUP,
    ".docx": (*ZIPPED, locked_word),
    ".xlsx": (*ZIPPED, locked_word),
    **dict.fromkeys((".odt", ".ods", ".epub", ".zip", ".fb2.zip"), ZIPPED),
    ".pdf": (cut_early, locked_pdf, picture_pdf),
    **dict.fromkeys((".gz", ".bz2", ".xz"), COMPRESSED),
    **dict.fromkeys((".rss", ".xml", ".fb2", ".atom", ".fodt"), MARKUP),
}
"""Further damage of formats, by suffix."""
