"""Joins words that were typed apart: бас қарма is басқарма.

The joined word must be one of the index, which lacks at least one of the two parts.
"""

from __future__ import annotations

from itertools import pairwise

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.parser import Query
from searchkit.understanding.spelling.chooser import CandidateChooser
from searchkit.understanding.spelling.edits import Edit, Replacement
from searchkit_analyzers import Token
from searchkit_analyzers.normalize import clean, fold


def join_split_words(query: Query, dictionary: WordDictionary, chooser: CandidateChooser) -> list[Edit]:
    """Return edits that join two neighbours to one word of the index."""
    edits: list[Edit] = []
    unknown = {token for token in query.tokens if chooser.is_unknown(token)}
    for left, right in pairwise(query.tokens) if unknown else ():
        is_free = not edits or edits[-1].end <= left.start
        if is_free and query.text[left.end : right.start] == " " and (left in unknown or right in unknown):
            word = _joined(left, right, dictionary)
            edits += [Edit(left.start, right.end, Replacement(word, "apart"))] if word else []
    return edits


def _joined(left: Token, right: Token, dictionary: WordDictionary) -> str:
    """Return the most frequent word that two words form."""
    alike = dictionary.with_skeleton(skeleton(fold(clean(left.surface + right.surface))))
    return alike[0].word if alike and alike[0].surface_doc_freq else ""
