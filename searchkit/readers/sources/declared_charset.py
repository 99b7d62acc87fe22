"""Decode bytes whose declared charset may be missing or wrong: mails, answers of servers."""

from __future__ import annotations

import codecs

from searchkit.errors import ArticleError
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.old_charsets import variant_of_cp1251

_NOT_BELIEVED = frozenset({"ascii", "iso8859-1", "cp1252"})
"""Charsets that programs declare for Cyrillic which they take for Latin."""
_WIDE = ("utf-16", "utf-32", "utf-7", "iso2022", "hz")
"""Charsets whose bytes may be valid UTF-8 and mean something else."""


def codec_of(declared: str) -> str:
    """Return the codec of a declared charset; nothing if it is unknown or not believed."""
    try:
        codec = codecs.lookup(declared.strip().strip("'\"")).name if declared else ""
    except (LookupError, ValueError):
        return ""
    return "" if codec in _NOT_BELIEVED else codec


def decoded(data: bytes, declared: str) -> str:
    """Return the text in `data`: in UTF-8, else as declared, else by a guess.

    What cannot be decoded becomes U+FFFD.
    """
    codec = codec_of(declared)
    if codec == "cp1251":  # Kazakh was declared so, too
        codec = variant_of_cp1251(data)
    for candidate in (codec,) if codec.startswith(_WIDE) else ("utf-8", codec):
        try:
            if candidate:
                return data.decode(candidate)
        except (UnicodeError, LookupError):
            continue
    try:
        return decode(data)
    except ArticleError:
        return data.decode("latin-1" if declared and not codec else "utf-8", "replace")
