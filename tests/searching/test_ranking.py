"""Scores agree with a second implementation that uses plain loops."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from functools import reduce
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Document, Index, Rewrite, SearchOptions, parse
from searchkit.analysis.analyzed_document import analyzed_texts
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.bm25 import COARSE_WEIGHT, EXACT_WEIGHT, K1, TITLE_BOOST, TITLE_COVERAGE_WEIGHT, B
from searchkit.engines.base import Sort
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.nodes import (
    Boolean,
    DateRange,
    DisMax,
    Exact,
    FieldFilter,
    InTitle,
    Leaf,
    Node,
    Phrase,
    Prefix,
    WordGroup,
    leaves,
)
from searchkit.results import Results
from searchkit.understanding.expansion.expander import QueryExpander
from searchkit.understanding.word_lists import read_synonyms
from searchkit_analyzers import Token, analyze

WORDS = "мектеп мектептің мектепке школа школы школьный указ указом закон законы ел елдің тіл тілі және в".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
DATES = st.sampled_from(["", "2021", "2022-05", "2022-09-15"])
SOURCES = st.sampled_from(["", "el.kz", "Ел газеті"])
AUTHORS = st.sampled_from(["", "Айгүл Сейітова", "Иван Петров"])

AS_TYPED = SearchOptions(Rewrite(spelling=False))
ALL_COPIES = SearchOptions(collapse_duplicates=False)

Scores = dict[str, float]


class ReferenceScorer:
    """BM25F over word groups, as `searchkit.bm25` describes it, with plain loops and no index."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.documents = {document.id: document for document in documents}
        self.tokens = {document.id: self._tokens(document) for document in documents}
        text_lengths = {id_: sum(at >= TEXT_START for at, _ in tokens) for id_, tokens in self.tokens.items()}
        average = sum(text_lengths.values()) / len(text_lengths)
        self.text_norm = {id_: 1 / (1 - B + B * length / average) for id_, length in text_lengths.items()}
        self.title_norm = {
            id_: TITLE_BOOST / max(len(tokens) - text_lengths[id_], 1) for id_, tokens in self.tokens.items()
        }

    @staticmethod
    def _tokens(document: Document) -> list[tuple[int, Token]]:
        title, *others = (analyze(field, default=document.main_language) for field in analyzed_texts(document))
        return [*enumerate(title), *enumerate(chain(*others), TEXT_START)]

    def score(self, node: Node) -> Scores:
        match node:
            case WordGroup() | Prefix():
                weight = node.weight if isinstance(node, WordGroup) else 1.0
                saturated = self._saturated(self.idf(node), self._frequencies(node))
                titles = self._title_coverage(node)
                return {id_: weight * (score + titles[id_]) for id_, score in saturated.items()}
            case Exact() | Phrase():
                return self._phrase(node, node, lambda at: True)
            case InTitle():
                return self._phrase(node, node.words, lambda at: at < TEXT_START)
            case FieldFilter() | DateRange():
                return {id_: 0.0 for id_, d in self.documents.items() if node.accepts(getattr(d, node.field))}
            case DisMax():
                original, aliases = self.score(node.original), self._aliases(node)
                return {id_: max(original.get(id_, 0), aliases.get(id_, 0)) for id_ in {*original, *aliases}}
            case Boolean():
                return self._boolean(node)

    def idf(self, leaf: Leaf) -> float:
        matched = len(self._frequencies(leaf))
        if isinstance(leaf, WordGroup):
            matched = max(map(self._doc_freq, leaf.terms)) or matched
        return math.log(1 + (len(self.documents) - matched + 0.5) / (matched + 0.5))

    def _doc_freq(self, lemma: str) -> int:
        return sum(any(lemma in token.lemmas for _, token in tokens) for tokens in self.tokens.values())

    def _norm(self, id_: str, at: int) -> float:
        return self.title_norm[id_] if at < TEXT_START else self.text_norm[id_]

    def _frequencies(self, leaf: Leaf) -> Scores:
        normed = {id_: [(self._norm(id_, at), token) for at, token in each] for id_, each in self.tokens.items()}
        found = {id_: _frequency(leaf, tokens) for id_, tokens in normed.items()}
        return {id_: frequency for id_, frequency in found.items() if frequency}

    def _saturated(self, idf: float, frequencies: Scores) -> Scores:
        return {id_: idf * tf * (K1 + 1) / (tf + K1) for id_, tf in frequencies.items()}

    def _phrase(self, node: Node, phrase: Phrase | Exact, keep: Callable[[int], bool]) -> Scores:
        starts = {id_: [at for at in _starts(phrase, tokens) if keep(at)] for id_, tokens in self.tokens.items()}
        frequencies = {id_: sum(self._norm(id_, at) for at in each) for id_, each in starts.items() if each}
        saturated = self._saturated(sum(map(self.idf, leaves(node))), frequencies)
        words = len(phrase.words) if isinstance(phrase, Phrase) else 1
        titled = {id_ for id_, each in starts.items() if any(at < TEXT_START for at in each)}
        return {id_: score + words * self._coverage(id_, id_ in titled) for id_, score in saturated.items()}

    def _aliases(self, node: DisMax) -> Scores:
        idf = sum(map(self.idf, leaves(node.original)))
        scores = {}
        for id_, tokens in self.tokens.items():
            starts = [(at, alias, weight) for alias, weight in node.aliases for at in _starts(alias, tokens)]
            tf = sum(weight * self._norm(id_, at) for at, _, weight in starts)
            titled = {(alias, weight) for at, alias, weight in starts if at < TEXT_START}
            if starts:
                coverage = self._coverage(id_, sum(weight * len(alias.words) for alias, weight in titled))
                scores[id_] = idf * tf * (K1 + 1) / (tf + K1) + coverage
        return scores

    def _title_coverage(self, leaf: Leaf) -> Scores:
        titles = {id_: [(1.0, token) for at, token in each if at < TEXT_START] for id_, each in self.tokens.items()}
        return {id_: self._coverage(id_, _frequency(leaf, tokens)) for id_, tokens in titles.items()}

    def _coverage(self, id_: str, frequency: float) -> float:
        length = max(sum(at < TEXT_START for at, _ in self.tokens[id_]), 1)
        max_idf = math.log(1 + (len(self.documents) - 1 + 0.5) / (1 + 0.5))
        return TITLE_COVERAGE_WEIGHT * max_idf * min(frequency, 1) / length

    def _boolean(self, node: Boolean) -> Scores:
        should, must, must_not, optional = (
            [self.score(child) for child in children]
            for children in (node.should, node.must, node.must_not, node.optional)
        )
        if must:
            matches = reduce(set.intersection, map(set, must))
        elif should:
            matches = set().union(*should)
        else:
            matches = set(self.documents if must_not else ())
        matches -= set().union(*must_not)
        return {id_: sum(found.get(id_, 0) for found in (*should, *must, *optional)) for id_ in matches}


def _frequency(leaf: Leaf, tokens: Sequence[tuple[float, Token]]) -> float:
    keys = leaf.coarse if isinstance(leaf, WordGroup) else ()
    coarse = COARSE_WEIGHT * sum(norm * sum(key in token.coarse for key in keys) for norm, token in tokens)
    return sum(norm * _weight(leaf, token) for norm, token in tokens) + coarse / (1 + coarse)


def _weight(leaf: Leaf, token: Token) -> float:
    match leaf:
        case Exact():
            return leaf.form in token.lemmas
        case Prefix():
            return sum(lemma.startswith(leaf.prefix) for lemma in token.lemmas)
        case WordGroup():
            weights = (
                dict.fromkeys(leaf.lemmas, 1.0) | dict(leaf.doubts) | dict.fromkeys(leaf.surface_forms, EXACT_WEIGHT)
            )
            weight_sum = sum(weight for lemma, weight in weights.items() if lemma in token.lemmas)
            return weight_sum + sum(weight for term, weight in leaf.variants if term in token.lemmas)


def _starts(phrase: Phrase | Exact, tokens: list[tuple[int, Token]]) -> list[int]:
    words, slop = (phrase.words, phrase.slop) if isinstance(phrase, Phrase) else ((phrase,), 0)
    positions = [[at for at, token in tokens if word.matches(token)] for word in words]
    found = []
    for start in positions[0]:
        at: float = start
        for each in positions[1:]:
            at = min((position for position in each if position > at), default=math.inf)
        if at - start <= len(words) - 1 + slop:
            found.append(start)
    return found


CLAUSES = st.one_of(
    st.sampled_from(WORDS),
    st.builds("{}{}".format, st.sampled_from(["-", "+", "!", "title:", "-title:"]), st.sampled_from(WORDS)),
    st.builds("{}*".format, st.sampled_from(["мек", "шко", "у", "ел", "title:за"])),
    st.builds(
        '{}"{} {}"{}'.format,
        st.sampled_from(["", "+", "-", "title:"]),
        *[st.sampled_from(WORDS)] * 2,
        st.sampled_from(["", "~2", "~9"]),
    ),
    st.sampled_from(["lang:kk", "lang:ru", "-lang:ru", "date:2022", "-date:2021", "source:ел", "AND", "OR", "NOT"]),
)
QUERIES = st.lists(CLAUSES, min_size=1, max_size=5).map(" ".join)


def documents(count: int) -> st.SearchStrategy[list[tuple[str, ...]]]:
    return st.lists(
        st.tuples(TEXTS, TEXTS, st.sampled_from(["kk", "ru", "kk+ru"]), DATES, SOURCES, AUTHORS),
        min_size=1,
        max_size=count,
    )


@settings(max_examples=15, deadline=None)
@given(
    written=documents(14),
    commits=st.integers(1, 4),
    removed=st.integers(0, 2),
    queries=st.lists(QUERIES, min_size=12, max_size=12),
)
def test_scores_agree_with_the_reference(
    tmp_path_factory: pytest.TempPathFactory,
    written: list[tuple[str, ...]],
    commits: int,
    removed: int,
    queries: list[str],
) -> None:
    names = ("title", "text", "language", "date", "source", "author")
    indexed = [Document(id=str(n), **dict(zip(names, each, strict=True))) for n, each in enumerate(written)]
    removed_documents = [Document(id=f"gone {n}", text="мектеп школа указ", language="kk") for n in range(removed)]
    reference = ReferenceScorer(indexed)
    with Index.open(tmp_path_factory.mktemp("ranking")) as index:
        for start in range(commits):
            index.update([*indexed[start::commits], *removed_documents])
            index.rank(queries[0], rewrite=AS_TYPED.rewrite)
        index.update(indexed, prune_all=True)
        for query in queries:
            found = [(match.id, match.score) for match in index.rank(query, limit=99, rewrite=AS_TYPED.rewrite)]
            assert dict(found) == pytest.approx(reference.score(parse(query).root)), query
            assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
            assert [(match.id, match.score) for match in index.rank(query, rewrite=AS_TYPED.rewrite)] == found[:10]
            assert_totals(
                index.search(query, limit=1, options=AS_TYPED), [reference.documents[id_] for id_, _ in found]
            )


@settings(max_examples=15, deadline=None)
@given(written=documents(14), queries=st.lists(QUERIES, min_size=12, max_size=12))
def test_scores_of_aliases_agree_with_the_reference(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, ...]], queries: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("synonyms")
    (folder / "own.txt").write_text("мектеп = школа\nуказ = ел тілі\nзакон школа = тіл = мектеп ел указ\n", "utf-8")
    names = ("title", "text", "language", "date", "source", "author")
    indexed = [Document(id=str(n), **dict(zip(names, each, strict=True))) for n, each in enumerate(written)]  # type: ignore[arg-type]
    reference, expand = (
        ReferenceScorer(indexed),
        QueryExpander(WordDictionary(), user_synonyms=read_synonyms(folder / "own.txt")),
    )
    with Index.open(folder / "index", synonyms=folder / "own.txt") as index:
        index.update(indexed)
        for query in queries:
            found = {match.id: match.score for match in index.rank(query, limit=99, rewrite=AS_TYPED.rewrite)}
            assert found == pytest.approx(reference.score(expand(parse(query)).query.root)), query


def assert_totals(results: Results, matches: list[Document]) -> None:
    """Compare the total and the facets with plain counts."""
    counts = {
        "language": Counter(name for match in matches for name in match.language.split("+")),
        "year": Counter(match.date[:4] for match in matches if match.date),
        "month": Counter(match.date[:7] for match in matches if len(match.date) >= 7),
        "source": Counter(match.source for match in matches if match.source),
        "author": Counter(match.author for match in matches if match.author),
    }
    assert results.total == len(matches)
    assert results.facets == counts


def test_equal_scores_are_ordered_by_id(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        for id_ in ("c", "a", "d", "b"):
            index.update([Document(id=id_, text="Мектеп ашылды", language="kk")])
        assert [match.id for match in index.rank("мектеп", limit=3)] == ["a", "b", "c"]


@pytest.mark.parametrize("sort", ["score", "date"])
def test_pages_join_to_the_whole_list(tmp_path: Path, sort: Sort) -> None:
    """Pages end amid hundreds of documents with equal scores."""
    texts, dates = ["Мектеп ашылды", "Мектеп туралы ұзақ мақала"], ["", "2021", "2022-05"]
    indexed = [Document(id=f"{n:03}", text=texts[n % 2], date=dates[n % 3], language="kk") for n in range(700)]
    with Index.open(tmp_path / "index") as index:
        index.update(indexed)
        scores = {match.id: match.score for match in index.rank("мектеп", limit=700)}
        expected = sorted(indexed, key=lambda each: (-scores[each.id], each.id))
        if sort == "date":
            expected.sort(key=lambda each: each.date, reverse=True)
        pages = [
            index.search("мектеп", limit=90, offset=offset, sort=sort, options=ALL_COPIES)
            for offset in range(0, 800, 90)
        ]
    assert [hit.id for page in pages for hit in page] == [document.id for document in expected]
    assert [hit.rank for page in pages for hit in page] == list(range(1, 701))
    assert {page.total for page in pages} == {700}
