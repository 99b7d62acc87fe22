"""Decode bytes in UTF-8 or one of the old Cyrillic charsets."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from searchkit.errors import ArticleError
from searchkit.readers.letters import SMALL_CYRILLIC
from searchkit.readers.sources.old_charsets import likeliest, variant_of_cp1251

_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# UTF-16 without a mark is tried only where there are zero bytes: else it makes Chinese of anything.
_WIDE_CHARSETS = ["utf_16_le", "utf_16_be"]
_SAMPLE = 64 * 1024
"""Bytes from which a charset is guessed."""
_SHORT = 200
"""Fewer bytes than this may hold neither a space nor a line end, whose UTF-16 has a zero byte."""
_CYRILLIC = re.compile("[\u0400-\u052f]")
_EXPECTED_CYRILLIC = re.compile(f"[{SMALL_CYRILLIC}]", re.IGNORECASE)


def decode(data: bytes) -> str:
    """Return the text in `data` with ``\\n`` line ends.

    Raises:
        ArticleError: The bytes are no text, or empty.
    """
    text = _decode(data).replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    if not text.strip().strip("\ufeff"):
        raise ArticleError("is empty")
    return text


def decode_declared(data: bytes, declared: str) -> str:
    """Return the text in `data`: in UTF-8, else as its file declares, else by a guess.

    Args:
        data: The bytes of the file.
        declared: The name of a charset, known or not; may be empty.

    Raises:
        ArticleError: The bytes are no text, or empty.
    """
    codec = _codec_of(declared)
    if codec and not codec.startswith(("utf", "ascii", "iso8859-1", "cp1252")):
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8")
        with suppress(UnicodeError, LookupError):
            return data.decode(variant_of_cp1251(data) if codec in ("cp1251", "kz1048") else codec)
    return decode(data)


def _codec_of(declared: str) -> str:
    try:
        return codecs.lookup(declared.strip()).name if declared.isascii() else ""
    except (LookupError, ValueError):
        return ""


def _marked_charset(data: bytes) -> str:
    return next((charset for mark, charset in _BYTE_ORDER_MARKS.items() if data.startswith(mark)), "")


def charset_of(stream: BinaryIO) -> str:
    """Return the charset of a text, of which no more is read than tells it.

    Raises:
        ArticleError: The bytes are no text, or empty.
    """
    sample = _sample(stream)
    if charset := _marked_charset(sample):
        return charset
    if not sample.strip():
        raise ArticleError("is empty")
    if (sample.isascii() and not _has_controls(sample.decode())) or _is_mostly_utf8(sample):
        return "utf-8"
    return _guess(sample)[1]


def _sample(stream: BinaryIO) -> bytes:
    """Return the beginning of a text, and later lines that are not ASCII if it is."""
    sample = stream.read(_SAMPLE)
    if not sample.isascii():
        return sample
    lines = iter(lambda: stream.readline(_SAMPLE), b"")
    return sample + next((line + stream.read(_SAMPLE) for line in lines if not line.isascii()), b"")


def _decode(data: bytes) -> str:
    if charset := _marked_charset(data):
        return _strictly(data, charset)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise ArticleError(f"is broken UTF-8 (byte {error.start + 1})") from error
    else:
        if not _has_controls(text):
            return text
    return _guess(data)[0]


def _strictly(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except UnicodeDecodeError as error:
        raise ArticleError(f"is broken {charset.upper()} (byte {error.start + 1})") from error


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the Cyrillic is UTF-8 but for a few bytes.

    A guess would spoil the rest.
    """
    text = data.decode("utf-8", "ignore")
    good = sum(1 for letter in text[:_SAMPLE] if not letter.isascii())
    bad = data[: 2 * _SAMPLE].decode("utf-8", "replace").count("\ufffd")
    return good > 4 * bad and not _has_controls(text)


def _guess(data: bytes) -> tuple[str, str]:
    """Return the text, and the likeliest charset that makes it readable."""
    for charset in (*_wide_charsets(data), *likeliest(data)):
        with suppress(UnicodeDecodeError):
            text = data.decode(charset)
            if not _has_controls(text):
                return text, charset
    raise ArticleError("is not text, or is in a charset that is not known here")


def _wide_charsets(data: bytes) -> Iterator[str]:
    """Yield the charset of UTF-16 without a mark."""
    from charset_normalizer import from_bytes

    if b"\0" in data[:_SAMPLE] or len(data) < _SHORT:
        matches = from_bytes(data[:_SAMPLE], cp_isolation=_WIDE_CHARSETS, threshold=0.3)
        yield from (match.encoding for match in matches if _reads_as_text(str(match)))


def _has_controls(text: str) -> bool:
    """Whether control characters or unassigned code points betray a picture or a program."""
    sample = text[:4096]
    odd = sum(1 for c in sample if unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") and c not in "\t\n\v\f\r")
    return odd * 50 > len(sample)


def _reads_as_text(text: str) -> bool:
    """Whether most characters are letters, and Cyrillic ones are expected.

    Ў and ќ betray a wrong charset.
    """
    sample = text[:4096]
    cyrillic, expected = len(_CYRILLIC.findall(sample)), len(_EXPECTED_CYRILLIC.findall(sample))
    letters = sum(1 for c in sample if c.isalpha())
    return (
        not _has_controls(sample)
        and letters * 3 >= len(sample)
        and cyrillic <= expected * 1.02
        and expected * 5 >= letters
    )
