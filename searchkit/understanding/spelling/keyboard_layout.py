"""Which pieces of a question were typed on another keyboard layout: those that only there are words of the index."""

from __future__ import annotations

import re
from typing import NamedTuple

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.parser import Query
from searchkit.runtime.memo import memoized
from searchkit.understanding.spelling.edits import Edit, Replacement
from searchkit_analyzers import ANALYZER
from searchkit_analyzers.input_methods.keyboards import on_other_layouts
from searchkit_analyzers.input_methods.romanization import in_cyrillic
from searchkit_analyzers.normalize import fold

_MEMO = 10_000
_PIECE = re.compile(r"\S+")
_BORDER = re.compile(r"^\W+|\W+$")
_OPERATOR = re.compile(r'^[+-]?(?:[!("]|(?:title|source|author|lang|date):)|["*)]$|^(?:AND|OR|NOT)$')
_SHORTEST = 3
"""Shorter pieces are words on any layout, but they are moved with the others."""


class _Move(NamedTuple):
    """What a piece is on another layout."""

    there: str
    is_word_there: bool = False
    is_word_here: bool = False


class KeyboardLayoutFix:
    """Knows by the words of one index which layout was meant."""

    def __init__(self, vocabulary: WordDictionary) -> None:
        self._vocabulary = vocabulary
        self._move = memoized(self._moved, _MEMO)

    def edits(self, query: Query) -> list[Edit]:
        """Return the pieces to put on another layout: all, where more of them are words there than here."""
        if not any(self._move(piece).is_word_there for piece in query.text.split()):
            return []
        pieces = [(*piece.span(), self._move(piece.group())) for piece in _PIECE.finditer(query.text)]
        moves = [move for *_, move in pieces if move.there]
        there, here = sum(move.is_word_there for move in moves), sum(move.is_word_here for move in moves)
        all_moved = 2 * there > len(moves) - there and there > here
        return [
            Edit(start, end, Replacement(move.there, "layout"))
            for start, end, move in pieces
            if move.is_word_there or (move.there and all_moved and there)
        ]

    def _moved(self, piece: str) -> _Move:
        ways = [] if _OPERATOR.search(piece) else on_other_layouts(piece)
        if not ways:
            return _Move("")
        if self._is_word(piece):
            return _Move(ways[0], is_word_here=True)
        there = next(filter(self._is_word, ways), "")
        return _Move(there or ways[0], is_word_there=bool(there) and len(piece) >= _SHORTEST)

    def _is_word(self, piece: str) -> bool:
        """Whether the index has the words of a piece, in any form or script."""
        if self._vocabulary.find(fold(_BORDER.sub("", piece))).doc_freq:
            return True  # and no need of dictionaries
        tokens = ANALYZER.analyze_question(piece)
        if len(tokens) > 1 + piece.count("-"):
            return False
        known = (any(self._vocabulary.find(lemma).doc_freq for lemma in token.lemmas) for token in tokens)
        return bool(tokens) and (all(known) or self._is_word_in_latin(piece))

    def _is_word_in_latin(self, piece: str) -> bool:
        return any(self._vocabulary.with_skeleton(skeleton(spelling)) for spelling in in_cyrillic(fold(piece)))
