"""Makes one word of a date in a query: *15 сентября 2022*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from searchkit.query.nodes import Boolean, InTitle, Leaf, Node, Phrase, WordGroup
from searchkit_analyzers import Token
from searchkit_analyzers.dates.iso import ISO_DAY

_ALONE_WEIGHT = 0.3
"""The weight of a date's words apart from each other: 2022 and 15 are in many texts."""
_POSITIONS = (3, 4, 5)
"""So many words a date has: 15.09.2022, 2022 жылғы 15 қыркүйек, 2022 жылғы қыркүйек айының 15-і."""


def days_of_token(token: Token) -> tuple[str, ...]:
    """Return the days of the date around a token."""
    return tuple(filter(ISO_DAY.fullmatch, token.forms))


def without_days(token: Token) -> Token:
    """Return a token as the word that it is alone."""
    days = days_of_token(token)
    if not days:
        return token
    lemmas, forms = (tuple(each for each in terms if each not in days) for terms in (token.lemmas, token.forms))
    return token._replace(lemmas=lemmas, forms=forms)


def date_group(text: str, days: tuple[str, ...]) -> WordGroup:
    """Return the word group that finds days, typed as `text`."""
    return WordGroup(text, days)


def with_words(date: WordGroup, words: Iterable[Leaf]) -> Boolean:
    """Return the node of a date that its words find too, but count less."""
    alone = (
        replace(word, weight=_ALONE_WEIGHT * word.weight) if isinstance(word, WordGroup) else word for word in words
    )
    return Boolean(should=(date, *alone))


def phrases_of(words: tuple[Leaf, ...], slop: int) -> tuple[Phrase, ...]:
    """Return the phrases of which one has to match.

    A date between other words takes as many positions as a text may write it with.
    """
    if not any(map(_is_date, words[1:-1])):
        return (Phrase(words, slop),)
    return tuple(Phrase(tuple(_stretched(words, positions)), slop) for positions in _POSITIONS)


def _stretched(words: tuple[Leaf, ...], positions: int) -> Iterator[Leaf]:
    for index, word in enumerate(words):
        yield from [word] * (positions if 0 < index < len(words) - 1 and _is_date(word) else 1)


def _is_date(word: Leaf) -> bool:
    return isinstance(word, WordGroup) and all(map(ISO_DAY.fullmatch, word.lemmas))


def any_of(nodes: tuple[Phrase, ...] | tuple[InTitle, ...]) -> Node:
    """Return a node that matches where one of several does."""
    return nodes[0] if len(nodes) == 1 else Boolean(should=nodes)


def date_spans(tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Yield the spans of dates of several words."""
    for days, words in in_dates(tokens):
        if days and len(words) > 1:
            yield words[0].start, words[-1].end


def in_dates(tokens: Iterable[Token]) -> Iterator[tuple[tuple[str, ...], Sequence[Token]]]:
    """Yield the days and tokens of dates, and tokens between."""
    for days, group in groupby(tokens, days_of_token):
        yield days, list(group)
