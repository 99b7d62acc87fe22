"""Expands queries: words also match other names, and translations on request.

    aliases (word lists, user's file, documents), translations (glossary, places, cldr)
    -> thesaurus -> alternatives that the index has -> query_expansion

A match of another name scores less than a direct one. The result reports each expansion.
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
from searchkit.understanding.expansion import aliases
from searchkit.understanding.expansion.expressions import Expression, content_words, hyphenated
from searchkit.understanding.expansion.law_references import with_article, with_reference
from searchkit.understanding.expansion.query_expansion import expand
from searchkit.understanding.expansion.thesaurus import NO_MATCH, Alternative, Thesaurus, ThesaurusMatch
from searchkit.understanding.expansion.translations import translation_entries
from searchkit.understanding.word_lists import SynonymGroup
from searchkit.work import count_work
from searchkit_analyzers import LANGUAGES
from searchkit_analyzers.abbreviations import Abbreviation
from searchkit_analyzers.normalize import fold

__all__ = ["ExpandedQuery", "QueryExpander"]

_CACHE_SIZE = 5_000
_NAMESAKE_WEIGHT = 0.5
"""The weight of a word that looks alike in another language: Әлихан, Алихан."""
_MIN_NAME_LENGTH = 4


class ExpandedQuery(NamedTuple):
    """A query with other names of its words."""

    query: Query
    expansions: tuple[Expansion, ...] = ()
    """The expansions to report."""


class QueryExpander:
    """Expands queries by the alternatives that one index has.

    Args:
        dictionary: The words of the index.
        learned: Abbreviations that its documents define.
        user_synonyms: Groups of the user's own synonym file.
    """

    def __init__(
        self,
        dictionary: WordDictionary,
        learned: Iterable[Abbreviation] = (),
        user_synonyms: Sequence[SynonymGroup] = (),
    ) -> None:
        self.dictionary = dictionary
        self._is_indexed = memoized(self._look_up, _CACHE_SIZE)
        self._find = memoized(self._as_indexed, _CACHE_SIZE)
        self._synonyms = Thesaurus(aliases.sources(learned, user_synonyms), self._find)

    @cached_property
    def _translations(self) -> Thesaurus:
        return Thesaurus([translation_entries()], self._find)

    def __call__(self, query: Query, *, synonyms: bool = True, translations: bool = False) -> ExpandedQuery:
        """Expand the words of a query.

        Args:
            query: A parsed query; its text and filters stay.
            synonyms: Whether other names of the words are added.
            translations: Whether translations are added.

        Returns:
            The expanded query and the expansions, each once, in the order of the words.
        """
        reported: dict[Expansion, None] = {}

        def lookup(words: Sequence[WordGroup]) -> ThesaurusMatch:
            match = self._longest_match(words, synonyms, translations)
            if not match.alternatives:
                return match
            typed = " ".join(word.text for word in words[: match.length])
            reported.update(
                dict.fromkeys(Expansion(typed, each.expression.text, each.kind) for each in match.alternatives)
            )
            return match

        root, law = with_reference(query.root) if synonyms else (query.root, None)
        if law:
            typed = " ".join(word.text for word in law.code_words)
            reported.update(self._indexed_names(typed, law.other_names()))
        elif synonyms:
            root, articles = with_article(root)
            reported.update(self._indexed_names(query.text, articles))
        root = expand(root, lookup)
        return ExpandedQuery(replace(query, root=root), tuple(reported)) if reported or law else ExpandedQuery(query)

    def _indexed_names(self, typed: str, names: Iterable[Expression]) -> dict[Expansion, None]:
        """Return those of the other names of a law, or of its article, that the index has."""
        return dict.fromkeys(Expansion(typed, name.text, "synonym") for name in filter(self._is_indexed, names))

    def _longest_match(self, words: Sequence[WordGroup], synonyms: bool, translations: bool) -> ThesaurusMatch:
        """Return the match of as many of the first words as possible."""
        count_work()
        matches = [
            *(self._synonyms.matches(words) if synonyms else ()),
            *(self._translation_matches(words) if translations else ()),
        ]
        if not matches:
            return NO_MATCH
        longest = max(match.length for match in matches)
        alternatives = (each for match in matches if match.length == longest for each in match.alternatives)
        return ThesaurusMatch(longest, tuple(alternatives))

    def _translation_matches(self, words: Sequence[WordGroup]) -> list[ThesaurusMatch]:
        """Return translations, and namesakes of the first word if it has no translation."""
        matches = self._translations.matches(words)
        return matches if any(match.length == 1 for match in matches) else [*matches, self._namesakes(words[0])]

    def _namesakes(self, word: WordGroup) -> ThesaurusMatch:
        alike = {
            stats.word: stats
            for lemma in word.lemmas
            if len(lemma) >= _MIN_NAME_LENGTH
            for stats in self.dictionary.with_skeleton(skeleton(lemma))
            if stats.word not in word.terms
        }
        namesakes = (Alternative(Expression(each), _NAMESAKE_WEIGHT, "name") for each in alike)
        return ThesaurusMatch(1, tuple(each for each in namesakes if self._is_indexed(each.expression)))

    def _as_indexed(self, expression: Expression) -> tuple[Expression, ...]:
        """Return an expression as the index has it."""
        if not expression.is_ambiguous:
            return (expression,) if self._is_indexed(expression) else ()
        own = (expression,) if expression.language and self._is_indexed(expression) else ()
        return (*own, *hyphenated(expression, self.dictionary)) if expression.is_abbreviation else own

    def _look_up(self, expression: Expression) -> bool:
        """Whether the index has all words of an expression, in any forms.

        Terms that the dictionary cannot hold are taken for indexed.
        """
        text = fold(expression.text)
        if _is_lemma(expression) and text.isalpha() and not self._is_indexed_term(text):
            return False  # without loading a morphology
        words = content_words(expression)
        return bool(words) and all(any(map(self._is_indexed_term, word.lemmas)) for word in words)

    def _is_indexed_term(self, term: str) -> bool:
        is_listed = bool(self.dictionary) and 0 < len(skeleton(term)) <= MAX_WORD_LENGTH
        return not is_listed or self.dictionary.find(term).doc_freq > 0


def _is_lemma(expression: Expression) -> bool:
    """Whether an expression of one word is its own lemma."""
    return not expression.language or LANGUAGES[expression.language].lemma_is_base_form
