"""Repair: what a question means where its words are not those of the index.

    layout (`moving`) -> words typed apart (`joining`) -> candidates (`candidates`, `channel`) -> choice (`choice`)

A word that the index has not is replaced by what is understood. One that it has, but far more rarely than its likeness,
stays beside that. ``!word`` is left alone, as are prefixes and conditions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.parser import Query
from searchkit.results import Correction
from searchkit.understanding.spelling.chooser import CandidateChooser
from searchkit.understanding.spelling.edits import Edit, corrections, rewritten
from searchkit.understanding.spelling.input_mode import asked
from searchkit.understanding.spelling.keyboard_layout import KeyboardLayoutFix
from searchkit.understanding.spelling.split_words import joined
from searchkit_analyzers import Token

__all__ = ["CorrectedQuery", "SpellingCorrector"]

_FEW = 2
"""A question of no more words may be a name."""


class CorrectedQuery(NamedTuple):
    """A question as it is understood."""

    query: Query
    corrections: tuple[Correction, ...] = ()
    """What was understood otherwise than typed."""
    text: str = ""
    """What might have been typed instead."""


class SpellingCorrector:
    """Repairs questions by the words of one index."""

    def __init__(self, vocabulary: WordDictionary) -> None:
        self.vocabulary = vocabulary
        self._moving = KeyboardLayoutFix(vocabulary)
        self._choice = CandidateChooser(vocabulary)

    def __call__(self, query: Query) -> CorrectedQuery:
        """Return the question as it is understood; its text stays what was typed."""
        told: tuple[Correction, ...] = ()
        understood = query
        for step in (self._moving.edits, self._joins, self._words):
            edits = step(understood)
            if edits:
                told += corrections(understood, edits)
                understood = rewritten(understood, edits)
        if understood is query:
            return CorrectedQuery(query, text=query.text)
        return CorrectedQuery(replace(understood, text=query.text), told, understood.text)

    def _joins(self, query: Query) -> Sequence[Edit]:
        return joined(query, self.vocabulary, self._choice)

    def _words(self, query: Query) -> Sequence[Edit]:
        how = asked(query.text)
        found = [(token, self._choice.understood(token, how, _may_be_name(token, query))) for token in query.tokens]
        return [Edit(token.start, token.end, understood) for token, understood in found if understood]


def _may_be_name(token: Token, query: Query) -> bool:
    """Whether a word is a name as far as its letters tell: a question of few words may be one in small letters."""
    return token.surface[:1].isupper() or (len(query.tokens) <= _FEW and query.text.islower())
