"""Documents analyzed with numpy equal a plain walk over their tokens."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Articles, Document
from searchkit.analysis.analyzed_document import (
    AnalyzedDocument,
    analyze_document,
    analyze_documents,
    analyzed_texts,
    batches,
)
from searchkit.analysis.term_sets import COARSE_MARK, TermSet
from searchkit.analysis.token_offsets import TEXT_START, Occurrence, Occurrences, TokenOffsets
from searchkit.engines.whoosh.indexing.postings_buffer import PostingsBuffer
from searchkit_analyzers import ANALYZER, Token
from tests.analysis.postings import positions_of
from tests.conftest import CORPUS

WORDS = "мектеп мектептің школы 30-летие ҚХА-ның XXI-дің 22.09.2022 К.-Ж. inform.kz jäne tag' el Токаев % ".split()
WORDS += ["قازاق", "Бiр", "a@b.kz", "1 000", "²", ".", "\n", "«", "»", "-", "ұ" * 300]
TEXTS = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join),
    st.text(st.sampled_from("абәқ -0.’\u0301\n"), max_size=60),
)
DOCUMENTS = st.builds(
    Document,
    id=st.just("1"),
    title=TEXTS,
    text=TEXTS,
    author=TEXTS,
    language=st.sampled_from(["kk", "ru", "kk+ru", ""]),
)


def term_set(token: Token) -> TermSet:
    keys = [COARSE_MARK + key for key in token.coarse]
    exact = [lemma for lemma in token.lemmas if lemma in token.forms]
    return TermSet((*exact, *keys), tuple(lemma for lemma in token.lemmas if lemma not in token.forms))


def assert_as_tokens(entry: AnalyzedDocument) -> None:
    """Compare the term set and the offsets of each token."""
    default = entry.document.main_language
    title, text, byline = (list(ANALYZER.analyze(part, default=default)) for part in analyzed_texts(entry.document))
    assert entry.terms == [term_set(token) for token in (*title, *text, *byline)]
    assert entry.title_length == min(len(title), TEXT_START)
    assert TokenOffsets(entry.token_offsets).occurrences(dict.fromkeys(positions_of(entry), 0)) == Occurrences(
        expected_occurrences(title), expected_occurrences(text), in_byline=bool(byline)
    )


def expected_occurrences(tokens: list[Token]) -> list[Occurrence]:
    return [Occurrence(token.start, token.end, 0, token.position) for token in tokens]


def test_in_the_bundled_articles() -> None:
    documents = list(Articles([CORPUS]))
    assert len(documents) > 10
    for entry in analyze_documents(documents):
        assert_as_tokens(entry)


@given(st.lists(DOCUMENTS, max_size=4))
def test_in_any_text(documents: list[Document]) -> None:
    for entry in analyze_documents(documents):
        assert_as_tokens(entry)


def test_in_a_title_longer_than_titles_are() -> None:
    assert_as_tokens(
        analyze_document(Document(id="1", title="сөз " * (TEXT_START + 5), text="Театр ашылды.", language="kk"))
    )


@given(st.lists(st.integers(0, 300_000), max_size=8))
def test_batches_keep_all_documents_in_order(lengths: list[int]) -> None:
    documents = [Document(id=str(n), text="а" * length, language="ru") for n, length in enumerate(lengths)]
    assert [document for batch in batches(documents) for document in batch] == documents


def test_postings_are_the_same_however_term_sets_are_numbered(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = list(Articles([CORPUS]))
    expected = postings(map(analyze_document, documents))
    monkeypatch.setattr(ANALYZER, "remembered_words", 50)
    monkeypatch.setattr(ANALYZER, "_word_table", ANALYZER.word_table())
    entries = [analyze_document(document) for document in documents]
    assert len({id(entry.term_sets) for entry in entries}) > 3
    assert postings(entries) == expected
    assert postings([]) == []


def postings(entries: Iterable[AnalyzedDocument]) -> list[list[object]]:
    buffer = PostingsBuffer()
    for entry in entries:
        buffer.add(entry)
    return [[column if isinstance(column, list) else column.tolist() for column in batch] for batch in buffer.batches()]
