"""Make compound files, and old Word documents in them, as [MS-CFB] and [MS-DOC] describe them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from struct import pack, pack_into

_SECTOR = 512
_END, _FREE, _FAT_SECTOR, _NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
_TEXT_START, _RUNS_PAGE = 2048, 3


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file of streams, each padded to 4096 bytes or more."""
    padded = {name: _padded(data.ljust(4096, b"\0")) for name, data in streams.items()}
    fat, body, entries = [_FAT_SECTOR, _END], b"", [_entry("Root Entry", 5, 1, _NONE, _END, 0)]
    for number, (name, data) in enumerate(padded.items(), 1):
        right = number + 1 if number < len(padded) else _NONE
        entries.append(_entry(name, 2, _NONE, right, len(fat), len(data)))
        count = len(data) // _SECTOR
        fat += [len(fat) + each + 1 for each in range(count - 1)] + [_END]
        body += data
    assert len(fat) <= 128 and len(entries) <= 4
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0) + pack("<109I", 0, *[_FREE] * 108)
    table = pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    return head + table + _padded(b"".join(entries)) + body


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % _SECTOR)


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    entry = encoded.ljust(64, b"\0") + pack("<HBBIII", len(encoded) + 2, kind, 1, _NONE, right, child)
    return entry + bytes(36) + pack("<IQ", start, size)


def word_97(parts: Sequence[str], deleted: str = "", flags: int = 0) -> bytes:
    """Return a document of Word 97.

    Args:
        parts: Its text, footnotes, headers, macros, comments, endnotes and text boxes.
        deleted: The characters that are marked as deleted.
        flags: Flags of its first bytes.
    """
    text = "".join(parts)
    stream = bytearray(_TEXT_START) + text.encode("utf-16-le")
    pack_into("<HH", stream, 0, 0xA5EC, 0xC1)
    pack_into("<H", stream, 10, flags)
    pack_into(f"<{len(parts)}i", stream, 0x4C, *map(len, parts))
    # Two pieces: the first character, and the rest.
    pieces = pack("<3I", 0, 1, len(text)) + pack("<HIH", 0, _TEXT_START, 0) + pack("<HIH", 0, _TEXT_START + 2, 0)
    table = b"\x01" + pack("<H", 2) + b"\0\0" + b"\x02" + pack("<I", len(pieces)) + pieces
    pack_into("<II", stream, 0x1A2, 0, len(table))
    if deleted:
        first = _TEXT_START + 2 * text.index(deleted)
        page = bytearray(_SECTOR)
        pack_into("<II", page, 0, first, first + 2 * len(deleted))
        page[8], page[511] = 100, 1
        pack_into("<BHBHB", page, 200, 6, 0x0835, 1, 0x0800, 1)
        stream[_RUNS_PAGE * _SECTOR : (_RUNS_PAGE + 1) * _SECTOR] = page
        pack_into("<II", stream, 0xFA, len(table), 12)
        table += pack("<III", first, first + 2 * len(deleted), _RUNS_PAGE)
    return compound_file({"WordDocument": bytes(stream), "0Table": table})


def word_6(text: str, language: int = 0x0419) -> bytes:
    """Return a document of Word 6 in the charset of its language."""
    encoded = text.encode("cp1251")
    stream = bytearray(768) + encoded
    pack_into("<HHHH", stream, 0, 0xA5DC, 101, 0, language)
    pack_into("<II", stream, 0x18, 768, 768 + len(encoded))
    pack_into("<I", stream, 0x34, len(encoded))
    return compound_file({"WordDocument": bytes(stream)})
