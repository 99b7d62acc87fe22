"""Endings that typesetters part from English words: ``develop-ment``."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def is_ending(folded: str) -> bool:
    """Return whether letters end words, and are no word themselves."""
    return folded in _endings()


@cache
def _endings() -> frozenset[str]:
    lines = Path(__file__).with_name("endings.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
