"""Finds single words in the word lists: glossary, places, synonyms.

Few words of a query are looked up here, often one. So all words of the lists stand in
``listed_words.txt``, where bisection finds one; a set of them would take thirty milliseconds to
make. Words with a hyphen, and the lines that begin with some letters, are found in the bytes of the
lists themselves, and so are all words once somebody has edited a list.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path

from searchkit.understanding.word_lists import checksum, read_rows
from searchkit_analyzers.normalize import fold

DATA_FILE = "listed_words.txt"
_IN_LOWER_CASE, _IN_ANY_CASE = "glossary.kk-ru.tsv", ("places.tsv", "synonyms.txt")
_LISTS = (_IN_LOWER_CASE, *_IN_ANY_CASE)
_SIGNS = frozenset(byte for byte in range(128) if not chr(byte).isalnum())
"""ASCII bytes that are no letters: what stands between words."""
_MAX_LOOKED_AT = 5
"""A base form follows its lemma in a sorted list, with few words between."""


def is_listed(word: str) -> bool:
    """Return whether a list has a folded word, by itself or in an expression."""
    letters = word.encode()
    lines = _lines()
    if lines is None or not _SIGNS.isdisjoint(letters):
        return bool(word) and _stands_alone(letters)
    at = bisect_left(lines, letters)
    return bool(word) and at < len(lines) and lines[at] == letters


def listed_from(prefix: str) -> Iterator[str]:
    """Yield the first words of a few lines that begin with these letters."""
    return islice(_beginning(b"\n" + prefix.encode()), _MAX_LOOKED_AT)


def all_words() -> list[bytes]:
    """Return the words of all lists, sorted, each once: the lines of the data file."""
    signs = bytes.maketrans(bytes(_SIGNS), b" " * len(_SIGNS))
    return sorted({*_texts().translate(signs).split()})


@cache
def _lines() -> list[bytes] | None:
    """Return the lines of the data file, or None if it is of other lists than these."""
    version, *lines = Path(__file__).with_name(DATA_FILE).read_bytes().splitlines()
    return lines if version == version_line().encode() else None


def version_line() -> str:
    """Return the first line of a data file that is of these lists."""
    return f"# {', '.join(_LISTS)} {checksum(*_LISTS)}; made by analyzers/tools/list_names.py"


def _beginning(letters: bytes) -> Iterator[str]:
    text = _texts()
    at = text.find(letters)
    while at >= 0:
        end = at + len(letters)
        while text[end] not in _SIGNS:
            end += 1
        yield text[at + 1 : end].decode()
        at = text.find(letters, end)


def _stands_alone(word: bytes) -> bool:
    text = _texts()
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if text[at - 1] in _SIGNS and text[end] in _SIGNS:
            return True
        at = text.find(word, end)
    return False


@cache
def _texts() -> bytes:
    """Return all lists, folded, with signs at both ends."""
    folded = (fold(read_rows(name).decode()).encode() for name in _IN_ANY_CASE)
    text = b"\n".join((b"", read_rows(_IN_LOWER_CASE).replace("ё".encode(), "е".encode()), *folded, b""))
    return text.replace("«".encode(), b'"').replace("»".encode(), b'"')
