"""Compress and decompress pieces of a segment with Zstandard."""

from __future__ import annotations

from functools import cache
from threading import local
from typing import Any

_LEVEL = 9


class _Codecs(local):
    """The compressor and decompressor of a thread: they are not shared between threads."""

    def __init__(self) -> None:
        import zstandard

        self.compressor = zstandard.ZstdCompressor(level=_LEVEL, write_content_size=True)
        self.decompressor = zstandard.ZstdDecompressor()


@cache
def _codecs() -> Any:
    return _Codecs()


def compress(content: bytes) -> bytes:
    """Return a compressed piece."""
    compressed: bytes = _codecs().compressor.compress(content)
    return compressed


def decompress(piece: memoryview | bytes) -> bytes:
    """Return the content of a piece."""
    content: bytes = _codecs().decompressor.decompress(piece)
    return content
