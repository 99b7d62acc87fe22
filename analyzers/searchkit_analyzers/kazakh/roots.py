"""The common roots of `roots.tsv`, with their parts of speech."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from searchkit_analyzers.kazakh.tables import pairs


@cache
def read_roots() -> Mapping[str, str]:
    """Read the common roots with their parts of speech, once."""
    return pairs("roots.tsv")
