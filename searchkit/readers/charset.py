"""From bytes to text: UTF-8 first, then byte order marks, then a library's guess among the old Cyrillic charsets."""

from __future__ import annotations

import codecs
import unicodedata

from searchkit.errors import ArticleError

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# What Russian and Kazakh pages were written in before UTF-8. kz1048 and ptcp154 are cp1251 with Kazakh letters.
_OLD_CHARSETS = [
    "cp1251",
    "kz1048",
    "ptcp154",
    "koi8_r",
    "cp866",
    "iso8859_5",
    "mac_cyrillic",
    "utf_16_le",
    "utf_16_be",
]
_SAMPLE = 64 * 1024


def decode(data: bytes) -> str:
    """Return the text in `data`, with ``\\n`` line ends; raises `ArticleError` for what is not text."""
    return _decode(data).replace("\r\n", "\n").replace("\r", "\n")


def _decode(data: bytes) -> str:
    for mark, charset in _BYTE_ORDER_MARKS.items():
        if data.startswith(mark):
            return _strictly(data, charset)
    if b"\0" not in data:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError as error:
            broken = error
        if _is_mostly_utf8(data):
            raise ArticleError(f"is broken UTF-8 (byte {broken.start + 1})")
    return _strictly(data, _guess(data))


def _strictly(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        raise ArticleError(f"is broken {charset.upper()} (byte {error.start + 1})") from error


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the Cyrillic in it is UTF-8 but for a few bytes: then a guess would make garbage of the rest."""
    text = data.decode("utf-8", "ignore")
    good = sum(1 for letter in text[:_SAMPLE] if not letter.isascii())
    bad = data[: 2 * _SAMPLE].decode("utf-8", "replace").count("\ufffd")
    return good > 4 * bad


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE], cp_isolation=_OLD_CHARSETS, threshold=0.3).best()
    if best is None or not _reads_as_text(str(best)):
        raise ArticleError("is not text, or is in a charset that is not known here")
    return str(best.encoding)


def _reads_as_text(text: str) -> bool:
    """Control characters and unassigned code points are the mark of a picture or a program."""
    sample = text[:4096]
    odd = sum(1 for c in sample if unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\n\r\f")
    letters = sum(1 for c in sample if c.isalpha())
    return odd * 50 <= len(sample) and letters * 3 >= len(sample)
