"""Adds the alternatives of query words to the tree of a query.

An alternative of one word joins the word group of the query word, under one score. One of several
words is a phrase. Several query words that form a name score by themselves or by their aliases,
whichever is higher. Phrases, ``!words``, prefixes and excluded words stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.bm25 import COARSE_WEIGHT
from searchkit.query.nodes import Boolean, DisMax, Node, Phrase, WordGroup
from searchkit.query.word_groups import word_group
from searchkit.understanding.expansion.expressions import Expression, content_words, slop
from searchkit.understanding.expansion.thesaurus import NO_MATCH, Alternative, ThesaurusMatch
from searchkit_analyzers import Token

Lookup = Callable[[Sequence[WordGroup]], ThesaurusMatch]
"""Returns the longest match of the first words of a sequence."""
_CACHE_SIZE = 5_000
_PARTS_WEIGHT = 0.5
"""The weight of the words of a translation together, where the whole has 1: азық-түлік, продукты,
питание."""


def expand(query: Boolean, lookup: Lookup) -> Boolean:
    """Return a query that also matches the alternatives of its words."""
    should = tuple(_expanded(query.should, lookup, lambda words: Boolean(should=words)))
    must = tuple(_expanded(query.must, lookup, lambda words: Boolean(must=words)))
    return Boolean(should, must, query.must_not, query.optional)


def _expanded(nodes: Sequence[Node], lookup: Lookup, combine: Callable[[tuple[Node, ...]], Boolean]) -> Iterator[Node]:
    """Yield expanded nodes; words that form a name become one node."""
    at = 0
    while at < len(nodes):
        words = _words_from(nodes, at)
        match = lookup(words) if words else NO_MATCH
        if match.length > 1:
            named = tuple(_expanded_word(word, lookup([word]).alternatives) for word in words[: match.length])
            yield DisMax(combine(named), _phrases(match.alternatives))
        elif words:
            yield _expanded_word(words[0], match.alternatives)
        else:
            node = nodes[at]
            yield expand(node, lookup) if isinstance(node, Boolean) else node
        at += match.length


def _words_from(nodes: Sequence[Node], at: int) -> list[WordGroup]:
    """Return the adjacent words from one node on."""
    words: list[WordGroup] = []
    for node in nodes[at:]:
        if not isinstance(node, WordGroup):
            break
        words.append(node)
    return words


def _expanded_word(word: WordGroup, alternatives: Sequence[Alternative]) -> Node:
    """Return a word with its alternatives: single words as variants, phrases as aliases."""
    if not alternatives:
        return word
    phrases = _phrases(each for each in alternatives if len(content_words(each.expression)) > 1)
    weights = dict(word.variants)
    for alternative in alternatives:
        for term, weight in _terms(alternative):
            weights[term] = max(weight, weights.get(term, 0.0))
    variants = tuple((term, weight) for term, weight in weights.items() if term not in word.lemmas)
    expanded = replace(word, variants=variants)
    return DisMax(expanded, phrases) if phrases else expanded


def _terms(alternative: Alternative) -> Iterator[tuple[str, float]]:
    """Yield the weighted terms of an alternative.

    They are those of a single word, or of each word of a translation.
    """
    words = content_words(alternative.expression)
    if len(words) > 1 and alternative.kind != "translation":
        return
    weight = alternative.weight * (_PARTS_WEIGHT / len(words) if len(words) > 1 else 1.0)
    if alternative.expression.ambiguity:
        yield from ((term, weight) for term in _language_terms(alternative.expression))
        return
    for word in words:
        yield from ((term, weight) for term in _likeliest_terms(word))
        if alternative.kind == "translation":
            yield from ((COARSE_MARK + key, weight * COARSE_WEIGHT) for key in word.coarse)


def _language_terms(expression: Expression) -> tuple[str, ...]:
    """Return the coarse keys of a word, which tell its language."""
    return tuple(COARSE_MARK + key for key in content_words(expression)[0].coarse)


def _likeliest_terms(word: Token) -> tuple[str, ...]:
    """Return the first lemma and the form; further lemmas belong to other words."""
    return tuple(dict.fromkeys((word.lemmas[0], *word.forms)))


def _phrases(alternatives: Iterable[Alternative]) -> tuple[tuple[Phrase, float], ...]:
    return tuple((_phrase(each.expression), each.weight) for each in alternatives)


@lru_cache(_CACHE_SIZE)
def _phrase(expression: Expression) -> Phrase:
    if expression.ambiguity:
        return Phrase((WordGroup(expression.text, _language_terms(expression)),))
    return Phrase(tuple(map(word_group, content_words(expression))), slop(expression))
