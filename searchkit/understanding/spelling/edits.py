"""Applies corrections to the text of a query."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from searchkit.query.nodes import Variants, WordGroup
from searchkit.query.parser import Query, parse
from searchkit.query.word_groups import word_group
from searchkit.results import Correction
from searchkit_analyzers import ANALYZER, Token


class Replacement(NamedTuple):
    """The text that replaces a piece of a query."""

    text: str
    kind: str
    """The kind of error; ``""`` if only letters of another script were converted."""
    variants: Variants = ()
    """Other words that may be meant; an occurrence of `text` has weight 1."""


class Edit(NamedTuple):
    """A piece of a query's text, ``text[start:end]`` in code points, and its replacement."""

    start: int
    end: int
    replacement: Replacement


def apply_edits(query: Query, edits: Sequence[Edit]) -> Query:
    """Return the query with pieces replaced; edits are ascending and do not overlap.

    The words are analyzed again beside each other. Filters and hints stay.
    """
    text, unread = "", 0
    variants: dict[int, Variants] = {}
    is_in_capitals = query.text.isupper()  # so that what was a word does not become an operator
    for start, end, replacement in edits:
        text += query.text[unread:start]
        variants[len(text)] = _terms(replacement.variants)
        text += replacement.text.upper() if is_in_capitals else replacement.text
        unread = end
    edited = parse(text + query.text[unread:], variants)
    for condition in query.filters:
        edited = edited.within(condition)
    return replace(edited, hints=query.hints)


def excluded_offsets(query: Query) -> set[int]:
    """Return where words begin that documents must not have: these are not corrected."""
    sought = {(leaf.text, leaf.lemmas) for leaf in query.leaves if isinstance(leaf, WordGroup)}
    groups = ((token.start, word_group(token)) for token in query.tokens)
    return {start for start, group in groups if (group.text, group.lemmas) not in sought}


def sought_tokens(query: Query) -> list[Token]:
    """Return the words of a query that may be corrected: not those that it excludes."""
    excluded = excluded_offsets(query)
    return [token for token in query.tokens if token.start not in excluded]


def corrections(query: Query, edits: Sequence[Edit]) -> tuple[Correction, ...]:
    """Return the corrections to report for edits of a query."""
    return tuple(
        Correction(query.text[start:end], _reported(query.text[start:end], replacement), replacement.kind)
        for start, end, replacement in edits
        if replacement.kind
    )


def _reported(typed: str, replacement: Replacement) -> str:
    """Return the replacing text, or the variants where the typed text stays."""
    return replacement.text if replacement.text != typed else ", ".join(word for word, _ in replacement.variants)


def _terms(words: Variants) -> Variants:
    """Return the terms of words, each with its highest weight."""
    weights: dict[str, float] = {}
    for word, weight in words:
        for token in ANALYZER.analyze_query(word):
            weights |= {lemma: max(weight, weights.get(lemma, 0.0)) for lemma in token.lemmas}
    return tuple(weights.items())
