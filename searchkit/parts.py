"""The parts of a long document: pages of a PDF, chapters of a book, passages for programs.

Parts are named by what readers see, the number of a page or the heading of a chapter, and each
begins at an offset of the document's text and ends where the next one begins.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal, NamedTuple, get_args

from searchkit.errors import ArticleError

PartKind = Literal["page", "chapter"]

_KINDS = get_args(PartKind)


class Part(NamedTuple):
    """A page or a chapter of a document.

    >>> Part("217", 58_000).label
    'page 217'
    """

    name: str
    """The number of a page (*217*, *iv*), or the heading or number of a chapter.

    No two parts of a document have the same: a repeated name gets a number, *Эпилог (2)*."""
    start: int
    """The offset of its beginning in the document's text, in code points."""
    kind: PartKind = "page"

    @property
    def label(self) -> str:
        """The name for people: with its kind in front, unless it is a heading."""
        return f"{self.kind} {self.name}" if self.needs_kind else self.name

    @property
    def needs_kind(self) -> bool:
        """Whether the name says too little without the kind."""
        return self.kind == "page" or self.name.isdecimal()


def checked_parts(values: Iterable[Any], length: int) -> tuple[Part, ...]:
    """Return valid parts with different names.

    Args:
        values: A name, a start, and perhaps a kind for each part, in the order of the text; from
            JSON, they are dictionaries.
        length: The length of the text.

    Raises:
        ArticleError: A part is none, or the starts do not ascend within the text.
    """
    parts: list[Part] = []
    names: dict[str, int] = {}
    for value in values:
        part = _checked(value)
        if not (parts[-1].start if parts else 0) <= part.start <= length:
            raise ArticleError("an article's parts must begin one after the other, within its text")
        parts.append(part._replace(name=_new_name(part.name, names)))
        names.setdefault(parts[-1].name, 1)
    return tuple(parts)


def _checked(value: Any) -> Part:
    try:
        part = Part(**value) if isinstance(value, Mapping) else Part(*value)
    except TypeError as error:
        raise ArticleError("a part of an article must have a name and a start") from error
    if not isinstance(part.name, str) or type(part.start) is not int or part.kind not in _KINDS:
        raise ArticleError("a part of an article must have a name, a start, and a kind that is page or chapter")
    return part._replace(name=" ".join(part.name.encode("utf-8", "replace").decode().split()))


def _new_name(name: str, taken: dict[str, int]) -> str:
    """Return a name that is not taken yet; `taken` has the last number that each name got."""
    name = name or str(len(taken) + 1)
    new = name
    while new in taken:
        taken[name] += 1
        new = f"{name} ({taken[name]})"
    return new


def part_at(parts: Sequence[Part], offset: int) -> Part | None:
    """Return the part in which an offset lies; none before the first part."""
    number = bisect_right(parts, offset, key=attrgetter("start"))
    return parts[number - 1] if number else None


def find_part(parts: Sequence[Part], wanted: str) -> Part | None:
    """Return the part of a name, or else of a number, counted from 1."""
    wanted = " ".join(wanted.split())
    for part in parts:
        if wanted in (part.name, part.label):
            return part
    if wanted.isdecimal() and 1 <= int(wanted) <= len(parts):
        return parts[int(wanted) - 1]
    folded = wanted.casefold()
    return next((part for part in parts if folded in (part.name.casefold(), part.label.casefold())), None)


def part_end(parts: Sequence[Part], part: Part, length: int) -> int:
    """Return the offset at which a part ends in a text of a length."""
    number = parts.index(part) + 1
    return parts[number].start if number < len(parts) else length


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of an article's text that answers a query.

    Attributes:
        text: The text as it stands in the article, without white space at its ends.
        start: Where it begins in the article's text, in code points.
        score: The idf of the different words of the query in it; comparable within one search.
        marks: (start, end) of each word of the query, in code points of `text`.
        part: The page or chapter in which it begins, where the article has such parts.
    """

    text: str
    start: int
    score: float
    marks: tuple[tuple[int, int], ...] = ()
    part: Part | None = None

    @property
    def end(self) -> int:
        """Where it ends in the article's text."""
        return self.start + len(self.text)

    def to_dict(self) -> dict[str, Any]:
        """Return the passage as it appears in JSON."""
        place = {"text": self.text, "start": self.start, "end": self.end, "part": self.part.name if self.part else ""}
        return place | {"score": round(self.score, 4), "marks": [list(mark) for mark in self.marks]}
