"""An article: what a reader hands over, what an index stores, what a hit shows."""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from searchkit.errors import ArticleError
from searchkit_analyzers import ANALYZER
from searchkit_analyzers.sentences import sentence_ends

_LANGUAGES = frozenset({"kk", "ru", "kk+ru"})
_TEXTS = ("id", "title", "text", "language", "date", "source", "author", "office", "url", "path")
_DERIVED = frozenset({"languages", "cut"})
"""Fields that do not make a document another one: a page whose counter went on has not changed."""
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
ISO_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_DATE = re.compile(rf"{ISO_DATE.pattern}|[0-9-]{{10}}T(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_LANGUAGE_SHARE = 0.2
"""A document is in a language if at least this share of its letters stands in paragraphs of that language."""

Cut = tuple[int, str]
"""Lines of a page that are not in the article, and the number of the first of them in the page, from 0."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text with something on it."""

    text: str
    language: str
    """``"kk"``, ``"ru"``, or ``""`` where nothing tells."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One article. Two documents with equal fields have equal digests.

    Raises `ArticleError` where a field that should be text is not, the id is empty, or the date is no ISO date.
    """

    id: str
    """Unique in an index, and the same each time the article is read."""
    title: str = ""
    text: str = ""
    language: str = ""
    """``"kk"``, ``"ru"`` or ``"kk+ru"``; found out from the text where it is given as anything else."""
    date: str = ""
    """Of publication, ISO 8601, as exact as it is known: ``2022``, ``2022-09``, ``2022-09-15`` or ``2022-09-15T17:44``.

    Times are those of Kazakhstan's clocks."""
    source: str = ""
    """Who published it: a newspaper, a site."""
    author: str = ""
    office: str = ""
    """What the author is: *председатель Сената Парламента РК*."""
    url: str = ""
    path: str = ""
    """The file that it was read from, absolute; empty where there was none."""
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    """The language of each paragraph of the text, found out from it; ``""`` where nothing tells."""
    cut: tuple[Cut, ...] = ()
    """What of the page that was read is not in the text: see `raw`."""

    def __post_init__(self) -> None:
        for name in _TEXTS:
            object.__setattr__(self, name, _checked(name, getattr(self, name)))
        if isinstance(self.tags, str) or not isinstance(self.tags, Iterable):
            raise ArticleError("an article's tags must be a list of texts")
        object.__setattr__(self, "tags", tuple(_checked("tags", tag) for tag in self.tags))
        if not self.id:
            raise ArticleError("an article needs an id")
        if self.date and not _DATE.fullmatch(self.date):
            raise ArticleError(f"the date {self.date} is not of the form 2022, 2022-09, 2022-09-15 or 2022-09-15T17:44")
        object.__setattr__(self, "cut", tuple((int(line), _checked("cut", text)) for line, text in self.cut))
        found = list(paragraphs(self.text))
        object.__setattr__(self, "languages", tuple(paragraph.language for paragraph in found))
        if self.language not in _LANGUAGES:
            object.__setattr__(self, "language", _shared([*paragraphs(self.title), *found]))

    @cached_property
    def digest(self) -> str:
        """A fingerprint (128 bits, hexadecimal) of what is searched and shown: all fields but those of `_DERIVED`."""
        from hashlib import blake2b  # OpenSSL comes with it, 2 ms: a search asks for no digest

        facts = {name: value for name, value in self._values().items() if name not in _DERIVED}
        return blake2b(_canonical(facts).encode(), digest_size=16).hexdigest()

    @cached_property
    def sentence_ends(self) -> array[int]:
        """Where its sentences and lines end: see `searchkit_analyzers.sentences`."""
        return sentence_ends(self.text)

    @property
    def main_language(self) -> str:
        """The first of its languages, in which words are read whose language is not evident."""
        return self.language.partition("+")[0]

    @property
    def raw(self) -> str:
        """The page as it was read, with the lines that are not in the text."""
        lines = self.text.split("\n") if self.text else []
        for at, text in self.cut:
            lines[at:at] = text.split("\n")
        return "\n".join(lines)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as they appear in JSON."""
        lists = {"tags": list(self.tags), "languages": list(self.languages), "cut": [list(cut) for cut in self.cut]}
        return self._values() | lists

    def _values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Document:
        """Return the document of which `to_dict` gave `values`; unknown keys are passed over."""
        known = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        return cls(**known | {name: tuple(known.get(name, ())) for name in ("tags", "languages", "cut")})

    @classmethod
    def stored(cls, values: dict[str, Any]) -> Document:
        """Return a document that has been one before, from all of its fields: nothing is checked again."""
        document = object.__new__(cls)
        document.__dict__.update(values)
        return document


def _checked(name: str, value: object) -> str:
    """Return a field's text fit to be stored: half a surrogate pair becomes a question mark."""
    if not isinstance(value, str):
        raise ArticleError(f"an article's {name} must be text, not {type(value).__name__}")
    return value.encode("utf-8", "replace").decode("utf-8")


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the non-empty lines of `text` with the language that each is in."""
    for line in text.splitlines():
        if line.strip():
            yield Paragraph(line, ANALYZER.language(line))


def identify(text: str) -> str:
    """Return the language of a document: ``"kk"``, ``"ru"``, ``"kk+ru"``, or ``""`` where nothing tells."""
    return _shared(paragraphs(text))


def _shared(found: Iterable[Paragraph]) -> str:
    found = list(found)
    languages = {paragraph.language for paragraph in found if paragraph.language}
    if len(languages) < 2:
        return "".join(languages)
    letters: Counter[str] = Counter()
    for paragraph in found:
        letters[paragraph.language] += sum(map(str.isalpha, paragraph.text))
    del letters[""]
    enough = _LANGUAGE_SHARE * letters.total()
    return "+".join(sorted(language for language, count in letters.items() if count >= enough))


@dataclass(frozen=True, slots=True)
class DocumentState:
    """The version of a document that an index holds."""

    digest: str
    analysis: str
    """The versions of the analyzers that it was indexed with."""
    path: str
