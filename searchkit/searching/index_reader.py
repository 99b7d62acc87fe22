"""The reading half of an index: searches, documents, counts and checks."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Self

from searchkit.document import Document
from searchkit.engines.base import EngineFactory, Match, Searcher, Sort
from searchkit.engines.generations import Generations
from searchkit.errors import ArticleNotFound, IndexDamaged, IndexWarning
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.parser import Query
from searchkit.results import HighlightedDocument, Results, Stats
from searchkit.searching.arguments import at_least_0, page_of, query_of
from searchkit.searching.completion import complete
from searchkit.searching.document_ids import full_id, full_ids
from searchkit.searching.more_like_this import more_like_this
from searchkit.searching.search import SearchSession, existing, warn_of_stale_documents
from searchkit.storage.index_folder import IndexFolder
from searchkit.work import within

if TYPE_CHECKING:
    from searchkit.query.article_filter import Filter

_DEFAULT_OPTIONS = SearchOptions()
_DEFAULT_REWRITE = Rewrite()
_TRANSLATED = SearchOptions(Rewrite(spelling=False, synonyms=False, translations=True))
"""Similar articles may be in another language; their words need no repair."""


class IndexReader:
    """Searches one index and reads its documents; `searchkit.Index` also writes.

    Every call reads the newest commit. Several threads may call at once. The first search warns
    (`IndexWarning`) of articles that other versions of the analyzers indexed.
    """

    def __init__(self, folder: IndexFolder, engine: EngineFactory, session: SearchSession) -> None:
        self._folder, self._session = folder, session
        self._generations = Generations(folder, engine, on_close=self._session.reset)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all files; the next call opens them again."""
        self._generations.close()

    def search(
        self,
        query: str | Query,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "score",
        filter: Filter | None = None,
        passages: bool = False,
        options: SearchOptions = _DEFAULT_OPTIONS,
        deadline: float | None = None,
    ) -> Results:
        """Return one page of the articles that match a query, with snippets.

        Args:
            query: The text of a query, always valid, or a parsed one.
            limit: How many hits the page has at most.
            offset: How many articles rank before the page.
            sort: What comes first: ``"score"`` the best, ``"date"`` the newest, ``"oldest"``.
            filter: Which articles may be found, by language, source, author and date.
            passages: Whether hits have their best passages, with offsets and scores.
            options: Query rewriting, near-duplicates and explanations.
            deadline: How many seconds it may take. Its work is bounded anyway, as `Results.hints`
                tell.

        Returns:
            The hits, the number of all matches, facets, corrections and synonyms.

        Raises:
            SearchkitError: An argument is none of what is described here.
            SearchTimeout: The deadline has passed.
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        started = time.perf_counter()
        page, asked = page_of(limit, offset, sort), query_of(query, filter)
        options = replace(options, passages=options.passages or passages)
        with within(deadline):
            return self._session.search(self._generations.searcher(), asked, page, options, started)

    def similar(self, id_: str, *, limit: int = 10, deadline: float | None = None) -> Results:
        """Return the articles most like a given one, in any language, best first.

        Args:
            id_: The id of the article; it is not among the hits.
            limit: How many hits to return at most.
            deadline: How many seconds it may take: see `search`.

        Returns:
            The results of a search with `more_like_this_query` and translations of its words.

        Raises:
            SearchTimeout: The deadline has passed.
            ArticleNotFound: No article has that id, or several have it in their files.
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        with within(deadline):
            return self.search(self.more_like_this_query(id_), limit=limit, options=_TRANSLATED)

    def more_like_this_query(self, id_: str) -> Query:
        """Return a query of the words that characterize an article (tf-idf).

        It matches articles like that one, but not itself, and can be searched and narrowed like
        any other query.

        Args:
            id_: The id of the article.

        Returns:
            The query, with a weight for each word.

        Raises:
            ArticleNotFound: No article has that id, or several have it in their files.
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        searcher = self._generations.searcher()
        return more_like_this(self._document(searcher, id_), searcher)

    def rank(self, query: str | Query, *, limit: int = 10, rewrite: Rewrite = _DEFAULT_REWRITE) -> tuple[Match, ...]:
        """Return the ids and scores of the best matches, near-duplicates included.

        Args:
            query: The text of a query, or a parsed one.
            limit: How many matches to return at most.
            rewrite: The steps of query rewriting.

        Returns:
            The matches, best first; equal scores in the order of ids.

        Raises:
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        asked = query_of(query)
        return self._session.rank(self._generations.searcher(), asked, at_least_0("limit", limit), rewrite)

    def suggest(self, prefix: str, *, limit: int = 8, deadline: float | None = None) -> tuple[str, ...]:
        """Return completions of a query that is being typed.

        Args:
            prefix: The beginning of the query; its last word may be unfinished.
            limit: How many completions to return at most.
            deadline: How many seconds it may take: see `search`.

        Returns:
            Words and titles of the index, the likeliest first.

        Raises:
            SearchTimeout: The deadline has passed.
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        with within(deadline):
            return complete(prefix, self._generations.searcher(), at_least_0("limit", limit))

    def document(self, id_: str) -> Document:
        """Return an article as it was indexed.

        Args:
            id_: The id of the article.

        Returns:
            The article; it equals the one that was indexed.

        Raises:
            ArticleNotFound: No article has that id, or several have it in their files.
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        return self._document(self._generations.searcher(), id_)

    @staticmethod
    def _document(searcher: Searcher, id_: str) -> Document:
        return existing(searcher.document(id_) or searcher.document(full_id(searcher, id_)), id_)

    def full_ids(self, ids: Iterable[str]) -> Mapping[str, str]:
        """Return the full ids of articles, by ids that may be those of records in their files.

        Args:
            ids: Ids such as ``feed.jsonl#7``, or ``7`` where one file alone has a record of that
                id. Unknown ones are left out.

        Returns:
            The full id of each, by the given id.

        Raises:
            ArticleNotFound: Several articles have one of the ids in their files.
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        return full_ids(self._generations.searcher(), set(ids))

    def highlighted(
        self, id_: str, query: str | Query, *, rewrite: Rewrite = _DEFAULT_REWRITE, deadline: float | None = None
    ) -> HighlightedDocument:
        """Return a whole article with the words of a query marked.

        Args:
            id_: The id of the article.
            query: The text of a query, or a parsed one.
            rewrite: The steps of query rewriting.
            deadline: How many seconds it may take: see `search`.

        Returns:
            The article, its title and its text with marks.

        Raises:
            SearchTimeout: The deadline has passed.
            ArticleNotFound: No article has that id, or several have it in their files.
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        searcher, asked = self._generations.searcher(), query_of(query)
        with within(deadline):
            return self._session.highlight(searcher, full_id(searcher, id_), asked, rewrite)

    def __len__(self) -> int:
        """Return the number of articles; raises as `document` does."""
        return len(self._generations.searcher())

    def __iter__(self) -> Iterator[Document]:
        """Yield all articles of one commit, as they were indexed."""
        return iter(self._generations.searcher())

    def __contains__(self, id_: object) -> bool:
        """Whether `document` has an article for an id."""
        try:
            return isinstance(id_, str) and bool(full_id(self._generations.searcher(), id_))
        except ArticleNotFound:
            return False

    def stats(self) -> Stats:
        """Return counts of documents, segments, terms and bytes.

        Warns (`IndexWarning`) of articles that other versions of the analyzers indexed.

        Returns:
            The counts, as of the newest commit.

        Raises:
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
            IndexDamaged: Files are missing or unreadable.
        """
        searcher = self._generations.searcher()
        warn_of_stale_documents(searcher, stacklevel=3)
        counts = searcher.stats()
        size, last_commit = self._folder.size(), self._folder.last_commit()
        return Stats(counts.documents, counts.segments, counts.terms, size, counts.languages, last_commit)

    def verify(self) -> Iterator[str]:
        """Read the whole index and yield a sentence for each error in it.

        Damaged files that a second copy stands in for are errors, too.

        Returns:
            The sentences, as an iterator; none where all is well.

        Raises:
            IndexNotFound: There is no index in the folder.
            IndexVersionError: Another version of searchkit made the index.
        """
        self.close()
        with warnings.catch_warnings(record=True) as fallbacks:
            warnings.simplefilter("always", IndexWarning)
            try:
                errors = list(self._generations.searcher().verify())
            except IndexDamaged as error:
                errors = [str(error)]
        yield from dict.fromkeys([*self._folder.problems(), *(str(each.message) for each in fallbacks), *errors])
