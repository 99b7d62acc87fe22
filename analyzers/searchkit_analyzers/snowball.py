"""Snowball stemmers, loaded at first use; PyStemmer's code in C where it is installed."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zlib import crc32


@cache
def stemmer(algorithm: str) -> Any:
    """Return the stemmer of an `algorithm`, such as ``"russian"``; its method is `stemWord`."""
    import snowballstemmer

    return snowballstemmer.stemmer(algorithm)


def stemmer_checksum(algorithm: str) -> str:
    """Return a checksum of a stemmer's code, which changes when its stems may change."""
    spec = find_spec("snowballstemmer")
    assert spec is not None and spec.origin is not None
    return f"{crc32(Path(spec.origin).with_name(f'{algorithm}_stemmer.py').read_bytes()):08x}"
