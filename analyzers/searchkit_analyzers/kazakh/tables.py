"""Read the data files of the Kazakh analyzer as rows of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from zlib import crc32

DATA_FILES = ("suffixes.tsv", "derivations.tsv", "irregular.tsv", "roots.tsv", "families.tsv", "costs.tsv")
"""The files that decide the stem of a word, besides the code."""

_FOLDER = Path(__file__).parent
_COMMENT = re.compile("#.*")


def rows(name: str) -> list[list[str]]:
    """Return the cells of each line of a data file, ``#`` comments left out."""
    return [line.split("\t") for line in _lines(name)]


def pairs(name: str) -> dict[str, str]:
    """Return the first cell of each line with the second one.

    Takes half as long as `rows`, which matters for long files of two columns.
    """
    cells = "\t".join(_lines(name)).split("\t")
    return dict(zip(cells[::2], cells[1::2], strict=True))


def begins_line(name: str, cell: str) -> bool:
    """Return whether a line of a data file has this first cell, without reading all cells."""
    return f"\n{cell}\t".encode() in _content(name)


@cache
def _content(name: str) -> bytes:
    return (_FOLDER / name).read_bytes()


def _lines(name: str) -> list[str]:
    text = _COMMENT.sub("", (_FOLDER / name).read_text("utf-8"))
    return list(filter(None, map(str.rstrip, text.splitlines())))


def fingerprint(names: Iterable[str] = DATA_FILES) -> str:
    """Return a CRC-32 of data files in hexadecimal digits."""
    return f"{crc32(b''.join((_FOLDER / name).read_bytes() for name in names)):08x}"
