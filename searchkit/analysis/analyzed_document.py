"""A document made ready for an engine: terms at positions.

At each position stand a word's lemmas, the word itself, and a coarse key marked ``~``. The title
takes positions from 0, the text from `TEXT_START`, so that one field serves both: a position tells
which of them it is in. The author and the office stand after the text: they can be searched,
although a snippet does not show them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searchkit.analysis.term_sets import Ints, TermSet, TermSets, term_sets_of_words
from searchkit.analysis.token_offsets import TEXT_START, pack_token_offsets
from searchkit.document import Document
from searchkit_analyzers import ANALYZER, Token, WordIds, WordTable

_BATCH_LETTERS = 2**17
"""Code points of the documents that are analyzed together: enough for numpy, and little memory."""
_SLICE = 2**19
"""Code points of a long text that are analyzed at a time: their words take 50 MB."""
_TEXTS_PER_DOCUMENT = 3


@dataclass(frozen=True, slots=True, eq=False)
class AnalyzedDocument:
    """A document with the terms at each of its positions."""

    document: Document
    analysis_version: str
    """The versions of the analyzers: see `analysis_version`."""
    term_sets: TermSets
    """The term sets that the ids stand for."""
    term_set_ids: Ints
    """The id of the term set at each position, the title's first."""
    title_length: int
    """How many of the positions are the title's: at most `TEXT_START`."""
    token_offsets: bytes = b""
    """The offsets of each token, packed: see `searchkit.analysis.token_offsets`."""
    signature: bytes = b""
    """The MinHash signature of the text: see `searchkit.analysis.near_duplicates`."""
    cluster: int = 0
    """The id of its cluster of near-duplicates; 0 where that is not known."""

    @property
    def terms(self) -> list[TermSet]:
        """The terms at each position."""
        return [self.term_sets.all[id_] for id_ in self.term_set_ids.tolist()]

    @property
    def text_length(self) -> int:
        """How many positions are the text's, author and office included."""
        return len(self.term_set_ids) - self.title_length


def analysis_version() -> str:
    """Return the versions of all analyzers; wherever it differs, the terms differ."""
    return " ".join(f"{language}:{version}" for language, version in sorted(ANALYZER.versions.items()))


def analyze_document(document: Document) -> AnalyzedDocument:
    """Analyze one document."""
    return next(analyze_documents([document]))


def batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Cut documents into batches that are best analyzed together."""
    batch: list[Document] = []
    letters = 0
    for document in documents:
        batch.append(document)
        letters += len(document.title) + len(document.text)
        if letters >= _BATCH_LETTERS:
            yield batch
            batch, letters = [], 0
    if batch:
        yield batch


def analyze_documents(batch: Sequence[Document]) -> Iterator[AnalyzedDocument]:
    """Analyze the documents of a batch, which share one numbering of term sets."""
    word_table, version = ANALYZER.word_table(), analysis_version()
    words = term_sets_of_words(word_table)
    texts = [(text, document.main_language) for document in batch for text in analyzed_texts(document)]
    tokens = words.tokens([_word_ids(text, word_table, language) for text, language in texts])
    start = 0
    for document, counts in zip(batch, tokens.counts.reshape(-1, _TEXTS_PER_DOCUMENT).tolist(), strict=True):
        title_tokens, text_tokens, byline_tokens = counts
        text_end = start + title_tokens + text_tokens
        end = text_end + byline_tokens
        offsets = pack_token_offsets(
            tokens.starts[start:text_end], tokens.ends[start:text_end], title_tokens, len(document.title)
        )
        title_length = min(title_tokens, TEXT_START)
        yield AnalyzedDocument(
            document, version, words.term_sets, tokens.term_set_ids[start:end], title_length, offsets
        )
        start = end


def _word_ids(text: str, word_table: WordTable, language: str) -> WordIds:
    """Return the words of a text by their ids; a long text is read slice by slice."""
    if len(text) <= _SLICE:
        return ANALYZER.word_ids(text, word_table, default=language)
    ids, starts = array("i"), array("i")
    for start, end in pairwise(_slices(text)):
        words = ANALYZER.word_ids(text[start:end], word_table, default=language)
        ids.extend(words.ids)
        starts.extend(start + at for at in words.starts)
    return WordIds(ids, starts)


def _slices(text: str) -> Iterator[int]:
    """Yield the bounds of the slices of a text, which end with a line, or else between words."""
    start = 0
    while start < len(text):
        yield start
        end = start + _SLICE
        line, word = (text.rfind(gap, start, end) + 1 for gap in "\n ")
        start = end if end >= len(text) else line or word or end
    yield len(text)


def analyzed_texts(document: Document) -> tuple[str, str, str]:
    """Return the texts of a document that are analyzed: title, text and byline."""
    return document.title, document.text, f"{document.author}\n{document.office}"


def byline_tokens(document: Document) -> Iterator[Token]:
    """Return the tokens of the author and of the office, which a line break parts."""
    _, _, byline = analyzed_texts(document)
    return ANALYZER.analyze(byline, default=document.main_language)


def document_tokens(document: Document) -> tuple[Iterable[Token], Iterable[Token]]:
    """Return the tokens of the title and of the text.

    Words whose language is not evident are analyzed in the document's main language.
    """
    title, text, _ = analyzed_texts(document)
    language = document.main_language
    return ANALYZER.analyze(title, default=language), ANALYZER.analyze(text, default=language)
