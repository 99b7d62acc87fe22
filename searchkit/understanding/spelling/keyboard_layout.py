"""Converts pieces of a query that were typed on another keyboard layout.

A piece is converted if it is a word of the index only on the other layout.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.parser import Query
from searchkit.query.vocabulary import field_pattern, is_operator
from searchkit.runtime.memo import memoized
from searchkit.understanding.spelling.edits import Edit, Replacement, excluded_offsets
from searchkit.understanding.spelling.known_words import is_known
from searchkit.understanding.spelling.typed_word import is_in_capitals
from searchkit_analyzers import ANALYZER
from searchkit_analyzers.input_methods.input_mode import detect_input_mode
from searchkit_analyzers.input_methods.keyboards import on_other_layouts
from searchkit_analyzers.input_methods.romanization import in_cyrillic
from searchkit_analyzers.normalize import fold, is_cyrillic
from searchkit_analyzers.tokenizer import LONGEST_WORD

_CACHE_SIZE = 5_000
_PIECE = re.compile(r"\S+")
_BORDER = re.compile(r"^\W+|\W+$")
_SYNTAX = re.compile(rf'^[+-]?(?:[!("]|{field_pattern()}:)|["*)]$')
_ANOTHER_LATIN = re.compile("[\u00c0-\u024f]")
_MIN_LENGTH, _MIN_LENGTH_LOOSELY = 3, 5
"""Shorter pieces are words on any layout; they are converted with the others only. Longer ones may
lack Kazakh letters, too, or be in Latin: *rfpfrcnfy* is казакстан, *йфяфй* is qazaq."""


class _Conversion(NamedTuple):
    """A piece on another layout."""

    text: str
    """Empty if no other layout has its keys."""
    is_word: bool = False
    """Whether the converted text is a word of the index, and the typed one is not."""
    is_word_as_typed: bool = False


class KeyboardLayoutFix:
    """Decides by the words of one index which keyboard layout was meant.

    `right` are folded words that are right as typed.
    """

    def __init__(self, dictionary: WordDictionary, right: frozenset[str]) -> None:
        self._dictionary, self._right = dictionary, right
        self._cached = memoized(self._converted, _CACHE_SIZE)

    def edits(self, query: Query) -> list[Edit]:
        """Return edits that convert single pieces, or all of them.

        All pieces are converted if most of them are words only when converted.
        """
        if not any(self._convert(piece).is_word for piece in query.text.split() if not self._has(piece)):
            return []
        if _ANOTHER_LATIN.search(query.text):
            return []  # a text in an alphabet with such letters; no US keyboard has them
        if not detect_input_mode(query.text).may_misspell_cyrillic:
            return []  # in an English query, *the* is no *еру*
        pieces = [(*piece.span(), self._convert(piece.group())) for piece in _PIECE.finditer(query.text)]
        convertible = [conversion for *_, conversion in pieces if conversion.text]
        words = sum(conversion.is_word for conversion in convertible)
        typed_words = sum(conversion.is_word_as_typed for conversion in convertible)
        convert_all = 2 * words > len(convertible) - words and words > typed_words
        excluded = excluded_offsets(query)
        return [
            Edit(start, end, Replacement(conversion.text, "layout"))
            for start, end, conversion in pieces
            if conversion.is_word or (conversion.text and convert_all)
            if excluded.isdisjoint(range(start, end)) or (convert_all and conversion.text[0] != "-")
        ]

    def _convert(self, piece: str) -> _Conversion:
        """Convert a piece; conversions of words are cached, and not those of whole texts."""
        return self._cached(piece) if len(piece) <= LONGEST_WORD else self._converted(piece)

    def _converted(self, piece: str) -> _Conversion:
        is_fixed = _SYNTAX.search(piece) or is_operator(piece) or is_in_capitals(_BORDER.sub("", piece))
        texts = [] if is_fixed else _on_other_layouts(piece)
        if not texts:
            return _Conversion("")
        if self._is_word(piece):
            return _Conversion(texts[0], is_word_as_typed=True)
        word = next(filter(self._is_word, texts), "") or next(filter(self._may_lack_letters, texts), "")
        if word and (_core(piece) in self._right or is_known(_core(piece))):
            return _Conversion("", is_word_as_typed=True)
        return _Conversion(word or texts[0], is_word=bool(word) and len(piece) >= _MIN_LENGTH)

    def _may_lack_letters(self, text: str) -> bool:
        """Whether the index has a word that a text is without its Kazakh letters."""
        word = _core(text)
        if len(word) < _MIN_LENGTH_LOOSELY or not is_cyrillic(word):
            return False
        return any(stats.surface_doc_freq for stats in self._dictionary.with_skeleton(skeleton(word)))

    def _is_word(self, piece: str) -> bool:
        """Whether the index has the words of a piece."""
        if self._has(piece):
            return True  # without loading a morphology
        tokens = ANALYZER.analyze_query(piece)
        if len(tokens) > 1 + piece.count("-"):
            return False
        are_known = (any(self._dictionary.find(lemma).doc_freq for lemma in token.lemmas) for token in tokens)
        return bool(tokens) and (all(are_known) or self._is_romanized_word(piece))

    def _has(self, piece: str) -> bool:
        """Whether the index has a piece, which then is no word on another layout only."""
        return self._dictionary.find(_core(piece)).doc_freq > 0

    def _is_romanized_word(self, piece: str) -> bool:
        if len(piece) < _MIN_LENGTH_LOOSELY:
            return False
        return any(self._dictionary.with_skeleton(skeleton(spelling)) for spelling in in_cyrillic(fold(piece)))


def _core(piece: str) -> str:
    """Return the folded piece without signs around it."""
    return fold(_BORDER.sub("", piece))


def _on_other_layouts(piece: str) -> list[str]:
    """Return the texts of the same keys, unless another key than a letter is among them.

    Short words in Latin letters are left out: names in Cyrillic turn into them.
    """
    texts = (text.upper() if piece.isupper() else text for text in on_other_layouts(piece))
    clean = [text for text in texts if all(map(_is_typed_or_letter, piece, text))]
    return [text for text in clean if is_cyrillic(text) or len(text) >= _MIN_LENGTH_LOOSELY]


def _is_typed_or_letter(typed: str, converted: str) -> bool:
    return converted in (typed, "-") or converted.isalnum()
