"""Joins words that were typed apart: бас қарма is басқарма.

The joined word must be one of the index, which lacks at least one of the two parts. A part that the
index lacks stays if it is a word by itself: known, an abbreviation, or one without Kazakh letters.
"""

from __future__ import annotations

from itertools import pairwise

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.parser import Query
from searchkit.understanding.spelling.chooser import CandidateChooser
from searchkit.understanding.spelling.edits import Edit, Replacement, sought_tokens
from searchkit.understanding.spelling.known_words import is_known
from searchkit.understanding.spelling.typed_word import is_in_capitals
from searchkit_analyzers import Token
from searchkit_analyzers.normalize import clean, fold


def join_split_words(query: Query, dictionary: WordDictionary, chooser: CandidateChooser) -> list[Edit]:
    """Return edits that join two neighbours to one word of the index."""
    edits: list[Edit] = []
    unknown = {token for token in query.tokens if chooser.is_unknown(token)}
    tokens = sought_tokens(query) if unknown else []
    for left, right in pairwise(tokens):
        is_free = not edits or edits[-1].end <= left.start
        lacking = [part for part in (left, right) if part in unknown]
        if is_free and lacking and query.text[left.end : right.start] == " ":
            word = _joined(left, right, dictionary)
            if word and _may_be_parts(left, right, lacking, dictionary):
                edits.append(Edit(left.start, right.end, Replacement(word, "apart")))
    return edits


def _joined(left: Token, right: Token, dictionary: WordDictionary) -> str:
    """Return the most frequent word that two words form."""
    alike = dictionary.with_skeleton(skeleton(_folded(left) + _folded(right)))
    return alike[0].word if alike and alike[0].surface_doc_freq else ""


def _may_be_parts(left: Token, right: Token, lacking: list[Token], dictionary: WordDictionary) -> bool:
    """Whether two words are no words by themselves, as far as the index lacks them."""
    if is_in_capitals(left.surface) or is_in_capitals(right.surface):
        return False
    words = list(map(_folded, lacking))
    if any(stats.surface_doc_freq for word in words for stats in dictionary.with_skeleton(skeleton(word))):
        return False
    return len(words) > 1 or not any(map(is_known, words))


def _folded(token: Token) -> str:
    return fold(clean(token.surface))
