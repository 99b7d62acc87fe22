"""Looks up the analyzed names of the word lists in a prebuilt table.

To analyze thousands of names, and to file them by their words, takes half a second; a query needs
a few of them. ``name_tables.tsv`` has what the analyzers make of them (a test compares every line)
and is read by bisection. ``analyzers/tools/list_names.py`` makes it for one version of the
lists and of the analyzers; it is not used with another.

It has four parts, with an empty line between them: the names with their words, the thesaurus
entries of names, those of places and of related words, and for each first word of a name the
numbers of the entries that it begins.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from searchkit.analysis.analyzed_document import analysis_version
from searchkit.understanding.word_lists import checksum
from searchkit_analyzers import Token

DATA_FILE = "name_tables.tsv"
LISTS = ("synonyms.txt", "places.tsv", "related.tsv", "codes.tsv")
SYNONYM = "="
"""Marks names of synonyms and of codes of law: no document defines another meaning of these."""
AMBIGUOUS, WORD = "?", "!"
"""Marks behind the number of a name in an entry: it has other meanings, or is an ordinary word."""

_LIKELIHOOD = "="
"""Stands between a doubtful lemma and its likelihood."""


class NameRow(NamedTuple):
    """A name of the lists with its words."""

    text: str
    language: str
    is_synonym: bool
    words: tuple[Token, ...]
    """The content words of the name, as `content_words` returns them."""


class EntryRow(NamedTuple):
    """A thesaurus entry whose names are numbers of rows with their marks."""

    name: str
    weight: str
    kind: str
    others: tuple[str, ...]


class NameTables(NamedTuple):
    """The lines of the parts; all but those of entries are sorted by their bytes."""

    names: Sequence[bytes] = ()
    entries_of_names: Sequence[bytes] = ()
    other_entries: Sequence[bytes] = ()
    first_words: Sequence[bytes] = ()

    def words_of(self, text: str, language: str) -> tuple[Token, ...] | None:
        """Return the content words of a name, or None if it is not listed."""
        line = _found(self.names, f"{text}\t{language}\t".encode())
        return read_name(line).words if line else None

    def is_synonym(self, text: str) -> bool:
        """Return whether a name is one of the synonyms, in any language."""
        begin = f"{text}\t".encode()
        return any(read_name(line).is_synonym for line in _all_found(self.names, begin))

    def entries_beginning(self, word: str) -> list[int]:
        """Return the numbers of the entries whose name has a first word with this term."""
        line = _found(self.first_words, f"{word}\t".encode())
        return [int(number) for number in line.decode().split("\t")[1].split()] if line else []

    def entry(self, number: int) -> EntryRow:
        """Return the entry of a number: those of names come first."""
        others = number - len(self.entries_of_names)
        line = self.entries_of_names[number] if others < 0 else self.other_entries[others]
        name, weight, kind, names = line.decode().split("\t")
        return EntryRow(name, weight, kind, tuple(names.split()))

    def name(self, number: int) -> tuple[str, str]:
        """Return the text and the language of the name of a number."""
        text, language, _ = self.names[number].split(b"\t", 2)
        return text.decode(), language.decode()


@cache
def name_tables() -> NameTables | None:
    """Return the tables, or None if they are of other lists or analyzers than these."""
    content = Path(__file__).with_name(DATA_FILE).read_bytes()
    if not content.startswith(f"{version_line()}\n".encode()):
        return None
    _, *parts = content.rstrip().split(b"\n\n")
    return NameTables(*(part.split(b"\n") for part in parts))


def version_line() -> str:
    """Return the first line of a table that is of these lists and analyzers."""
    return f"# lists {checksum(*LISTS)}, analyzers {analysis_version()}"


def read_name(line: bytes) -> NameRow:
    """Return the name of a line."""
    text, language, mark, *words = line.decode().split("\t")
    return NameRow(text, language, mark == SYNONYM, tuple(_token(text, word) for word in words))


def written_name(row: NameRow) -> str:
    """Return the line of a name."""
    words = map(_written, row.words)
    return "\t".join((row.text, row.language, SYNONYM if row.is_synonym else "", *words))


def _token(text: str, word: str) -> Token:
    start, end, position, language, lemmas, coarse, forms, doubts = word.split("|")
    span = int(start), int(end)
    terms = _items(lemmas), _items(coarse), _items(forms)
    return Token(text[slice(*span)], *span, int(position), language, *terms, tuple(map(_doubt, _items(doubts))))


def _items(cell: str) -> tuple[str, ...]:
    return tuple(cell.split(",")) if cell else ()


def _doubt(item: str) -> tuple[str, float]:
    lemma, _, likelihood = item.partition(_LIKELIHOOD)
    return lemma, float(likelihood)


def _written(word: Token) -> str:
    doubts = ",".join(f"{lemma}{_LIKELIHOOD}{likelihood!r}" for lemma, likelihood in word.doubts)
    terms: Iterable[str] = map(",".join, (word.lemmas, word.coarse, word.forms))
    return "|".join((str(word.start), str(word.end), str(word.position), word.language, *terms, doubts))


def _found(lines: Sequence[bytes], begin: bytes) -> bytes:
    return next(_all_found(lines, begin), b"")


def _all_found(lines: Sequence[bytes], begin: bytes) -> Iterator[bytes]:
    """Yield the lines that begin so."""
    at = bisect_left(lines, begin)
    while at < len(lines) and lines[at].startswith(begin):
        yield lines[at]
        at += 1
