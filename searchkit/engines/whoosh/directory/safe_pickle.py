"""Reading what Whoosh has pickled without running anything.

A pickle may name any function of any module and have it called. Here it may name nothing, or only what the caller
allows: lists, tuples, dictionaries, sets, texts and numbers need no name. Bytes need one in the oldest pickles, which
spell them as calls; for those stand functions of ours.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from io import BufferedReader, BytesIO
from typing import Any, BinaryIO

Named = tuple[str, str]
"""A module, and a name in it."""


def _bytes_of(text: str, _: str) -> bytes:
    return text.encode("latin-1")


def _no_bytes() -> bytes:
    return b""


_BYTES: Mapping[Named, Any] = {
    ("_codecs", "encode"): _bytes_of,
    ("builtins", "bytes"): _no_bytes,
    ("__builtin__", "bytes"): _no_bytes,
}


class _Plain(pickle.Unpickler):
    """Takes no names but those of bytes."""

    allowed = _BYTES

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self.allowed:
            return self.allowed[module, name]
        raise pickle.UnpicklingError(f"{module}.{name} has no business in an index")


def loads(content: bytes) -> Any:
    """Return what is pickled in `content`; raises `UnpicklingError` where it names anything."""
    return _Plain(BufferedReader(BytesIO(content))).load()  # read ahead, it takes a third of the time


def load(file: BinaryIO, allowed: Mapping[Named, Any] = _BYTES) -> Any:
    """Return what is pickled at a file's place, and leave the file at its end; what is allowed stands in for names."""
    reader = _Plain(file)
    reader.allowed = allowed
    return reader.load()
