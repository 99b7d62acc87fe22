"""An article: what a reader hands over, what an index stores, what a hit shows."""

from __future__ import annotations

import json
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from hashlib import blake2b
from typing import Any

from searchkit.errors import ArticleError
from searchkit.sentences import sentence_ends
from searchkit_analyzers import ANALYZER

_LANGUAGES = frozenset({"kk", "ru", "kk+ru"})
_TEXTS = ("id", "title", "text", "language", "date", "source", "author", "url", "path")
ISO_DATE = re.compile(r"[0-9]{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")
_LANGUAGE_SHARE = 0.2
"""A document is in a language if at least this share of its letters stands in paragraphs of that language."""


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
    """Of publication, ISO 8601, as exact as it is known: ``2022``, ``2022-09`` or ``2022-09-15``."""
    source: str = ""
    author: str = ""
    url: str = ""
    path: str = ""
    """The file that it was read from, absolute; empty where there was none."""
    tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in _TEXTS:
            object.__setattr__(self, name, _checked(name, getattr(self, name)))
        if isinstance(self.tags, str) or not isinstance(self.tags, Iterable):
            raise ArticleError("an article's tags must be a list of texts")
        object.__setattr__(self, "tags", tuple(_checked("tags", tag) for tag in self.tags))
        if not self.id:
            raise ArticleError("an article needs an id")
        if self.date and not ISO_DATE.fullmatch(self.date):
            raise ArticleError(f"the date {self.date} is not of the form 2022, 2022-09 or 2022-09-15")
        if self.language not in _LANGUAGES:
            object.__setattr__(self, "language", identify(f"{self.title}\n{self.text}"))

    @cached_property
    def digest(self) -> str:
        """A fingerprint of all fields (128 bits, hexadecimal): it changes whenever any of them does."""
        canonical = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return blake2b(canonical.encode(), digest_size=16).hexdigest()

    @cached_property
    def sentence_ends(self) -> array[int]:
        """Where its sentences and lines end: see `searchkit.sentences`."""
        return sentence_ends(self.text)

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as they appear in JSON."""
        return asdict(self) | {"tags": list(self.tags)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Document:
        """Return the document of which `to_dict` gave `values`; unknown keys are passed over."""
        known = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        return cls(**known | {"tags": tuple(known.get("tags", ()))})

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
    letters: Counter[str] = Counter()
    for paragraph in paragraphs(text):
        letters[paragraph.language] += len(paragraph.text)
    del letters[""]
    enough = _LANGUAGE_SHARE * letters.total()
    return "+".join(sorted(language for language, count in letters.items() if count >= enough))
