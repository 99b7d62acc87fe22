"""Read the properties of an old Word document: [MS-OLEPS].

olefile follows any count that a damaged file gives; here a value is read only where it lies.
"""

from __future__ import annotations

import struct
from contextlib import suppress
from datetime import datetime, timedelta
from struct import unpack_from

from searchkit.readers.formats.office.properties import Properties, iso_day

_CODE_PAGE, _AUTHOR, _KEYWORDS, _CREATED = 1, 4, 5, 12
_MOST_PROPERTIES = 200
_UTF_8 = 65001


def from_stream(stream: bytes) -> Properties:
    """Return the properties in the stream ``SummaryInformation``; damaged ones are empty."""
    with suppress(struct.error, LookupError, OverflowError, ValueError):
        start = unpack_from("<I", stream, 44)[0]
        count = min(unpack_from("<I", stream, start + 4)[0], _MOST_PROPERTIES)
        pairs = (unpack_from("<II", stream, start + 8 + 8 * number) for number in range(count))
        places = {name: start + offset + 4 for name, offset in pairs}
        page = unpack_from("<H", stream, places[_CODE_PAGE])[0] if _CODE_PAGE in places else 1251
        author, keywords = (_text(stream, places.get(name), page) for name in (_AUTHOR, _KEYWORDS))
        return Properties(author=author, created=_day(stream, places.get(_CREATED)), keywords=keywords)
    return Properties()


def _text(stream: bytes, place: int | None, page: int) -> str:
    if place is None:
        return ""
    length = unpack_from("<I", stream, place)[0]
    return (
        stream[place + 4 : place + 4 + length]
        .decode("utf-8" if page == _UTF_8 else f"cp{page}", "replace")
        .strip("\0 ")
    )


def _day(stream: bytes, place: int | None) -> str:
    ticks = 0 if place is None else unpack_from("<Q", stream, place)[0]
    return iso_day((datetime(1601, 1, 1) + timedelta(microseconds=ticks // 10)).isoformat()) if ticks else ""
