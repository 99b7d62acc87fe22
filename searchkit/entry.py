"""What an engine stores of a document: the document itself and the terms that stand at each of its positions.

At each position stand a word's lemmas, the word itself, and a coarse key marked ``~``. The title takes positions from
0, the text from `TEXT_START`, so that one field serves both: a position tells which of them it is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from searchkit.document import Document
from searchkit.places import TEXT_START, packed
from searchkit_analyzers import ANALYZER, Token

COARSE_MARK = "~"
_MEMO = 400_000


class Stack(NamedTuple):
    """All terms that stand at one position. Words of one analysis share one stack, so it is made once for all."""

    exact: tuple[str, ...]
    """The word as it is written, and coarse keys, which stand for no form."""
    inexact: tuple[str, ...]
    """Terms by which the word is met although it is written otherwise: their position is stored twice."""


@dataclass(slots=True)
class Posting:
    """The occurrences of one term in one document."""

    in_text: int = 0
    """How many times it stands in the text."""
    in_title: int = 0
    """How many times in the title: at most `TEXT_START`."""
    positions: list[int] = field(default_factory=list)
    """Where, ascending. A position stands twice where a word met by this term is written otherwise."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A document made ready for an engine."""

    document: Document
    analysis: str
    """The versions of the analyzers: see `analysis_version`."""
    stacks: list[Stack]
    """What stands at each position, the title's first."""
    title_length: int
    """How many of them are the title's: at most `TEXT_START`."""
    places: bytes = b""
    """Where each token stands in the title and the text, packed: see `searchkit.places`."""
    sketch: bytes = b""
    """What tells whether it is a copy of another: see `searchkit.copies`."""
    group: int = 0
    """Which articles it is a copy of: those of the same number; 0 where that is not known."""

    @property
    def text_length(self) -> int:
        """How many positions are the text's."""
        return len(self.stacks) - self.title_length

    @property
    def postings(self) -> dict[str, Posting]:
        """The same by term."""
        postings: dict[str, Posting] = {}
        for position, (exact, inexact) in zip(self._positions(), self.stacks, strict=False):
            for term in exact:
                _add(postings, term, position, 1)
            for term in inexact:
                _add(postings, term, position, 2)
        return postings

    def _positions(self) -> Iterator[int]:
        yield from range(self.title_length)
        yield from range(TEXT_START, TEXT_START + self.text_length)


def analysis_version() -> str:
    """Return the versions of all analyzers in one string: other terms come out wherever it differs."""
    return " ".join(f"{language}:{version}" for language, version in sorted(ANALYZER.versions.items()))


def entry_of(document: Document) -> Entry:
    """Return `document` with what stands at each position."""
    title, text = map(list, tokens_of(document))
    stacks = [_stack(token.lemmas, token.coarse, token.forms) for token in (*title, *text)]
    places = packed(title, text, len(document.title))
    return Entry(document, analysis_version(), stacks, min(len(title), TEXT_START), places)


@lru_cache(_MEMO)
def _stack(lemmas: tuple[str, ...], coarse: tuple[str, ...], forms: tuple[str, ...]) -> Stack:
    exact = [term for term in lemmas if term in forms] + [COARSE_MARK + key for key in coarse]
    return Stack(tuple(exact), tuple(term for term in lemmas if term not in forms))


def _add(postings: dict[str, Posting], term: str, position: int, times: int) -> None:
    posting = postings.setdefault(term, Posting())
    if position < TEXT_START:
        posting.in_title += 1
    else:
        posting.in_text += 1
    posting.positions += [position] * times


def tokens_of(document: Document) -> tuple[Iterable[Token], Iterable[Token]]:
    """Return the tokens of the title and of the text, words that tell nothing being read in the document's language."""
    default = document.language[:2]
    return ANALYZER.analyze(document.title, default=default), ANALYZER.analyze(document.text, default=default)
