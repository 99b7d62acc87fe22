"""Queries are rewritten by the current words of an index, whatever is cached."""

from __future__ import annotations

from pathlib import Path

from searchkit import Document, Index
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import SegmentWords, WordStats, pack_words
from searchkit.options import Rewrite
from searchkit.query.parser import parse
from searchkit.understanding.rewriter import QueryRewriter
from searchkit_analyzers.abbreviations import Abbreviation

WORDS = WordDictionary(
    [SegmentWords(pack_words([WordStats("мектеп", 9, 9), WordStats("ассамблея", 9, 9), WordStats("народ", 9, 9)]))]
)


def rewriter() -> QueryRewriter:
    return QueryRewriter(WORDS, lambda: [Abbreviation("ХЫЗ", "Ассамблея народа", 5)], ())


def test_the_cache_distinguishes_the_steps_of_rewriting() -> None:
    rewrite = rewriter()
    steps = [Rewrite(spelling, synonyms) for spelling in (True, False) for synonyms in (True, False)] * 2
    found = [rewrite("мектпе ХЫЗ", each) for each in steps]
    assert [[each.understood for each in one.corrections] for one in found] == 2 * [["мектеп"], ["мектеп"], [], []]
    assert [[each.added for each in one.expansions] for one in found] == 2 * [
        ["Ассамблея народа"],
        [],
        ["Ассамблея народа"],
        [],
    ]


def test_typed_and_parsed_queries_mean_the_same() -> None:
    rewrite = rewriter()
    text = "мектпе ХЫЗ -народ"
    typed, parsed = (rewrite(query, Rewrite()) for query in (text, parse(text)))
    assert typed[:2] == parsed[:2]
    assert typed.leaves == typed.query.leaves


def test_a_long_query_is_corrected_too() -> None:
    found = rewriter()("мектпе " * 100, Rewrite())
    assert found.corrections


def test_a_query_is_rewritten_again_after_a_commit(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="1", text="Жаңа мектеп ашылды. Мектеп үлкен.")])
        assert [each.understood for each in index.search("мектпе").corrections] == ["мектеп"]
        index.update([Document(id="2", text="Мектпе деген ауыл. Мектпе алыс.")])
        assert not index.search("мектпе").corrections
