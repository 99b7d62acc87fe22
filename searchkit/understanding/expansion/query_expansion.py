"""Putting what else its words are called into the tree of a question.

What is one word stands beside the word asked for, in its word group, under one score. What is several is a phrase;
and several words that are asked for score by themselves, or as another name of theirs, whichever is more. Phrases,
``!words``, prefixes and what must not be there stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.bm25 import COARSE_WEIGHT
from searchkit.query.nodes import Boolean, DisMax, Node, Phrase, WordGroup
from searchkit.query.word_groups import word_group
from searchkit.understanding.expansion.thesaurus import (
    NOTHING,
    Alternative,
    Expression,
    ThesaurusMatch,
    slop,
    telling_words,
)
from searchkit_analyzers import Token

Offers = Callable[[Sequence[WordGroup]], ThesaurusMatch]
"""What is known of the first words of a question: of as many as form a name, of the first one if none do."""
_MEMO = 20_000
_TELLING_WORD = 0.5
"""What the words of a translation count together, beside the whole of it: азық-түлік, продукты, питание."""


def widened(question: Boolean, offers: Offers) -> Boolean:
    """Return a question that is met by other names of what it asks for, too."""
    should = tuple(_widened(question.should, offers, lambda words: Boolean(should=words)))
    must = tuple(_widened(question.must, offers, lambda words: Boolean(must=words)))
    return Boolean(should, must, question.must_not, question.optional)


def _widened(nodes: Sequence[Node], offers: Offers, together: Callable[[tuple[Node, ...]], Boolean]) -> Iterator[Node]:
    """Yield nodes, those that are a name of several words as one."""
    at = 0
    while at < len(nodes):
        words = _words_from(nodes, at)
        found = offers(words) if words else NOTHING
        if found.length > 1:
            run = tuple(_word(word, offers([word]).offers) for word in words[: found.length])
            yield DisMax(together(run), _phrases(found.offers))
        elif words:
            yield _word(words[0], found.offers)
        else:
            node = nodes[at]
            yield widened(node, offers) if isinstance(node, Boolean) else node
        at += found.length


def _words_from(nodes: Sequence[Node], at: int) -> list[WordGroup]:
    """Return the words that stand side by side from some place on."""
    words: list[WordGroup] = []
    for node in nodes[at:]:
        if not isinstance(node, WordGroup):
            break
        words.append(node)
    return words


def _word(word: WordGroup, offers: Sequence[Alternative]) -> Node:
    """Return a word with what is one word beside it; an alternative where some are several."""
    if not offers:
        return word
    phrases = _phrases(offer for offer in offers if len(telling_words(offer.expression)) > 1)
    terms = dict(word.variants)
    for offer in offers:
        for term, weight in _terms(offer):
            terms[term] = max(weight, terms.get(term, 0.0))
    variants = tuple((term, weight) for term, weight in terms.items() if term not in word.lemmas)
    widened = replace(word, variants=variants)
    return DisMax(widened, phrases) if phrases else widened


def _terms(offer: Alternative) -> Iterator[tuple[str, float]]:
    """Yield the terms of what is one word; of a translation of several words, those of each."""
    words = telling_words(offer.expression)
    if len(words) > 1 and offer.kind != "translation":
        return
    weight = offer.weight * (_TELLING_WORD / len(words) if len(words) > 1 else 1.0)
    for word in words:
        yield from ((term, weight) for term in _likeliest(word))
        if offer.kind == "translation":
            yield from ((COARSE_MARK + key, weight * COARSE_WEIGHT) for key in word.coarse)


def _likeliest(word: Token) -> tuple[str, ...]:
    """Return the first lemma, and the word as it is written: further lemmas are those of other words."""
    return tuple(dict.fromkeys((word.lemmas[0], *word.forms)))


def _phrases(offers: Iterable[Alternative]) -> tuple[tuple[Phrase, float], ...]:
    return tuple((_phrase(offer.expression), offer.weight) for offer in offers)


@lru_cache(_MEMO)
def _phrase(expression: Expression) -> Phrase:
    return Phrase(tuple(map(word_group, telling_words(expression))), slop(expression))
