"""Parses the filters of the query language: ``lang:``, ``source:``, ``author:`` and ``date:``."""

from __future__ import annotations

import re

from searchkit.iso_dates import ISO_DATE
from searchkit.query.nodes import DateRange, FieldFilter
from searchkit_analyzers import LANGUAGES

FILTER_FIELDS = ("source", "author", "lang", "date")
"""Field names before a colon whose value filters documents; ``title:`` searches words."""

_DATES = re.compile(rf"(?P<first>{ISO_DATE.pattern})?(?P<to>\.\.)?(?P<last>{ISO_DATE.pattern})?")


def parse_filter(field: str, value: str) -> FieldFilter | DateRange | None:
    """Return the filter of one of `FILTER_FIELDS`, None if the value is invalid."""
    if field == "date":
        return _date_range(value)
    if field == "lang":
        return FieldFilter("language", value.lower()) if value.lower() in LANGUAGES else None
    return FieldFilter(field, value) if value.strip() else None


def expected(field: str) -> str:
    """Return a sentence about the valid values of a filter field."""
    if field == "date":
        return "a date is 2022, 2022-09, 2022-09-15 or a range such as 2022-01..2022-09"
    if field == "lang":
        *others, last = LANGUAGES
        return f"a language is {', '.join(others)} or {last}"
    return "it needs a name"


def _date_range(value: str) -> DateRange | None:
    dates = _DATES.fullmatch(value)
    if not dates or not (dates["first"] or dates["last"]):
        return None
    first = dates["first"] or ""
    return DateRange(first, (dates["last"] or "") if dates["to"] else first)
