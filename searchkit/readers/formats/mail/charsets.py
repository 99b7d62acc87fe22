"""Decode the bytes of mails, whose declared charset may be missing or wrong."""

from __future__ import annotations

import codecs

from searchkit.errors import ArticleError
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.old_charsets import variant_of_cp1251

_NOT_BELIEVED = frozenset({"ascii", "iso8859-1", "cp1252", "latin-1"})
"""Charsets that programs declare for Cyrillic which they take for Latin."""


def decoded(data: bytes, declared: str) -> str:
    """Return the text in `data`: in UTF-8, else as declared, else by a guess.

    What cannot be decoded becomes U+FFFD.
    """
    try:
        codec = codecs.lookup(declared.strip().strip("'\"")).name if declared else ""
    except LookupError:
        codec = ""
    if codec == "cp1251":  # Kazakh was declared so, too
        codec = variant_of_cp1251(data)
    is_wide = codec.startswith(("utf-16", "utf-32", "utf-7", "iso2022", "hz"))
    for candidate in (*(() if is_wide else ("utf-8",)), codec):
        try:
            if candidate and candidate not in _NOT_BELIEVED:
                return data.decode(candidate)
        except (UnicodeError, LookupError):
            continue
    try:
        return decode(data)
    except ArticleError:
        return data.decode(codec or "utf-8", "replace")
