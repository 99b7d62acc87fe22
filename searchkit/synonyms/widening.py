"""Putting what else its words are called into the tree of a question.

What is one word stands beside the word asked for, in its word group, under one score. What is several is a phrase;
and several words that are asked for score by themselves, or as another name of theirs, whichever is more. Phrases,
``!words``, prefixes and what must not be there stay as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from searchkit.query.parser import group_of
from searchkit.query.tree import Alternatives, Boolean, Node, Phrase, WordGroup
from searchkit.ranking import COARSE_WEIGHT
from searchkit.stacks import COARSE_MARK
from searchkit.synonyms.thesaurus import Expression, Found, Offer, slop, telling_words
from searchkit_analyzers import Token

Offers = Callable[[Sequence[WordGroup]], Found]
"""What is known of the first words of a question: of as many as form a name, of the first one if none do."""
_TELLING_WORD = 0.5
"""What the words of a translation count together, beside the whole of it: азық-түлік, продукты, питание."""


def widened(question: Boolean, offers: Offers) -> Boolean:
    """Return a question that is met by other names of what it asks for, too."""
    should = tuple(_widened(question.should, offers, lambda words: Boolean(should=words)))
    must = tuple(_widened(question.must, offers, lambda words: Boolean(must=words)))
    return replace(question, should=should, must=must)


def _widened(nodes: Sequence[Node], offers: Offers, together: Callable[[tuple[Node, ...]], Boolean]) -> Iterator[Node]:
    """Yield nodes, those that are a name of several words as one."""
    at = 0
    while at < len(nodes):
        found = _longest(nodes[at:], offers)
        run = tuple(_alone(node, offers) for node in nodes[at : at + found.length])
        if found.length > 1:
            yield Alternatives(together(run), _phrases(found.offers))
        else:
            yield from run
        at += found.length


def _longest(nodes: Sequence[Node], offers: Offers) -> Found:
    """Return the longest name that nodes begin with; nothing of one word where there is none."""
    words = [node for node in takewhile(_is_word, nodes) if isinstance(node, WordGroup)]
    return offers(words) if words else Found(1, ())


def _is_word(node: Node) -> bool:
    return isinstance(node, WordGroup)


def _alone(node: Node, offers: Offers) -> Node:
    match node:
        case WordGroup():
            return _word(node, offers([node]).offers)
        case Boolean():
            return widened(node, offers)
    return node


def _word(word: WordGroup, offers: Sequence[Offer]) -> Node:
    """Return a word with what is one word beside it; an alternative where some are several."""
    phrases = _phrases(offer for offer in offers if len(telling_words(offer.expression)) > 1)
    terms = dict(word.supposed)
    for offer in offers:
        for term, weight in _terms(offer):
            terms[term] = max(weight, terms.get(term, 0.0))
    supposed = tuple((term, weight) for term, weight in terms.items() if term not in word.lemmas)
    widened = replace(word, supposed=supposed)
    return Alternatives(widened, phrases) if phrases else widened


def _terms(offer: Offer) -> Iterator[tuple[str, float]]:
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


def _phrases(offers: Iterable[Offer]) -> tuple[tuple[Phrase, float], ...]:
    return tuple((_phrase(offer.expression), offer.weight) for offer in offers)


def _phrase(expression: Expression) -> Phrase:
    return Phrase(tuple(map(group_of, telling_words(expression))), slop(expression))
