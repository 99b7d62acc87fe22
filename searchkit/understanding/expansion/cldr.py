"""Months, days, countries, languages and currencies in both languages: what babel has of Unicode's CLDR."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_ASIDE = re.compile(r"\s*\(.*\)$")
"""What is said in brackets: (1993–2006)."""


def pairs() -> Iterator[tuple[str, str]]:
    """Yield Kazakh names and the Russian ones, in small letters."""
    from babel import Locale  # 40 ms: only for questions across languages

    for names, others in zip(_names(Locale("kk")), _names(Locale("ru")), strict=True):
        yield from ((_plain(name), _plain(others[key])) for key, name in names.items() if key in others)


def _names(locale: Any) -> Iterator[Mapping[Any, str]]:
    yield from (kind["stand-alone"]["wide"] for kind in (locale.months, locale.days))
    yield from (locale.territories, locale.languages, locale.currencies)


def _plain(name: str) -> str:
    return _ASIDE.sub("", name).lower()
