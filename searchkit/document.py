"""A document: a reader returns it, an index stores it, a hit shows it."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from searchkit.errors import ArticleError, ArticleNotFound
from searchkit.iso_dates import iso_date
from searchkit.parts import Part, checked_parts, find_part, part_at, part_end
from searchkit_analyzers import ANALYZER, LANGUAGES
from searchkit_analyzers.sentences import sentence_ends

_TEXT_FIELDS = ("id", "title", "text", "language", "source", "author", "office", "url", "path")
_NOT_IN_DIGEST = frozenset({"languages", "cut"})
"""Fields that do not change a document: a page is the same after its visitor counter went on."""
_canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_MIN_LANGUAGE_SHARE = 0.2
"""A document is in a language if at least this share of its letters is in paragraphs of it."""
_LONGEST_SAMPLE = 100_000
"""The language of a longer paragraph (code points) is that of its beginning."""

Cut = tuple[int, str]
"""Lines of a page that are not in the text, after the index of the first in the page, from 0."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A non-empty line of a text."""

    text: str
    language: str
    """A code of `searchkit_analyzers.LANGUAGES`, or ``""`` where it is not evident."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One article; documents with equal fields have equal digests.

    Attributes:
        id: The name of the article: unique in an index, and the same each time it is read.
        title: The headline.
        text: The text without the title; its lines are paragraphs.
        language: A code of `searchkit_analyzers.LANGUAGES`, or several of them joined by ``+``. It
            is detected in the text where the given value is neither.
        date: The time of publication, in Kazakhstan's time zone, as exact as it is known. ISO 8601:
            ``2022``, ``2022-09``, ``2022-09-15`` or ``2022-09-15T17:44``. It may be given as a
            `date` or `datetime`, and with seconds and a zone, which is converted.
        source: The publisher: a newspaper, a site.
        author: The author's name.
        office: The author's office: *председатель Сената Парламента РК*.
        url: The address on the web.
        path: The absolute path of the file that it was read from; empty where there was none.
        tags: Keywords.
        languages: The detected language of each paragraph of the text; ``""`` where it is not
            evident.
        cut: The lines of the page that are not in the text: see `raw`.
        parts: The pages or chapters of a long document; empty where it is short.

    Raises:
        ArticleError: A field that must be text is not, the id is empty, or the date is not ISO
            8601.

    >>> Document(id="1", title="Жаңа мектеп", text="Түркістанда жаңа мектеп ашылды.").tags
    ()
    """

    id: str
    title: str = ""
    text: str = ""
    language: str = ""
    date: str = ""
    source: str = ""
    author: str = ""
    office: str = ""
    url: str = ""
    path: str = ""
    tags: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cut: tuple[Cut, ...] = ()
    parts: tuple[Part, ...] = ()

    def __post_init__(self) -> None:
        for name in _TEXT_FIELDS:
            object.__setattr__(self, name, _storable(name, getattr(self, name)))
        if isinstance(self.tags, str) or not isinstance(self.tags, Iterable):
            raise ArticleError("an article's tags must be a list of texts")
        object.__setattr__(self, "tags", tuple(_storable("tags", tag) for tag in self.tags))
        if not self.id:
            raise ArticleError("an article needs an id")
        if self.date != "":
            object.__setattr__(self, "date", _stored_date(self.date))
        object.__setattr__(self, "cut", tuple((int(line), _storable("cut", text)) for line, text in self.cut))
        object.__setattr__(self, "parts", checked_parts(self.parts, len(self.text)))
        in_text = list(paragraphs(self.text))
        object.__setattr__(self, "languages", tuple(paragraph.language for paragraph in in_text))
        if not _is_language(self.language):
            object.__setattr__(self, "language", _main_languages([*paragraphs(self.title), *in_text]))

    @cached_property
    def digest(self) -> str:
        """A fingerprint of the searched and shown fields: 128 bits, hexadecimal."""
        from hashlib import blake2b  # it imports OpenSSL, 2 ms: a search needs no digest

        values = {name: value for name, value in self._values().items() if name not in _NOT_IN_DIGEST}
        if not self.parts:  # documents without parts have the digests that they had before there were any
            del values["parts"]
        return blake2b(_canonical(values).encode(), digest_size=16).hexdigest()

    @cached_property
    def sentence_ends(self) -> array[int]:
        """The ends of the text's sentences and lines: see `searchkit_analyzers.sentences`."""
        return sentence_ends(self.text)

    @property
    def main_language(self) -> str:
        """The first of its languages, in which words are read whose language is not evident."""
        return self.language.partition("+")[0]

    @property
    def raw(self) -> str:
        """The page as it was read, with the lines that are not in the text."""
        lines = self.text.split("\n") if self.text else []
        for index, text in self.cut:
            lines[index:index] = text.split("\n")
        return "\n".join(lines)

    def part(self, name: str) -> Part:
        """Return one of the document's parts.

        Args:
            name: The name of the part, or else its number, counted from 1.

        Returns:
            The part.

        Raises:
            ArticleNotFound: The document has no such part.
        """
        if part := find_part(self.parts, name):
            return part
        if not self.parts:
            raise ArticleNotFound(f"the article {self.id} has no parts")
        first, last = self.parts[0].label, self.parts[-1].label
        raise ArticleNotFound(f"the article {self.id} has no part {name}: it has {first} to {last}")

    def part_at(self, offset: int) -> Part | None:
        """Return the part in which `offset` lies in the text, if there is one."""
        return part_at(self.parts, offset)

    def part_text(self, part: Part) -> str:
        """Return the text of `part`, one of the document's."""
        return self.text[part.start : part_end(self.parts, part, len(self.text))]

    def with_id(self, id_: str) -> Document:
        """Return the same document under another id.

        Args:
            id_: The id.
        """
        return Document.stored(self._values() | {"id": id_})

    def to_dict(self) -> dict[str, Any]:
        """Return the fields as they appear in JSON."""
        lists = {"tags": list(self.tags), "languages": list(self.languages), "cut": [list(cut) for cut in self.cut]}
        return self._values() | lists | {"parts": [part._asdict() for part in self.parts]}

    def _values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Document:
        """Return the document of a dictionary that `to_dict` has made.

        Args:
            values: The fields by name; unknown keys are ignored.

        Returns:
            The document; it equals the original one.

        Raises:
            ArticleError: A field is invalid: see `Document`.
        """
        known = {field.name: values[field.name] for field in fields(cls) if field.name in values}
        return cls(**known | {name: tuple(known.get(name, ())) for name in ("tags", "languages", "cut", "parts")})

    @classmethod
    def stored(cls, values: dict[str, Any]) -> Document:
        """Return a document from stored fields, without checking them again.

        Args:
            values: The fields by name, as a valid document had them; parts are plain tuples, and an
                index older than parts has none.

        Returns:
            The document; it equals the original one.
        """
        document = object.__new__(cls)
        document.__dict__.update(values, parts=tuple(map(Part._make, values.get("parts", ()))))
        return document


def _stored_date(value: object) -> str:
    """Return a date as it is stored; raises `ArticleError` where it is none."""
    if not isinstance(value, str) and not hasattr(value, "isoformat"):
        raise ArticleError(f"an article's date must be text, a date or a datetime, not {type(value).__name__}")
    value = _storable("date", value) if isinstance(value, str) else value
    try:
        return iso_date(value)
    except ValueError as error:
        forms = "2022, 2022-09, 2022-09-15 or 2022-09-15T17:44"
        raise ArticleError(f"the date {value} is not of the form {forms}, or there is no such day") from error


def _storable(name: str, value: object) -> str:
    """Return a field's text; a lone surrogate, which cannot be stored, becomes a question mark."""
    if not isinstance(value, str):
        raise ArticleError(f"an article's {name} must be text, not {type(value).__name__}")
    return value.encode("utf-8", "replace").decode("utf-8")


def paragraphs(text: str) -> Iterator[Paragraph]:
    """Yield the non-empty lines of `text` with their languages."""
    languages: dict[str, str] = {}
    for line in text.splitlines():
        if line.strip():
            if line not in languages:
                languages[line] = ANALYZER.language(line[:_LONGEST_SAMPLE])
            yield Paragraph(line, languages[line])


def detect_language(text: str) -> str:
    """Return the language of a text, or several joined by ``+``.

    The result is ``""`` if no language is evident.
    """
    return _main_languages(paragraphs(text))


def _is_language(language: str) -> bool:
    """Whether `language` is a known code, or several in the registry's order."""
    return bool(language) and language == _combination(language.split("+"))


def _combination(codes: Iterable[str]) -> str:
    return "+".join(code for code in LANGUAGES if code in codes)


def _main_languages(of_paragraphs: Iterable[Paragraph]) -> str:
    """Return the combination of languages that a sufficient share of the letters is in."""
    of_paragraphs = list(of_paragraphs)
    languages = {paragraph.language for paragraph in of_paragraphs if paragraph.language}
    if len(languages) < 2:
        return "".join(languages)
    letters: Counter[str] = Counter()
    for paragraph in of_paragraphs:
        letters[paragraph.language] += sum(map(str.isalpha, paragraph.text))
    del letters[""]
    enough = _MIN_LANGUAGE_SHARE * letters.total()
    return _combination({language for language, count in letters.items() if count >= enough})


@dataclass(frozen=True, slots=True)
class DocumentState:
    """The version of a document that an index holds."""

    digest: str
    analysis: str
    """The versions of the analyzers that it was indexed with."""
    path: str
