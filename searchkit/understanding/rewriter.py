"""Rewrites queries by the words of an index: spelling correction, synonyms, translations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.options import Rewrite
from searchkit.query.nodes import Leaf
from searchkit.query.parser import Query, parse
from searchkit.results import Correction, Expansion
from searchkit.runtime.memo import memoized
from searchkit.understanding.expansion.expander import QueryExpander
from searchkit.understanding.expansion.phrase_matches import PhraseMatches
from searchkit.understanding.spelling.corrector import SpellingCorrector
from searchkit.understanding.word_lists import SynonymGroup, words_of
from searchkit_analyzers.abbreviations import Abbreviation

_CACHE_SIZE = 1_000
"""Cached queries: the next page, another order and the page of a hit send the same query."""
_MAX_CACHED_LENGTH = 200
"""The longest query (code points) that is cached, so the cache takes some megabytes at most."""


class RewrittenQuery(NamedTuple):
    """A query as an index is asked it, with the changes to report."""

    query: Query
    leaves: tuple[Leaf, ...]
    """The words to find, each once."""
    phrase_matches: PhraseMatches
    """The leaves that stand in phrases only."""
    corrections: Sequence[Correction]
    expansions: Sequence[Expansion]
    is_cut: bool
    """Whether a part costs too much work, and is left out: hints of the query tell which."""


class QueryRewriter:
    """Rewrites queries by the words of one index.

    `abbreviations` returns those that its documents define; it is called when first needed. `limit`
    leaves out of a rewritten query what costs too much work.
    """

    def __init__(
        self,
        dictionary: WordDictionary,
        abbreviations: Callable[[], Iterable[Abbreviation]],
        user_synonyms: Sequence[SynonymGroup],
        limit: Callable[[Query], Query] = lambda query: query,
    ) -> None:
        self.dictionary = dictionary
        self._abbreviations, self._user_synonyms, self._limit = abbreviations, user_synonyms, limit
        self._correct = SpellingCorrector(dictionary, _words(user_synonyms))
        self._cached = memoized(self._rewritten, _CACHE_SIZE)

    def __call__(self, query: str | Query, rewrite: Rewrite) -> RewrittenQuery:
        """Return a query, typed or parsed, after the selected steps of rewriting."""
        text = query if isinstance(query, str) else query.text
        rewritten = self._cached if len(text) <= _MAX_CACHED_LENGTH else self._rewritten
        return rewritten(query, rewrite)

    def _rewritten(self, query: str | Query, rewrite: Rewrite) -> RewrittenQuery:
        parsed = parse(query) if isinstance(query, str) else query
        corrections: Sequence[Correction] = ()
        expansions: Sequence[Expansion] = ()
        if rewrite.spelling:
            parsed, corrections, _ = self._correct(parsed)
        if rewrite.synonyms or rewrite.translations:
            parsed, expansions = self._expand(parsed, synonyms=rewrite.synonyms, translations=rewrite.translations)
        limited = self._limit(parsed)
        is_cut = limited is not parsed
        return RewrittenQuery(limited, limited.leaves, PhraseMatches(limited), corrections, expansions, is_cut)

    @cached_property
    def _expand(self) -> QueryExpander:
        return QueryExpander(self.dictionary, self._abbreviations(), self._user_synonyms)


def _words(synonyms: Sequence[SynonymGroup]) -> frozenset[str]:
    return words_of(" ".join(synonym.text for group in synonyms for synonym in group))
