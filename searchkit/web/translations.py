"""The words of the pages in the language that the reader wants: tables in ``texts/``, dates, numbers."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("kk", "ru", "en")
_OTHERS = "en"
"""For readers whose browser asks for none of these."""
_THIN_SPACE = "\u202f"


@dataclass(frozen=True, slots=True)
class Translations:
    """The words of one language."""

    language: str
    _words: Mapping[str, Any]

    def __call__(self, name: str, **values: object) -> str:
        """Return a sentence with values in place of its braces; numbers are made easy to read."""
        readable = {key: self.number(value) if isinstance(value, int) else value for key, value in values.items()}
        text: str = self._words[name]
        return text.format(**readable)

    @property
    def asking(self) -> Mapping[str, Any]:
        """What the page on asking says: ``lead``, and ``examples``, each a question and its meaning."""
        found: Mapping[str, Any] = self._words["asking"]
        return found

    def article_language(self, language: str) -> str:
        """Return the name of an article's language."""
        return str(self._words["languages"].get(language, language))

    def number(self, number: int) -> str:
        """Return a number in groups of three digits."""
        return f"{number:,}".replace(",", "," if self.language == "en" else _THIN_SPACE)

    def date(self, iso: str) -> str:
        """Return an ISO date as people write it, as exact as it is: a year, a month, a day, a minute."""
        day, _, time = iso.partition("T")
        year, month, day = (*day.split("-"), "", "")[:3]
        if not month:
            return year
        forms = self._words["date"]
        months = forms["months"] if day else forms.get("months_alone", forms["months"])
        form = forms["day" if day else "month"]
        written = form.format(year=year, month=months.split()[int(month) - 1], day=int(day or 1))
        return f"{written}, {time}" if time else written


@cache
def wording(language: str) -> Translations:
    """Return the words of a language."""
    text = files("searchkit.web").joinpath("texts", f"{language}.toml").read_text("utf-8")
    return Translations(language, tomllib.loads(text))


def choose(chosen: str, accepted: str) -> Translations:
    """Return the words that a reader wants, given what was chosen on a page, if anything, and ``Accept-Language``."""
    wanted = sorted(_accepted(accepted), key=lambda each: -each[1])
    known = (language for language, weight in wanted if weight > 0 and language in LANGUAGES)
    return wording(chosen or next(known, _OTHERS if wanted else LANGUAGES[0]))


def _accepted(header: str) -> Iterator[tuple[str, float]]:
    """Yield languages and how much they are wanted: ``kk-KZ, ru;q=0.8``."""
    for part in header[:1000].split(","):
        name, _, weight = part.partition(";q=")
        if name.strip():
            yield name.strip().split("-")[0].lower(), _weight(weight)


def _weight(text: str) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0.0
