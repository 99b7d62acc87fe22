"""Makes one word of a date in a query: *15 сентября 2022*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from searchkit.query.nodes import WordGroup
from searchkit_analyzers import Token
from searchkit_analyzers.dates.iso import ISO_DAY


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


def date_spans(tokens: Iterable[Token]) -> Iterator[tuple[int, int]]:
    """Yield the spans of dates of several words."""
    for days, words in in_dates(tokens):
        if days and len(words) > 1:
            yield words[0].start, words[-1].end


def in_dates(tokens: Iterable[Token]) -> Iterator[tuple[tuple[str, ...], Sequence[Token]]]:
    """Yield the days and tokens of dates, and tokens between."""
    for days, group in groupby(tokens, days_of_token):
        yield days, list(group)
