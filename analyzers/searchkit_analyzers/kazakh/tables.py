"""The data files of the Kazakh morphology, read as rows of cells."""

from __future__ import annotations

import hashlib
from importlib.resources import files

DATA_FILES = ("suffixes.tsv", "irregular.tsv", "roots.tsv", "families.tsv", "costs.tsv")
"""What the stem of a word depends on, besides the code."""


def rows(name: str) -> list[list[str]]:
    """Return the cells of every line of a data file; comments (``#``) and empty lines are left out."""
    text = (files(__package__) / name).read_text(encoding="utf-8")
    lines = (line.split("#")[0].rstrip() for line in text.splitlines())
    return [line.split("\t") for line in lines if line]


def fingerprint() -> str:
    """Return a short hash of the data files."""
    digest = hashlib.sha256()
    for name in DATA_FILES:
        digest.update((files(__package__) / name).read_bytes())
    return digest.hexdigest()[:8]
