"""The data files of the Kazakh morphology, read as rows of cells."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

DATA_FILES = ("suffixes.tsv", "irregular.tsv", "roots.tsv", "families.tsv", "costs.tsv")
"""What the stem of a word depends on, besides the code."""


def rows(name: str) -> list[list[str]]:
    """Return the cells of every line of a data file; comments (``#``) and empty lines are left out."""
    return [line.split("\t") for line in _lines(name)]


def pairs(name: str) -> dict[str, str]:
    """Return the first cell of every line with the second: for long files, since it takes half as long as `rows`."""
    cells = "\t".join(_lines(name)).split("\t")
    return dict(zip(cells[::2], cells[1::2], strict=True))


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name(name).read_text("utf-8")
    lines = ((line.split("#")[0] if "#" in line else line).rstrip() for line in text.splitlines())
    return list(filter(None, lines))


def fingerprint() -> str:
    """Return a short hash of the data files."""
    return f"{crc32(b''.join(Path(__file__).with_name(name).read_bytes() for name in DATA_FILES)):08x}"
