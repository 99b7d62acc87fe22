"""What an engine stores of a document: the document itself and, for each term, where it stands and what it weighs.

At each position stand a word's lemmas, the word itself, and a coarse key marked ``~``. The title takes positions from
0, the text from `TEXT_START`, so that one field serves both: a position tells which of them it is in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from searchkit.document import Document
from searchkit.places import TEXT_START, packed
from searchkit_analyzers import ANALYZER, Token

COARSE_MARK = "~"


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
    postings: dict[str, Posting]
    text_length: int
    """In tokens."""
    title_length: int
    """In tokens."""
    places: bytes = b""
    """Where each token stands in the title and the text, packed: see `searchkit.places`."""


def analysis_version() -> str:
    """Return the versions of all analyzers in one string: other terms come out wherever it differs."""
    return " ".join(f"{language}:{version}" for language, version in sorted(ANALYZER.versions.items()))


def entry_of(document: Document) -> Entry:
    """Return `document` with its postings."""
    postings: dict[str, Posting] = {}
    in_title = in_text = 0
    title, text = map(list, tokens_of(document))
    for token, position in _placed(title, text):
        for term in token.lemmas:
            _add(postings, term, position, is_form=term in token.forms)
        for key in token.coarse:
            _add(postings, COARSE_MARK + key, position, is_form=True)
        in_title += position < TEXT_START
        in_text += position >= TEXT_START
    places = packed(title, text, len(document.title))
    return Entry(document, analysis_version(), postings, in_text, in_title, places)


def _add(postings: dict[str, Posting], term: str, position: int, *, is_form: bool) -> None:
    posting = postings.get(term)
    if posting is None:
        posting = postings[term] = Posting()
    if position < TEXT_START:
        posting.in_title += 1
    else:
        posting.in_text += 1
    posting.positions += (position,) if is_form else (position, position)


def _placed(title: Sequence[Token], text: Sequence[Token]) -> Iterator[tuple[Token, int]]:
    yield from zip(title, range(TEXT_START), strict=False)
    position = TEXT_START
    for token in (*title[TEXT_START:], *text):
        yield token, position
        position += 1


def tokens_of(document: Document) -> tuple[Iterable[Token], Iterable[Token]]:
    """Return the tokens of the title and of the text, words that tell nothing being read in the document's language."""
    default = document.language[:2]
    return ANALYZER.analyze(document.title, default=default), ANALYZER.analyze(document.text, default=default)
