"""Pages in which every line is marked as the title (``=``), the article (``+``) or not the article (``-``).

Before them stands what should be found out: ``# date: 2022-09-22T17:44``. ``# file:`` is when the file was written, for
pages that say *вчера*; ``# title:`` is the title where the line that has it says more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from searchkit import Articles, Document
from searchkit.readers.boilerplate.dates import KAZAKHSTAN

FOLDER = Path(__file__).parent / "pages"
FACTS = ("title", "date", "author", "office", "source", "url", "language")


@dataclass(frozen=True)
class MarkedPage:
    """A page, and what should be found in it."""

    path: Path

    @cached_property
    def _lines(self) -> list[str]:
        return self.path.read_text("utf-8").splitlines()

    @property
    def text(self) -> str:
        """The page as it would lie on disk."""
        return "\n".join(line[1:] for line in self._lines if not line.startswith("#"))

    @property
    def article(self) -> list[str]:
        """The lines of the article that have something on them."""
        return [line[1:] for line in self._lines if line.startswith("+") and line[1:].strip()]

    @property
    def facts(self) -> dict[str, str]:
        """What should be found out; tags are parted by ``; ``."""
        given = dict(line[2:].split(": ", 1) for line in self._lines if line.startswith("# "))
        title = next((line[1:] for line in self._lines if line.startswith("=")), "")
        return {"title": title, "tags": ""} | dict.fromkeys(FACTS[1:], "") | given

    def read(self, folder: Path) -> Document:
        """Return what the reader makes of it, from a file in `folder`."""
        file = folder / self.path.name
        file.write_text(self.text, "utf-8")
        if written := self.facts.get("file"):
            moment = datetime.fromisoformat(written).replace(tzinfo=KAZAKHSTAN).timestamp()
            os.utime(file, (moment, moment))
        (document,) = Articles(file)
        return document


def pages(folder: Path = FOLDER) -> Iterator[MarkedPage]:
    """Yield all marked pages in a folder."""
    for path in sorted(folder.glob("*.txt")):
        yield MarkedPage(path)


def found_facts(document: Document) -> dict[str, str]:
    """Return what was found out, as `MarkedPage.facts` has it."""
    return {name: getattr(document, name) for name in FACTS} | {"tags": "; ".join(document.tags)}
