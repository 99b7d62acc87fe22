"""Repair: what a question means, where its words are not those of the index.

    layout -> words -> candidates -> choice -> a question asked anew

1. *Layout*: pieces typed on another keyboard layout are put on the right one;
2. *candidates*: what each word that the index hardly knows may be (`candidates`);
3. *choice*: the likeliest takes the place of what was typed, or, where the index knows that too, stands beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from searchkit.query import Query, parse
from searchkit.query.parser import group_of
from searchkit.query.tree import WordGroup
from searchkit.ranking import COARSE_WEIGHT
from searchkit.repair.candidates import Asked, Candidate, candidates, prior
from searchkit.repair.latin import in_cyrillic, is_latin
from searchkit.repair.layout import on_other_layouts
from searchkit.vocabulary import Vocabulary, skeleton
from searchkit_analyzers import ANALYZER, Token, is_function_word
from searchkit_analyzers.normalize import clean, fold, has_kazakh_letter, is_cyrillic

import re

Supposed = tuple[tuple[str, float], ...]

_CERTAIN = 0.05
_MOST = 3
W_BESIDE = 0.6
ALSO = 0.5
ALSO_F = 5
CAP = 9


class Correction(NamedTuple):
    typed: str
    understood: str
    kind: str


class Edit(NamedTuple):
    start: int
    end: int
    understood: str
    kind: str
    beside: tuple[tuple[str, float], ...]


class Repaired(NamedTuple):
    query: Query
    corrections: tuple[Correction, ...]


def repaired(query: Query, vocabulary: Vocabulary) -> Repaired:
    """Return the question as it is understood, and what was understood otherwise than typed."""
    moved, by_layout = _on_right_layout(query, vocabulary)
    asked = _asked(moved.text)
    edits = [edit for token in moved.tokens if (edit := _edit(token, asked, vocabulary))]
    if not edits:
        return Repaired(replace(moved, text=query.text), by_layout)
    again = _applied(moved, edits)
    told = tuple(Correction(moved.text[e.start : e.end], e.understood, e.kind) for e in edits if e.kind)
    return Repaired(replace(again, text=query.text), (*by_layout, *told))


def _asked(text: str) -> Asked:
    if has_kazakh_letter(text.lower()):
        return Asked.KAZAKH
    language = ANALYZER.language(text)
    return {"kk": Asked.WITHOUT_KAZAKH_LETTERS, "ru": Asked.RUSSIAN}.get(language, Asked.UNSURE)


def _edit(token: Token, asked: Asked, vocabulary: Vocabulary) -> Edit | None:
    found = _understood(fold(clean(token.surface)), token.forms[0], token.lemmas, asked, vocabulary)
    if not found:
        return None
    word, kind, beside = found
    return Edit(token.start, token.end, word, kind, beside)


@lru_cache(10_000)
def _understood(word: str, form: str, lemmas: tuple[str, ...], asked: Asked, vocabulary: Vocabulary):
    if not (skeleton(word) or is_latin(word)) or is_function_word(word):
        return None
    here = vocabulary.find(word)
    own = here.written
    known = max(vocabulary.find(lemma).frequency for lemma in lemmas)
    typed = max(prior(here), min(CAP, math.log(known) - 2.0)) if known else -99
    found = [c for c in candidates(word, asked, vocabulary) if c.word != word][:_MOST]
    if not found or found[0].score < typed:
        if is_cyrillic(form) and not is_cyrillic(word):
            return (form, "", ())
        if here.frequency and len(word) >= 4:
            others = [k for k in vocabulary.alike(skeleton(word)) if k.word != word and k.frequency * ALSO_F >= here.frequency]
            if others:
                return (word, "", tuple((o.word, ALSO) for o in others))
        return None
    if found[0].word == form:
        return (form, "", ())
    best, *others = found
    weights = [(c.word, math.exp((c.score - best.score))) for c in others]
    if typed > 0:
        weights.append((word, W_BESIDE))
    return best.word, best.kind, tuple((w, x) for w, x in weights if x >= _CERTAIN)


def _applied(query: Query, edits: Sequence[Edit]) -> Query:
    text, at = "", 0
    supposed: dict[int, Supposed] = {}
    for edit in edits:
        text += query.text[at : edit.start]
        if edit.beside:
            supposed[len(text)] = tuple(_terms(edit.beside))
        text += edit.understood
        at = edit.end
    again = parse(text + query.text[at:], supposed)
    for condition in query.conditions:
        again = again.within(condition)
    return replace(again, hints=query.hints)


def _terms(beside: Sequence[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    for word, weight in beside:
        for token in ANALYZER.analyze_question(word):
            group = group_of(token)
            yield from ((lemma, weight) for lemma in group.lemmas)


_PIECE = re.compile(r"\S+")
_OPERATOR = re.compile(r'^[+-]?(?:[!("]|(?:title|source|author|lang|date):)|[*")]$')


def _on_right_layout(query: Query, vocabulary: Vocabulary) -> tuple[Query, tuple[Correction, ...]]:
    pieces = [m for m in _PIECE.finditer(query.text)]
    moves = [_move(m.group(), vocabulary) for m in pieces]
    if not any(sure for _, sure in moves):
        return query, ()
    all_ = 2 * sum(sure for _, sure in moves) > len([m for m, _ in moves if m])
    edits = [
        Edit(m.start(), m.end(), there, "layout", ())
        for m, (there, sure) in zip(pieces, moves, strict=True)
        if there and (sure or all_)
    ]
    return _applied(query, edits), tuple(Correction(query.text[e.start : e.end], e.understood, e.kind) for e in edits)


@lru_cache(10_000)
def _move(piece: str, vocabulary: Vocabulary) -> tuple[str, bool]:
    """Return what a piece may be on another layout, and whether the index says so."""
    if _OPERATOR.search(piece):
        return "", False
    others = on_other_layouts(piece)
    if not others:
        return "", False
    if _knows(piece, vocabulary):
        return others[0], False
    latin = max((k.frequency for s in in_cyrillic(fold(piece)) for k in vocabulary.alike(skeleton(s))), default=0)
    for other in others:
        if len(other) > 2 and _knows(other, vocabulary) > latin:
            return other, True
    return others[0], False


def _knows(piece: str, vocabulary: Vocabulary) -> int:
    words = ANALYZER.analyze_question(piece)
    return max((vocabulary.find(lemma).frequency for lemma in words[0].lemmas), default=0) if len(words) == 1 else 0
