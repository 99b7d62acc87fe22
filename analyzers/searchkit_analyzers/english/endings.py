"""Beginnings and endings that typesetters part from English words: ``con-ference``."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def is_ending(folded: str) -> bool:
    """Return whether letters end words, and are no word themselves."""
    return folded in _listed("endings")


def is_beginning(folded: str) -> bool:
    """Return whether letters begin words, and no word with a hyphen of its own."""
    return folded in _listed("beginnings")


@cache
def _listed(name: str) -> frozenset[str]:
    lines = Path(__file__).with_name(f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
