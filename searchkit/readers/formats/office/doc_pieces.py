"""Find the pieces of the text in the streams of an old Word document: [MS-DOC], 2.4.1."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from itertools import accumulate, pairwise
from struct import unpack_from

from searchkit.errors import ArticleError

_MAGIC_OF_97, _MAGIC_OF_6 = 0xA5EC, (0xA5DC, 0xA5DB, 0xA59C)
_FIRST_VERSION_OF_97 = 0xC1
_IS_COMPLEX, _IS_ENCRYPTED, _IN_TABLE_1 = 0x0004, 0x0100, 0x0200
_LENGTHS = 0x4C
"""Where the numbers of characters of each part of the text stand."""
_SHOWN_PARTS = (True, True, False, False, False, True, True, False)
"""Text, footnotes, headers, macros, comments, endnotes, text boxes, text boxes of headers."""
_PIECES, _CHARACTER_RUNS = 0x01A2, 0x00FA
"""Where the offsets and lengths of the piece table and of the character runs stand."""
_PAGE = 512
_DELETED = 0x0800
"""The property of a run that is marked as deleted: ``sprmCFRMarkDel``."""
_CYRILLIC_LANGUAGES = frozenset({0x0419, 0x0422, 0x0423, 0x043F, 0x0440, 0x0444})
_OPERAND_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of an operand by the highest bits of its property; 6 has its own length before it."""


class WordFile:
    """The text of an old Word document."""

    def __init__(self, stream: bytes, tables: Mapping[str, bytes]) -> None:
        """Read a document.

        Args:
            stream: The stream ``WordDocument``.
            tables: The streams ``0Table`` and ``1Table``, as far as there are any.

        Raises:
            ArticleError: The document is encrypted, broken, or older than Word 6.
        """
        self._stream = stream
        try:
            magic, version = unpack_from("<HH", stream, 0)
            flags = unpack_from("<H", stream, 10)[0]
            if flags & _IS_ENCRYPTED:
                raise ArticleError("is encrypted")
            self._table = tables.get("1Table" if flags & _IN_TABLE_1 else "0Table", b"")
            if magic == _MAGIC_OF_97 and version >= _FIRST_VERSION_OF_97:
                self.text = self._text_of_97()
            elif magic in (*_MAGIC_OF_6, _MAGIC_OF_97) and not flags & _IS_COMPLEX:
                self.text = self._text_of_6()
            else:
                raise ArticleError("is a Word document of a version that is not read; save it as .docx")
        except (struct.error, IndexError) as error:
            raise ArticleError("is no Word document, or a broken one") from error

    def _text_of_6(self) -> str:
        language = unpack_from("<H", self._stream, 6)[0]
        start, end = unpack_from("<II", self._stream, 0x18)
        length = unpack_from("<I", self._stream, 0x34)[0]
        codec = "cp1251" if language in _CYRILLIC_LANGUAGES else "cp1252"
        return self._stream[start : min(end, start + length)].decode(codec, "replace")

    def _text_of_97(self) -> str:
        lengths = unpack_from("<8i", self._stream, _LENGTHS)
        ends = list(accumulate(max(0, length) for length in lengths))
        ranges = [
            (end - length, end) for end, length, is_shown in zip(ends, lengths, _SHOWN_PARTS, strict=True) if is_shown
        ]
        text: list[str] = []
        deleted = self._deleted_runs()
        for start, end in ranges:
            text += (self._piece_text(piece, start, end, deleted) for piece in self._pieces())
            text.append("\r")
        return "".join(text)

    def _pieces(self) -> Iterator[tuple[int, int, int]]:
        """Yield the first and last character of each piece, and the place of its text."""
        start, length = unpack_from("<II", self._stream, _PIECES)
        position, end = start, start + length
        while position < end and self._table[position : position + 1] == b"\x01":  # properties of pieces
            position += 3 + unpack_from("<H", self._table, position + 1)[0]
        size = unpack_from("<xI", self._table, position)[0]
        count = min(size, len(self._table)) // 12
        positions = unpack_from(f"<{count + 1}I", self._table, position + 5)
        places = position + 5 + 4 * (count + 1)
        for number, (first, last) in enumerate(pairwise(positions)):
            yield first, last, unpack_from("<I", self._table, places + 8 * number + 2)[0]

    def _piece_text(self, piece: tuple[int, int, int], start: int, end: int, deleted: list[tuple[int, int]]) -> str:
        """Return the characters of a piece between two positions, without deleted runs."""
        first, last, place = piece
        begin, finish = max(first, start), min(last, end)
        if begin >= finish:
            return ""
        is_narrow = bool(place & 0x4000_0000)
        width = 1 if is_narrow else 2
        offset = (place & 0x3FFF_FFFF) // (2 if is_narrow else 1) + (begin - first) * width
        kept = _without(offset, offset + (finish - begin) * width, deleted)
        codec = "cp1252" if is_narrow else "utf-16-le"
        return b"".join(self._stream[a:b] for a, b in kept).decode(codec, "replace")

    def _deleted_runs(self) -> list[tuple[int, int]]:
        """Return the ranges of bytes that are marked as deleted, in their order."""
        start, length = unpack_from("<II", self._stream, _CHARACTER_RUNS)
        count = max(0, min(length, len(self._table)) - 4) // 8
        pages = unpack_from(f"<{count}I", self._table, start + 4 * (count + 1)) if count else ()
        runs: list[tuple[int, int]] = []
        for page in pages:
            runs += self._deleted_on(self._stream[page * _PAGE : (page + 1) * _PAGE])
        return sorted(runs)

    @staticmethod
    def _deleted_on(page: bytes) -> Iterator[tuple[int, int]]:
        """Yield the deleted runs on a page of formatted runs: [MS-DOC], ChpxFkp."""
        if len(page) < _PAGE:
            return
        count = min(page[-1], 0x65)
        offsets = unpack_from(f"<{count + 1}I", page)
        for number, run in enumerate(pairwise(offsets)):
            place = 2 * page[4 * (count + 1) + number]
            if place and _is_deleted(page[place + 1 : place + 1 + page[place]]):
                yield run


def _is_deleted(run_properties: bytes) -> bool:
    position, is_deleted = 0, False
    while position + 2 < len(run_properties):
        name = unpack_from("<H", run_properties, position)[0]
        position += 2
        if name == _DELETED:
            is_deleted = run_properties[position] == 1
        kind = name >> 13
        position += _OPERAND_SIZES.get(kind, 1 + run_properties[position])
    return is_deleted


def _without(start: int, end: int, cut: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a range of bytes without some ordered ranges."""
    for first, last in cut[max(0, bisect_right(cut, (start, 0)) - 1) :]:
        if first >= end:
            break
        if start < first:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end
