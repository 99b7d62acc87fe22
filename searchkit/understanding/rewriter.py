"""What questions mean where certain words are known: parsed, repaired, met by other names of what they ask for."""

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
from searchkit.understanding.expansion.alias_matches import WholeNames
from searchkit.understanding.expansion.expander import QueryExpander
from searchkit.understanding.spelling.corrector import SpellingCorrector
from searchkit.understanding.word_lists import Group
from searchkit_analyzers.abbreviations import Abbreviation

_MEMO = 1_000
"""Questions that are remembered as they were understood: the next page, another order, a page of a hit ask the same."""
_LONGEST = 200
"""How long a question is that is remembered, in code points: so they take some megabytes at most."""


class RewrittenQuery(NamedTuple):
    """A question as it is asked of an index, and what there is to tell of that."""

    query: Query
    words: tuple[Leaf, ...]
    """Those that are looked for, each once."""
    names: WholeNames
    """Which of them are there for other names only."""
    corrections: Sequence[Correction]
    synonyms: Sequence[Expansion]


class QueryRewriter:
    """Understands questions by the words of one index; `names` tells what its articles abbreviate, if need be."""

    def __init__(
        self, vocabulary: WordDictionary, names: Callable[[], Iterable[Abbreviation]], own: Sequence[Group]
    ) -> None:
        self.vocabulary = vocabulary
        self._names, self._own = names, own
        self._repair = SpellingCorrector(vocabulary)
        self._remembered = memoized(self._understood, _MEMO)

    def __call__(self, question: str | Query, rewrite: Rewrite) -> RewrittenQuery:
        """Return what a question means, typed or parsed: with its words repaired, other names and translations."""
        text = question if isinstance(question, str) else question.text
        understood = self._remembered if len(text) <= _LONGEST else self._understood
        return understood(question, rewrite)

    def _understood(self, question: str | Query, rewrite: Rewrite) -> RewrittenQuery:
        query = parse(question) if isinstance(question, str) else question
        corrections: Sequence[Correction] = ()
        added: Sequence[Expansion] = ()
        if rewrite.spelling:
            query, corrections, _ = self._repair(query)
        if rewrite.synonyms or rewrite.translations:
            query, added = self._synonyms(query, names=rewrite.synonyms, across=rewrite.translations)
        return RewrittenQuery(query, query.leaves, WholeNames(query), corrections, added)

    @cached_property
    def _synonyms(self) -> QueryExpander:
        return QueryExpander(self.vocabulary, self._names(), self._own)
