"""What an engine stores of a document: the document itself and the terms that stand at each of its positions.

At each position stand a word's lemmas, the word itself, and a coarse key marked ``~``. The title takes positions from
0, the text from `TEXT_START`, so that one field serves both: a position tells which of them it is in. Who wrote an
article, and in what office, stands behind its text: it is found by these words, though a snippet does not show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from searchkit.analysis.term_sets import Ints, TermSet, TermSets, stacks_of
from searchkit.analysis.token_offsets import TEXT_START, packed
from searchkit.document import Document
from searchkit_analyzers import ANALYZER, Token

_BATCH = 2**17
"""Letters of documents that are analysed together: enough for numpy, and little memory."""


@dataclass(slots=True)
class Posting:
    """The occurrences of one term in one document."""

    in_text: int = 0
    """How many times it stands in the text."""
    in_title: int = 0
    """How many times in the title: at most `TEXT_START`."""
    positions: list[int] = field(default_factory=list)
    """Where, ascending. A position stands twice where a word met by this term is written otherwise."""


@dataclass(frozen=True, slots=True, eq=False)
class AnalyzedDocument:
    """A document made ready for an engine."""

    document: Document
    analysis: str
    """The versions of the analyzers: see `analysis_version`."""
    known: TermSets
    """The stacks that the numbers mean."""
    numbers: Ints
    """Which stack stands at each position, the title's first."""
    title_length: int
    """How many of them are the title's: at most `TEXT_START`."""
    places: bytes = b""
    """Where each token stands in the title and the text, packed: see `searchkit.analysis.token_offsets`."""
    sketch: bytes = b""
    """What tells whether it is a copy of another: see `searchkit.analysis.near_duplicates`."""
    group: int = 0
    """Which articles it is a copy of: those of the same number; 0 where that is not known."""

    @property
    def stacks(self) -> list[TermSet]:
        """What stands at each position."""
        return [self.known.all[number] for number in self.numbers.tolist()]

    @property
    def text_length(self) -> int:
        """How many positions are the text's."""
        return len(self.numbers) - self.title_length

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


def entry_of(document: Document) -> AnalyzedDocument:
    """Return `document` with what stands at each position."""
    return next(entries_of([document]))


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut documents into batches that are best analysed together."""
    batch: list[Document] = []
    letters = 0
    for document in documents:
        batch.append(document)
        letters += len(document.title) + len(document.text)
        if letters >= _BATCH:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def entries_of(batch: Sequence[Document]) -> Iterator[AnalyzedDocument]:
    """Yield each document of a batch with what stands at each position; one numbering serves them all."""
    lexicon, analysis = ANALYZER.lexicon(), analysis_version()
    known = stacks_of(lexicon)
    texts = [(text, document.language[:2]) for document in batch for text in texts_of(document)]
    columns = [ANALYZER.columns(text, lexicon, default=default) for text, default in texts]
    stacks, starts, ends, edges = known.spread(columns)
    for document, begin, text, byline, end in zip(
        batch, *(edges[part::3] for part in range(3)), edges[3::3], strict=False
    ):
        places = packed(starts[begin:byline], ends[begin:byline], text - begin, len(document.title))
        yield AnalyzedDocument(
            document, analysis, known.stacks, stacks[begin:end], min(text - begin, TEXT_START), places
        )


def texts_of(document: Document) -> tuple[str, str, str]:
    """Return what of a document is analysed: its title, its text, and by whom it is."""
    return document.title, document.text, f"{document.author}\n{document.office}"


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
    title, text, _ = texts_of(document)
    return ANALYZER.analyze(title, default=default), ANALYZER.analyze(text, default=default)
