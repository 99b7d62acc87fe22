"""Synonyms: a question meets what it asks for under other names, too, and in the other language where that is wanted.

    names (`names`: word lists, the user's file, the articles) and translations (`across`, `world`)
    -> what is known of a question's words (`thesaurus`) -> what the index has of that -> tree (`widening`)

A match by another name counts less than a direct one. What was added is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from typing import NamedTuple

from searchkit.lexicon.skeletons import MAX_WORD_LENGTH, skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.nodes import WordGroup
from searchkit.query.parser import Query
from searchkit.results import Expansion
from searchkit.runtime.memo import memoized
from searchkit.understanding.expansion import aliases, translations
from searchkit.understanding.expansion.query_expansion import widened
from searchkit.understanding.expansion.thesaurus import (
    NOTHING,
    Alternative,
    Expression,
    Thesaurus,
    ThesaurusMatch,
    telling_words,
)
from searchkit.understanding.word_lists import Group
from searchkit_analyzers.abbreviations import Abbreviation
from searchkit_analyzers.normalize import fold

__all__ = ["ExpandedQuery", "QueryExpander"]

_MEMO = 10_000
_NAMESAKE = 0.5
"""What an occurrence of a word counts that looks alike in the other language: Әлихан, Алихан."""
_SHORTEST_NAME = 4


class ExpandedQuery(NamedTuple):
    """A question that is met by other names, too."""

    query: Query
    added: tuple[Expansion, ...] = ()
    """What else it is met by."""


class QueryExpander:
    """What the words of questions are called otherwise, as far as one index holds that."""

    def __init__(
        self, vocabulary: WordDictionary, learned: Iterable[Abbreviation] = (), own: Sequence[Group] = ()
    ) -> None:
        self.vocabulary = vocabulary
        self._may_be_held = memoized(self._look_up, _MEMO)
        self._names = Thesaurus(aliases.entries(learned, own), self._may_be_held)

    @cached_property
    def _translations(self) -> Thesaurus:
        return Thesaurus(translations.entries(), self._may_be_held)

    def __call__(self, query: Query, *, names: bool = True, across: bool = False) -> ExpandedQuery:
        """Return the question, and what it is met by beside its own words: other `names`, translations `across`."""
        told: dict[Expansion, None] = {}

        def offers(words: Sequence[WordGroup]) -> ThesaurusMatch:
            found = self._longest(words, names, across)
            if not found.offers:
                return found
            typed = " ".join(word.text for word in words[: found.length])
            told.update(dict.fromkeys(Expansion(typed, offer.expression.text, offer.kind) for offer in found.offers))
            return found

        root = widened(query.root, offers)
        return ExpandedQuery(replace(query, root=root), tuple(told)) if told else ExpandedQuery(query)

    def _longest(self, words: Sequence[WordGroup], names: bool, across: bool) -> ThesaurusMatch:
        """Return what is known of the first words and stands in the index: of as many of them as possible."""
        found = [*(self._names.found(words) if names else ()), *(self._translated(words) if across else ())]
        if not found:
            return NOTHING
        longest = max(each.length for each in found)
        return ThesaurusMatch(
            longest, tuple(offer for each in found if each.length == longest for offer in each.offers)
        )

    def _translated(self, words: Sequence[WordGroup]) -> list[ThesaurusMatch]:
        """Return translations; where a word has none, what looks like it."""
        found = self._translations.found(words)
        return found if any(each.length == 1 for each in found) else [*found, self._namesakes(words[0])]

    def _namesakes(self, word: WordGroup) -> ThesaurusMatch:
        alike = {
            known.word: known
            for lemma in word.lemmas
            if len(lemma) >= _SHORTEST_NAME
            for known in self.vocabulary.with_skeleton(skeleton(lemma))
            if known.word not in word.terms
        }
        offers = (Alternative(Expression(each), _NAMESAKE, "name") for each in alike)
        return ThesaurusMatch(1, tuple(offer for offer in offers if self._may_be_held(offer.expression)))

    def _look_up(self, expression: Expression) -> bool:
        """Whether all words of an expression stand in the index, in whatever forms, as far as it can tell."""
        text = fold(expression.text)
        if expression.language != "kk" and text.isalpha() and not self._is_held(text):
            return False  # and no need of dictionaries: it is its own lemma, as a Kazakh infinitive is not
        words = telling_words(expression)
        return bool(words) and all(any(map(self._is_held, word.lemmas)) for word in words)

    def _is_held(self, term: str) -> bool:
        is_listed = bool(self.vocabulary) and 0 < len(skeleton(term)) <= MAX_WORD_LENGTH
        return not is_listed or self.vocabulary.find(term).doc_freq > 0
