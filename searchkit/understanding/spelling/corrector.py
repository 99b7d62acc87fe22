"""Corrects queries whose words are not those of the index.

    keyboard_layout -> split_words -> candidates (inflection, noisy_channel) -> chooser -> edits

A word that the index lacks is replaced. A word that it has, but far more rarely than a word that
looks like it, stays as a variant of that word. ``!word``, prefixes and filters are left alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.parser import Query
from searchkit.results import Correction
from searchkit.understanding.spelling.chooser import CandidateChooser
from searchkit.understanding.spelling.edits import Edit, apply_edits, corrections
from searchkit.understanding.spelling.keyboard_layout import KeyboardLayoutFix
from searchkit.understanding.spelling.split_words import join_split_words
from searchkit_analyzers import Token
from searchkit_analyzers.input_methods.input_mode import detect_input_mode

__all__ = ["CorrectedQuery", "SpellingCorrector"]

_MAX_NAME_WORDS = 2
"""A query of at most this many words may be a name."""


class CorrectedQuery(NamedTuple):
    """A query after spelling correction."""

    query: Query
    """The corrected query; its text is the text as typed."""
    corrections: tuple[Correction, ...] = ()
    """The corrections to report."""
    text: str = ""
    """The corrected text."""


class SpellingCorrector:
    """Corrects queries by the words of one index: its `dictionary`."""

    def __init__(self, dictionary: WordDictionary) -> None:
        self.dictionary = dictionary
        self._layout = KeyboardLayoutFix(dictionary)
        self._chooser = CandidateChooser(dictionary)

    def __call__(self, query: Query) -> CorrectedQuery:
        """Correct the words of a query.

        Args:
            query: A parsed query; `query.text` is corrected as a whole.

        Returns:
            The corrected query, under the same filters, and the corrections. A query without errors
            is returned as it is; known words cost little time.
        """
        reported: tuple[Correction, ...] = ()
        corrected = query
        for step in (self._layout.edits, self._joined_words, self._replaced_words):
            edits = step(corrected)
            if edits:
                reported += corrections(corrected, edits)
                corrected = apply_edits(corrected, edits)
        if corrected is query:
            return CorrectedQuery(query, text=query.text)
        return CorrectedQuery(replace(corrected, text=query.text), reported, corrected.text)

    def _joined_words(self, query: Query) -> Sequence[Edit]:
        return join_split_words(query, self.dictionary, self._chooser)

    def _replaced_words(self, query: Query) -> Sequence[Edit]:
        mode = detect_input_mode(query.text)
        replacements = [
            (token, self._chooser.replacement(token, mode, _may_be_name(token, query))) for token in query.tokens
        ]
        return [Edit(token.start, token.end, replacement) for token, replacement in replacements if replacement]


def _may_be_name(token: Token, query: Query) -> bool:
    """Whether a word is capitalized, or the query short and lower-case."""
    return token.surface[:1].isupper() or (len(query.tokens) <= _MAX_NAME_WORDS and query.text.islower())
