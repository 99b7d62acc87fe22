"""The systems that searchkit is compared with.

They get the terms of searchkit ready-made; only `AnalysingWhoosh` analyses texts itself. A system
whose package is not installed raises `ImportError`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from passages import UNIT, Passage, TestQuery
from systems import HITS, System
from whoosh.analysis import Analyzer, Token

from searchkit_analyzers import LANGUAGES, analyze

_BATCH_MB = 256


class StockWhoosh:
    """Stock Whoosh 2.7.4: its own writer, searcher and BM25F."""

    name = "Whoosh"
    store = "whoosh"
    unable: ClassVar[Collection[str]] = ()
    largest = 60_000

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def build(self, passages: Iterable[Passage]) -> None:
        """Add the documents one by one."""
        from whoosh import analysis, fields, index

        spaces = analysis.SpaceSeparatedTokenizer()
        schema = fields.Schema(
            id=fields.ID(stored=True),
            language=fields.KEYWORD,
            terms=fields.TEXT(spaces, phrase=False),
            lemmas=fields.TEXT(spaces, phrase=True),
        )
        writer = index.create_in(self._folder, schema).writer(limitmb=_BATCH_MB)
        for document, terms, lemmas in passages:
            language = document.language.replace("+", " ")
            writer.add_document(id=document.id, language=language, terms=terms, lemmas=lemmas)
        writer.commit()

    def open(self) -> None:
        """Open a searcher."""
        from whoosh import index

        self._searcher = index.open_dir(self._folder).searcher()

    def prepare(self, test_query: TestQuery) -> Any:
        """Return a query tree and a filter."""
        from whoosh import query

        if test_query.phrase:
            return query.Phrase("lemmas", list(test_query.phrase)), None
        if test_query.prefix:
            return query.Prefix("terms", test_query.prefix), None
        condition = query.Term("language", test_query.language) if test_query.language else None
        return query.Or([query.Term("terms", term) for term in test_query.terms]), condition

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the ids of hits."""
        query, condition = prepared
        return [hit["id"] for hit in self._searcher.search(query, limit=HITS, filter=condition)]


class _Analysis(Analyzer):  # type: ignore[misc]
    """searchkit's analysis for Whoosh: several terms at one position, one reused token object."""

    def __call__(self, text: str, **_: Any) -> Iterator[Token]:
        token = Token(positions=True, mode="index", boost=1.0)
        for found in analyze(text):
            token.pos = found.position
            for term in (*found.lemmas, *(f"~{key}" for key in found.coarse)):
                token.text = term
                yield token


class AnalysingWhoosh(StockWhoosh):
    """Stock Whoosh with searchkit's analysis: the baseline for indexing speed."""

    name = "Whoosh, with this analysis"
    store = "whoosh-analysing"
    largest = UNIT

    def build(self, passages: Iterable[Passage]) -> None:
        """Add the texts one by one, with the terms, positions and stored text of searchkit."""
        from whoosh import fields, index

        schema = fields.Schema(
            id=fields.ID(stored=True), language=fields.KEYWORD, terms=fields.TEXT(_Analysis(), stored=True)
        )
        writer = index.create_in(self._folder, schema).writer(limitmb=_BATCH_MB)
        for document, _, _ in passages:
            language = document.language.replace("+", " ")
            writer.add_document(id=document.id, language=language, terms=document.text)
        writer.commit()

    def prepare(self, test_query: TestQuery) -> Any:
        """Return a query tree and a filter; coarse keys keep their ``~`` here."""
        from whoosh import query

        if test_query.phrase:
            return query.Phrase("terms", list(test_query.phrase)), None
        terms = tuple("~" + term[1:] if term.startswith("_") else term for term in test_query.terms)
        return super().prepare(replace(test_query, terms=terms))


class Sqlite:
    """SQLite's full-text index, ranked by its own bm25."""

    name = "SQLite FTS5"
    store = "sqlite"
    unable: ClassVar[Collection[str]] = ()
    largest = 1_000_000

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts.db")

    def build(self, passages: Iterable[Passage]) -> None:
        """Insert all passages in one transaction."""
        tokens = "tokenize=\"unicode61 remove_diacritics 0 tokenchars '_'\""
        self._database.execute(
            f"CREATE VIRTUAL TABLE texts USING fts5(id UNINDEXED, language, terms, lemmas, {tokens})"
        )
        rows = ((p.document.id, p.document.language, p.terms, p.lemmas) for p in passages)
        with self._database:
            self._database.executemany("INSERT INTO texts VALUES (?, ?, ?, ?)", rows)

    def open(self) -> None:
        """Do nothing: SQLite reads its pages with the first query."""

    def prepare(self, test_query: TestQuery) -> Any:
        """Return an expression for MATCH."""
        if test_query.phrase:
            return f'lemmas : "{" ".join(test_query.phrase)}"'
        if test_query.prefix:
            return f'terms : "{test_query.prefix}"*'
        either = " OR ".join(f'"{term}"' for term in test_query.terms)
        words = f"terms : ({either})"
        return f'language : "{test_query.language}" AND {words}' if test_query.language else words

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the ids of hits."""
        sql = f"SELECT id FROM texts WHERE texts MATCH ? ORDER BY rank LIMIT {HITS}"
        return self._database.execute(sql, (prepared,)).fetchall()


class Tantivy:
    """Tantivy (Rust) through its Python package: documents and scores."""

    name = "tantivy"
    store = "tantivy"
    unable: ClassVar[Collection[str]] = ()
    largest = 1_000_000

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        fields = tantivy.SchemaBuilder()
        fields.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        fields.add_text_field("language", tokenizer_name="whitespace", index_option="basic")
        fields.add_text_field("terms", tokenizer_name="whitespace", index_option="freq")
        fields.add_text_field("lemmas", stored=True, tokenizer_name="whitespace")
        self._schema = fields.build()
        self._index = tantivy.Index(self._schema, path=str(folder))

    def build(self, passages: Iterable[Passage]) -> None:
        """Add the documents with one thread."""
        writer = self._index.writer(heap_size=_BATCH_MB * 2**20, num_threads=1)
        for document, terms, lemmas in passages:
            language = document.language.replace("+", " ")
            writer.add_document(self._tantivy.Document(id=document.id, language=language, terms=terms, lemmas=lemmas))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        """Open a searcher."""
        self._index.reload()
        self._searcher = self._index.searcher()

    def prepare(self, test_query: TestQuery) -> Any:
        """Return a query tree."""
        query, occur = self._tantivy.Query, self._tantivy.Occur
        if test_query.phrase:
            return query.phrase_query(self._schema, "lemmas", list(test_query.phrase))
        if test_query.prefix:
            return query.regex_query(self._schema, "terms", f"{test_query.prefix}.*")
        words = query.boolean_query([(occur.Should, self._term("terms", term)) for term in test_query.terms])
        if not test_query.language:
            return words
        condition = query.boost_query(self._term("language", test_query.language), 0.0)
        return query.boolean_query([(occur.Must, words), (occur.Must, condition)])

    def _term(self, field: str, term: str) -> Any:
        return self._tantivy.Query.term_query(self._schema, field, term)

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the documents of hits."""
        return [self._searcher.doc(address) for _, address in self._searcher.search(prepared, HITS).hits]


class TantivySnippets(Tantivy):
    """Tantivy with a marked snippet of each hit."""

    name = "tantivy with snippets"
    unable = ("prefix",)

    def prepare(self, test_query: TestQuery) -> Any:
        """Return a query tree, and another one for marking: only lemmas are in the stored text."""
        query, occur = self._tantivy.Query, self._tantivy.Occur
        marked = [(occur.Should, self._term("lemmas", term)) for term in (*test_query.terms, *test_query.phrase)]
        return super().prepare(test_query), query.boolean_query(marked)

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the snippets of hits as HTML."""
        query, marked = prepared
        documents = super().search(query)
        snippets = self._tantivy.SnippetGenerator.create(self._searcher, marked, self._schema, "lemmas")
        return [snippets.snippet_from_doc(document).to_html() for document in documents]


class Bm25s:
    """bm25s with numba: scores are computed when indexing; no positions."""

    name = "bm25s with numba"
    store = "bm25s"
    unable = ("phrase", "prefix")
    largest = 1_000_000

    def __init__(self, folder: Path) -> None:
        import bm25s
        import numba  # noqa: F401 (named below)

        self._bm25s, self._folder = bm25s, folder

    def build(self, passages: Iterable[Passage]) -> None:
        """Give the terms ids, compute the scores and save them."""
        import numpy as np

        term_ids: dict[str, int] = {}
        words, languages = [], []
        for document, terms, _ in passages:
            words.append([term_ids.setdefault(term, len(term_ids)) for term in terms.split()])
            languages.append(document.language)
        retriever = self._bm25s.BM25(method="lucene", k1=1.2, b=0.75)
        retriever.index((words, term_ids), show_progress=False)
        retriever.save(self._folder)
        np.save(self._folder / "languages.npy", np.array(languages))

    def open(self) -> None:
        """Load the index into memory, and compile."""
        import numpy as np

        self._retriever = self._bm25s.BM25.load(self._folder)
        self._retriever.backend = "numba"
        self._retriever.activate_numba_scorer()
        languages = np.load(self._folder / "languages.npy")
        self._masks = {language: np.char.find(languages, language) >= 0 for language in LANGUAGES}
        for mask in (None, next(iter(self._masks.values()))):
            known = [next(iter(self._retriever.vocab_dict))]
            self.search((known, mask))

    def prepare(self, test_query: TestQuery) -> Any:
        """Return the known terms and the mask of the language."""
        known = [term for term in test_query.terms if term in self._retriever.vocab_dict]
        return known, self._masks.get(test_query.language)

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the doc ids of hits."""
        terms, mask = prepared
        if not terms:
            return ()
        return self._retriever.retrieve([terms], k=HITS, show_progress=False, weight_mask=mask).documents[0]


PEERS: Sequence[type[System]] = (StockWhoosh, AnalysingWhoosh, Sqlite, Tantivy, TantivySnippets, Bm25s)
