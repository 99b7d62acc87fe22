"""An engine lists the words, abbreviations and titles of its documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.document import Document
from searchkit.engines.base import Engine, EngineFactory
from searchkit_analyzers.abbreviations import Abbreviation
from tests.engines.contract.sample import article, empty_engine


@pytest.mark.parametrize(
    ("word", "doc_freqs"),
    [("указ", (2, 1)), ("указом", (1, 1)), ("президент", (2, 2)), ("тіл", (1, 0)), ("космос", (0, 0))],
)
def test_doc_freqs_of_words(engine: Engine, word: str, doc_freqs: tuple[int, int]) -> None:
    assert engine.searcher().words().find(word) == (word, *doc_freqs)


def test_words_are_counted_across_commits(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty_engine(factory, tmp_path / "engine")
    for number in range(20):
        engine.commit(
            [analyze_document(article(str(number), "Сенат принял закон. Заңдарды сенат қабылдады.", language="kk+ru"))]
        )
    words = engine.searcher().words()
    assert words.find("сенат") == ("сенат", 20, 20)
    assert words.find("заң") == ("заң", 20, 0)
    assert words is engine.searcher().words()
    engine.close()


EXPANSIONS = {"м": ["мақала", "мақта", "мектеп"], "мақ": ["мақала", "мақта"], "мектеп": ["мектеп"], "ъ": []}
"""By prefix: the terms that begin so, of the articles below."""


@pytest.mark.parametrize("at_once", [1, 10])
@pytest.mark.parametrize("prefix", EXPANSIONS)
def test_terms_of_a_prefix(factory: EngineFactory, tmp_path: Path, prefix: str, at_once: int) -> None:
    """A term counts once, in however many segments it stands."""
    engine = empty_engine(factory, tmp_path / "engine")
    texts = ["!мақала мектеп", "мақала", "мақала мақта", *["қала"] * 7]
    for start in range(0, len(texts), at_once):
        batch = enumerate(texts[start : start + at_once], start)
        engine.commit(analyze_document(article(str(n), text, language="kk")) for n, text in batch)
    searcher, terms = engine.searcher(), EXPANSIONS[prefix]
    expansion = searcher.expansion(prefix)
    doc_freqs = {term: searcher.doc_freq(term) for term in terms}
    assert len(expansion) == len(terms)
    assert expansion.postings == sum(doc_freqs.values())
    assert len(terms) <= expansion.lists <= 10 * len(terms)
    assert list(expansion.commonest(10_000, 1)) == terms
    if terms:
        commonest = max(doc_freqs.values())
        assert list(expansion.commonest(0, 1)) == list(expansion.commonest(commonest + 1, 1)) == terms[:1]
        assert commonest == doc_freqs[terms[0]]
    engine.close()


def test_abbreviations_and_titles_go_with_their_documents(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty_engine(factory, tmp_path / "engine")
    text = "Ассамблея народа Казахстана (АНК)"
    for number in range(20):
        engine.commit([analyze_document(Document(id=str(number), title=f"Қазақ елі {number}", text=text))])
    engine.commit([], remove=["7", "19"])
    searcher = engine.searcher()
    assert searcher.abbreviations() == (Abbreviation("АНК", "Ассамблея народа Казахстана", 18),)
    remaining = {number for number in range(20) if number not in (7, 19)}
    assert set(searcher.titles("казак е", 99)) == {f"Қазақ елі {number}" for number in remaining}
    assert searcher.titles("елі 1", 1)[0].startswith("Қазақ елі 1")
    assert searcher.titles("зақ", 99) == searcher.titles("²", 99) == searcher.titles("", 99) == []
    engine.close()


def test_titles_with_the_prefix_at_their_start_come_first(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty_engine(factory, tmp_path / "engine")
    engine.commit(
        [analyze_document(Document(id=title, title=title)) for title in ("О законе", "Закон", "О законах", "Законы")]
    )
    titles = engine.searcher().titles("закон", 99)
    assert set(titles[:2]) == {"Закон", "Законы"}
    assert set(titles[2:]) == {"О законе", "О законах"}
    engine.close()
