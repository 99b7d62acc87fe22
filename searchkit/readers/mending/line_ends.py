"""Join words that the ends of lines and pages divide.

The rest of a word goes up to its beginning, with the marks behind it, and the line ends there:
``депутат-⏎тары жаңа`` becomes ``депутаттары⏎жаңа``. Whether the hyphen stays is for the analyzers
to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from searchkit.readers.letters import SMALL_CYRILLIC
from searchkit.readers.mending.edits import TextEdit
from searchkit_analyzers.input_methods.divided_words import SOFT, is_one_word, reunited
from searchkit_analyzers.normalize import HYPHENS, fold

_LETTER = r"[^\W\d_]"
_BLANKS = "[ \t\u00a0\u2009\u202f\u200b\ufeff]*"
_MARKS = f"{HYPHENS[:2]}{SOFT}"
_LINE_END = "(?:\r\n|[\n\r\x0b\x85\u2028\u2029])"
_FIGURES = r"\d{1,4}(?!\w|[.,:/]\d)"
"""A number that may belong to a name: COVID-19, ТУ-154."""
_PAGE_NUMBER = rf"[—–-]? ?\d{{1,4}} ?[—–-]?{_BLANKS}{_LINE_END}{_BLANKS}"
_PAGE_END = rf"(?:{_LINE_END}{_BLANKS}){{0,3}}(?:{_PAGE_NUMBER})?\f{_BLANKS}(?:{_LINE_END}{_BLANKS}){{0,3}}"
_NUMBERED_END = rf"(?:{_LINE_END}{_BLANKS}){{1,3}}{_PAGE_NUMBER}(?:{_LINE_END}{_BLANKS}){{0,2}}"
_DIVISION = re.compile(
    rf"(?P<mark>[{_MARKS}])(?<=\w.){_BLANKS}"
    rf"(?P<gap>{_PAGE_END}|{_NUMBERED_END}|(?:{_LINE_END}{_BLANKS}){{1,2}})(?={_LETTER}|{_FIGURES})"
)
"""A mark at the end of a line or page: at most one blank line, or one page number, is between."""
_NUMBER = re.compile(r"[^\s\f][^\n\f]*(?<!\s)")
"""The number of a page, with its dashes."""
_LONGEST_CHAIN = 6
"""No column is so narrow that a word is divided more often."""
_LAST_WORD = re.compile(r"[^\W_]{1,64}\Z")
_FIRST_WORD = re.compile(rf"{_LETTER}+|{_FIGURES}")
_REST = re.compile(r"[^\w\s]*[ \t]*")
_INNER_MARK = re.compile(rf"[{_MARKS}](?<=[{SMALL_CYRILLIC}].)(?:[ \u00a0]|(?<=\u00ac))(?=[{SMALL_CYRILLIC}])")
"""A division inside a line: the ends of lines are lost, the marks are not."""
_WORD = re.compile(rf"{_LETTER}+(?:[{HYPHENS}]{_LETTER}+)*")


class _Division(NamedTuple):
    """A division of a word: spans of a text."""

    head: str
    mark: str
    mark_start: int
    gap: str
    tail_start: int
    tail: str

    @property
    def end(self) -> int:
        return self.tail_start + len(self.tail)


def find_joins(text: str) -> list[TextEdit]:
    """Return the edits that join the divided words of a text, in their order."""
    if not any(mark in text for mark in _MARKS):
        return []
    words = TextWords(text)
    edits = [
        TextEdit(*match.span(), "")
        for match in _INNER_MARK.finditer(text)
        if match[0][0] == "\u00ac" or _is_inside(text, match)
    ]
    for chain in _chains(text):
        edits += _join(text, chain, words)
    return sorted(edits)


def sign_between(line: str, following: str, words: TextWords) -> str | None:
    """Return what takes the place of the mark at the end of a line: nothing, or a hyphen.

    None where no word is divided, or where the lines may hold two words.
    """
    head, tail = _LAST_WORD.search(line[:-1]), _FIRST_WORD.match(following)
    if not (head and tail and line[-1] in _MARKS):
        return None
    word = reunited(head[0], tail[0], line[-1], words.__contains__)
    return word[len(head[0]) : len(word) - len(tail[0])] if word else None


def _join(text: str, chain: list[_Division], words: TextWords) -> Iterator[TextEdit]:
    """Yield the edit of one word, which may be divided more than once."""
    head, parts, gaps = chain[0].head, [], []
    whole = head + "".join(division.tail for division in chain)
    is_one = len(chain) > 1 and reunited(head, whole[len(head) :], chain[0].mark, words.__contains__) == whole
    for division in chain:
        word = head + division.tail if is_one else reunited(head, division.tail, division.mark, words.__contains__)
        if not word:
            break
        parts.append(word[len(head) :])
        gaps.append(division.gap)
        head = word if "-" not in word else division.tail
    if not parts:
        return
    last = chain[len(parts) - 1]
    rest = _REST.match(text, last.end)
    assert rest
    has_more = rest.end() < len(text) and not text[rest.end()].isspace() and rest[0].endswith((" ", "\t"))
    numbers = "".join(f"\n{number}" for number in _NUMBER.findall("".join(gaps)))
    page_end = "\n\f" if "\f" in "".join(gaps) else "\n"
    after = rest[0].rstrip() + numbers + page_end if has_more else numbers
    yield TextEdit(chain[0].mark_start, rest.end() if has_more else last.end, "".join(parts) + after)


def _chains(text: str) -> Iterator[list[_Division]]:
    """Yield the divisions of each word that is divided."""
    chain: list[_Division] = []
    for match in _DIVISION.finditer(text):
        division = _division(text, match)
        if chain and (division is None or chain[-1].end != division.mark_start or len(chain) == _LONGEST_CHAIN):
            yield chain
            chain = []
        if division:
            chain.append(division)
    if chain:
        yield chain


def _division(text: str, match: re.Match[str]) -> _Division | None:
    head = _LAST_WORD.search(text, max(0, match.start() - 64), match.start())
    tail = _FIRST_WORD.match(text, match.end())
    found = head and tail and (head[0], match["mark"], match.start(), match["gap"], match.end(), tail[0])
    return _Division(*found) if found else None


def _is_inside(text: str, match: re.Match[str]) -> bool:
    """Whether a mark and a blank divide a word inside a line."""
    head = _LAST_WORD.search(text, max(0, match.start() - 64), match.start())
    tail = _FIRST_WORD.match(text, match.end())
    return bool(head and tail and is_one_word(head[0], tail[0]))


class TextWords:
    """The words of a text, found when one is first looked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._folded: frozenset[str] | None = None

    def __contains__(self, folded: str) -> bool:
        if self._folded is None:
            self._folded = frozenset(re.sub(f"[{HYPHENS[1:]}]", "-", fold(word)) for word in _WORD.findall(self._text))
        return folded in self._folded
