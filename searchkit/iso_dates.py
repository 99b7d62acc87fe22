"""Dates of documents are ISO 8601, as exact as they are known.

They follow the clocks of Kazakhstan, without a zone: a moment in another zone is converted.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

ISO_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_DAY = len("2022-09-15")
_MOMENT = re.compile(
    r"(?P<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2})(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?"
    r"\s?(?P<zone>[Zz]|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)


@cache
def kazakhstan() -> ZoneInfo:
    """Return the time zone: UTC+5 since 1 March 2024; UTC+6 before, as in most regions."""
    from zoneinfo import ZoneInfo  # 2 ms: a search needs no zones

    return ZoneInfo("Asia/Almaty")


def iso_date(value: object) -> str:
    """Return a date in the form that documents have.

    Args:
        value: ISO 8601 text, with or without seconds and zone, or an object with `isoformat`, such
            as `date` and `datetime`.

    Raises:
        ValueError: The value is no such date, or there is no such day.

    >>> iso_date("2023-05-11T04:30:00Z")
    '2023-05-11T10:30'
    """
    text = value.strip() if isinstance(value, str) else value.isoformat()  # type: ignore[attr-defined]
    if ISO_DATE.fullmatch(text):
        if len(text) == _DAY:
            date.fromisoformat(text)
        return str(text)
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(f"{text} is no ISO 8601 date")
    moment = datetime.fromisoformat(match["minute"].replace("t", "T") + (match["zone"] or "").upper())
    try:
        local = moment.astimezone(kazakhstan()) if moment.tzinfo else moment
    except OverflowError as error:
        raise ValueError(f"{text} is before the first year or after the last") from error
    return local.isoformat(timespec="minutes")[: len("2022-09-15T17:44")]
