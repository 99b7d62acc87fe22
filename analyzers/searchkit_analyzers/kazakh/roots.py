"""The common roots of `roots.tsv`, with their parts of speech, and other spellings of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from searchkit_analyzers.kazakh.irregular import read_irregulars
from searchkit_analyzers.kazakh.spellings.loans import full_stems, short_keys
from searchkit_analyzers.kazakh.tables import pairs


@cache
def read_roots() -> Mapping[str, str]:
    """Read the common roots with their parts of speech, once."""
    return pairs("roots.tsv")


@cache
def read_spellings() -> Mapping[str, str]:
    """Return other spellings of stems, each with the stem: клас -> класс."""
    return full_stems(read_roots()) | read_irregulars().stems


@cache
def read_short_keys() -> Mapping[str, str]:
    """Return the loans that are written like another root before endings, each with that root."""
    return short_keys(read_roots())


@cache
def read_stems() -> Mapping[str, str]:
    """Return the roots in all their spellings, with their parts of speech."""
    roots = read_roots()
    return {**roots, **{spelling: roots.get(stem, "n") for spelling, stem in read_spellings().items()}}
