"""Stop words: reads the function words of each language from its ``stopwords.txt``.

The file has a word a line; what follows ``#`` is a comment. Below a comment line that begins with
``# also`` stand words that are content words elsewhere: they count as function words, but do not
tell the language of a text.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from searchkit_analyzers.normalize import fold

FILE_NAME = "stopwords.txt"
_AMBIGUOUS = "# also "


class StopWords(NamedTuple):
    """The function words of one language, folded."""

    all: frozenset[str]
    distinctive: frozenset[str]
    """Those that tell the language of a text."""
    source: str
    """The file as it is, for fingerprints."""


@cache
def read_stopwords(folder: Path) -> StopWords:
    """Return the stop words of the language whose package is `folder`."""
    text = (folder / FILE_NAME).read_text("utf-8")
    distinctive, _, ambiguous = text.partition(_AMBIGUOUS)
    ambiguous = ambiguous.partition("\n")[2]
    own = _words(distinctive)
    return StopWords(own | _words(ambiguous), own, text)


def _words(lines: str) -> frozenset[str]:
    return frozenset(fold(line.split("#")[0].strip()) for line in lines.splitlines()) - {""}
