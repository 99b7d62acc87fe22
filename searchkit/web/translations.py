"""Interface texts in the language of the reader: sentences from ``texts/``, dates, numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from searchkit.parts import Part
from searchkit_analyzers import LANGUAGES

_TEXTS = files("searchkit.web").joinpath("texts")
_FALLBACK = "en"
"""For readers whose browser accepts none of the interface languages."""


def _ui_languages() -> tuple[str, ...]:
    """Return the languages that ``texts/`` has, those of documents first."""
    codes = {file.name.removesuffix(".toml") for file in _TEXTS.iterdir() if file.name.endswith(".toml")}
    return *(code for code in LANGUAGES if code in codes), *sorted(codes - LANGUAGES.keys())


UI_LANGUAGES = _ui_languages()
"""ISO 639-1 codes; the first one serves readers whose browser names no language."""


@dataclass(frozen=True, slots=True)
class Translations:
    """The interface texts of one language."""

    language: str
    _texts: Mapping[str, Any]

    def __call__(self, name: str, **values: object) -> str:
        """Return a sentence with `values` in place of its braces."""
        readable = {key: self.number(value) if isinstance(value, int) else value for key, value in values.items()}
        text: str = self._texts[name]
        return text.format(**readable)

    @property
    def query_help(self) -> Mapping[str, Any]:
        """The help page: ``lead``, and ``examples``, each a query and its meaning."""
        section: Mapping[str, Any] = self._texts["query_help"]
        return section

    def article_language(self, language: str) -> str:
        """Return the name of an article's language."""
        return str(self._texts["languages"].get(language, language))

    def match_kind(self, how: str) -> str:
        """Return how a word matches an article, in words."""
        return str(self._texts["matches"][how])

    def part(self, part: Part) -> str:
        """Return the name of a page or a chapter: *Page 217*, or a heading."""
        return self(part.kind, n=part.name) if part.needs_kind else part.name

    def number(self, number: int) -> str:
        """Return a number in groups of three digits."""
        return f"{number:,}".replace(",", self._texts["thousands"])

    def date(self, iso: str) -> str:
        """Return an ISO date in words, with the precision that it has."""
        day, _, time = iso.partition("T")
        year, month, day = (*day.split("-"), "", "")[:3]
        if not month:
            return year
        forms = self._texts["date"]
        months = forms["months"] if day else forms.get("months_alone", forms["months"])
        form = forms["day" if day else "month"]
        written = form.format(year=year, month=months.split()[int(month) - 1], day=int(day or 1))
        return f"{written}, {time}" if time else written


@cache
def translations(language: str) -> Translations:
    """Return the interface texts of one of `UI_LANGUAGES`."""
    return Translations(language, tomllib.loads(_TEXTS.joinpath(f"{language}.toml").read_text("utf-8")))


def choose_translations(chosen: str, accept_language: str) -> Translations:
    """Return the texts in the chosen language, or else in the browser's.

    `accept_language` is the header of that name.
    """
    wanted = sorted(_accepted(accept_language), key=lambda each: -each[1])
    known = (language for language, weight in wanted if weight > 0 and language in UI_LANGUAGES)
    return translations(chosen or next(known, _FALLBACK if wanted else UI_LANGUAGES[0]))


def _accepted(header: str) -> Iterator[tuple[str, float]]:
    """Yield languages and weights of a header such as ``kk-KZ, ru;q=0.8``."""
    for part in header[:1000].split(","):
        name, _, weight = part.partition(";q=")
        if name.strip():
            yield name.strip().split("-")[0].lower(), _weight(weight)


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
