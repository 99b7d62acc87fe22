"""Reads the values of ``date:`` filters: periods and ranges.

``2022``, ``2022-09``, ``15.09.2022``, ``сентябрь 2022``, ``2020-2022``, ``01.09.2022..``
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from searchkit.query.nodes import DateRange
from searchkit.query.vocabulary import FIELDS
from searchkit_analyzers.dates.iso import period_of

_DASH = re.compile(r"\s*(?:\.{2,3}|…|[–—-])\s*")
_NAMES = "|".join(name for name, meaning in FIELDS.items() if meaning == "date")
_DATE_FIELD = re.compile(rf"(?i)(?<![^\s(|+-])(?:{_NAMES}):")
_WORD = re.compile(r"\s?[^\s()\"|]+")
_MOST_WORDS = 12
"""So many words a range has at most: с 1 сентября 2022 года - 15 сентября 2022 года."""
_LONGEST = 100
"""A longer value (code points) is no range."""
_MOST_FILTERS = 20
"""Values of further filters are read to the next space: each takes a while."""


def date_range(value: str) -> DateRange | None:
    """Return a range of dates; None where a text is none."""
    if len(value) > _LONGEST or not any(map(str.isdigit, value)):
        return None
    whole = period_of(value)
    if whole:
        return DateRange(whole, whole)
    ranges = (_range(value[: dash.start()], dash.group(), value[dash.end() :]) for dash in _DASH.finditer(value))
    return next(filter(None, ranges), None)


def _range(first: str, dash: str, last: str) -> DateRange | None:
    begin, end = period_of(first), period_of(last)
    if begin and end:
        return DateRange(begin, end) if begin[: len(end)] <= end[: len(begin)] else None
    is_open = (begin or end) and dash == dash.strip() and not (first and last)
    return DateRange(begin, end) if is_open else None


def filter_values(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of the values of ``date:`` filters."""
    for field in islice(_DATE_FIELD.finditer(text), _MOST_FILTERS):
        ends = [field.end()]
        while len(ends) <= _MOST_WORDS and (word := _WORD.match(text, ends[-1])):
            ends.append(word.end())
        valid = (end for end in reversed(ends[1:]) if date_range(text[field.end() : end]))
        end = next(valid, None)
        if end:
            yield field.end(), end
