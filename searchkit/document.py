"""An article: what a reader hands over, what an index stores, what a hit shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from hashlib import blake2b
from typing import Any

from searchkit_analyzers import ANALYZER

_LANGUAGES = frozenset({"kk", "ru", "kk+ru"})
_LANGUAGE_SHARE = 0.2
"""A document is in a language if at least this share of its letters stands in paragraphs of that language."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of a text with something on it."""

    text: str
    start: int
    """In code points from the beginning of the text."""
    language: str
    """``"kk"``, ``"ru"``, or ``""`` where nothing tells."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One article. Two documents with equal fields have equal digests."""

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
        if self.language not in _LANGUAGES:
            object.__setattr__(self, "language", identify(f"{self.title}\n{self.text}"))

    @cached_property
    def digest(self) -> str:
        """A fingerprint of all fields (128 bits, hexadecimal): it changes whenever any of them does."""
        canonical = json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)
        return blake2b(canonical.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as they appear in JSON."""
        return asdict(self) | {"tags": list(self.tags)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Document:
        """Return the document of which `to_dict` gave `values`; unknown keys are passed over."""
        known = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        return cls(**known | {"tags": tuple(known.get("tags", ()))})


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the non-empty lines of `text` with the language that each is in."""
    start = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            yield Paragraph(line.rstrip("\r\n"), start, ANALYZER.language(line))
        start += len(line)


def identify(text: str) -> str:
    """Return the language of a document: ``"kk"``, ``"ru"``, ``"kk+ru"``, or ``""`` where nothing tells."""
    letters: Counter[str] = Counter()
    for paragraph in paragraphs(text):
        letters[paragraph.language] += len(paragraph.text)
    del letters[""]
    enough = _LANGUAGE_SHARE * letters.total()
    return "+".join(sorted(language for language, count in letters.items() if count >= enough))
