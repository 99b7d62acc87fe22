"""Queries for documents like a given one, made of its characteristic words.

A word characterizes a document if it is frequent there, or stands in the title, and is rare
elsewhere (tf-idf); it gets that weight in the query, as in Lucene's MoreLikeThis. Names weigh more:
a matter is told by its people and places. The forms of a word count together. Function words,
numbers and words of no other document are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from searchkit.analysis.analyzed_document import document_tokens
from searchkit.document import Document
from searchkit.engines.base import Ranking
from searchkit.query.dates import without_days
from searchkit.query.nodes import Boolean, ById, WordGroup
from searchkit.query.parser import Query
from searchkit.query.word_groups import word_group
from searchkit.work import count_work
from searchkit_analyzers import Token, is_function_word

MAX_QUERY_WORDS = 25
MAX_CANDIDATES = 500
"""Words whose statistics are looked up, the most frequent in the document first."""
MAX_LETTERS = 100_000
"""Letters of a text that are analyzed: a whole book would take minutes."""
TITLE_BOOST = 3
"""A word in the title counts as so many in the text."""
NAME_BOOST = 2
"""A name counts as so many other words."""


def more_like_this(document: Document, ranking: Ranking) -> Query:
    """Return a query that matches documents like `document`, but not itself.

    `ranking` gives the statistics of the collection to search.
    """
    shorter = Document.stored(vars(document) | {"text": document.text[:MAX_LETTERS]})
    counts = dict(_word_counts(shorter).most_common(MAX_CANDIDATES))
    statistics = dict(zip(counts, ranking.statistics(list(counts)), strict=True))
    tf_idf = {word: count * statistics[word].idf for word, count in counts.items() if statistics[word].doc_freq > 1}
    words = _weighted(sorted(tf_idf, key=lambda word: (-tf_idf[word], word.text))[:MAX_QUERY_WORDS], tf_idf)
    root = Boolean(must=(Boolean(should=words),), must_not=(ById(document.id),))
    return Query(" ".join(word.text for word in words), root)


def _weighted(words: Sequence[WordGroup], tf_idf: Mapping[WordGroup, float]) -> tuple[WordGroup, ...]:
    """Return words in falling order of tf-idf with their weights: 1 for the last."""
    return tuple(replace(word, weight=round(tf_idf[word] / tf_idf[words[-1]], 2)) for word in words)


def _word_counts(document: Document) -> Counter[WordGroup]:
    """Count the content words of a document, all forms under the first one."""
    groups: dict[str, WordGroup] = {}
    counts: Counter[WordGroup] = Counter()
    capitals: Counter[WordGroup] = Counter()
    texts = (document.title, document.text)
    for tokens, text, boost in zip(document_tokens(document), texts, (TITLE_BOOST, 1), strict=True):
        for token in filter(_is_content_word, tokens):
            count_work()
            lemma = token.lemmas[0]
            if lemma not in groups:
                groups[lemma] = word_group(without_days(token))
            counts[groups[lemma]] += boost
            if token.start:  # a title begins with a capital in any case
                capitals[groups[lemma]] += 1 if text[token.start].isupper() else -1
    return Counter({word: count * (NAME_BOOST if capitals[word] > 0 else 1) for word, count in counts.items()})


def _is_content_word(token: Token) -> bool:
    """Whether a token is a word with a meaning, neither a letter nor a number."""
    word = token.lemmas[0] if token.lemmas else ""
    is_word = len(word) > 1 and not word[0].isdigit()
    return is_word and not (is_function_word(token.surface, token.language) or is_function_word(word, token.language))
