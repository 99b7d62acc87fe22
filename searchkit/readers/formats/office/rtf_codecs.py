"""The charsets of RTF: of the document, of its fonts, of bytes that are declared wrongly."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

_OF_FONTS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "cp950", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    255: "cp866",
}  # fmt: skip
"""The codec of each ``\\fcharset``; 0 and 1 are the charset of the document."""
_OF_PAGES = {10000: "mac_roman", 10007: "mac_cyrillic", 65001: "utf-8"}
"""The codecs of code pages that Python does not call by their number."""
_WESTERN = "cp1252"
_CYRILLIC = "cp1251"
_ACCENTED_RUN = re.compile(rb"[\xc0-\xff]{3}")
"""Three accented letters one after another: no Western word has them, and most Russian ones do."""


def of_page(number: int) -> str:
    """Return the codec of a code page: the Western one for an unknown number."""
    with suppress(LookupError):
        return codecs.lookup(_OF_PAGES.get(number, f"cp{number}")).name
    return _WESTERN


def of_font(charset: int) -> str:
    """Return the codec of a font's charset, or nothing for the charset of the document."""
    return _OF_FONTS.get(charset, "")


def decoded(data: bytes, codec: str) -> str:
    """Return a run of bytes as text.

    Programs write UTF-8 or Cyrillic as it is into documents that they declare as Western.
    """
    if not data.isascii():
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8")
    if codec == _WESTERN and _ACCENTED_RUN.search(data):
        codec = _CYRILLIC
    return data.decode(codec, "replace")
