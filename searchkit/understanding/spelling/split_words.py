"""Words that were typed apart: бас қарма is басқарма, where one of the two is no word of the index."""

from __future__ import annotations

from itertools import pairwise

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.parser import Query
from searchkit.understanding.spelling.chooser import CandidateChooser
from searchkit.understanding.spelling.edits import Edit, Replacement
from searchkit_analyzers import Token
from searchkit_analyzers.normalize import clean, fold


def joined(query: Query, vocabulary: WordDictionary, choice: CandidateChooser) -> list[Edit]:
    """Return the neighbouring words that together are one word of the index, and not each by itself."""
    edits: list[Edit] = []
    nowhere = {token for token in query.tokens if choice.is_nowhere(token)}
    for left, right in pairwise(query.tokens) if nowhere else ():
        is_free = not edits or edits[-1].end <= left.start
        if is_free and query.text[left.end : right.start] == " " and (left in nowhere or right in nowhere):
            word = _together(left, right, vocabulary)
            edits += [Edit(left.start, right.end, Replacement(word, "apart"))] if word else []
    return edits


def _together(left: Token, right: Token, vocabulary: WordDictionary) -> str:
    """Return two words as the one that the index writes most often so, or nothing."""
    alike = vocabulary.with_skeleton(skeleton(fold(clean(left.surface + right.surface))))
    return alike[0].word if alike and alike[0].surface_doc_freq else ""
