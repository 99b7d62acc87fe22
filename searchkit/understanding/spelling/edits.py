"""Putting what is understood into a question, and asking it anew: its words are then analysed beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from searchkit.query.nodes import Variants
from searchkit.query.parser import Query, parse
from searchkit.results import Correction
from searchkit_analyzers import ANALYZER


class Replacement(NamedTuple):
    """What a piece of a question is taken for."""

    text: str
    kind: str
    """What happened to it; ``""`` where nothing did but that letters of another script were read."""
    beside: Variants = ()
    """Other words that may be meant, and what an occurrence of each counts beside one of `text`."""


class Edit(NamedTuple):
    """A stretch of a question's text, and what is understood."""

    start: int
    end: int
    understood: Replacement


def rewritten(query: Query, edits: Sequence[Edit]) -> Query:
    """Return a question with stretches (ascending, apart) replaced, under the conditions that it had."""
    text, at = "", 0
    variants: dict[int, Variants] = {}
    for start, end, (word, _, beside) in edits:
        text += query.text[at:start]
        variants[len(text)] = _terms(beside)
        text += word
        at = end
    again = parse(text + query.text[at:], variants)
    for condition in query.filters:
        again = again.within(condition)
    return replace(again, hints=query.hints)


def corrections(query: Query, edits: Sequence[Edit]) -> tuple[Correction, ...]:
    """Return what there is to tell of replaced stretches."""
    return tuple(
        Correction(query.text[start:end], _told(query.text[start:end], understood), understood.kind)
        for start, end, understood in edits
        if understood.kind
    )


def _told(typed: str, understood: Replacement) -> str:
    """Return what is understood; where that is what was typed, the words beside it."""
    return understood.text if understood.text != typed else ", ".join(word for word, _ in understood.beside)


def _terms(words: Variants) -> Variants:
    """Return the terms of words, each with the weight of its word: the highest, where several share it."""
    weights: dict[str, float] = {}
    for word, weight in words:
        for token in ANALYZER.analyze_question(word):
            weights |= {lemma: max(weight, weights.get(lemma, 0.0)) for lemma in token.lemmas}
    return tuple(weights.items())
