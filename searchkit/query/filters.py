"""Parses the filters of the query language: ``lang:``, ``source:``, ``author:`` and ``date:``."""

from __future__ import annotations

from searchkit.query.nodes import DateRange, FieldFilter
from searchkit.query.periods import date_range
from searchkit.query.vocabulary import LANGUAGE_NAMES
from searchkit_analyzers import LANGUAGES

_MAX_QUOTED = 50


def parse_filter(field: str, value: str) -> FieldFilter | DateRange | None:
    """Return the filter of one of `FILTER_FIELDS`, None if the value is invalid."""
    if field == "date":
        return date_range(value)
    if field == "lang":
        code = LANGUAGE_NAMES.get(value.strip().lower())
        return FieldFilter("language", code) if code else None
    return FieldFilter(field, value) if value.strip() else None


def not_understood(text: str, field: str) -> str:
    """Return a hint about a filter, as it was typed, whose value is invalid."""
    quoted = text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"
    return f"{quoted} is not understood: {_expected(field)}"


def _expected(field: str) -> str:
    """Return a sentence about the valid values of a filter field."""
    if field == "date":
        return (
            "a date is 2022, 2022-09, 2022-09-15, 15.09.2022 or a range such as 2022-01..2022-09, 2020-2022 or 2022..,"
            " the earlier date first"
        )
    if field == "lang":
        *others, last = LANGUAGES
        return f"a language is {', '.join(others)} or {last}"
    return "it needs a name"
