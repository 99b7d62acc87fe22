"""Where the words of a question stand in documents, as their postings tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from searchkit.engines.whoosh import codec, spans
from searchkit.engines.whoosh.collection import Collection, Numbers
from searchkit.engines.whoosh.segments import Ids, Segment, damage_is_told
from searchkit.query.tree import Exact, Leaf, Prefix
from searchkit.stacks import COARSE_MARK

LeafAt = dict[int, int]
"""Positions in a document, and which of the question's words stands there."""


def words_at(collection: Collection, numbers: Numbers, words: Sequence[Leaf]) -> dict[int, LeafAt]:
    """Return which words stand where in documents, given by ascending numbers.

    A position that several words meet is that of the first.
    """
    found: dict[int, LeafAt] = {}
    for segment, base, wanted in collection.parts(numbers):
        for number, leaf_at in _words_at(segment, wanted, words).items():
            found[base + number] = leaf_at
    return found


def _words_at(segment: Segment, wanted: Ids, words: Sequence[Leaf]) -> dict[int, LeafAt]:
    found: dict[int, LeafAt] = {number: {} for number in wanted.tolist()}
    held = [(leaf, *each) for leaf, word in enumerate(words) for each in _held(segment, word, wanted)]
    with damage_is_told():
        decoded = codec.positions_in([value for _, _, value in held])
    for (leaf, number, _), positions in zip(held, decoded, strict=True):
        leaf_at = found[number]
        for position in spans.once(positions) if isinstance(words[leaf], Exact) else positions:
            leaf_at.setdefault(position, leaf)
    return found


def _held(segment: Segment, word: Leaf, wanted: Ids) -> list[tuple[int, bytes]]:
    """Return which documents hold a word, each with encoded positions.

    In documents that hold no form of it, something nearly like it counts.
    """
    if isinstance(word, Exact):
        return segment.encoded_positions(word.form, wanted)
    if isinstance(word, Prefix):
        return segment.encoded_positions_of_all(word.prefix, wanted)
    met = _of_terms(segment, word.terms, wanted)
    held = {number for number, _ in met}
    if word.coarse and len(held) < len(wanted):
        without = np.array([number for number in wanted.tolist() if number not in held], np.int32)
        met += _of_terms(segment, [COARSE_MARK + key for key in word.coarse], without)
    return met


def _of_terms(segment: Segment, terms: Iterable[str], wanted: Ids) -> list[tuple[int, bytes]]:
    return [held for term in terms for held in segment.encoded_positions(term, wanted)]
