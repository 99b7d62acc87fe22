"""Translates months, days, countries, languages and currencies by Unicode's CLDR (babel)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

_IN_BRACKETS = re.compile(r"\s*\(.*\)$")
"""A remark at the end of a name: (1993–2006)."""


def translated_names(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield (name, translation) in lower case, for two languages given by their codes."""
    from babel import Locale  # 40 ms: needed for translations only

    for names, translations in zip(_names(Locale(source)), _names(Locale(target)), strict=True):
        yield from ((_plain(name), _plain(translations[key])) for key, name in names.items() if key in translations)


def _names(locale: Any) -> Iterator[Mapping[Any, str]]:
    yield from (kind["stand-alone"]["wide"] for kind in (locale.months, locale.days))
    yield from (locale.territories, locale.languages, locale.currencies)


def _plain(name: str) -> str:
    return _IN_BRACKETS.sub("", name).lower()
