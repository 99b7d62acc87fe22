"""Articles like one article: a question made of the words that tell most about it.

A word tells much that stands there often, or in the title, and in few other articles (tf-idf), and so much it counts
in the question. Its forms count together; function words, numbers and what stands nowhere else are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from searchkit.analysis.analyzed_document import document_tokens
from searchkit.document import Document
from searchkit.engines.base import Ranking
from searchkit.query.nodes import Boolean, ById, WordGroup
from searchkit.query.parser import Query
from searchkit.query.word_groups import word_group
from searchkit_analyzers import Token, is_function_word

MAX_WORDS = 25
"""How many words the question has."""
MOST_CANDIDATES = 500
"""How many words are looked at for that, the most frequent first."""
TITLE_WORTH = 3
"""How many times in the text a word of the title counts."""


def question_like(document: Document, ranking: Ranking) -> Query:
    """Return a question that finds articles like `document`, but not itself.

    `ranking` gives the statistics of the collection to search.
    """
    counts = dict(_words_of(document).most_common(MOST_CANDIDATES))
    statistics = dict(zip(counts, ranking.statistics(list(counts)), strict=True))
    told = {word: count * statistics[word].idf for word, count in counts.items() if statistics[word].doc_freq > 1}
    words = _weighted(sorted(told, key=lambda word: (-told[word], word.text))[:MAX_WORDS], told)
    root = Boolean(must=(Boolean(should=words),), must_not=(ById(document.id),))
    return Query(" ".join(word.text for word in words), root)


def _weighted(words: Sequence[WordGroup], told: Mapping[WordGroup, float]) -> tuple[WordGroup, ...]:
    """Return words, the most telling first, with the weights of what they tell: 1 for the last of them."""
    return tuple(replace(word, weight=round(told[word] / told[words[-1]], 2)) for word in words)


def _words_of(document: Document) -> Counter[WordGroup]:
    """Count the words that say something, all forms of one together, as the form that comes first."""
    groups: dict[str, WordGroup] = {}
    counts: Counter[WordGroup] = Counter()
    for tokens, worth in zip(document_tokens(document), (TITLE_WORTH, 1), strict=True):
        for token in filter(_says_something, tokens):
            lemma = token.lemmas[0]
            if lemma not in groups:
                groups[lemma] = word_group(token)
            counts[groups[lemma]] += worth
    return counts


def _says_something(token: Token) -> bool:
    """Whether a token is a word, no letter or number, and carries meaning rather than grammar."""
    word = token.lemmas[0] if token.lemmas else ""
    is_word = len(word) > 1 and not word[0].isdigit()
    return is_word and not (is_function_word(token.surface) or is_function_word(word))
