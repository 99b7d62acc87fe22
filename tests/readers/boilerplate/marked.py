"""Marked pages: ``=`` marks the title, ``+`` the article, ``-`` boilerplate.

The expected metadata stands above the lines: ``# date: 2022-09-22T17:44``. ``# file:`` is the
modification time of the file, for pages that say *вчера*; ``# title:`` is the title if the line of
the title says more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from searchkit import Articles, Document
from searchkit.iso_dates import kazakhstan

FOLDER = Path(__file__).parent / "pages"
METADATA = ("title", "date", "author", "office", "source", "url", "language")


@dataclass(frozen=True)
class MarkedPage:
    """A page, and the expected result of reading it."""

    path: Path

    @cached_property
    def _lines(self) -> list[str]:
        return self.path.read_text("utf-8").splitlines()

    @property
    def text(self) -> str:
        """The page without marks."""
        return "\n".join(line[1:] for line in self._lines if not line.startswith("#"))

    @property
    def article(self) -> list[str]:
        """The lines of the article that are not blank."""
        return [line[1:] for line in self._lines if line.startswith("+") and line[1:].strip()]

    @property
    def metadata(self) -> dict[str, str]:
        """The expected metadata; tags are separated by ``; ``."""
        given = dict(line[2:].split(": ", 1) for line in self._lines if line.startswith("# "))
        title = next((line[1:] for line in self._lines if line.startswith("=")), "")
        return {"title": title, "tags": ""} | dict.fromkeys(METADATA[1:], "") | given

    def read(self, folder: Path) -> Document:
        """Return the document that is read from the page, saved in `folder`."""
        file = folder / self.path.name
        file.write_text(self.text, "utf-8")
        if modified := self.metadata.get("file"):
            moment = datetime.fromisoformat(modified).replace(tzinfo=kazakhstan()).timestamp()
            os.utime(file, (moment, moment))
        (document,) = Articles(file)
        return document


def pages(folder: Path = FOLDER) -> Iterator[MarkedPage]:
    """Yield all marked pages in a folder."""
    for path in sorted(folder.glob("*.txt")):
        yield MarkedPage(path)


def found_metadata(document: Document) -> dict[str, str]:
    """Return the metadata of a document in the form of `MarkedPage.metadata`."""
    return {name: getattr(document, name) for name in METADATA} | {"tags": "; ".join(document.tags)}
