"""A `BookText` collects the lines of a book and the beginnings of its chapters."""

from __future__ import annotations

from collections.abc import Iterable

from searchkit.errors import ArticleError
from searchkit.parts import Part
from searchkit.readers.sources.files import LARGEST_ARTICLE

_LONGEST_NAME = 120
"""Characters of a chapter's name; a longer heading is cut at a word."""


class BookText:
    """The text of a book, a line for each paragraph."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._size = 0
        self._parts: list[Part] = []

    def begin_chapter(self, name: str) -> None:
        """Begin a chapter at the next line; one without a name is called by its number."""
        self._parts.append(Part(_shortened(name), self._size, "chapter"))

    def add(self, text: str) -> None:
        """Append a paragraph that is not blank; raises `ArticleError` for too much text."""
        line = " ".join(text.split())
        if line:
            self._lines.append(line)
            self._size += len(line) + 1
        if self._size > LARGEST_ARTICLE:
            raise ArticleError("is too large for one article")

    def add_all(self, texts: Iterable[str]) -> None:
        """Append several paragraphs."""
        for text in texts:
            self.add(text)

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self._lines)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The chapters that have text."""
        length = max(0, self._size - 1)
        return tuple(part for part in self._parts if part.start < length)


def _shortened(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME].rpartition(" ")[0] + " …"
