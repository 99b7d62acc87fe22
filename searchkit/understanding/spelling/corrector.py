"""Corrects queries whose words are not those of the index.

    keyboard_layout -> split_words -> candidates (inflection, noisy_channel) -> chooser -> edits

A word that the index lacks is replaced. A word that it has, but far more rarely than a word that
looks like it, stays as a variant of that word. ``!word``, prefixes and filters are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.parser import Query
from searchkit.results import Correction
from searchkit.understanding.spelling.chooser import CandidateChooser
from searchkit.understanding.spelling.edits import Edit, apply_edits, corrections, sought_tokens
from searchkit.understanding.spelling.keyboard_layout import KeyboardLayoutFix
from searchkit.understanding.spelling.known_words import is_common
from searchkit.understanding.spelling.split_words import join_split_words
from searchkit.understanding.spelling.typed_word import TypedWord
from searchkit_analyzers import Token
from searchkit_analyzers.input_methods.input_mode import InputMode, detect_input_mode
from searchkit_analyzers.normalize import clean, fold

__all__ = ["CorrectedQuery", "SpellingCorrector"]

_MAX_NAME_WORDS = 2
"""A query of at most this many words may be a name."""

MAX_UNKNOWN_WORDS = 40
"""Further words that the index lacks are searched as typed: comparing each takes time."""
_TOO_MANY_UNKNOWN = f"only the first {MAX_UNKNOWN_WORDS} unknown words were compared with similar ones"


class CorrectedQuery(NamedTuple):
    """A query after spelling correction."""

    query: Query
    """The corrected query; its text is the text as typed."""
    corrections: tuple[Correction, ...] = ()
    """The corrections to report."""
    text: str = ""
    """The corrected text."""


class SpellingCorrector:
    """Corrects queries by the words of one index: its `dictionary`.

    `right` are folded words that are right as typed, besides those that all know.
    """

    def __init__(self, dictionary: WordDictionary, right: frozenset[str] = frozenset()) -> None:
        self.dictionary = dictionary
        self._right = right
        self._layout = KeyboardLayoutFix(dictionary, right)
        self._chooser = CandidateChooser(dictionary)

    def __call__(self, query: Query) -> CorrectedQuery:
        """Correct the words of a query.

        Args:
            query: A parsed query; `query.text` is corrected as a whole.

        Returns:
            The corrected query, under the same filters, and the corrections. A query without errors
            is returned as it is; known words cost little time.
        """
        query = self._with_hint(query)
        corrected, converted = _edited(query, self._layout.edits(query))
        mode = detect_input_mode(corrected.text)  # before Kazakh letters come in
        corrected, joined = _edited(corrected, join_split_words(corrected, self.dictionary, self._chooser))
        corrected, replaced = _edited(corrected, self._replaced_words(corrected, mode))
        if corrected is query:
            return CorrectedQuery(query, text=query.text)
        return CorrectedQuery(replace(corrected, text=query.text), converted + joined + replaced, corrected.text)

    def _replaced_words(self, query: Query, mode: InputMode) -> Sequence[Edit]:
        compared = self._compared(query)
        typed = ((token, word) for token, word in _typed_words(query, mode) if token in compared)
        words = ((token, word) for token, word in typed if word.folded not in self._right)
        replacements = [(token, self._chooser.replacement(word)) for token, word in words]
        return [Edit(token.start, token.end, replacement) for token, replacement in replacements if replacement]

    def _compared(self, query: Query) -> Sequence[Token]:
        """Return the words but for unknown ones beyond the limit."""
        if len(query.tokens) <= MAX_UNKNOWN_WORDS:
            return query.tokens
        beyond = self._unknown(query)[MAX_UNKNOWN_WORDS:]
        return [token for token in query.tokens if token not in beyond]

    def _unknown(self, query: Query) -> Sequence[Token]:
        return [token for token in query.tokens if self._chooser.is_unknown(token)]

    def _with_hint(self, query: Query) -> Query:
        """Return a query that tells of unknown words beyond the limit."""
        if len(query.tokens) <= MAX_UNKNOWN_WORDS or len(self._unknown(query)) <= MAX_UNKNOWN_WORDS:
            return query
        return replace(query, hints=(*query.hints, _TOO_MANY_UNKNOWN))


def _edited(query: Query, edits: Sequence[Edit]) -> tuple[Query, tuple[Correction, ...]]:
    return (apply_edits(query, edits), corrections(query, edits)) if edits else (query, ())


def _typed_words(query: Query, mode: InputMode) -> Iterator[tuple[Token, TypedWord]]:
    """Yield the words of a query that may be corrected."""
    is_alone = len(query.tokens) == 1
    if mode.lacks_letters and not is_alone:
        is_alone = all(is_common(token.forms[0]) for token in query.tokens)
    is_shouted = len(query.tokens) > 1 and query.text.isupper()
    for token in sought_tokens(query):
        typed = token.surface, fold(clean(token.surface)), token.forms[0], token.lemmas, token.language
        yield token, TypedWord(*typed, mode, _may_be_name(token, query), is_alone, is_shouted)


def _may_be_name(token: Token, query: Query) -> bool:
    """Whether a word is capitalized, or the query short and lower-case."""
    return token.surface[:1].isupper() or (len(query.tokens) <= _MAX_NAME_WORDS and query.text.islower())
